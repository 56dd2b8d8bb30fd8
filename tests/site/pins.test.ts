import {existsSync, readdirSync, readFileSync, rmSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {afterEach, expect, test} from "vitest";
import {freshCache, PINNED} from "../../pipeline/site/pins.ts";
import {folderOf} from "./folder.ts";

let folder: string;
afterEach(() => rmSync(folder, {recursive: true}));

test("the cache is emptied, so that nothing of an earlier build survives, and holds the pins only", () => {
  folder = folderOf({
    ".observablehq/cache/data/councils.csv": "stale",
    ".observablehq/cache/_npm/lodash@3.0.0/_esm.js": "stale"
  });
  freshCache(folder);
  const cache = join(folder, ".observablehq", "cache");
  expect(readdirSync(cache)).toEqual(["_npm"]);
  for (const pin of PINNED) expect(existsSync(join(cache, "_npm", pin)), pin).toBe(true);
  expect(readdirSync(join(cache, "_npm")).filter((name) => name.startsWith("lodash"))).toHaveLength(1);
});

const HANDLED_BY_FRAMEWORK = ["@observablehq/inputs", "@duckdb/duckdb-wasm"]; // one it bundles, one it names with a version

test("every library that Framework's client could load is pinned, so that a build asks no registry", () => {
  folder = folderOf({});
  const framework = dirname(fileURLToPath(import.meta.resolve("@observablehq/framework/package.json")));
  const sources = ["main", "stdlib/fileAttachment", "stdlib/recommendedLibraries", "stdlib/sampleDatasets"];
  const named = sources.flatMap((name) => [
    ...readFileSync(join(framework, "dist", "client", `${name}.js`), "utf8").matchAll(/"npm:((?:@[\w-]+\/)?[\w-]+)/g)
  ]);
  const wanted = new Set(named.map(([, library]) => library!).filter((name) => !HANDLED_BY_FRAMEWORK.includes(name)));
  expect(wanted.size).toBeGreaterThan(10);
  expect(new Set(PINNED.map((pin) => pin.slice(0, pin.lastIndexOf("@"))))).toEqual(wanted);
});
