import {afterAll, beforeAll, expect, test, vi} from "vitest";
import type {Row} from "../../pipeline/ocds/stage.ts";
import {stageReleases} from "../../pipeline/ocds/stage.ts";
import type {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {rebuild, register, releaseOf, worldOf} from "../warehouse/world.ts";

vi.setConfig({testTimeout: 120_000, hookTimeout: 120_000}); // a machine may be busy; nothing here is about time

// Faults in what notices say: one world for all of them, each contract known by its process.

type Body = Record<string, unknown> & {awards: Record<string, unknown>[]; parties: Record<string, unknown>[]};
const award = (ocid: string, sketch: Parameters<typeof releaseOf>[0] = {}): Body =>
  releaseOf({ocid: `ocds-synth0-${ocid}`, ...sketch}) as Body;

/** A release whose supplier has an address. */
function from(ocid: string, address: Record<string, string>): Body {
  const body = award(ocid);
  return {
    ...body,
    parties: body.parties.map((party) => ((party.roles as string[])[0] === "supplier" ? {...party, address} : party))
  };
}

const again = award("again", {releaseId: "same", amount: 1000, date: "2024-01-01T10:00:00Z"});
const changed = award("changed", {releaseId: "one", amount: 1000, date: "2024-01-01T10:00:00Z"});
const tied = award("tied", {releaseId: "b", amount: 2000, date: "2024-01-01T10:00:00Z"});
const BODIES: Body[] = [
  again,
  again,
  changed,
  {...changed, awards: [{...changed.awards[0]!, value: {amount: 3000, currency: "GBP"}}]}, // the same key, another body
  tied,
  {...tied, id: "a", awards: [{...tied.awards[0]!, value: {amount: 9000, currency: "GBP"}}]}, // the same second
  award("zero", {amount: 0}),
  award("penny", {amount: 0.01}),
  award("billions", {amount: 1e12}),
  award("backwards", {start: "2024-03-31", end: "2023-04-01"}),
  award("century", {start: "2023-04-01", end: "2122-03-31"}),
  award("successor", {buyer: "SYNTHETIC Dunmore Borough Council"}),
  from("unknown-postcode", {postalCode: "ZZ9 9ZZ"}),
  from("no-address", {}),
  from("jersey", {postalCode: "JE2 3AB", countryName: "Jersey"}),
  from("guernsey", {postalCode: "GY1 1AA", countryName: "United Kingdom"}),
  from("man", {streetAddress: "1 SYNTHETIC Street, Douglas IM1 1AA"}),
  from("no-postcode", {streetAddress: "1 SYNTHETIC Street", countryName: "Isle of Man"}),
  from("france", {postalCode: "75001", countryName: "France"})
];

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await worldOf(BODIES);
});
afterAll(() => warehouse.close());

const rowsOf = (of: Warehouse, ocid: string) =>
  of.rows<Record<string, unknown>>("select * from core.contracts where ocid = $ocid", {ocid: `ocds-synth0-${ocid}`});
const row = async (ocid: string): Promise<Record<string, unknown>> => {
  const rows = await rowsOf(warehouse, ocid);
  expect(rows).toHaveLength(1);
  return rows[0]!;
};

test("fault 25: the same release twice, the same key with another body, two releases of one second: one row each", async () => {
  for (const ocid of ["again", "changed", "tied"]) await row(ocid);
  expect(await row("tied")).toMatchObject({value_gbp: "2000.00"}); // of two in one second the later identifier
});

test("fault 25: in whatever order and however often the same files come, the rows are the same", async () => {
  const other = await worldOf([]);
  const shuffled = [...BODIES].reverse();
  for (const [i, bodies] of [shuffled.slice(0, 7), shuffled.slice(5), shuffled].entries()) {
    const staged = stageReleases(bodies, {register_id: register.id, raw_sha256: `file-${i}`}, register.noticeUrl);
    for (const [table, rows] of Object.entries(staged)) await other.insert(`staging.${table}`, rows as Row[]);
  }
  await rebuild(other);
  const all = "select * exclude (raw_sha256) from core.contracts order by contract_id";
  expect(await other.rows(all)).toEqual(await warehouse.rows(all));
  other.close();
});

test("fault 37: where suppliers are is always one of the known answers, and together they are all", async () => {
  const rows = await warehouse.rows<{reach: string; n: number}>(
    "select reach, count(*)::integer as n from core.contract_suppliers group by all"
  );
  const known = ["same-council", "same-area", "same-region", "elsewhere-uk", "outside-uk", "unknown"];
  expect(rows.filter(({reach}) => !known.includes(reach))).toEqual([]);
  const contracts = await warehouse.rows("select 1 from core.contracts");
  expect(rows.reduce((sum, {n}) => sum + n, 0)).toBe(contracts.length); // one supplier each
  const reachOf = async (ocid: string) =>
    (
      await warehouse.rows<{reach: string}>(
        "select reach from core.contract_suppliers join core.contracts using (contract_id) where ocid = $ocid",
        {ocid: `ocds-synth0-${ocid}`}
      )
    )[0]!.reach;
  expect(await reachOf("unknown-postcode")).toBe("unknown");
  expect(await reachOf("no-address")).toBe("unknown");
  for (const crownDependency of ["jersey", "guernsey", "man", "no-postcode"])
    expect(await reachOf(crownDependency), crownDependency).toBe("outside-uk"); // they share its postcodes, and are no part of it
  expect(await reachOf("france")).toBe("outside-uk");
});

test("fault 37: a council that was merged is the one that answers for it today", async () => {
  expect(await row("successor")).toMatchObject({buyer_gss: "E07000002", council_gss: "E06000001"});
});

test.each([
  ["zero", /placeholder|missing/],
  ["penny", /placeholder/],
  ["billions", /.*/]
])("fault 38: a value of %s is in no scale measure", async (ocid, kind) => {
  const found = await row(ocid);
  expect(found.value_kind).toMatch(kind);
  expect(found.left_out_because).not.toBeNull();
});

test("fault 38: a term that ends before it begins, or lasts a century, gives no size and is flagged", async () => {
  expect(await row("backwards")).toMatchObject({
    term_days: null,
    annual_value_gbp: null,
    left_out_because: "no usable term"
  });
  expect((await row("backwards")).flags).toContain("ends-before-start");
  expect(await row("century")).toMatchObject({term_days: null, left_out_because: "no usable term"});
  expect((await row("century")).flags).toContain("term-over-60-years");
});
