import {mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {strToU8, zipSync} from "fflate";
import {afterAll, beforeAll, expect, test} from "vitest";
import {checkSite} from "../../pipeline/site/check.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";

const WAY = "synthetic.person@synthetic-council.gov.uk";
let site: string;

/** A table with a way to reach a person in a text, in a list and in a structure, beside numbers that look like one. */
const TABLE = `select 1134960000 as contract_id, 'SYNTHETIC homes' as title, ['a', '0113 496 0000'] as words, {name: '${WAY}'} as buyer`;

beforeAll(async () => {
  site = mkdtempSync(join(tmpdir(), "contract-scale-packed-"));
  mkdirSync(join(site, "data"));
  const at = (name: string): string => join(site, "data", name);
  const memory = await Warehouse.openFile(":memory:");
  await memory.run(`copy (${TABLE}) to '${at("its.parquet")}' (format parquet)`);
  renameSync(at("its.parquet"), at("it's.parquet"));
  await memory.run(
    `copy (select 1134960000 as id, unnest(['032', '039', '0566']) as word) to '${at("clean.parquet")}' (format parquet)`
  );
  memory.close();
  const database = await Warehouse.openFile(at("all.duckdb"));
  await database.run(`create table clean as select 'SYNTHETIC homes' as title`);
  await database.run(`create schema deep; create table deep."a ""b""" as ${TABLE}`);
  database.close();
  writeFileSync(at("tables.zip"), zipSync({"contracts.csv": strToU8(`title\n"write to ${WAY}"\n`)}));
});
afterAll(() => rmSync(site, {recursive: true}));

test("ways to reach a person are found in Parquet, DuckDB and zip files: in text, in lists and in structures", async () => {
  const found = (await checkSite(site)).map(({file, what}) => `${file}: ${what}`).sort();
  const address = "syn….uk is a way to reach a person";
  const number = "011…000 is a way to reach a person";
  expect(found).toEqual([
    `data/all.duckdb: ${number}`,
    `data/all.duckdb: ${address}`,
    `data/it's.parquet: ${number}`,
    `data/it's.parquet: ${address}`,
    `data/tables.zip: ${address}`
  ]);
});

test("a packed file that cannot be looked into is refused", async () => {
  const bad = join(site, "data", "torn.parquet");
  writeFileSync(bad, "PAR1 and nothing else");
  await expect(checkSite(site)).rejects.toThrow("torn.parquet");
  rmSync(bad);
});
