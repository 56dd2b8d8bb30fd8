import {afterEach, expect, test} from "vitest";
import type {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {type AwardSketch, releaseOf, worldOf} from "../warehouse/world.ts";

// SYNTHETIC councils: Ashshire, a county (E10000001) over Barley (E07000001); Carlow (E06000001); Elmton (E08000001, today E08000002).

const open: Warehouse[] = [];
afterEach(() => {
  for (const warehouse of open.splice(0)) warehouse.close();
});

interface Buyer extends AwardSketch {
  readonly email?: string;
  readonly website?: string;
  readonly postcode?: string;
  readonly partyId?: string;
  readonly others?: readonly string[]; // more parties in the role of buyer
}

function noticeOf({email, website, postcode, partyId, others = [], ...sketch}: Buyer): Record<string, unknown> {
  const body = releaseOf(sketch);
  const [buyer, ...rest] = body.parties as Record<string, unknown>[];
  return {
    ...body,
    buyer: {id: partyId ?? "b", name: buyer!.name},
    parties: [
      {
        ...buyer,
        id: partyId ?? "b",
        address: {postalCode: postcode},
        contactPoint: {email},
        details: {url: website}
      },
      ...others.map((name, i) => ({id: `b${i}`, name, roles: ["buyer"]})),
      ...rest
    ]
  };
}

/** The row of the first notice, with the others there to be learned from. */
async function buyerOf(...buyers: Buyer[]): Promise<Record<string, unknown>> {
  const warehouse = await worldOf(buyers.map((buyer, i) => noticeOf({ocid: `ocds-synth0-n${i}`, ...buyer})));
  open.push(warehouse);
  expect(await warehouse.brokenPromises()).toEqual([]);
  const [row] = await warehouse.rows(
    "select buyers.* from core.contract_buyers as buyers join core.award_states using (contract_id) where ocid = 'ocds-synth0-n0'"
  );
  return row!;
}

const portal = "SYNTHETIC Portal Ltd";
const nobody = {buyer_kind: "portal-or-agent", buyer_gss: null, council_gss: null};

test("behind a portal's name, domain and postcode that agree tell the council", async () => {
  expect(await buyerOf({buyer: portal, email: "contact@carlow.example", postcode: "ab972xx"})).toMatchObject({
    buyer_kind: "council",
    buyer_gss: "E06000001",
    council_gss: "E06000001",
    match_rule: "two-kinds-of-evidence",
    evidence: "domain postcode"
  });
});

test("a web address is evidence as an e-mail address is, and a title that names the council agrees with it", async () => {
  const title = "SYNTHETIC taxis for SYNTHETIC Carlow Council";
  expect(await buyerOf({buyer: portal, website: "www.carlow.example/tenders", title})).toMatchObject({
    buyer_gss: "E06000001",
    evidence: "domain text"
  });
});

test.each([
  ["no evidence", {}],
  ["one kind", {email: "contact@carlow.example"}],
  ["two kinds for two councils", {email: "contact@carlow.example", postcode: "AB97 1AA"}],
  [
    "two kinds, but the title names another council",
    {
      email: "contact@carlow.example",
      postcode: "AB97 2AA",
      title: "SYNTHETIC works for SYNTHETIC Barley District Council"
    }
  ]
])("behind a portal's name, %s: nobody", async (_, more) => {
  expect(await buyerOf({buyer: portal, ...more})).toMatchObject(nobody);
});

test("a district's postcode speaks for its county too, so the domain decides between them", async () => {
  const postcode = "AB97 1AA";
  expect(await buyerOf({buyer: portal, email: "a@ashshire.example", postcode})).toMatchObject({buyer_gss: "E10000001"});
  expect(await buyerOf({buyer: portal, email: "a@barley.example", postcode})).toMatchObject({buyer_gss: "E07000001"});
});

test("the initials in a title decide for a portal of one county, where they fit one of its councils", async () => {
  const title = "SACC - 03/16 - SYNTHETIC care"; // SYNTHETIC Ashshire County Council
  const sourcing = "SYNTHETIC Ashshire Sourcing";
  expect(await buyerOf({buyer: sourcing, title, postcode: "AB97 1AA"})).toMatchObject({buyer_gss: "E10000001"});
  expect(await buyerOf({buyer: sourcing, title: "SCC - SYNTHETIC care", postcode: "AB97 2AA"})).toMatchObject(nobody);
});

test("the postcode of a council's own notices is evidence where no table knows the sector", async () => {
  const office = "AB10 9ZZ";
  const row = await buyerOf(
    {buyer: portal, email: "a@carlow.example", postcode: office},
    {buyer: "SYNTHETIC Carlow Council", postcode: office}
  );
  expect(row).toMatchObject({buyer_gss: "E06000001", evidence: "domain postcode"});
});

test("an agent that names its principal buys for it, without other evidence", async () => {
  const buyer = "SYNTHETIC Developments Ltd on behalf of SYNTHETIC Carlow Council";
  expect(await buyerOf({buyer})).toMatchObject({buyer_kind: "portal-or-agent", council_gss: "E06000001"});
});

test("councils that buy together are all named, and none answers alone", async () => {
  const together = {is_joint: true, council_gss: null, joint_gss: "E06000001 E07000001"};
  const buyer = "SYNTHETIC Carlow Council and SYNTHETIC Barley District Council";
  expect(await buyerOf({buyer})).toMatchObject(together);
  const others = ["SYNTHETIC Barley District Council"];
  expect(await buyerOf({buyer: "SYNTHETIC Carlow Council", others})).toMatchObject({
    ...together,
    match_rule: "several-buyers-named"
  });
});

test("the same council named twice in the role of buyer is one buyer", async () => {
  const others = ["SYNTHETIC CARLOW COUNCIL"];
  expect(await buyerOf({buyer: "SYNTHETIC Carlow Council", others})).toMatchObject({
    is_joint: false,
    council_gss: "E06000001"
  });
});

test("a name that two councils share is told apart by the postcode, and by nothing is nobody's", async () => {
  expect(await buyerOf({buyer: "SYNTHETIC Elmton", postcode: "AB97 3AA"})).toMatchObject({
    buyer_kind: "council",
    council_gss: "E08000002",
    match_rule: "name-and-postcode"
  });
  expect(await buyerOf({buyer: "SYNTHETIC Elmton"})).toMatchObject({council_gss: null});
});

test("an identifier of a council's register tells a name that is unsure", async () => {
  const buyer = "SYNTHETIC Barly Dale District Council";
  expect(await buyerOf({buyer, partyId: "GB-LAE-BAR"})).toMatchObject({
    council_gss: "E07000001",
    match_rule: "identifier"
  });
});

test("a joint contract is outside every scale measure", async () => {
  const warehouse = await worldOf([
    noticeOf({buyer: "SYNTHETIC Carlow Council and SYNTHETIC Barley District Council"})
  ]);
  open.push(warehouse);
  expect(await warehouse.rows("select is_joint, council_gss, left_out_because, flags from core.contracts")).toEqual([
    {is_joint: true, council_gss: null, left_out_because: "not one council's", flags: []}
  ]);
});

test("an announced change is not applied before its day: the council still answers for itself", async () => {
  const warehouse = await worldOf([]);
  open.push(warehouse);
  const query =
    "select council_gss, answers_gss, changes_on::varchar as changes_on from core.councils where gss = 'E07000001'";
  expect(await warehouse.rows(query)).toEqual([
    {council_gss: "E07000001", answers_gss: "E07000001", changes_on: "2028-04-01"}
  ]);
});

test("what a body buys while one council owns it is that council's, what several own is nobody's alone, and what none owns nobody's", async () => {
  const notices = [
    ["SYNTHETIC Carlow Children First", "2022-06-01T00:00:00Z"],
    ["SYNTHETIC Carlow Children First Limited", "2023-03-31T12:00:00Z"],
    ["SYNTHETIC Carlow Children First Ltd", "2019-03-31T12:00:00Z"], // the day before
    ["SYNTHETIC Carlow Children First Ltd", "2023-04-01T12:00:00Z"], // the day after
    ["SYNTHETIC Together Trust", "2022-06-01T00:00:00Z"],
    ["SYNTHETIC Free Trust", "2022-06-01T00:00:00Z"]
  ] as const;
  const warehouse = await worldOf(
    notices.map(([buyer, date], i) => noticeOf({ocid: `ocds-synth0-n${i}`, buyer, date}))
  );
  open.push(warehouse);
  expect(await warehouse.brokenPromises()).toEqual([]);
  const rows = await warehouse.rows(
    `select buyers.buyer_gss, buyers.council_gss, buyers.joint_gss, contracts.left_out_because, list_contains(contracts.flags, 'delivery-body') as is_marked
     from core.contract_buyers as buyers join core.contracts as contracts using (contract_id) order by contracts.ocid`
  );
  const carlow = {
    buyer_gss: "E06000001",
    council_gss: "E06000001",
    joint_gss: null,
    left_out_because: null,
    is_marked: true
  };
  const nobody = {
    buyer_gss: null,
    council_gss: null,
    joint_gss: null,
    left_out_because: "not one council's",
    is_marked: false
  };
  expect(rows).toEqual([
    carlow,
    carlow,
    nobody,
    nobody,
    {...nobody, joint_gss: "E06000001 E08000002", is_marked: true},
    nobody
  ]);
});
