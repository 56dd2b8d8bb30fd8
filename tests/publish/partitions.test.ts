import {spawn} from "node:child_process";
import {appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {sha256Of} from "../../pipeline/publish/checksums.ts";
import {publishedTables} from "../../pipeline/publish/publishedTables.ts";
import {writeParquet} from "../../pipeline/publish/tableFiles.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {ROOT} from "../house/imports.ts";
import {newFolder} from "./released.ts";

// What the page "When one machine is not enough" says: parts of the raw files, read in by processes that know nothing of each other.

const folder = newFolder();
const fixtures = join(ROOT, "tests/fixtures/contracts-finder");
const parts = [
  ["daily-2025-01-23.csv", "older-array-2019.json", "website-export-2017.csv"],
  ["lines-2021-03.jsonl", "monthly-2021-03.json.gz", "older-search-2025.json", "search-page-2025-01.json"]
];
const TABLES = [
  "contracts",
  "contract-suppliers",
  "contract-years",
  "council-scale",
  "duplicates",
  "rejects",
  "source-files"
];

const pipeline = (...words: string[]): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", "tsx", "pipeline/cli.ts", ...words], {
      cwd: ROOT,
      stdio: "ignore"
    });
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? -1));
  });

const importInto = (name: string, files: readonly string[]): Promise<number> =>
  pipeline("import", "contracts-finder", ...files.map((file) => join(fixtures, file)), "--data", join(folder, name));

/** The bytes of every part beside each other, and the lines of their manifests one after the other. */
function merge(names: readonly string[], into: string): void {
  for (const name of names) {
    const from = join(folder, name, "raw/contracts-finder");
    const to = join(folder, into, "raw/contracts-finder");
    mkdirSync(to, {recursive: true});
    for (const file of readdirSync(from))
      if (file === "manifest.jsonl") appendFileSync(join(to, file), readFileSync(join(from, file)));
      else cpSync(join(from, file), join(to, file));
  }
}

async function parquetOf(name: string): Promise<Record<string, string>> {
  const warehouse = await Warehouse.open(join(folder, name), {readOnly: true});
  const place = join(folder, `${name}-parquet`);
  mkdirSync(place);
  try {
    for (const table of publishedTables.filter(({file}) => TABLES.includes(file)))
      await writeParquet(warehouse, table, table.query, place);
  } finally {
    warehouse.close();
  }
  return Object.fromEntries(TABLES.map((table) => [table, sha256Of(join(place, `${table}.parquet`))]));
}

beforeAll(async () => {
  const codes = await Promise.all([
    ...parts.map((files, i) => importInto(`part-${i}`, files)),
    importInto("whole", parts.flat())
  ]);
  merge(["part-1", "part-0"], "merged"); // in an order that one process would not have taken
  codes.push(
    ...(await Promise.all(
      ["merged", "whole"].map((name) => pipeline("build", "--no-snapshot", "--data", join(folder, name)))
    ))
  );
  expect(codes).toEqual([0, 0, 0, 0, 0]);
}, 600_000);
afterAll(() => rmSync(folder, {recursive: true, force: true}));

test("disjoint parts read in by several processes and merged equal one process, byte for byte", async () => {
  const [merged, whole] = [await parquetOf("merged"), await parquetOf("whole")];
  expect(merged).toEqual(whole);
}, 600_000);
