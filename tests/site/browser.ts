import {existsSync} from "node:fs";
import {delimiter, join} from "node:path";
import {type Browser, chromium} from "playwright-core";

const FLAGS = [
  "--no-sandbox", // only for the project's own pages on this machine; as root there is no sandbox to have
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync"
];

const COMMANDS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"];
const USUAL_PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe"
];

/** Where browsers may be, best first: the one that was asked for, the installed ones, the one that the packages bring along. */
export function* browserPaths(env: NodeJS.ProcessEnv): Generator<() => Promise<string>> {
  const named = env.CHROMIUM_PATH;
  if (named) yield async () => named;
  const folders = (env.PATH ?? "").split(delimiter);
  const onPath = COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
  for (const path of [...onPath, ...USUAL_PLACES]) if (existsSync(path)) yield async () => path;
  if (process.platform === "linux") yield bundledChromium;
}

async function bundledChromium(): Promise<string> {
  const {default: bundled} = await import("@sparticuz/chromium");
  return bundled.executablePath();
}

/**
 * A browser that runs here.
 * @throws {Error} saying what was tried and what to install, when none does
 */
export async function openBrowser(
  paths: Iterable<() => Promise<string>> = browserPaths(process.env)
): Promise<Browser> {
  const tried: string[] = [];
  for (const find of paths) {
    let path = "the bundled Chromium";
    try {
      path = await find();
      return await chromium.launch({executablePath: path, args: FLAGS});
    } catch (error) {
      tried.push(`${path}: ${(error as Error).message.split("\n")[0]}`);
    }
  }
  throw new Error(
    `no browser could be started: install Chromium (Debian: apt-get install chromium) or set CHROMIUM_PATH. Tried: ${tried.join("; ") || "nothing, none was found"}`
  );
}
