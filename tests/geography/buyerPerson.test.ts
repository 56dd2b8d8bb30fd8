import {expect, test} from "vitest";
import {readBuyerName} from "../../pipeline/geography/buyerName.ts";
import {mayBePerson} from "../../pipeline/geography/buyerPerson.ts";
import {committedBuyerWorld, committedPersonNames} from "./committed.ts";

// All persons here are invented.

const world = committedBuyerWorld();
const names = committedPersonNames();
const isPerson = (name: string) => mayBePerson(name, readBuyerName(name, world), names);

test.each(["JANE EZAMPLE", "Mr J Ezample", "Jane Ezample t/a Ezample Farm"])("%s may be a person", (name) => {
  expect(isPerson(name)).toBe(true);
});

test.each([
  "Kent County Council",
  "ESCC",
  "Royal Botanic Gardens",
  "Jane Ezample Ltd",
  "Dorset",
  "Adur and Worthing",
  "RMBC"
])("%s is a body", (name) => {
  expect(isPerson(name)).toBe(false);
});
