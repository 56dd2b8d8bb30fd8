import {cpSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {Archive} from "../../pipeline/archive/archive.ts";
import {references} from "../../pipeline/discover.ts";
import deflator from "../../pipeline/references/deflator.ts";
import population from "../../pipeline/references/population.ts";
import {buildWarehouse} from "../../pipeline/warehouse/build.ts";
import {ingest} from "../../pipeline/warehouse/ingest.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {sheetOf, writtenXlsx} from "../formats/writtenWorkbook.ts";
import {ROOT} from "../house/imports.ts";
import {deflator as deflatorCsv} from "../register-server/publishers.ts";
import {publication, register} from "./world.ts";

vi.setConfig({testTimeout: 60_000}); // whole warehouses are built, one after another

let folder: string;
let warehouse: Warehouse;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "contract-scale-references-"));
  cpSync(join(ROOT, "data/reference"), join(folder, "reference"), {recursive: true});
  cpSync(join(ROOT, "tests/fixtures/reference"), join(folder, "reference"), {recursive: true});
  warehouse = await Warehouse.open(null);
  await warehouse.prepareStaging();
});
afterEach(() => {
  warehouse.close();
  rmSync(folder, {recursive: true, force: true});
});

const build = async () =>
  buildWarehouse(warehouse, {
    referenceFolder: join(folder, "reference"),
    snapshotFolder: null,
    registers: [register],
    publications: [publication],
    references: await references()
  });

const HEADER = "time_period,time_identifier,geographic_level,new_la_code,age_group,population_estimate";
const file = (residents: number) =>
  new TextEncoder().encode(
    `${HEADER}\n2024,Reporting year,Local authority,E10000001,Children aged 0 to 17 years,${residents}\n`
  );

test("a reference is named by its file and says where it comes from", async () => {
  const all = await references();
  expect(all.map(({id}) => id)).toEqual(expect.arrayContaining(["deflator", "population"]));
  for (const {page, attribution, caveats, discovery} of all) {
    expect(
      [page, ...discovery.start.flat(), ...(discovery.files ?? []).map(({url}) => url)].every((address) =>
        address.startsWith("https://")
      )
    ).toBe(true);
    expect(attribution).toMatch(/licen[cs]ed /);
    expect(caveats.length).toBeGreaterThan(0);
  }
});

test("without a file the committed table stays; of each row the file archived last counts", async () => {
  await build();
  const [committed] = await warehouse.rows<{n: number}>("select count(*)::integer as n from reference.population");
  expect(committed!.n).toBeGreaterThan(1900);
  const archive = new Archive(folder);
  archive.store(population.id, file(40_000), "first.csv", new Date("2025-01-01T00:00:00Z"));
  archive.store(population.id, file(50_000), "second.csv", new Date("2025-02-01T00:00:00Z"));
  await ingest(warehouse, archive, {reference: population});
  await build();
  expect(
    await warehouse.rows("select gss, population_on, residents from reference.population where gss = 'E10000001'")
  ).toEqual([{gss: "E10000001", population_on: "2024-06-30", residents: "50000"}]);
  const [both] = await warehouse.rows<{n: number}>("select count(*)::integer as n from reference.population");
  expect(both!.n).toBe(committed!.n + 1); // a file about one council takes no other's away
});

test("a file of something else is refused, and the table stays", async () => {
  const archive = new Archive(folder);
  archive.store(population.id, new TextEncoder().encode("a,b\n1,2\n"), "x.csv", new Date("2025-01-01T00:00:00Z"));
  const [result] = await ingest(warehouse, archive, {reference: population});
  expect(result?.problem).toMatch(/^not a file of "Mid-year population estimates/);
  await build();
  const [row] = await warehouse.rows<{n: number}>("select count(*)::integer as n from reference.population");
  expect(row!.n).toBeGreaterThan(1900);
});

test("a deflator of either publisher fills its table with the price year named; the newest release replaces the one before", async () => {
  // SYNTHETIC index numbers in both layouts
  const archive = new Archive(folder);
  const stored = (bytes: Uint8Array, name: string, day: string) =>
    archive.store(deflator.id, bytes, name, new Date(`${day}T00:00:00Z`));
  stored(new TextEncoder().encode(deflatorCsv("30-06-2025")), "series-1.csv", "2025-07-01");
  stored(new TextEncoder().encode(deflatorCsv("30-09-2025")), "series-2.csv", "2025-10-01");
  await ingest(warehouse, archive, {reference: deflator});
  await build();
  const rows = () => warehouse.rows("select version, price_year, financial_year, index_number from reference.deflator");
  // quarters from 2022 Q1 on are 100, 102, 104 …: the year to March 2023 is the mean of 102, 104, 106 and 108
  expect(await rows()).toEqual([
    {version: "2025-09-30", price_year: "2024", financial_year: "2023", index_number: "105"},
    {version: "2025-09-30", price_year: "2024", financial_year: "2024", index_number: "113"}
  ]);
  const treasury = writtenXlsx([
    sheetOf("Table 1", [
      ["GDP deflators at market prices, December 2025"],
      ["Financial year", "GDP deflator, 2024-25 = 100"],
      ["2023-24", "97"],
      ["2024-25", "100"]
    ])
  ]);
  stored(treasury.bytes, "treasury.xlsx", "2026-01-05");
  await ingest(warehouse, archive, {reference: deflator});
  await build();
  expect(await rows()).toEqual([
    {version: "2025-12", price_year: "2025", financial_year: "2024", index_number: "97"},
    {version: "2025-12", price_year: "2025", financial_year: "2025", index_number: "100"}
  ]);
});
