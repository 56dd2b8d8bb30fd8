import {spawn} from "node:child_process";
import {cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join, resolve} from "node:path";
import {pathToFileURL} from "node:url";
import {parse} from "csv-parse/sync";
import matter from "gray-matter";
import {z} from "zod";
import {reservations, type SiteStatus} from "../../src/components/statusRows.ts";
import {failpoint} from "../failpoint.ts";
import {linkTree} from "../linkTree.ts";
import {putInPlace, recover} from "../putInPlace.ts";
import {checkSite, type Finding} from "./check.ts";
import {finishPage, ownScripts, type Redirect, redirectPage, type Site} from "./finish.ts";
import {type Parts, withParts, writeLeanSource} from "./parts.ts";
import {freshCache} from "./pins.ts";
import {writePolicies} from "./policy.ts";
import {bundleScript, bundleStyle} from "./script.ts";

export interface SiteOptions {
  readonly root: string; // the folder of observablehq.config.ts, with the pages in src/ and the published data in src/data/
  readonly output: string; // the folder to replace
  readonly siteUrl: string | null; // where the site will be published, for canonical addresses
  readonly prepare?: (folder: string, reservations: readonly string[]) => void; // fills a folder with files of the publisher's: released versions and their feed
  readonly addTo?: (built: string) => void; // has the last word on every file
  readonly onProgress: (line: string) => void;
}

const CONFIG = "observablehq.config.ts";
const Config = z.object({
  default: z.object({title: z.string(), pages: z.array(z.object({name: z.string(), path: z.string()}))})
});
const Redirects = z.array(z.object({from: z.string().startsWith("/"), to: z.string().startsWith("/")}));

/**
 * Builds the site beside its place, checks it, and only then puts it there, so that `output` is always a whole site.
 *
 * @throws {Error} with what is wrong, when Framework fails or a check finds something; `output` is then as it was
 */
export async function buildSite({root, output, siteUrl, prepare, addTo, onProgress}: SiteOptions): Promise<void> {
  const source = join(root, "src");
  const url = siteUrl === null ? null : siteAddress(siteUrl);
  const next = `${output}-next`;
  recoverSite(output);
  rmSync(next, {recursive: true, force: true});
  onProgress("building the site");
  const {parts, beside} = await runBeside(root, next, url, prepare);
  onProgress("completing the pages");
  const site = await siteFacts(root, next, url);
  const {pages, redirects} = finishSite(source, next, site, parts);
  for (const name of readdirSync(beside)) renameSync(join(beside, name), join(next, name));
  rmSync(beside, {recursive: true});
  addTo?.(next);
  await styleEmbeds(source, next);
  writePolicies(next, ownScripts(site));
  onProgress(`checking ${pages.toLocaleString("en-GB")} pages and ${redirects.toLocaleString("en-GB")} redirects`);
  const findings = await checkSite(next);
  if (findings.length > 0) throw new Error(refusal(findings, next));
  failpoint("site.checked");
  swap(next, output);
  onProgress(`the site is in ${output}`);
}

/** Framework's process compiles the lean pages on one processor; what needs none of them is made meanwhile on another. */
async function runBeside(
  root: string,
  next: string,
  url: string | null,
  prepare: SiteOptions["prepare"]
): Promise<{parts: Parts; beside: string}> {
  const source = join(root, "src");
  const lean = join(source, LEAN);
  const beside = `${next}-beside`;
  rmSync(beside, {recursive: true, force: true});
  mkdirSync(beside, {recursive: true});
  try {
    const parts = writeLeanSource(source, join(lean, "src"));
    freshCache(join(lean, "src"));
    cpSync(join(root, CONFIG), join(lean, CONFIG));
    const framework = runFramework(lean, resolve(next), url);
    const prepared = Promise.resolve().then(() => prepare?.(beside, publishedReservations(source)));
    const failed = (await Promise.allSettled([framework, prepared])).find(({status}) => status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
    return {parts, beside};
  } catch (error) {
    rmSync(beside, {recursive: true, force: true});
    throw error;
  } finally {
    rmSync(lean, {recursive: true, force: true});
  }
}

function siteAddress(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new Error(`the site's address "${text}" is no web address; it should look like https://example.org/`);
  return text.endsWith("/") ? text : `${text}/`;
}

/** Where Framework's pages and cache are, below the source: inside the project, so that pages find its packages, and never committed. */
const LEAN = ".observablehq";

/** Framework's own command in a process of its own: it holds every page in memory, and its settings are read afresh. */
function runFramework(root: string, output: string, url: string | null): Promise<void> {
  const framework = dirname(createRequire(import.meta.url).resolve("@observablehq/framework/package.json"));
  const observable = join(framework, "dist", "bin", "observable.js");
  const child = spawn(process.execPath, [observable, "build"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      OBSERVABLE_TELEMETRY_DISABLE: "true",
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --max-semi-space-size=64`, // pages make much short-lived garbage
      SITE_OUTPUT: output,
      SITE_URL: url ?? ""
    }
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => said.push(text));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`the site could not be built; Framework's last words were:\n${lastWords(said.join(""))}`));
    });
  });
}

/** What Framework said from its error on, or its last lines, without stack and without advice that is not about this site. */
function lastWords(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !/^\s+at |^Tip: |^If you think|^↳/.test(line));
  const error = lines.findLastIndex((line) => /\berror\b/i.test(line));
  return lines.slice(error === -1 ? -8 : error).join("\n");
}

async function siteFacts(root: string, built: string, url: string | null): Promise<Site> {
  const config = Config.parse(await import(pathToFileURL(join(root, CONFIG)).href)).default;
  const client = readdirSync(join(built, "_observablehq"));
  const search = client.find((name) => /^search\.\w+\.js$/.test(name));
  return {
    title: config.title,
    url,
    navigation: config.pages,
    searchScript: search ? `_observablehq/${search}` : null,
    script: await siteScript(root, built),
    icon: existsSync(join(root, "src", "favicon.svg")) ? "favicon.svg" : null,
    card: existsSync(join(root, "src", "card.png")) ? "card.png" : null,
    reservations: publishedReservations(join(root, "src"))
  };
}

/** The style of charts on other people's pages, where there is any such chart. */
async function styleEmbeds(source: string, built: string): Promise<void> {
  const entry = join(source, "embed.css");
  if (existsSync(entry) && existsSync(join(built, "embed")))
    await bundleStyle(entry, join(built, "embed", "embed.css"));
}

const STATUS = "status.json";

/** What the checks found when the pages were published; without a status there is nothing to say. */
function publishedReservations(source: string): string[] {
  const path = join(source, STATUS);
  const status = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as SiteStatus | null) : null;
  return status === null ? [] : reservations(status);
}

async function siteScript(root: string, built: string): Promise<string | null> {
  const entry = join(root, "src", "browser", "main.ts");
  return existsSync(entry) ? bundleScript(entry, built) : null;
}

/** Completes every page, and adds what Framework does not make: the data at addresses that last, redirects, the icon. */
function finishSite(source: string, built: string, site: Site, parts: Parts): {pages: number; redirects: number} {
  const pages = readdirSync(built, {recursive: true, encoding: "utf8"}).filter((name) => name.endsWith(".html"));
  for (const name of pages) {
    const html = readFileSync(join(built, name), "utf8");
    const page = name.replaceAll("\\", "/").replace(/\.html$/, "");
    const description = descriptionIn(readFileSync(join(source, `${page}.md`), "utf8"));
    const finished = finishPage(html, {path: pathOf(name), description}, site);
    writeFileSync(join(built, name), withParts(finished, parts.get(page) ?? []));
  }
  for (const picture of [site.icon, site.card ?? null])
    if (picture !== null) cpSync(join(source, picture), join(built, picture));
  if (existsSync(join(source, STATUS))) cpSync(join(source, STATUS), join(built, STATUS));
  if (existsSync(join(source, "data"))) linkTree(join(source, "data"), join(built, "data"));
  return {pages: pages.length, redirects: writeRedirects(source, built, site)};
}

/** The address of a built file: "council/E08000035.html" is at "/council/E08000035", "index.html" at "/". */
const pathOf = (name: string): string =>
  `/${name
    .replaceAll("\\", "/")
    .replace(/\.html$/, "")
    .replace(/(^|\/)index$/, "$1")}`;

function descriptionIn(markdown: string): string | null {
  const {description} = matter(markdown).data as {description?: unknown};
  return typeof description === "string" ? description : null;
}

function writeRedirects(source: string, built: string, site: Site): number {
  const file = join(source, "redirects.csv");
  if (!existsSync(file)) return 0;
  const rows: Redirect[] = Redirects.parse(parse(readFileSync(file), {columns: true}));
  for (const row of rows) {
    const path = join(built, `${row.from}.html`);
    if (existsSync(path))
      throw new Error(`redirects.csv sends ${row.from} to ${row.to}, but there is a page at ${row.from}`);
    mkdirSync(dirname(path), {recursive: true});
    writeFileSync(path, redirectPage(row, site));
  }
  return rows.length;
}

const SHOWN = 20;

function refusal(findings: readonly Finding[], folder: string): string {
  const lines = findings.slice(0, SHOWN).map(({file, what}) => `  ${file}: ${what}`);
  const more = findings.length > SHOWN ? [`  and ${findings.length - SHOWN} more`] : [];
  return [
    `the built site fails ${findings.length} of its checks and was not published; it is in ${folder}:`,
    ...lines,
    ...more
  ].join("\n");
}

/** Puts a whole new site in the place of the old one. */
export function swap(next: string, output: string): void {
  putInPlace(next, output, {old: asideOf(output), passing: "site.moved"});
  failpoint("site.placed");
}

/** Puts the old site back when a run was ended while it stood aside. */
export const recoverSite = (output: string): void => recover(output, asideOf(output));

const asideOf = (output: string): string => `${output}-old`;
