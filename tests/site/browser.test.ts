import {rmSync} from "node:fs";
import {delimiter, join} from "node:path";
import {expect, test} from "vitest";
import {browserPaths, openBrowser} from "./browser.ts";
import {folderOf} from "./folder.ts";

test("the browser that was asked for comes first, then those on the path in its order", async () => {
  const folder = folderOf({"a/google-chrome": "", "b/chromium": "", "b/google-chrome": ""});
  const path = [join(folder, "a"), join(folder, "b"), join(folder, "none")].join(delimiter);
  const found = await Promise.all(
    [...browserPaths({CHROMIUM_PATH: "/mine", PATH: path})].slice(0, 4).map((find) => find())
  );
  rmSync(folder, {recursive: true});
  expect(found).toEqual([
    "/mine",
    join(folder, "b/chromium"),
    join(folder, "a/google-chrome"),
    join(folder, "b/google-chrome")
  ]);
});

test("a browser that cannot start is passed over", async () => {
  const folder = folderOf({chromium: "no program"});
  const browser = await openBrowser([async () => join(folder, "chromium"), ...browserPaths(process.env)]);
  rmSync(folder, {recursive: true});
  expect(browser.isConnected()).toBe(true);
  await browser.close();
}, 60_000);

test("without any browser the error says what to install and what was tried", async () => {
  await expect(openBrowser([])).rejects.toThrow(
    "no browser could be started: install Chromium (Debian: apt-get install chromium) or set CHROMIUM_PATH. Tried: nothing"
  );
  await expect(openBrowser([async () => "/no/such/browser"])).rejects.toThrow(/Tried: \/no\/such\/browser: /);
});
