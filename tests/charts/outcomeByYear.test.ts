import {expect, test} from "vitest";
import {outcomeByYear} from "../../src/components/outcomeByYear.ts";
import type {ObservationRow} from "../../src/components/rows.ts";
import {
  altText,
  caption,
  circles,
  document,
  narrow,
  observation,
  rereferrals,
  tableRows,
  title,
  wide
} from "./drawing.ts";

// SYNTHETIC councils
const year = (end: number, values: readonly number[]): ObservationRow[] =>
  values.map((value, i) => observation(`c${i}`, end, {value}));
const rows = [
  ...year(2023, [10, 12, 14, 16, 18]),
  ...year(2024, [20, 22, 24, 26, 28]),
  ...year(2025, [30, 32, 34, 36, 38]),
  observation("c5", 2025, {missing_reason: "c"})
];
const draw = (given: readonly ObservationRow[]) =>
  outcomeByYear(given, {document, id: "years", indicator: rereferrals, among: "county councils"});

test("each year has its median and middle half, the newest first in the table", () => {
  expect(title(draw(rows))).toBe("Children re-referred within 12 months: county councils, 2022-23 to 2024-25");
  expect(altText(draw(rows))).toBe("Median 14.0% in 2022-23 (5 councils), 34.0% in 2024-25 (5 councils).");
  expect(tableRows(draw(rows))[0]).toEqual([
    "2024-25",
    "5",
    "32.0%",
    "34.0%",
    "36.0%",
    "1 withheld by the publisher to protect confidentiality (“c”)"
  ]);
  expect(circles(wide(draw(rows)), "median-dots")).toHaveLength(3);
  expect(wide(draw(rows)).querySelector(".medians")).not.toBeNull();
});

test("a year of fewer than five figures is a gap, and the caption says which", () => {
  const thin = [...rows, ...year(2026, [40, 42])];
  expect(caption(draw(thin))).toContain(
    "2 to 5 councils a period have a figure. Fewer than 5 figures, so nothing is drawn: 2025-26."
  );
  expect(circles(narrow(draw(thin)), "median-dots")).toHaveLength(3);
});

test("where periods are left out no line bridges them", () => {
  const gap = [...year(2019, [1, 2, 3, 4, 5]), ...rows];
  expect(wide(draw(gap)).querySelector(".medians")).toBeNull();
  expect(circles(wide(draw(gap)), "median-dots")).toHaveLength(4);
  const farApart = [...year(2018, [1, 2, 3, 4, 5]), ...year(2025, [1, 2, 3, 4, 5])];
  expect(wide(draw(farApart)).querySelector(".medians")).toBeNull();
});

test("one year is too few for a chart, and none is drawn", () => {
  expect(caption(draw(year(2025, [1, 2, 3, 4, 5])))).toBe(
    "Too few periods for a chart: it needs two with 5 figures or more."
  );
});
