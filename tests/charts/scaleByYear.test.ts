import {expect, test} from "vitest";
import type {CouncilScaleRow} from "../../src/components/rows.ts";
import {scaleByYear} from "../../src/components/scaleByYear.ts";
import {
  altText,
  caption,
  circles,
  document,
  expectGolden,
  narrow,
  regime,
  scaleCell,
  strokes,
  tableRows,
  wide
} from "./drawing.ts";

/** Five councils of one year: quartiles £200,000 and £400,000, median £300,000, times `factor`; one more has two contracts. */
const yearOf = (year: number, factor = 1): CouncilScaleRow[] => [
  ...[1, 2, 3, 4, 5].map((n) => scaleCell(`g${n}`, year, n * 100_000 * factor, 6)),
  scaleCell("few", year, null, 2)
];

const regimes = [
  {...regime, law: "SYNTHETIC old law", valid_to: "2022-09-30", publication_floor_gbp: 25_000},
  {...regime, law: "SYNTHETIC new law", valid_from: "2022-10-01", publication_floor_gbp: null}
];

const draw = (cells: readonly CouncilScaleRow[] = [...yearOf(2022), ...yearOf(2023, 2)]) =>
  scaleByYear(cells, {
    document,
    id: "years",
    serviceLabel: "Adult social care",
    among: "unitary councils",
    nation: "England",
    regimes,
    source: "SYNTHETIC"
  });

test("each year is the median and the middle half of councils that have a measure", () => {
  expect(tableRows(draw())).toEqual([
    ["2021-22", "5", "1", "£200,000", "£300,000", "£400,000"],
    ["2022-23", "5", "1", "£400,000", "£600,000", "£800,000"]
  ]);
  expect(altText(draw())).toBe(
    "Median typical pound £300,000 a year in 2021-22 (5 councils), £600,000 in 2022-23 (5 councils)."
  );
});

test("a doubling is as high anywhere on the axis", () => {
  const ys = (...factors: number[]) => {
    const drawn = draw(factors.flatMap((factor, i) => yearOf(2019 + i, factor)));
    return circles(wide(drawn), "median").map(({y}) => y);
  };
  const [a, b, c] = ys(1, 2, 4) as [number, number, number];
  expect(a - b).toBeCloseTo(b - c, 0);
});

test("the caption counts those with too few contracts, and warns that councils change", () => {
  expect(caption(draw())).toContain("Left out: 2 council-years with one to four contracts.");
  expect(caption(draw())).toContain("The councils are not the same in every year");
  expect(caption(draw())).toContain("In cash terms, not adjusted for inflation.");
});

test("a year with fewer than five measured councils is a gap, and named", () => {
  const drawn = draw([...yearOf(2019), ...yearOf(2020).slice(0, 4), ...yearOf(2021), ...yearOf(2022)]);
  for (const picture of [wide(drawn), narrow(drawn)]) {
    expect(circles(picture, "median")).toHaveLength(3);
    expect(strokes(picture, "median-line")).toBe(2);
  }
  expect(caption(drawn)).toContain("Not drawn, with fewer than 5 councils measured: 2019-20.");
});

test("a change of the law within the years is a line, and the ribbon under the axis says each law's floor", () => {
  const drawn = draw([...yearOf(2022), ...yearOf(2024), ...yearOf(2026)]);
  expect(wide(drawn).querySelectorAll(".change-of-law line")).toHaveLength(1);
  expect([...wide(drawn).querySelectorAll(".regimes text")].map(({textContent}) => textContent)).toEqual([
    "1: from £25,000",
    "2: floor not at hand"
  ]);
  expect(caption(drawn)).toContain(
    "Ribbon, the law on publishing contracts: 1, SYNTHETIC old law (until 30 September 2022, notices from £25,000); 2, SYNTHETIC new law (since 1 October 2022, floor not at hand)."
  );
  const before = draw(yearOf(2019).concat(yearOf(2020)));
  expect(before.querySelectorAll(".change-of-law line")).toHaveLength(0);
  expect(wide(before).querySelectorAll(".regimes rect")).toHaveLength(1);
});

test("with one year, or too few councils, the words say what a chart would need", () => {
  for (const cells of [yearOf(2022), [], [...yearOf(2022).slice(0, 2), ...yearOf(2023).slice(0, 2)]])
    expect(draw(cells).querySelector("svg")).toBeNull();
  expect(caption(draw(yearOf(2022)))).toBe(
    "Too little data for a chart: it needs 2 years with 5 councils that have five contracts or more in force, and at hand are 5 council-years measured in 1 year."
  );
});

test("looks as it did when it was last looked at", () => expectGolden("scaleByYear", draw()));
