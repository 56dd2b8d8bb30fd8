import {existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {gunzipSync} from "node:zlib";
import {afterAll, beforeAll, expect, test} from "vitest";
import {Archive} from "../../pipeline/archive/archive.ts";
import contractsFinder from "../../pipeline/registers/contracts-finder.ts";
import {ingest} from "../../pipeline/warehouse/ingest.ts";
import {partsFolder} from "../../pipeline/warehouse/readReleases.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {badAmong, syntheticPackage} from "../bench/releases.ts";

// SYNTHETIC packages, enough bytes for threads to be worth their start: 20 files of 100 releases, none of them compressed.

const FILES = 20;
const NAMES = {councils: ["Leeds City Council"], sectors: ["LS1 4"]};
const TABLES = ["releases", "awards", "lots", "parties", "suppliers", "rejects"];

let folder: string;
let archive: Archive;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "contract-scale-threads-"));
  archive = new Archive(folder);
  const receivedAt = new Date("2026-01-01T00:00:00Z");
  const arrivals = Array.from({length: FILES}, (_, i) => ({
    bytes: gunzipSync(syntheticPackage(7, i * 100, 100, NAMES)),
    origin: `${i}.json`,
    receivedAt
  }));
  await archive.storeAll("contracts-finder", arrivals);
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

async function staged<T>(jobs: number, work: (warehouse: Warehouse) => Promise<T>): Promise<T> {
  const warehouse = await Warehouse.open(null);
  try {
    await warehouse.prepareStaging();
    await ingest(warehouse, archive, {register: contractsFinder}, () => {}, jobs);
    return await work(warehouse);
  } finally {
    warehouse.close();
  }
}

const everything = (warehouse: Warehouse) =>
  Promise.all(TABLES.map((table) => warehouse.rows(`select * from staging.${table} order by rowid`)));

test("two threads stage the same rows in the same order as one, and leave no part files", async () => {
  const one = await staged(1, everything);
  expect(one.map((rows) => rows.length)[0]).toBe(FILES * 100 - badAmong(FILES * 100));
  expect(one.map((rows) => rows.length)[5]).toBe(badAmong(FILES * 100));
  expect(await staged(2, everything)).toEqual(one);
  expect(existsSync(partsFolder(folder))).toBe(false);
}, 300_000);

test("part files that a killed run left are no obstacle, and what is staged is not read again", async () => {
  mkdirSync(partsFolder(folder), {recursive: true});
  writeFileSync(join(partsFolder(folder), "0.releases.csv"), "torn");
  const results = await staged(1, (warehouse) => ingest(warehouse, archive, {register: contractsFinder}));
  expect(results.map(({wasKnown}) => wasKnown)).toEqual(Array.from({length: FILES}, () => true));
  expect(existsSync(partsFolder(folder))).toBe(false);
}, 300_000);
