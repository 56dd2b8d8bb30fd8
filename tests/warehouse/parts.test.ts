import {existsSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, expect, test} from "vitest";
import {partsOf, settingPart} from "../../pipeline/warehouse/parts.ts";
import {DEFAULT_MEMORY_MB, limitMemory, Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {rebuild, releaseOf, worldOf} from "./world.ts";

afterEach(() => limitMemory(DEFAULT_MEMORY_MB));

test("few rows are one part, without bounds; more are cut evenly, each part ending where the next begins", () => {
  const whole = {part_count: null, part_number: null, first_contract_id: null, end_contract_id: null};
  expect(partsOf(0, 100)).toEqual([whole]);
  expect(partsOf(100, 100)).toEqual([whole]);
  expect(partsOf(350, 100)).toEqual([
    {part_count: 4, part_number: 0, first_contract_id: null, end_contract_id: "4000"},
    {part_count: 4, part_number: 1, first_contract_id: "4000", end_contract_id: "8000"},
    {part_count: 4, part_number: 2, first_contract_id: "8000", end_contract_id: "c000"},
    {part_count: 4, part_number: 3, first_contract_id: "c000", end_contract_id: null}
  ]);
  expect(settingPart(partsOf(350, 100)[0]!)).toBe(
    "set variable part_count = 4; set variable part_number = 0; set variable first_contract_id = null; set variable end_contract_id = '4000'"
  );
});

const BUYERS = ["SYNTHETIC Ashshire County Council", "SYNTHETIC Nowhere District Council", "SYNTHETIC University"];

/** Sixty processes: every third has a later release, every tenth two buyers, every twelfth the award of the one before again. */
const releases = Array.from({length: 60}, (_, i) => i).flatMap((i) => {
  const same = i % 12 === 11 ? i - 1 : i;
  const sketch = {
    ocid: `ocds-synth1-${i}`,
    title: `SYNTHETIC care of kind ${same}`,
    amount: 1_000 * (same + 1),
    buyer: BUYERS[same % 3]!,
    suppliers: [`SYNTHETIC Supplier ${same % 7} Ltd`]
  };
  const later = {...sketch, date: "2024-06-01T10:00:00Z", amount: null, title: `${sketch.title} changed`};
  const other = {...sketch, buyer: BUYERS[(i + 1) % 3]!, title: `SYNTHETIC other ${i}`, amount: 77_000 + i};
  return [sketch, ...(i % 3 === 0 ? [later] : []), ...(i % 10 === 0 ? [other] : [])].map(releaseOf);
});

const states = "select * from core.award_states order by contract_id";
const contracts = "select * from core.contracts order by rowid"; // in the order in which they are kept

const suppliers = "select * from core.suppliers order by rowid";

test("made in parts, award states, contracts and suppliers are the rows that they are made whole, in the same order", async () => {
  const warehouse = await worldOf(releases);
  try {
    const whole = [await warehouse.rows(states), await warehouse.rows<{contract_id: string}>(contracts)] as const;
    expect(whole[1].length).toBe(66); // sixty processes, and the other buyer of each tenth
    const firms = await warehouse.rows(suppliers);
    expect(await rebuild(warehouse, {rowsAPart: 30, isWhole: true})).toEqual({isWhole: true});
    expect(await warehouse.rows(suppliers)).toEqual(firms);
    expect(await warehouse.rows(states)).toEqual(whole[0]);
    expect(await warehouse.rows(contracts)).toEqual(whole[1]);
    expect(await warehouse.rows("select getvariable('part_count') as n")).toEqual([{n: null}]);
  } finally {
    warehouse.close();
  }
}, 300_000);

test("a database holds as much memory as is allowed, and more rows than that go to a folder beside it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "contract-scale-memory-"));
  limitMemory(64);
  const warehouse = await Warehouse.open(folder);
  const setting = async (name: string) =>
    (await warehouse.rows<{value: string}>(`select current_setting('${name}') as value`))[0]?.value;
  try {
    expect(await setting("memory_limit")).toBe("61.0 MiB"); // 64 million bytes
    expect(await setting("temp_directory")).toBe(join(folder, "warehouse.duckdb.tmp"));
    await warehouse.whileParsing(async () => expect(await setting("memory_limit")).toBe("122.0 MiB"));
    expect(await setting("memory_limit")).toBe("61.0 MiB");
    await warehouse.run(
      "create temp table wide as select i, sha256(i::varchar) || repeat('x', 200) as w from range(600000) as r(i)"
    );
    expect(existsSync(join(folder, "warehouse.duckdb.tmp"))).toBe(true);
    expect(await warehouse.rows("select count(*)::integer as n, (sum(length(w)))::integer as l from wide")).toEqual([
      {n: 600_000, l: 600_000 * 264}
    ]);
  } finally {
    warehouse.close();
    rmSync(folder, {recursive: true, force: true});
  }
}, 300_000);
