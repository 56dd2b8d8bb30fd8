import {expect, test} from "vitest";
import {withoutPeople, withoutPeopleBeside} from "../../pipeline/ocds/people.ts";
import {stageReleases} from "../../pipeline/ocds/stage.ts";
import {releaseOf} from "../warehouse/world.ts";

test.each([
  ["Mr Jan Testperson", "[name withheld]"],
  ["MR JAN TESTPERSON", "[name withheld]"],
  ["Mr. J. Testperson", "[name withheld]"],
  ["Mrs Testperson", "[name withheld]"],
  ["Mrs Jane Testperson at Oak House", "[name withheld] at Oak House"],
  ["MRS JANE TESTPERSON AT OAK HOUSE", "[name withheld] AT OAK HOUSE"],
  ["Mr & Mrs Testperson", "[name withheld]"],
  ["Mr Jan Testperson and Mrs Jane Testperson", "[name withheld]"],
  ["Mr\u00a0Jan\u00a0O\u2019Testperson-Other", "[name withheld]"],
  ["M\u200brs Jane Testperson", "[name withheld]"],
  ["Cllr Jane Testperson", "[name withheld]"],
  ["Messrs Testperson", "[name withheld]"],
  ["Contact: Jane Testperson", "Contact [name withheld]"],
  ["FAO Jane Testperson", "FAO [name withheld]"],
  ["c/o J. Testperson", "c/o [name withheld]"],
  ["Project Manager: Jane Testperson", "Project Manager [name withheld]"],
  ["the estate of Jane Testperson", "the estate of [name withheld]"],
  ["NI number QQ123456C", "[personal detail withheld]"],
  ["QQ 12 34 56 C", "[personal detail withheld]"],
  ["AB123456C", "[personal detail withheld]"],
  ["NHS No 943 476 5919", "[personal detail withheld]"],
  ["DOB 12/03/1971", "[personal detail withheld]"],
  ["born on 12 March 1971", "[personal detail withheld]"]
])("%s is withheld, alone and in a sentence", (words, instead) => {
  expect(withoutPeople(words)).toBe(instead);
  expect(withoutPeople(`SYNTHETIC care (${words}), urgent`)).toBe(`SYNTHETIC care (${instead}), urgent`);
});

test.each([
  "Sir John Testperson School extension",
  "Mrs Testperson\u2019s Primary School",
  "Dr Testperson House, roof",
  "Cyngor Sir Ceredigion County Council",
  "Contact centre software",
  "Contact: see the notice",
  "RM6100 and DN123456X",
  "Services for the national insurance office",
  "NHS number lookup",
  "Born in Leeds: a museum",
  "Drs and nurses, 12/03/2024"
])("%s names nobody", (words) => {
  expect(withoutPeople(words)).toBe(words);
});

test.each([
  ["SYNTHETIC Council (Mrs Jane Testperson)", "SYNTHETIC Council ([name withheld])"],
  ["SYNTHETIC Council NI number QQ123456C", "SYNTHETIC Council [personal detail withheld]"],
  ["Mr Jan Testperson", "Mr Jan Testperson"],
  ["Mr Jan Testperson, NI number QQ123456C", "Mr Jan Testperson, [personal detail withheld]"],
  ["QQ 12 34 56 C", "[personal detail withheld]"],
  ["Mr Jan Testperson Services Ltd", "Mr Jan Testperson Services Ltd"],
  ["Contact Jane Testperson Ltd", "Contact Jane Testperson Ltd"]
])("of a body's name %s what is another's is withheld: %s", (name, kept) => {
  expect(withoutPeopleBeside(name)).toBe(kept);
});

test.each(["Mr A", "mr ", "Contact: ", "Mr & Mrs ", "AB 12 34 56 ", "DOB 1"])(
  "two hundred thousand characters of %j are read in a time in proportion to their length",
  (piece) => {
    const endless = piece.repeat(200_000 / piece.length); // a number of steps that grows with the square takes minutes
    expect(withoutPeople(endless).length).toBeGreaterThan(0);
  }
);

test("a person is in no text that is published whole: titles of tender, award, contract and lot, procedure, classification", () => {
  const named = "SYNTHETIC care for Mrs Jane Testperson, NI number QQ123456C";
  const body = {
    ...releaseOf({}),
    tender: {
      title: named,
      procurementMethod: named,
      procurementMethodDetails: named,
      classification: {scheme: "CPV", id: "85311300", description: named},
      lots: [{id: "1", title: named}]
    },
    awards: [{id: "1", title: named}],
    contracts: [{id: "1", awardID: "1", title: named}]
  };
  const {awards, contracts, lots} = stageReleases([body], {register_id: "r", raw_sha256: "0"}, () => null);
  expect(JSON.stringify([awards, contracts, lots])).not.toMatch(/Testperson|QQ123456C/);
  expect(lots[0]!.lot_title).toBe("SYNTHETIC care for [name withheld], [personal detail withheld]");
});
