import {expect, test} from "vitest";
import {
  admit,
  askedOf,
  type Compared,
  type CouncilDocument,
  compared,
  documentOf,
  indicatorsFor,
  pairsOf,
  parametersOf,
  statement,
  withSimilar
} from "../../src/browser/compare/compare.ts";
import {comparisonHtml} from "../../src/browser/compare/page.ts";
import type {Comparable, CompareData, ComparedIndicator} from "../../src/components/compareData.ts";

const council = (gss: string, overrides: Partial<Comparable> = {}): Comparable => ({
  gss,
  name: `SYNTHETIC ${gss} Council`,
  short_name: gss,
  tier: "single",
  nation: "England",
  class: "unitary",
  ...overrides
});

const indicator: ComparedIndicator = {
  indicator_id: "children-rereferrals",
  kind: "repeat-demand",
  title: "SYNTHETIC re-referrals",
  unit: "percent",
  tier: "upper",
  service_line: "childrens-social-care",
  publisher: "SYNTHETIC publisher",
  publication: "SYNTHETIC publication",
  caveat: "SYNTHETIC caveat."
};

const data: CompareData = {
  version: "2025-01-01-0a1b2c3d",
  councils: [
    ...["A", "B", "C", "D", "E", "F", "G"].map((gss) => council(gss)),
    council("K", {tier: "upper", class: "county"}),
    council("W", {nation: "Wales", class: "welsh"}),
    council("T", {tier: "lower", class: "district"})
  ],
  indicators: [indicator],
  sets: [{set_id: "ons-global", title: "SYNTHETIC", version: "1", neighbours: {A: ["B", "C"]}}]
};

const codes = (asked: string[]): string[] => admit(asked, data).councils.map(({gss}) => gss);

test("councils of another tier or nation are refused, with the reason and both names", () => {
  expect(codes(["A", "K", "B", "W"])).toEqual(["A", "B"]);
  const {refused} = admit(["A", "K"], data);
  expect(refused).toHaveLength(1);
  expect(refused[0]).toMatch(/SYNTHETIC K Council .* county councils.*do not run the same services/);
});

test("a seventh council and a code that is none are refused, each in a sentence", () => {
  expect(codes(["A", "B", "C", "D", "E", "F", "G"])).toHaveLength(6);
  expect(admit(["A", "X1"], data).refused[0]).toContain("“X1” is no council in force");
});

test("a district is not compared on a service that its county runs", () => {
  expect(indicatorsFor(data.councils.find(({gss}) => gss === "T")!, data)).toEqual([]);
  expect(indicatorsFor(data.councils[0]!, data)).toEqual([indicator]);
});

test("similar councils stand after the one that they are like; the address names set and councils", () => {
  expect(withSimilar("A", "ons-global", data)).toEqual(["A", "B", "C"]);
  expect(withSimilar("A", "no-such-set", data)).toEqual(["A"]);
  const asked = askedOf(new URLSearchParams("councils=A,B,A&indicator=children-rereferrals&set=ons-global"));
  expect(asked.councils).toEqual(["A", "B"]);
  expect(parametersOf(asked)).toBe("councils=A,B&indicator=children-rereferrals&set=ons-global");
});

const row = (gss: string, value: number | null, low: number | null, high: number | null): Compared => ({
  council: council(gss),
  population: 1,
  imd_score: null,
  value,
  low_95: low,
  high_95: high,
  missing: value === null ? "suppressed" : null,
  scale: null
});
const [a, b, c] = [row("A", 20, 18, 22), row("B", 22.5, 22, 23), row("C", 30, 29, 31)];

test("two councils whose intervals touch cannot be told apart; only others are higher or lower", () => {
  expect(statement(b, a)).toBe("cannot be told apart from A: the intervals overlap"); // 22 is in both
  expect(statement(c, a)).toBe("higher than A: the intervals do not overlap");
  expect(statement(a, c)).toBe("lower than C: the intervals do not overlap");
  expect(statement(row("D", 50, null, null), a)).toContain("cannot be told from chance");
  expect(statement(row("D", null, null, null), a)).toContain("a figure is missing");
});

test("pairs: of three, one overlaps and two lie apart", () => {
  const {sentence, apart} = pairsOf([a, b, c], "percent");
  expect(sentence).toBe("Of 3 pairs of councils, 1 cannot be told apart, because their 95% intervals overlap; 2 can.");
  expect(apart).toEqual(["C (29.0% to 31.0%) above A (18.0% to 22.0%)", "C (29.0% to 31.0%) above B (22.0% to 23.0%)"]);
  expect(pairsOf([a, b], "percent").sentence).toContain("cannot be told apart");
  expect(pairsOf([a], "percent").sentence).toContain("Nothing is said");
});

const document = (gss: string, values: Readonly<Record<number, number | null>>): CouncilDocument => ({
  council: {population: 100, imd_score: null},
  council_scale: [2023, 2024].map((financial_year) => ({
    service_line: "childrens-social-care",
    financial_year,
    contract_count: 7,
    typical_pound_gbp: financial_year,
    coverage_pct: null,
    coverage_basis: "not defined"
  })),
  observations: Object.entries(values).map(([year, value]) => ({
    indicator_id: "children-rereferrals",
    gss,
    council_gss: gss,
    period: `${Number(year) - 1}-${year.slice(2)}`,
    financial_year: Number(year),
    value,
    low_95: value === null ? null : value - 1,
    high_95: value === null ? null : value + 1,
    missing_reason: value === null ? "c" : null
  }))
});

test("the period is the latest that most have, and the scale is of the year before", () => {
  const both = [council("A"), council("B")];
  const documents = [document("A", {2024: 20, 2025: 21}), document("B", {2024: 25, 2025: null})];
  const found = compared(both, documents, indicator, "");
  expect([found.period, found.scale_year, found.periods]).toEqual(["2023-24", 2023, ["2024-25", "2023-24"]]);
  expect(found.rows.map(({value}) => value)).toEqual([20, 25]);
  expect(found.rows[0]?.scale?.typical_pound_gbp).toBe(2023);
  const asked = compared(both, documents, indicator, "2024-25");
  expect(asked.rows.map(({value, missing}) => [value, missing])).toEqual([
    [21, null],
    [null, "withheld by the publisher to protect confidentiality (“c”)"]
  ]);
});

test("the page of a comparison has no rank, the words of the table are those of the chart, and a missing figure is no zero", () => {
  const rows = [a, b, row("D", null, null, null)];
  const html = comparisonHtml({periods: ["2023-24"], period: "2023-24", scale_year: 2023, rows}, indicator, {
    width: 600,
    version: "2025-01-01-0a1b2c3d",
    root: "/",
    at: "https://example.org/compare?councils=A,B,D",
    notRun: null,
    set: undefined
  });
  expect(html).not.toMatch(/\brank|\bbest\b|\bworst\b|\bscore\b(?! of the English)/i);
  expect(html.match(/20\.0%/g)?.length).toBeGreaterThanOrEqual(3); // table, chart and the numbers behind it
  expect(html).toContain("D&#58; suppressed");
  expect(html.match(/<circle/g)).toHaveLength(2);
});

test("observations are read from the API's columns and rows", () => {
  const {observations, council: facts} = documentOf({
    council: {population: 1, imd_score: null},
    council_scale: [],
    observations: {columns: ["indicator_id", "value", "missing_reason"], rows: [["an-indicator", 12.5, null]]}
  });
  expect(observations).toEqual([{indicator_id: "an-indicator", value: 12.5, missing_reason: null}]);
  expect(facts.population).toBe(1);
});
