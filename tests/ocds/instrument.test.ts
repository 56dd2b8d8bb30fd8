import {expect, test} from "vitest";
import {textMarks} from "../../pipeline/ocds/instrument.ts";

test.each<[string, string[]]>([
  ["Housing Support Framework", ["title-framework"]],
  ["Town Centre Masterplan and Investment Framework", []],
  ["Passenger Transport DPS", ["title-dynamic-market"]],
  ["Preferred Supplier List - Scaffolding", ["title-list"]],
  ["Housing Support Framework call-off: Lot 2c", ["title-calls-off", "title-framework", "title-names-framework"]],
  ["Further Competition for Office Furniture", ["title-calls-off"]],
  ["Lettings software via CCS framework RM1557", ["title-framework", "title-from-framework", "title-names-framework"]],
  ["Ice Cream Concession", ["title-concession"]],
  ["Concessionary Travel", []],
  ["Grants Management Software", []],
  ["Golf Course - NOT AWARDED TO SUPPLIER", ["title-not-awarded"]],
  ["Refuge Service - Market Engagement", ["title-market-engagement"]],
  ["Provider Panel for Employment Routeways", ["title-list"]],
  ["Solar Panel Installation", []],
  ["Grounds Maintenance", []]
])("the title %s", (title, marks) => {
  const found = textMarks([title], []).filter((mark) => mark.startsWith("title-"));
  expect(found.sort()).toEqual(marks.sort());
});

test.each<[string, string[]]>([
  ["The Council wishes to establish a multi-supplier framework agreement for taxis.", ["text-sets-up-framework"]],
  ["Procured through L&Q framework.", ["text-calls-off"]],
  ["demolition of the church.rnProcured through the Procure Plus framework", ["text-calls-off"]],
  ["call-off using the Flexible Purchasing System: Care and Support", ["text-calls-off"]],
  ["This was only open to those suppliers registered on the Anytown Framework 551", ["text-calls-off"]],
  ["appoint a number of external companies onto 3 frameworks", ["text-sets-up-framework"]],
  ["The service shall be run under the legislative framework of the Care Act", []],
  ["develop a development framework for the town centre", []],
  ["This framework will provide furniture to the public sector.", ["text-sets-up-framework"]],
  ["a framework against which any contracting authority is entitled to call off", ["text-sets-up-framework"]],
  [
    "The Dynamic Purchasing System (DPS) will provide a list of potential providers",
    ["text-sets-up-dynamic-market", "text-sets-up-list"]
  ],
  ["Call-off contract from the LASER framework (ref Y22009).", ["text-calls-off", "text-from-named-framework"]],
  ["awarded following a mini-competition", ["text-calls-off"]],
  ["The specification provides a framework which will contribute to outcomes.", []],
  ["healthy places frameworks adopted in other jurisdictions", []],
  ["Cleaning of offices for three years.", []]
])("the description %s", (description, marks) => {
  const found = textMarks([], [description]).filter((mark) => mark.startsWith("text-"));
  expect(found.sort()).toEqual(marks.sort());
});

test("a description of any length is read in no time: only its beginning counts", () => {
  const long = `${"under the new ".repeat(100_000)} framework agreement`;
  expect(textMarks([], [long])).toEqual([]);
});
