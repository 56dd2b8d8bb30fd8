import {expect, test} from "vitest";
import {districtSentence, districtTyped} from "../../src/components/districts.ts";

test.each([
  ["LS1", "LS1"],
  ["ls1 4ap", "LS1"],
  ["LS14AP", "LS1"],
  ["LS14", "LS14"],
  ["SW1A 1AA", "SW1A"],
  ["sw1a1aa", "SW1A"],
  ["LS1 4", "LS1"],
  ["Leeds", null],
  ["E08000035", null],
  ["", null]
])("%s is of district %s", (typed, district) => {
  expect(districtTyped(typed)).toBe(district);
});

const names: Readonly<Record<string, string>> = {E1: "Ashby", E2: "Elmham", E3: "Oakham"};
const sentence = (held: Parameters<typeof districtSentence>[1]): string =>
  districtSentence("LE16", held, (gss) => names[gss]!);

test("a district in one council is said to lie there; one in several names every candidate", () => {
  expect(sentence([9, ["E1", 9]])).toBe("Postcodes LE16 lie in the area of Ashby.");
  expect(sentence([5, ["E1", 4], ["E2", 1], ["E3", 0]])).toBe(
    "Postcodes LE16 lie in 3 areas, and the district alone does not say in which. Of its 5 sectors: Ashby most of 4, Elmham most of 1, Oakham part of some."
  );
  expect(sentence(undefined)).toContain("in no table");
});
