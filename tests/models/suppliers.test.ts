import {afterEach, expect, test} from "vitest";
import type {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {type AwardSketch, releaseOf, worldOf} from "../warehouse/world.ts";

// SYNTHETIC places: sector AB97 1 is in Barley, a district of Ashshire; AB97 2 in Carlow; AB97 3 in Elmton; AB97 4 crosses
// councils. Carlow and Elmton share a combined authority. Centroids lie on one meridian: Ashshire and Barley at 51, Carlow 52, Elmton 53.

const open: Warehouse[] = [];
afterEach(() => {
  for (const warehouse of open.splice(0)) warehouse.close();
});

interface Supplier {
  readonly name: string;
  readonly address?: string;
  readonly country?: string;
  readonly scheme?: string;
  readonly id?: string;
}

function awardOf(suppliers: readonly Supplier[], sketch: AwardSketch = {}): Record<string, unknown> {
  const body = releaseOf({...sketch, suppliers: suppliers.map(({name}) => name)});
  const [buyer, ...parties] = body.parties as Record<string, unknown>[];
  return {
    ...body,
    parties: [
      buyer,
      ...parties.map((party, i) => ({
        ...party,
        address: {streetAddress: suppliers[i]!.address, countryName: suppliers[i]!.country},
        identifier: {scheme: suppliers[i]!.scheme, id: suppliers[i]!.id}
      }))
    ]
  };
}

async function world(...bodies: unknown[]): Promise<Warehouse> {
  const warehouse = await worldOf(bodies);
  open.push(warehouse);
  expect(await warehouse.brokenPromises()).toEqual([]);
  return warehouse;
}

const rows = async (...bodies: unknown[]) =>
  (await world(...bodies)).rows("select * from core.contract_suppliers order by contract_id, supplier_name");

const COUNTY = "SYNTHETIC Ashshire County Council";
const DISTRICT = "SYNTHETIC Barley District Council";
const CARLOW = "SYNTHETIC Carlow Council";

test.each([
  [DISTRICT, "AB97 1AA", "same-council", 0],
  [COUNTY, "AB97 1AA", "same-council", 0], // the district lies in the county
  [CARLOW, "AB97 3AA", "same-area", 111.2], // combined authority; one degree of a meridian is 2 pi 6371 / 360 = 111.19 km
  [CARLOW, "AB97 1AA", "elsewhere-uk", 111.2],
  [COUNTY, "AB97 3AA", "elsewhere-uk", 222.4],
  [CARLOW, "AB97 4AA", "unknown", null], // the sector lies in Barley and in Carlow itself
  [COUNTY, "AB97 5AA", "elsewhere-uk", null], // in Carlow or in Elmton: neither is near the county
  [CARLOW, "AB97 5AA", "unknown", null],
  [CARLOW, "no address", "unknown", null]
])("for %s a supplier at %s is %s", async (buyer, address, reach, distance_km) => {
  const [row] = await rows(awardOf([{name: "SYNTHETIC Homes Ltd", address}], {buyer}));
  expect(row).toMatchObject({reach, distance_km});
});

test("a sector of exactly 99.2 per cent is enough, and the basis says so; a crossing one says that", async () => {
  const of = async (address: string) =>
    (await rows(awardOf([{name: "SYNTHETIC Homes Ltd", address}], {buyer: CARLOW})))[0];
  expect(await of("1 SYNTHETIC Street, ab972aa")).toMatchObject({
    supplier_gss: "E06000001",
    postcode: "AB97 2AA",
    postcode_repairs: "space-missing lower-case",
    reach_basis: "postcode sector, at least 99 % in one council"
  });
  expect(await of("AB97 4AA")).toMatchObject({supplier_gss: null, reach_basis: "postcode sector crosses councils"});
  const [far] = await rows(awardOf([{name: "SYNTHETIC Homes Ltd", address: "AB97 5AA"}], {buyer: COUNTY}));
  expect(far).toMatchObject({supplier_gss: null, reach_basis: "postcode sector crosses councils, all equally far"});
});

test("the full directory, where it is there, places what the sector does not, by its newest edition", async () => {
  const warehouse = await worldOf([awardOf([{name: "SYNTHETIC Homes Ltd", address: "AB97 4AA"}], {buyer: DISTRICT})]);
  open.push(warehouse);
  for (const [raw_sha256, received_at, gss] of [
    ["new", "2026-01-01T00:00:00Z", "E07000001"],
    ["old", "2025-01-01T00:00:00Z", "E06000001"]
  ] as const) {
    await warehouse.insert("staging.files", [{source_id: "postcodes", raw_sha256, received_at}]);
    await warehouse.insert("staging.postcodes", [{raw_sha256, postcode: "AB97 4AA", gss}]);
  }
  await warehouse.runModels();
  const [row] = await warehouse.rows("select reach, reach_basis from core.contract_suppliers");
  expect(row).toEqual({reach: "same-council", reach_basis: "postcode directory"});
});

test("a supplier abroad is outside, by its country or the end of its address", async () => {
  const reach = async (supplier: Supplier) => (await rows(awardOf([supplier])))[0]?.reach;
  expect(await reach({name: "SYNTHETIC Homes Ltd", address: "1 Street, Dublin", country: "Ireland"})).toBe(
    "outside-uk"
  );
  expect(await reach({name: "SYNTHETIC Homes Ltd", address: "1 Street, Siena, Italy"})).toBe("outside-uk");
  expect(await reach({name: "SYNTHETIC Homes Ltd", address: "1 Street", country: "England"})).toBe("unknown");
});

test("for a buyer that is no council nothing is near or far", async () => {
  const [row] = await rows(
    awardOf([{name: "SYNTHETIC Homes Ltd", address: "AB97 1AA"}], {buyer: "Ministry of SYNTHETIC"})
  );
  expect(row).toMatchObject({supplier_gss: "E07000001", reach: "unknown", reach_basis: "the buyer is not one council"});
});

test("spellings of one name, and a name that elsewhere has a company number, are one supplier", async () => {
  const warehouse = await world(
    awardOf([{name: "SYNTHETIC Homes Ltd", scheme: "GB-COH", id: "1234567"}]),
    awardOf([{name: "SYNTHETIC HOMES LIMITED"}]),
    awardOf([{name: "Synthetic Homes", scheme: "COMPANIES_HOUSE", id: "01234567"}])
  );
  expect(await warehouse.rows("select identifier, name_count, contract_count from core.suppliers")).toEqual([
    {identifier: "01234567", name_count: 3, contract_count: 3}
  ]);
});

test("a name that stands beside two company numbers joins neither, and one word is not enough", async () => {
  const warehouse = await world(
    awardOf([{name: "SYNTHETIC Homes Ltd", scheme: "GB-COH", id: "1"}]),
    awardOf([{name: "SYNTHETIC Homes Ltd", scheme: "GB-COH", id: "2"}]),
    awardOf([{name: "SYNTHETIC Homes"}]),
    awardOf([{name: "Compass Ltd", scheme: "GB-COH", id: "3"}]),
    awardOf([{name: "Compass"}])
  );
  expect(await warehouse.rows("select count(*)::integer as n from core.suppliers")).toEqual([{n: 5}]);
});

test("what names nobody is no supplier", async () => {
  expect(await rows(awardOf([{name: "n/a"}, {name: "See attachment"}, {name: "REDACTED"}]))).toEqual([]);
});

test("a natural person's name, number and postcode are withheld, and no hash leads back to the name", async () => {
  const person = {
    name: "Avery Testcase",
    address: "1 SYNTHETIC Street AB97 2AA",
    scheme: "GB-PPON",
    id: "PABC-1234-WXYZ"
  };
  const found = await rows(awardOf([person], {buyer: CARLOW}), awardOf([person], {buyer: CARLOW}));
  for (const row of found)
    expect(row).toMatchObject({supplier_name: null, identifier: null, postcode: null, is_natural_person: true});
  expect(new Set(found.map(({supplier_id}) => supplier_id)).size).toBe(2); // never joined, so not made from the name alone
});

test("of five contracts two local, one partly, one elsewhere, one unknown: 40 per cent by number, 10 by money", async () => {
  const year = {start: "2023-04-01", end: "2024-03-31", buyer: CARLOW};
  const local = {name: "SYNTHETIC Near Ltd", address: "AB97 2AA"};
  const far = {name: "SYNTHETIC Far Ltd", address: "AB97 1AA"};
  const warehouse = await world(
    awardOf([local], {...year, amount: 36_600}),
    awardOf([local], {...year, amount: 73_200}),
    awardOf([local, far], {...year, amount: 109_800, method: "Call-off from a framework agreement"}),
    awardOf([far], {...year, amount: 146_400}),
    awardOf([{name: "SYNTHETIC Lost Ltd"}], {...year, amount: 732_000})
  );
  const [share] = await warehouse.rows(
    "select * from marts.local_share where definition = 'same-council' and financial_year = 2024"
  );
  expect(share).toMatchObject({
    contract_count: 5,
    local_count: 2,
    partly_count: 1,
    elsewhere_count: 1,
    unknown_count: 1,
    total_in_year_gbp: "1098000.00",
    local_gbp: "109800.00",
    partly_gbp: "109800.00",
    elsewhere_gbp: "146400.00",
    unknown_gbp: "732000.00",
    local_count_pct: 40,
    unknown_count_pct: 20
  });
  expect(share?.local_gbp_pct).toBeCloseTo(10, 10); // 109,800 of 1,098,000
  expect(share?.unknown_gbp_pct).toBeCloseTo((100 * 732) / 1098, 10);
  const [scale] = await warehouse.rows(
    "select local_pct, local_unknown_pct from marts.council_scale where financial_year = 2024"
  );
  expect(scale).toEqual({local_pct: share?.local_gbp_pct, local_unknown_pct: share?.unknown_gbp_pct});
  expect(
    await warehouse.rows("select reach, contract_count, supplier_count from marts.supplier_reach order by reach")
  ).toEqual([
    {reach: "elsewhere-uk", contract_count: 1, supplier_count: 1},
    {reach: "same-council", contract_count: 2, supplier_count: 1},
    {reach: "several", contract_count: 1, supplier_count: 0},
    {reach: "unknown", contract_count: 1, supplier_count: 1}
  ]);
});
