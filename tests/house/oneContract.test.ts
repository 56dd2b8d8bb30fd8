import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {Archive} from "../../pipeline/archive/archive.ts";
import {publications, registers} from "../../pipeline/discover.ts";
import {type TraceStep, trace} from "../../pipeline/trace.ts";
import {buildWarehouse} from "../../pipeline/warehouse/build.ts";
import {ingest} from "../../pipeline/warehouse/ingest.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {ROOT} from "./imports.ts";

// One real contract from the archived bytes to the cell it counts in: Liverpool's, £375,200 from 6 January to 23 June 2025.

const OCID = "ocds-b5fd17-022664c0-c7c1-4bef-a467-f224ef386551";
let folder: string;
let warehouse: Warehouse;
let steps: TraceStep[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "contract-scale-one-"));
  const archive = new Archive(folder);
  const path = join(ROOT, "tests/fixtures/contracts-finder/search-page-2025-01.json");
  archive.store("contracts-finder", readFileSync(path), "search-page-2025-01.json", new Date("2025-01-24T00:00:00Z"));
  warehouse = await Warehouse.open(folder);
  await warehouse.prepareStaging();
  for (const register of await registers()) await ingest(warehouse, archive, {register});
  await buildWarehouse(warehouse, {
    referenceFolder: join(ROOT, "data/reference"),
    snapshotFolder: null,
    registers: await registers(),
    publications: await publications()
  });
  const [row] = await warehouse.rows<{contract_id: string}>(
    "select contract_id from core.contracts where ocid = $ocid",
    {ocid: OCID}
  );
  steps = await trace(warehouse, row!.contract_id);
});

afterAll(() => {
  warehouse.close();
  rmSync(folder, {recursive: true, force: true});
});

const step = (name: string) => steps.filter((one) => one.step === name);

test("the way begins at bytes whose hash and origin are known", () => {
  expect(step("bytes")[0]?.facts).toMatchObject({origin: "search-page-2025-01.json"});
  expect(step("bytes")[0]?.facts.raw_sha256).toMatch(/^[0-9a-f]{64}$/);
});

test("every judgement on the way names its rule", () => {
  expect(step("buyer")[0]).toMatchObject({
    rule: "exact-alias",
    facts: {buyer_name: "Liverpool City Council", council_gss: "E08000012"}
  });
  expect(step("value")[0]).toMatchObject({
    rule: "nothing-else-holds",
    facts: {value_published: "375200.00", value_gbp: "375200.00", vat_basis: "unknown", value_kind: "contract"}
  });
  for (const {step: name, rule} of steps.filter(({step: one}) => one !== "bytes")) expect(rule, name).toBeTruthy();
});

test("size and money in a year are worked out from 169 days: 85 up to 31 March, 84 after", () => {
  expect(step("term and size")[0]?.facts).toMatchObject({
    starts_on: "2025-01-06",
    ends_on: "2025-06-23",
    term_days: 169,
    annual_value_gbp: "375200.00"
  });
  expect(step("money in a year").map(({facts}) => facts)).toEqual([
    {financial_year: 2025, in_year_gbp: "188710.06"}, // 375,200 x 85 / 169 = 188,710.059
    {financial_year: 2026, in_year_gbp: "186489.94"}
  ]);
});

test("it counts in a cell of its council, which is below the gate of five", () => {
  expect(step("in scale measures")[0]?.rule).toBe("counts");
  expect(step("cell")[0]?.facts).toMatchObject({
    gss: "E08000012",
    financial_year: 2025,
    contract_count: 1,
    typical_pound_gbp: null
  });
});

test("an id that is no contract's is refused in a sentence", async () => {
  await expect(trace(warehouse, "nothing")).rejects.toThrow('no contract has the id "nothing"');
});

test("the same bytes imported again change nothing", async () => {
  const before = await warehouse.rows("select count(*) as n from staging.awards");
  const again = new Archive(folder);
  const results = await ingest(warehouse, again, {
    register: (await registers()).find(({id}) => id === "contracts-finder")!
  });
  expect(results.map(({wasKnown}) => wasKnown)).toEqual([true]);
  expect(await warehouse.rows("select count(*) as n from staging.awards")).toEqual(before);
});
