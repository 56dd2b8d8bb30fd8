import fc from "fast-check";
import {afterEach, expect, test} from "vitest";
import type {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {worldOf} from "../warehouse/world.ts";

// SYNTHETIC processes in the shape of the newer law: an award (UK6), its contract (UK7), changes (UK10) and an end (UK11), of which
// the later ones carry only what changes.

const open: Warehouse[] = [];
afterEach(() => {
  for (const warehouse of open.splice(0)) warehouse.close();
});

const BUYER = "SYNTHETIC Ashshire County Council";

const release = (id: string, date: string, tag: string, facts: Record<string, unknown>, buyer = BUYER) => ({
  ocid: "ocds-synth0-amended",
  id,
  date,
  tag: [tag],
  buyer: {id: "b", name: buyer},
  parties: [
    {id: "b", name: buyer, roles: ["buyer"]},
    {id: "s", name: "SYNTHETIC Carers Ltd", roles: ["supplier"]}
  ],
  ...facts
});

const TENDER = {
  title: "SYNTHETIC home care",
  description: "SYNTHETIC care at home for older people",
  procurementMethodDetails: "Open procedure",
  classification: {scheme: "CPV", id: "85310000"}
};

const AWARD = release("001-2025", "2025-03-01T10:00:00Z", "award", {
  tender: TENDER,
  awards: [
    {
      id: "1",
      status: "active",
      value: {amount: 1_000_000, currency: "GBP"},
      suppliers: [{id: "s", name: "SYNTHETIC Carers Ltd"}],
      contractPeriod: {startDate: "2025-04-01", endDate: "2027-03-31"},
      relatedLots: ["1"]
    }
  ]
});

const DETAILS = release("002-2025", "2025-04-02T10:00:00Z", "contract", {
  tender: {title: "SYNTHETIC home care"},
  awards: [{id: "1", relatedLots: ["1"]}],
  contracts: [
    {
      id: "1",
      awardID: "1",
      status: "active",
      value: {amount: 900_000, amountGross: 1_080_000, currency: "GBP"},
      period: {startDate: "2025-04-01", endDate: "2027-03-31", maxExtentDate: "2028-03-31"},
      documents: [{id: "d", noticeType: "UK7"}]
    }
  ]
});

const change = (id: string, date: string, contract: Record<string, unknown>) =>
  release(id, date, "contractAmendment", {
    tender: {title: "SYNTHETIC home care"},
    contracts: [{id: "1", amendments: [{id, date}], documents: [{id: "d", noticeType: "UK10"}], ...contract}]
  });

const NEW_END = change("003-2026", "2026-05-01T10:00:00Z", {
  awardID: "1",
  period: {startDate: "2026-05-01", endDate: "2028-09-30"}
});
const NEW_VALUE = change("004-2026", "2026-06-01T10:00:00Z", {
  awardID: "1",
  value: {amount: 1_200_000, currency: "GBP"}
});
const TERMINATION = release("005-2027", "2027-02-10T10:00:00Z", "contractTermination", {
  contracts: [{id: "1", awardID: "1", status: "terminated", period: {endDate: "2027-01-31"}}]
});

const FACTS = `select title, value_gbp, value_published, starts_on, ends_on, max_ends_on, terminated_on, supplier_count, cpv_code,
  lot_id, procedure, notice_url from core.contracts order by contract_id`;

async function world(bodies: readonly unknown[]): Promise<Warehouse> {
  const warehouse = await worldOf(bodies);
  open.push(warehouse);
  return warehouse;
}

test("a change that states only a new end moves the end, and leaves start, value, suppliers and classification", async () => {
  const warehouse = await world([AWARD, DETAILS, NEW_END]);
  expect(await warehouse.rows(FACTS)).toMatchObject([
    {
      title: "SYNTHETIC home care",
      value_gbp: "900000.00",
      starts_on: "2025-04-01", // the notice dates its period from the change
      ends_on: "2028-09-30",
      max_ends_on: null, // the earlier last day has been overtaken
      supplier_count: 1,
      cpv_code: "85310000",
      lot_id: "1",
      procedure: "Open procedure",
      terminated_on: null
    }
  ]);
  expect(await warehouse.rows("select supplier_name from core.contract_suppliers")).toEqual([
    {supplier_name: "SYNTHETIC Carers Ltd"}
  ]);
});

test("a change that states only a new value changes the value, not the term that an earlier change gave", async () => {
  expect(await (await world([AWARD, DETAILS, NEW_END, NEW_VALUE])).rows(FACTS)).toMatchObject([
    {value_gbp: "1200000.00", starts_on: "2025-04-01", ends_on: "2028-09-30", supplier_count: 1}
  ]);
});

test("a termination ends a contract on the day it names, and shortens no term by which its size is judged", async () => {
  expect(await (await world([AWARD, DETAILS, TERMINATION])).rows(FACTS)).toMatchObject([
    {value_gbp: "900000.00", ends_on: "2027-03-31", max_ends_on: "2028-03-31", terminated_on: "2027-01-31"}
  ]);
});

test("a termination that repeats the planned end ends the contract on the day of the notice", async () => {
  const repeats = release("005-2027", "2026-02-10T10:00:00Z", "contractTermination", {
    contracts: [{id: "1", awardID: "1", period: {endDate: "2027-03-31"}}] // and says that it ended by its tag only
  });
  expect(await (await world([AWARD, DETAILS, repeats])).rows(FACTS)).toMatchObject([{terminated_on: "2026-02-10"}]);
});

test("what stands only in a signed amendment applies; what is only proposed does not", async () => {
  const signed = change("003-2026", "2026-05-01T10:00:00Z", {
    awardID: "1",
    amendments: [
      {id: "b", date: "2026-05-02T00:00:00Z", value: {amount: 950_000, currency: "GBP"}},
      {
        id: "a",
        date: "2026-04-02T00:00:00Z",
        value: {amount: 920_000, currency: "GBP"},
        period: {endDate: "2027-06-30"}
      }
    ],
    proposedAmendments: [{id: "c", date: "2026-07-02T00:00:00Z", value: {amount: 5, currency: "GBP"}}]
  });
  expect(await (await world([AWARD, DETAILS, signed])).rows(FACTS)).toMatchObject([
    {value_gbp: "950000.00", ends_on: "2027-06-30"}
  ]);
});

test("an award's own amendment applies, and an award that carries only an id erases nothing", async () => {
  const amended = release("006-2026", "2026-06-01T10:00:00Z", "awardUpdate", {
    tender: {title: "SYNTHETIC home care"},
    awards: [{id: "1", amendments: [{id: "x", date: "2026-05-30T00:00:00Z", period: {endDate: "2027-12-31"}}]}]
  });
  expect(await (await world([AWARD, amended])).rows(FACTS)).toMatchObject([
    {value_gbp: "1000000.00", starts_on: "2025-04-01", ends_on: "2027-12-31", supplier_count: 1, lot_id: "1"}
  ]);
});

test("a change to a contract without a value of its own applies to its award, and makes no second row", async () => {
  const valueless = {...DETAILS, contracts: [{id: "c-9", awardID: "1", status: "active"}]};
  const later = change("003-2026", "2026-05-01T10:00:00Z", {
    id: "c-9",
    awardID: null,
    period: {endDate: "2027-12-31"}
  });
  expect(await (await world([AWARD, valueless, later])).rows(FACTS)).toMatchObject([
    {value_gbp: "1000000.00", ends_on: "2027-12-31"}
  ]);
});

test("a change whose contract nobody has seen before is a contract, not nothing", async () => {
  expect(await (await world([NEW_VALUE])).rows(FACTS)).toMatchObject([
    {title: "SYNTHETIC home care", value_gbp: "1200000.00", supplier_count: 0}
  ]);
});

test("an award of which only a change is at hand is a row, judged as any other, and waits for its term: a change dates its period from itself", async () => {
  const alone = release("003-2026", "2026-05-01T10:00:00Z", "contractAmendment", {
    tender: {
      title: "SYNTHETIC framework for home care",
      classification: {scheme: "CPV", id: "85310000"},
      techniques: {hasFrameworkAgreement: true}
    },
    contracts: [
      {
        id: "1",
        awardID: "1",
        amendments: [{id: "003-2026", date: "2026-04-20T00:00:00+01:00"}],
        documents: [{id: "d", noticeType: "UK10"}],
        value: {amount: 700_000, amountGross: 840_000, currency: "GBP"},
        period: {startDate: "2026-04-20T00:00:00+01:00", endDate: "2028-04-19T23:59:59+01:00"}
      }
    ]
  });
  const judged = `select value_kind, service_line, vat_basis, value_gbp, buyer_name, starts_on, ends_on, term_days, flags,
    left_out_because, duplicate_of from core.contracts`;
  const ceiling = {
    value_kind: "framework-ceiling",
    vat_basis: "excluded",
    value_gbp: "700000.00",
    buyer_name: BUYER,
    starts_on: null,
    ends_on: "2028-04-19",
    term_days: null,
    flags: ["term-missing"],
    left_out_because: "framework-ceiling",
    duplicate_of: null
  };
  expect(await (await world([alone])).rows(judged)).toMatchObject([ceiling]);
  const price = {...alone, tender: TENDER};
  expect(await (await world([price])).rows(judged)).toMatchObject([
    {...ceiling, value_kind: "contract", left_out_because: "no usable term"}
  ]);
  // The award that arrives later fills the gap, in the same row.
  expect(await (await world([price, AWARD])).rows(judged)).toMatchObject([
    {value_gbp: "700000.00", starts_on: "2025-04-01", ends_on: "2028-04-19", left_out_because: null}
  ]);
});

test("a start that a change states from before itself is the contract's", async () => {
  const stated = change("003-2026", "2026-05-01T10:00:00Z", {
    awardID: "1",
    value: {amount: 500_000, currency: "GBP"},
    period: {startDate: "2024-04-01", endDate: "2027-03-31"}
  });
  expect(await (await world([stated])).rows(FACTS)).toMatchObject([{starts_on: "2024-04-01", ends_on: "2027-03-31"}]);
});

test("a change that names no award belongs to the only one its process has, and counts no second time", async () => {
  const nameless = change("003-2026", "2026-05-01T10:00:00Z", {
    id: "c-9",
    value: {amount: 1_100_000, currency: "GBP"},
    period: {endDate: "2027-12-31"}
  });
  for (const bodies of [
    [AWARD, nameless],
    [nameless, AWARD]
  ])
    expect(
      await (await world(bodies)).rows("select value_gbp, starts_on, ends_on, supplier_count from core.contracts")
    ).toEqual([{value_gbp: "1100000.00", starts_on: "2025-04-01", ends_on: "2027-12-31", supplier_count: 1}]);
}, 30_000);

test("two contracts that different awards number alike are two", async () => {
  const second = release("007-2025", "2025-05-01T10:00:00Z", "contract", {
    tender: {title: "SYNTHETIC home care"},
    awards: [{id: "2"}],
    contracts: [{id: "1", awardID: "2", value: {amount: 40_000, currency: "GBP"}}]
  });
  expect(await (await world([AWARD, DETAILS, second])).rows("select value_gbp from core.contracts order by 1")).toEqual(
    [{value_gbp: "40000.00"}, {value_gbp: "900000.00"}]
  );
});

test("a process that holds the procurements of two buyers keeps them apart, though both number their award 1", async () => {
  const other = release(
    "010-2025",
    "2025-03-05T10:00:00Z",
    "award",
    {tender: {title: "SYNTHETIC pumps"}, awards: [{id: "1", value: {amount: 70_000, currency: "GBP"}}]},
    "SYNTHETIC Water Company Ltd"
  );
  const rows = await (await world([AWARD, other, DETAILS])).rows(
    "select contract_id, buyer_name, value_gbp from core.contracts order by value_gbp"
  );
  expect(rows).toMatchObject([
    {buyer_name: "SYNTHETIC Water Company Ltd", value_gbp: "70000.00"},
    {buyer_name: BUYER, value_gbp: "900000.00"}
  ]);
  const [alone] = await (await world([AWARD, DETAILS])).rows("select contract_id from core.contracts");
  expect(rows[1]).toMatchObject(alone!); // the first buyer's identifier is what it was before the other came
});

test("a buyer that publishes the same award under a new name is still its one buyer", async () => {
  const renamed = release(
    "011-2025",
    "2025-09-01T10:00:00Z",
    "awardUpdate",
    {tender: {title: "SYNTHETIC home care"}, awards: [{id: "1", value: {amount: 990_000, currency: "GBP"}}]},
    "SYNTHETIC Ashshire Council"
  );
  expect(await (await world([AWARD, renamed])).rows("select buyer_name, value_gbp from core.contracts")).toEqual([
    {buyer_name: "SYNTHETIC Ashshire Council", value_gbp: "990000.00"}
  ]);
});

test("several awards that one older notice gives the same id are several, and an exact copy is none", async () => {
  const award = (amount: number, lot: string) => ({
    id: "002109-2021-1",
    value: {amount, currency: "GBP"},
    relatedLots: [lot],
    suppliers: [{id: "s", name: "SYNTHETIC Carers Ltd"}]
  });
  const older = release("012-2021", "2021-03-01T10:00:00Z", "award", {
    tender: {title: "SYNTHETIC lots"},
    awards: [award(10_000, "1"), award(20_000, "2"), award(10_000, "1")]
  });
  const warehouse = await world([older]);
  expect(await warehouse.rows("select value_gbp, lot_id, supplier_count from core.contracts order by 1")).toEqual([
    {value_gbp: "10000.00", lot_id: "1", supplier_count: 1},
    {value_gbp: "20000.00", lot_id: "2", supplier_count: 1}
  ]);
  expect(await warehouse.rows("select count(*)::integer as n from core.contract_suppliers")).toEqual([{n: 2}]);
});

test("any order, any repetition and any split into files of award, contract, changes and end gives the same contract", async () => {
  const bodies = [AWARD, DETAILS, NEW_END, NEW_VALUE, TERMINATION];
  const columns = "select * exclude (raw_sha256) from core.contracts";
  const expected = await (await world(bodies)).rows(columns);
  expect(expected).toMatchObject([
    {value_gbp: "1200000.00", starts_on: "2025-04-01", ends_on: "2028-09-30", terminated_on: "2027-01-31"}
  ]);
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([0, 1, 2, 3, 4], {minLength: 5}),
      fc.array(fc.nat(4), {maxLength: 4}),
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
    {numRuns: 6}
  );
}, 60_000);
