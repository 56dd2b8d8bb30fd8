import {expect, test} from "vitest";
import {isPublicId, isPublicNotice} from "../../pipeline/ocds/publicIds.ts";
import {stageReleases} from "../../pipeline/ocds/stage.ts";
import {releaseOf} from "../warehouse/world.ts";

const stage = (bodies: readonly unknown[]) => stageReleases(bodies, {register_id: "r", raw_sha256: "0"}, () => null);

test.each([
  "ocds-b5fd17-01134960000",
  "ocds-b5fd17-25566a57-c42c-46fb-a6b0-68dd456039bc-360056-ventilator-challenge:-provision-of-systems-(rmvs)",
  "ocds-h6vhtk-0525b3-2026-09-30T11:59:50+01:00",
  "072960-2026",
  "0000581860",
  "sid4gov.cabinetoffice.gov.uk/wBAP5Awf",
  "eb028b57-0efa-4537-bcfd-bfe944417525",
  "APR352786#2",
  "KS-MR-937",
  "",
  "DN 449408",
  "IT-100-3537-P0871 - AWARD",
  "JP/PH/SH/02  -  (RFQ 4887278.2)",
  "Project_112 /  ITT_129",
  "Care and Public Health - 469 - award notice"
])("%s is an identifier", (id) => {
  expect(isPublicId(id)).toBe(true);
});

test.each([
  "Jane Testperson",
  "ocds-synth0-Jane Testperson",
  "mrs-Jane-Testperson",
  "private@contact.invalid",
  "ocds-private%40contact.invalid",
  "private{at}contact.invalid",
  "private-at-contact.org",
  "private&#64;contact.invalid",
  "07700900123",
  "01134960000",
  "T:01134960000",
  "ocds-synth0-(0113)4960000",
  "ocds-synth0-+44(0)1134960000",
  "(0113)4960000",
  "+44(0)1134960000",
  "private&commat;contact.invalid",
  "07700-900-123",
  "07700.900.123",
  "447700900123",
  "tel:+44-113-496-0000",
  "AB 12 34 56 C",
  "x\u202ey",
  "x".repeat(301)
])("%s is a note, and is not published", (id) => {
  expect(isPublicId(id)).toBe(false);
});

test.each([
  ["01134960000", true],
  ["072960-2026", true],
  ["07700900123", false],
  ["Jane Testperson", false]
])("a notice may be told by %s: %s", (id, mayBe) => {
  expect(isPublicNotice(id)).toBe(mayBe);
});

test("what stands for an identifier is its place: nothing can be guessed from it, and it leads from a contract to its award and lot", () => {
  const of = (hidden: string, other: string) => ({
    ...releaseOf({ocid: "ocds-synth0-1"}),
    id: "1",
    tender: {title: "SYNTHETIC", lots: [{id: other, title: "SYNTHETIC"}]},
    awards: [{id: hidden, relatedLots: [other], value: {amount: 1, currency: "GBP"}}, {id: "plain"}],
    contracts: [{id: "c", awardID: hidden}]
  });
  const [one, two] = (
    [of("ask private@contact.invalid", "07700 900123"), of("07700 900124", "Jane Testperson")] as const
  ).map((body) => stage([body]));
  expect(one!.awards.map(({award_id, related_lots}) => [award_id, related_lots])).toEqual([
    ["withheld-1", ["withheld-2"]],
    ["plain", []]
  ]);
  expect(one!.contracts[0]!.award_id).toBe("withheld-1");
  expect(one!.lots[0]!.lot_id).toBe("withheld-2");
  const without = ({body_sha256, ...row}: Record<string, unknown>) => row;
  expect(two!.awards.map(without)).toEqual(one!.awards.map(without)); // whoever they are, the same is published
  expect(two!.lots).toEqual(one!.lots);
});

test("a process or release whose identifier may not be published is rejected, and the reject does not repeat it", () => {
  const bodies = ["Jane Testperson", "ocds-private@contact.invalid"].map((ocid) => ({...releaseOf({}), ocid}));
  const {rejects} = stage([...bodies, {...releaseOf({}), ocid: "ocds-synth0-1", id: "07700 900123"}]);
  expect(rejects.map(({path, ocid}) => [path, ocid])).toEqual([
    ["ocid", null],
    ["ocid", null],
    ["id", "ocds-synth0-1"]
  ]);
});

test.each([
  ["https://www.contractsfinder.service.gov.uk/Notice/d5457563-0f30-4a22-bb4e-9ee8b3a49abd", true],
  ["https://www.publiccontractsscotland.gov.uk/search/show/search_view.aspx?ID=APR352786", true],
  ["https://x.invalid/?to=private%40contact.invalid", false],
  ["https://x.invalid/?to=Jane%20Testperson", false],
  ["https://x.invalid/Jane%20Testperson", false],
  ["https://x.invalid/07700900123", false],
  ["https://x.invalid/07700/900123", false],
  ["https://x.invalid/private\\u0040contact.invalid", false],
  ["https://jane:testperson@x.invalid/1", false],
  ["https://x.invalid/1#Jane", false],
  ["http://x.invalid/1", false],
  ["javascript:alert(1)", false]
])("the notice's page %s is linked to: %s", (url, isLinked) => {
  const body = {...releaseOf({}), awards: [{id: "1", documents: [{documentType: "awardNotice", url}]}]};
  expect(stage([body]).awards[0]!.notice_url).toBe(isLinked ? url : null);
});

test("what stands where a currency's three letters belong is none", () => {
  const currencies = ["GBP", "eur", "ask Jane Testperson", "<b>", null].map((currency) => ({
    ...releaseOf({}),
    awards: [{id: "1", value: {amount: 1, currency}}]
  }));
  expect(stage(currencies).awards.map(({currency}) => currency)).toEqual(["GBP", "EUR", "XXX", "XXX", null]);
});
