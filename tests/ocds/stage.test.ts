import {expect, test} from "vitest";
import {stageReleases} from "../../pipeline/ocds/stage.ts";

const place = {register_id: "r", raw_sha256: "f"};
const body = {
  ocid: "ocds-b5fd17-1",
  id: "1",
  date: "2024-04-30T10:00:00Z",
  buyer: {id: "b", name: "Telford &amp; Wrekin\n Council"},
  parties: [
    {
      id: "b",
      roles: ["buyer"],
      contactPoint: {email: "someone@council.example", name: "A Person"},
      address: {postalCode: "TF3 4NT"}
    },
    {id: "s", roles: ["supplier"], identifier: {scheme: "GB-COH", id: "01234567"}, details: {scale: "sme", vcse: false}}
  ],
  tender: {classification: {scheme: "CPV", id: "85311300-5", description: "Welfare"}},
  awards: [
    {
      id: "a",
      value: {amount: 357764.5, currency: "GBP"},
      suppliers: [
        {id: "s", name: "X Ltd"},
        {id: "s", name: null}
      ],
      documents: [{documentType: "awardNotice", url: "javascript:alert(1)"}]
    }
  ]
};

test("every body is one row of releases or one of rejects", () => {
  const staged = stageReleases([body, {...body, id: 5.5}, null, "text"], place, () => null);
  expect([staged.releases.length, staged.rejects.length]).toEqual([1, 3]);
  expect(staged.rejects.map(({position, path}) => [position, path])).toEqual([
    [1, "id"],
    [2, ""],
    [3, ""]
  ]);
});

test("amounts keep the digits they were published with", () => {
  expect(stageReleases([body], place, () => null).awards[0]).toMatchObject({
    value_amount: "357764.5",
    cpv_code: "85311300",
    supplier_count: 2
  });
});

test("HTML entities are decoded and white space collapsed", () => {
  expect(stageReleases([body], place, () => null).awards[0]?.buyer_name).toBe("Telford & Wrekin Council");
});

test("of a contact point only the domain of the buyer's e-mail address is kept", () => {
  const staged = stageReleases([body], place, () => null);
  expect(staged.parties[0]).toMatchObject({email_domain: "council.example", postcode: "TF3 4NT"});
  expect(JSON.stringify(staged)).not.toMatch(/someone@|A Person/);
});

test("a notice's address that is not https is never kept; the register's own rule stands in", () => {
  const staged = stageReleases([body], place, (id) => `https://register.example/${id}`);
  expect(staged.awards[0]?.notice_url).toBe("https://register.example/1");
});

test("a supplier without a name is still a supplier", () => {
  const {suppliers} = stageReleases([body], place, () => null);
  expect(suppliers.map(({supplier_number, supplier_name}) => [supplier_number, supplier_name])).toEqual([
    [1, "X Ltd"],
    [2, null]
  ]);
  expect(suppliers[0]).toMatchObject({
    identifier_scheme: "GB-COH",
    identifier: "01234567",
    is_sme: true,
    is_vcse: false
  });
});

test.each([
  [{id: "GB-PPON-PABC-1234-WXYZ", identifier: {scheme: "GB-PPON", id: "PABC-1234-WXYZ"}}, "GB-PPON", "PABC-1234-WXYZ"],
  [
    {
      id: "s",
      identifier: {scheme: "GB-PPON", id: "PABC-1234-WXYZ"},
      additionalIdentifiers: [{scheme: "GB-COH", id: "612"}]
    },
    "GB-COH",
    "612"
  ],
  [{id: "GB-COH-OC317661", identifier: null}, "GB-COH", "OC317661"],
  [{id: "GB-FTS-119928"}, null, null] // the platform's own number, which holds in this notice only
])(
  "a supplier's number is an official register's before the platform's, and stands in its party id if nowhere else: %o",
  (party, scheme, identifier) => {
    const {suppliers} = stageReleases(
      [
        {
          ...body,
          parties: [{...party, roles: ["supplier"]}],
          awards: [{id: "a", suppliers: [{id: party.id, name: "X Ltd"}]}]
        }
      ],
      place,
      () => null
    );
    expect(suppliers).toMatchObject([{identifier_scheme: scheme, identifier}]);
  }
);
