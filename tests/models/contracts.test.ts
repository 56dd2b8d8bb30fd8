import fc from "fast-check";
import {afterEach, expect, test} from "vitest";
import type {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {type AwardSketch, releaseOf, worldOf} from "../warehouse/world.ts";

const open: Warehouse[] = [];
afterEach(() => {
  for (const warehouse of open.splice(0)) warehouse.close();
});

async function world(...args: Parameters<typeof worldOf>): Promise<Warehouse> {
  const warehouse = await worldOf(...args);
  open.push(warehouse);
  return warehouse;
}

async function contractOf(sketch: AwardSketch): Promise<Record<string, unknown>> {
  const warehouse = await world([releaseOf(sketch)]);
  const [row] = await warehouse.rows("select * from core.contracts");
  return row!;
}

test("an award with seventy-four suppliers counts once, with its value once", async () => {
  const suppliers = Array.from({length: 74}, (_, i) => `SYNTHETIC Supplier ${i} Ltd`);
  const warehouse = await world([releaseOf({amount: 1_000_000, suppliers})]);
  expect(await warehouse.rows("select value_gbp, supplier_count from core.contracts")).toEqual([
    {value_gbp: "1000000.00", supplier_count: 74}
  ]);
  expect(await warehouse.rows("select count(*)::integer as n from core.contract_suppliers")).toEqual([{n: 74}]);
});

test("only the latest state of an award counts, and latest is by release instant, not by order of arrival", async () => {
  const process = {ocid: "ocds-synth0-same", awardId: "1"};
  const later = releaseOf({...process, amount: 200_000, date: "2024-05-01T00:30:00+01:00", title: "SYNTHETIC a"}); // 23:30 UTC the day before
  const latest = releaseOf({...process, amount: 300_000, date: "2024-05-01T00:00:00Z", title: "SYNTHETIC a"});
  for (const bodies of [
    [later, latest],
    [latest, later]
  ]) {
    const warehouse = await world(bodies);
    expect(await warehouse.rows("select value_gbp from core.contracts")).toEqual([{value_gbp: "300000.00"}]);
  }
});

test("any order, any repetition and any split into files of the same releases gives the same contracts", async () => {
  const bodies = [
    releaseOf({ocid: "ocds-synth0-a", amount: 100}),
    releaseOf({ocid: "ocds-synth0-a", amount: 200, date: "2024-06-01T00:00:00Z"}),
    releaseOf({ocid: "ocds-synth0-b", amount: 300, title: "SYNTHETIC b"}),
    releaseOf({ocid: "ocds-synth0-c", amount: 300, title: "SYNTHETIC b", awardId: "2"})
  ];
  const columns = "select * exclude (raw_sha256) from core.contracts";
  const expected = await (await world(bodies)).rows(columns);
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([0, 1, 2, 3], {minLength: 4}),
      fc.array(fc.nat(3), {maxLength: 4}),
      fc.integer({min: 1, max: 3}),
      async (order, repeats, files) => {
        const warehouse = await worldOf(
          [...order, ...repeats].map((i) => bodies[i]),
          [],
          files
        );
        expect(await warehouse.rows(columns)).toEqual(expected);
        warehouse.close();
      }
    ),
    {numRuns: 8}
  );
}, 60_000);

test("the same award under a new process is a duplicate that stays visible and points at the later one", async () => {
  const same = {title: "SYNTHETIC care", amount: 50_000};
  const warehouse = await world([
    releaseOf({...same, ocid: "ocds-synth0-first", date: "2024-01-01T00:00:00Z"}),
    releaseOf({...same, ocid: "ocds-synth0-again", date: "2024-02-01T00:00:00Z"})
  ]);
  const rows = await warehouse.rows<{
    ocid: string;
    contract_id: string;
    duplicate_of: string | null;
    left_out_because: string | null;
  }>("select ocid, contract_id, duplicate_of, left_out_because from core.contracts order by ocid");
  expect(rows.map(({ocid, left_out_because}) => [ocid, left_out_because])).toEqual([
    ["ocds-synth0-again", null],
    ["ocds-synth0-first", "duplicate"]
  ]);
  expect(rows[1]!.duplicate_of).toBe(rows[0]!.contract_id);
});

test("the same title for another year is another contract", async () => {
  const same = {title: "SYNTHETIC care", amount: 50_000};
  const warehouse = await world([releaseOf(same), releaseOf({...same, start: "2024-04-01", end: "2025-03-31"})]);
  expect(await warehouse.rows("select count(*)::integer as n from core.contracts where duplicate_of is null")).toEqual([
    {n: 2}
  ]);
});

test("midnight summer time belongs to the London day, not to the day before", async () => {
  const contract = await contractOf({start: "2024-03-31T23:00:00Z", end: "2025-03-31T22:59:59Z"}); // 1 April 00:00 BST to 31 March 23:59 BST
  expect(contract).toMatchObject({starts_on: "2024-04-01", ends_on: "2025-03-31", term_days: 365});
});

test("size is value x 365 / term: £730,000 over 730 days is £365,000 a year; a short contract is not blown up", async () => {
  expect(await contractOf({amount: 730_000, start: "2022-04-01", end: "2024-03-30"})).toMatchObject({
    term_days: 730,
    annual_value_gbp: "365000.00"
  });
  expect(await contractOf({amount: 10_000, start: "2023-04-01", end: "2023-04-30"})).toMatchObject({
    term_days: 30,
    annual_value_gbp: "10000.00"
  });
});

test("without a term there is no size, a flag, and a reason; greatest(365, null) must not make it a year", async () => {
  expect(await contractOf({end: null})).toMatchObject({
    term_days: null,
    annual_value_gbp: null,
    flags: ["term-missing"],
    left_out_because: "no usable term"
  });
});

test("an end before the start and an end in 3034 are flagged, not guessed", async () => {
  expect(await contractOf({start: "2024-04-01", end: "2023-04-01"})).toMatchObject({
    term_days: null,
    flags: ["term-missing", "ends-before-start"]
  });
  expect(await contractOf({end: "3034-03-31"})).toMatchObject({
    term_days: null,
    flags: ["term-missing", "term-over-60-years"]
  });
});

test("the years of a contract add up to its value, to the penny", async () => {
  const warehouse = await world([releaseOf({amount: 100, start: "2022-10-01", end: "2024-06-30"})]); // 182 + 366 + 91 = 639 days
  expect(await warehouse.rows("select financial_year, in_year_gbp from core.contract_years order by 1")).toEqual([
    {financial_year: 2023, in_year_gbp: "28.48"}, // 100 x 182 / 639 = 28.482
    {financial_year: 2024, in_year_gbp: "57.28"}, // 100 x 366 / 639 = 57.277
    {financial_year: 2025, in_year_gbp: "14.24"} // what is left of 100
  ]);
});

test.each<[string, AwardSketch, string, string]>([
  ["no amount", {amount: null}, "missing", "no-amount"],
  ["zero", {amount: 0}, "placeholder", "amount-of-at-most-one"],
  ["one penny", {amount: 0.01}, "placeholder", "amount-of-at-most-one"],
  ["a keyboard run", {amount: 1_234_567_890}, "placeholder", "amount-is-a-keyboard-run"],
  ["nobody chosen", {suppliers: ["Not awarded to supplier"]}, "not-awarded", "supplier-says-not-awarded"],
  [
    "a call-off by its method",
    {method: "Call-off from a framework agreement"},
    "call-off",
    "method-calls-off-a-framework"
  ],
  [
    "a call-off from a dynamic market",
    {method: "Call-off from a dynamic purchasing system"},
    "call-off",
    "method-calls-off-a-dynamic-market"
  ],
  [
    "a dynamic market by its title",
    {title: "SYNTHETIC transport DPS"},
    "dynamic-market-ceiling",
    "title-says-dynamic-market-of-one"
  ],
  [
    "a framework of several",
    {title: "SYNTHETIC framework", suppliers: ["A Ltd", "B Ltd"]},
    "framework-ceiling",
    "title-says-framework"
  ],
  [
    "a real small value for a day",
    {amount: 29, start: "2023-04-01", end: "2023-04-01"},
    "contract",
    "nothing-else-holds"
  ]
])("%s", async (_name, sketch, value_kind, value_kind_rule) => {
  expect(await contractOf(sketch)).toMatchObject({value_kind, value_kind_rule});
});

test("a placeholder has no value in pounds, and its published zero is kept", async () => {
  expect(await contractOf({amount: 0})).toMatchObject({
    value_published: "0.00",
    value_gbp: null,
    left_out_because: "placeholder"
  });
});

test("another currency is left null with a flag, never added as pounds", async () => {
  expect(await contractOf({currency: "EUR"})).toMatchObject({
    value_published: "365000.00",
    value_gbp: null,
    flags: ["foreign-currency"]
  });
});

test("a contract that has a value of its own is the row, and its award is not a second one", async () => {
  const body = releaseOf({amount: 999});
  const signed = {
    id: "c1",
    awardID: "1",
    status: "active",
    value: {amount: 100, amountGross: 120, currency: "GBP"},
    period: {startDate: "2024-04-01", endDate: "2025-03-31"}
  };
  const warehouse = await world([{...body, contracts: [signed]}]);
  expect(await warehouse.rows("select value_gbp, vat_basis, starts_on from core.contracts")).toEqual([
    {value_gbp: "100.00", vat_basis: "excluded", starts_on: "2024-04-01"}
  ]);
});

test("an abolished council's contract is answered for by its successor; after a split by nobody, with a flag", async () => {
  expect(await contractOf({buyer: "SYNTHETIC Dunmore Borough Council"})).toMatchObject({
    buyer_gss: "E07000002",
    council_gss: "E06000001"
  });
  expect(await contractOf({buyer: "SYNTHETIC Fellshire County Council"})).toMatchObject({
    buyer_gss: "E10000009",
    council_gss: null,
    flags: ["council-split"],
    left_out_because: "not one council's"
  });
});

test.each([
  ["SYNTHETIC BARLEY DISTRICT COUNCIL", "council"],
  ["The Synthetic Barley District Council.", "council"],
  ["SYNTHETIC Barley Parish Council", "parish-or-town"],
  ["SYNTHETIC Council for Voluntary Service", "voluntary"],
  ["SYNTHETIC Barley District Council e-Tendering", "council"],
  ["SYNTHETIC Research Council", "central-government"]
])("%s is a %s", async (buyer, buyer_kind) => {
  expect(await contractOf({buyer})).toMatchObject({
    buyer_kind,
    buyer_gss: buyer_kind === "council" ? "E07000001" : null
  });
});

test("a name that may be a person's is withheld with its postcode; an organisation's is kept", async () => {
  const warehouse = await world([releaseOf({suppliers: ["Avery Testcase", "SYNTHETIC Homes Ltd"]})]);
  expect(
    await warehouse.rows(
      "select supplier_name, is_natural_person from core.contract_suppliers order by supplier_name nulls last"
    )
  ).toEqual([
    {supplier_name: "SYNTHETIC Homes Ltd", is_natural_person: false},
    {supplier_name: null, is_natural_person: true}
  ]);
});

test("every promise holds in a world of all kinds at once", async () => {
  const sketches: AwardSketch[] = [
    {},
    {amount: 0},
    {amount: null},
    {end: null},
    {currency: "EUR"},
    {buyer: "SYNTHETIC Fellshire County Council"}
  ];
  const warehouse = await world(sketches.map(releaseOf));
  expect(await warehouse.brokenPromises()).toEqual([]);
});
