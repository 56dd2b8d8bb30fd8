import {expect, test} from "vitest";
import {releaseOf, worldOf} from "../warehouse/world.ts";

const WORLD = [
  "British Oversea Territories",
  "Channel Islands",
  "Europe",
  "Isle of Man",
  "Rest of the World",
  "United Kingdom"
];

test.each([
  ["an ITL code", ["TLF24"], "regions", "TLF", "TLF24"],
  ["a NUTS code of before 2021", ["UKM82"], "regions", "TLM", "TLM82"],
  ["a code of Northern Ireland, which ends in a letter", ["TLN0G"], "regions", "TLN", "TLN0G"],
  ["a region by name", ["Yorkshire and the Humber"], "regions", "TLE", null],
  ["a name and a code", ["London", "UKI3"], "regions", "TLI", "TLI3"],
  ["two regions", ["South East", "South West"], "regions", "TLJ TLK", null],
  ["England", ["England"], "england", null, null],
  ["any region", ["Any region"], "anywhere", null, null],
  ["the whole Kingdom as a code", ["UK"], "anywhere", null, null],
  ["every place there is", [...WORLD, "London", "Scotland"], "anywhere", null, null],
  ["a list of countries", Array.from({length: 21}, (_, i) => `SYNTHETIC Country ${i}`), "anywhere", null, null],
  ["one place abroad", ["France"], "elsewhere", null, null],
  ["nothing", [], "unknown", null, null]
])("delivery in %s", async (_, places, delivery_scope, delivery_itl1, delivery_itl_codes) => {
  const body = releaseOf({});
  const tender = {
    ...(body.tender as object),
    items: [{id: "1", deliveryAddresses: places.map((region) => ({region}))}]
  };
  const warehouse = await worldOf([{...body, tender}]);
  try {
    expect(await warehouse.brokenPromises()).toEqual([]);
    const [row] = await warehouse.rows("select * exclude (contract_id) from core.contract_places");
    expect(row).toEqual({delivery_scope, delivery_itl1, delivery_itl_codes});
  } finally {
    warehouse.close();
  }
});
