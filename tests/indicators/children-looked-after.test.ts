import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {recognise} from "../../pipeline/formats/recognise.ts";
import lookedAfter from "../../pipeline/indicators/children-looked-after.ts";
import type {Observation} from "../../pipeline/indicators/indicator.ts";
import {ROOT} from "../house/imports.ts";

const path = (name: string) => join(ROOT, "tests/fixtures/children-looked-after", name);
const textOf = (name: string) => readFileSync(path(name), "utf8");
const reading = async (text: string) => lookedAfter.observations(recognise(new TextEncoder().encode(text)));
const missing = await reading(textOf("missing-2020-to-2024.csv"));
const placements = await reading(textOf("placements-2021-to-2025.csv"));
const of = (all: readonly Observation[], gss: string, period: string) =>
  all.find((one) => one.gss === gss && one.period === period);

test("missing more than once is a share of the children who went missing, picked from a column of thirteen kinds of figure", () => {
  // Hartlepool, 2024: 36 of 54 children; the same column has 332 incidents, 6.1 on average, 12 per cent of 446 children
  expect(of(missing, "E06000001", "2023-24")).toMatchObject({
    indicatorId: "children-missing-again",
    value: (100 * 36) / 54,
    numerator: 36,
    denominator: 54,
    missingReason: null
  });
  expect(missing.filter(({gss, period}) => gss === "E06000001" && period === "2023-24")).toHaveLength(1);
});

test("a count withheld for being small is unknown, and nothing is divided by it", () => {
  expect(of(missing, "E06000017", "2023-24")).toMatchObject({
    value: null,
    numerator: 0,
    denominator: null,
    missingReason: "c"
  });
});

test("not applicable is kept as the publisher's z: Cumberland before it existed", () => {
  expect(of(missing, "E06000063", "2020-21")).toMatchObject({value: null, missingReason: "z"});
});

test("England is kept as published, the regions are left out", () => {
  expect(of(missing, "E92000001", "2023-24")).toMatchObject({numerator: 8210, denominator: 13_010});
  expect(missing.some(({numerator}) => numerator === 550)).toBe(false);
  expect(new Set(missing.map(({gss}) => gss)).has("E12000001")).toBe(false);
});

test("three or more placements are of the children in care on 31 March, not of those in care for two years", () => {
  expect(of(placements, "E06000001", "2024-25")).toMatchObject({
    indicatorId: "children-three-placements",
    value: (100 * 31) / 332, // the file says 9
    numerator: 31,
    denominator: 332
  });
  expect(of(placements, "E06000002", "2024-25")).toMatchObject({numerator: 59, denominator: 493});
  expect(placements).toHaveLength(3);
});

test("a percentage that does not follow from its counts is refused: a group was misread", async () => {
  const wrong = textOf("placements-2021-to-2025.csv").replace("the year,59,12", "the year,59,24");
  await expect(reading(wrong)).rejects.toThrow(/line 19: 59 of 493 is 11.97 %, but the file says 24 %/);
});

test("a group that is not there is refused with those that are, and one that stands twice with its line", async () => {
  const renamed = textOf("missing-2020-to-2024.csv").replaceAll(
    "Children who went missing more than once",
    "Children missing twice"
  );
  await expect(reading(renamed)).rejects.toThrow(
    /no row is about "Children who went missing more than once during the year"; the rows are about .*Children missing twice during/
  );
  const lines = textOf("placements-2021-to-2025.csv").trimEnd();
  await expect(reading(`${lines}\n${lines.split("\n").at(-1)}\n`)).rejects.toThrow(
    /line 20: E06000002 in 2024-25 stands on line 19/
  );
});

const WHOLE = join(
  ROOT,
  "../shared/data/indicators/goodair-childrens/la_children_who_were_missing_or_away_from_placement_without_authorisation.csv"
);
const absent = existsSync(WHOLE) ? "" : " (not run: the whole file is not at hand)";

test.skipIf(absent !== "")(
  `the whole file: 155 rows of councils in each of five years, England beside them${absent}`,
  async () => {
    const all = await lookedAfter.observations(recognise(readFileSync(WHOLE)));
    expect(all).toHaveLength(5 * 156);
    expect(all.every(({value}) => value === null || (value >= 0 && value <= 100))).toBe(true);
  }
);
