import fc from "fast-check";
import {expect, test} from "vitest";
import {statedCoreMonths, statedExtension} from "../../pipeline/ocds/term.ts";

const undated = {startsOn: null, endsOn: null};

test.each<[string, number, string]>([
  ["a contract for 2 years + 1 + 1", 24, "plus-chain"],
  ["This is a three year contract with the option to extend for a further 1 year (3+1).", 12, "plus-chain"],
  ["Lots 1-4 are for a three year term with possible 1+1 year extension.", 24, "plus-chain"],
  ["commencing on 1st April for five (5) years with options to extend (5+2+2+1)", 60, "plus-chain"],
  ["The total period of the contract is five years including extension (3+2).", 24, "plus-chain"],
  ["3 years plus an option to extend for up to 2 years", 24, "plus-chain"],
  ["The option to extend is by a further 1 year, plus 1 year, plus 1 year.", 36, "plus-chain"],
  ["Optional extension period of 2 x 12 months", 24, "periods-of"],
  ["established for 24 months with the option to extend for up to 2 further periods of 12 months", 24, "periods-of"],
  ["There are three twenty-four-month extensions available.", 72, "periods-of"],
  ["a contract of three (3) years with one (1) two (2) year option", 24, "periods-of"],
  ["The Council may extend by periods of up to 12 months up to a maximum of 24 months.", 24, "in-total"],
  ["with an option to extend for a further two years", 24, "extend-by"],
  ["Initial term 5 years with the option to extend for a further 2 subject to agreement", 24, "extend-by"],
  [
    "option to extend for twelve (12) months and an additional extension of up to another twelve (12) months",
    24,
    "extend-by"
  ],
  ["2 years with a possible 18 month extension", 18, "length-before-word"],
  ["2 years with an option of a 1 year extension", 12, "extend-by"],
  ["for five years with a possible extension of five years", 60, "extend-by"],
  ["option to extend for up to five (5) further twelve (12) month periods", 60, "periods-of"],
  ["with three optional 12-month extensions", 36, "periods-of"],
  ["options to extend for 2 periods, each of 1 year", 24, "periods-of"],
  ["seven years, with an option to extend by a further three years (7+3)", 36, "plus-chain"],
  ["options to extend for a further 1 year and 1 year", 24, "extend-by"],
  ["initial 5yr term + 2yr ext", 24, "length-before-word"],
  ["18 months with no options to extend", 0, "says-none"],
  ["There is no provision for extension.", 0, "says-none"]
])("%s: %i months", (text, months, rule) => {
  expect(statedExtension(text, undated)).toEqual({months, rule});
});

test("a last day is counted from the end of the published period: 31 March 2029 to 31 March 2031 is 24 months", () => {
  const period = {startsOn: "2024-04-01", endsOn: "2029-03-31"};
  expect(statedExtension("Option to extend until 31st March 2031", period)).toEqual({months: 24, rule: "until-date"});
  expect(statedExtension("Option to extend up to 31/03/2031", period)).toEqual({months: 24, rule: "until-date"});
  expect(statedExtension("Option to extend until 31st March 2031", undated)).toBeNull();
});

test("a total term less the published period is the extension: 9 years 10 months less 46 months is 72", () => {
  const text = "may be extended by the Council to a total maximum term of 9 years and 10 months at its sole option";
  expect(statedExtension(text, {startsOn: "2022-06-01", endsOn: "2026-03-31"})).toEqual({
    months: 72,
    rule: "to-total-term"
  });
});

test("a whole term with its extensions, less the published three years, is the extension: 5 years less 3 is 24 months", () => {
  const period = {startsOn: "2022-04-01", endsOn: "2025-03-31"};
  for (const text of [
    "The maximum contract term including extensions is 5 years",
    "The contract may be extended to a maximum of five years in total",
    "Total duration of 5 years including any extension options"
  ])
    expect(statedExtension(text, period)).toEqual({months: 24, rule: "to-total-term"});
  const both = "Option to extend for a further 12 months. The maximum contract term is 5 years.";
  expect(statedExtension(both, period)).toEqual({months: 12, rule: "extend-by"});
});

test.each([
  "An extension to the depot, ten years old, with a garage of 2 bays",
  "Extended hours on 3 days a week",
  "for people aged 18 years plus",
  "Call +44 1234 567890 about lots 1+2",
  "The budget is £120,000 + £60,000 a year",
  "incrementally, it is anticipated that extensions will be in 2 year blocks",
  "the contract value is inclusive of the option to extend",
  "open for extended hours, 7 days a week for 12 months of the year",
  "This is an extension to the existing contract for 12 months",
  "Please note that this list has been extended until 5 April 2028"
])("nothing is stated: %s", (text) => {
  expect(statedExtension(text, undated)).toBeNull();
});

test("statements that disagree, as of two lots, choose nothing", () => {
  const text = "Lot 1 has an option to extend for 2 years. Lot 2 has an option to extend for 1 year.";
  expect(statedExtension(text, undated)).toBeNull();
});

test.each<[string, number | null]>([
  ["for an initial period of four years with an option to extend for a further 2 years", 48],
  ["a 3 year contract (3+1+1)", 36],
  ["awarded for a period of 4 years and 11 months", 59],
  ["an option to extend for 2 years", null]
])("the core term of: %s", (text, months) => {
  expect(statedCoreMonths(text)).toBe(months);
});

test("any text at all gives null or a whole number of months up to thirty years", () => {
  const word = fc.constantFrom(
    ..."extend option + 3 years 12 months plus (1) two period of up to x £4 . further".split(" ")
  );
  fc.assert(
    fc.property(fc.array(word, {maxLength: 40}), (words) => {
      const months = statedExtension(words.join(" "), undated)?.months ?? 0;
      return Number.isInteger(months) && months >= 0 && months <= 360;
    })
  );
});
