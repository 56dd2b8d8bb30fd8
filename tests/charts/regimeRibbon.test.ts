import {expect, test} from "vitest";
import {onYearAxis, regimeBands} from "../../src/components/regimeRibbon.ts";
import {regime} from "./drawing.ts";

test("a day stands on an axis of financial years by its share of the year", () => {
  expect(onYearAxis("2024-04-01")).toBe(2024.5); // the first day of the year that ends in 2025
  expect(onYearAxis("2023-04-01")).toBe(2023.5);
  expect(onYearAxis("2022-12-21")).toBeCloseTo(2022.5 + 264 / 365, 10); // 264 days after 1 April 2022
  expect(onYearAxis("2024-03-31")).toBeCloseTo(2023.5 + 365 / 366, 10); // the year to March 2024 has 366 days
});

test("laws of one nation follow one another without a gap, cut to the axis", () => {
  const bands = regimeBands(
    [
      {...regime, valid_from: "2022-12-21", valid_to: null},
      {...regime, valid_from: null, valid_to: "2022-12-20"},
      {...regime, nation: "Wales", valid_from: "2022-01-01"}
    ],
    "England",
    2022,
    2024
  );
  expect(bands.map(({from, to}) => [from, to])).toEqual([
    [2021.5, onYearAxis("2022-12-21")],
    [onYearAxis("2022-12-21"), 2024.5]
  ]);
});

test("a law that ended before the axis begins is not on it", () => {
  expect(regimeBands([{...regime, valid_to: "2020-03-31"}], "England", 2022, 2024)).toEqual([]);
});
