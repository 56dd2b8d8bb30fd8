import {expect, test} from "vitest";
import {outcomeHistory} from "../../src/components/outcomeHistory.ts";
import type {ObservationRow} from "../../src/components/rows.ts";
import {
  altText,
  caption,
  circles,
  document,
  expectGolden,
  narrow,
  observation,
  rereferrals,
  strokes,
  tableRows,
  title,
  weeklyCost,
  wide
} from "./drawing.ts";

const council = {gss: "a", short_name: "SYNTHETIC Ashby", class: "unitary", valid_from: "1998-04-01"} as const;

const own = [
  observation("a", 2021, {value: 20, low_95: 18, high_95: 22}),
  observation("a", 2022, {missing_reason: "c"}),
  observation("a", 2023, {value: 22, low_95: 20, high_95: 24})
];

/** Five councils at 10, 20, 30, 40 and 50 in each year: quartiles 20 and 40, median 30. */
const peersIn = (years: readonly number[], values = [10, 20, 30, 40, 50]): ObservationRow[] =>
  years.flatMap((year) => values.map((value, i) => observation(`peer${i}`, year, {value})));

const peers = peersIn([2021, 2022, 2023]);
const draw = (mine = own, others = peers, of: typeof council | {valid_from: string} = council) =>
  outcomeHistory(mine, others, {document, id: "history", indicator: rereferrals, council: {...council, ...of}});

test("a suppressed year is a gap with a cross: no dot, no zero, and no line over it", () => {
  for (const picture of [wide(draw()), narrow(draw())]) {
    expect(circles(picture, "own")).toHaveLength(2);
    expect(picture.querySelectorAll(".intervals line")).toHaveLength(2);
    expect(strokes(picture, "own-line")).toBe(2);
    expect(picture.querySelector(".gap-mark")?.textContent).toBe("×");
    expect(picture.querySelectorAll(".gap line")).toHaveLength(1);
  }
  expect(tableRows(draw())[1]!.slice(0, 3)).toEqual([
    "2021-22",
    "withheld by the publisher to protect confidentiality (“c”)",
    "none"
  ]);
  expect(caption(draw())).toBe(
    "SYNTHETIC Ashby has a figure for 2 of 3 years. A cross marks a year without a figure, which is not zero: 2021-22, withheld by the publisher to protect confidentiality (“c”). Upright lines are 95% intervals: years whose lines overlap cannot be told apart."
  );
});

test("the class is its middle half and its median, without the council itself", () => {
  const withOwn = [...peers, observation("a", 2021, {value: 1_000})];
  expect(tableRows(draw(own, withOwn))[0]).toEqual([
    "2020-21",
    "20.0%",
    "18.0% to 22.0%",
    "20.0%",
    "30.0%",
    "40.0%",
    "5"
  ]);
  expect(strokes(wide(draw()), "peers-median")).toBe(1);
});

test("fewer than five councils of the class have no band in that year, and the caption counts the years", () => {
  const drawn = draw(own, [...peersIn([2021, 2022]), ...peersIn([2023], [10, 20, 30, 40])]);
  expect(tableRows(drawn)[2]!.slice(3)).toEqual(["–", "–", "–", "–"]);
  expect(caption(drawn)).toContain("Years with fewer than 5 other councils have no band: 1.");
});

test("suppressed figures of the class are left out of its median, not counted as zero", () => {
  const suppressed = ["p", "q", "r", "s"].map((gss) => observation(gss, 2021, {missing_reason: "c"}));
  expect(tableRows(draw(own, [...peers, ...suppressed]))[0]!.slice(3)).toEqual(["20.0%", "30.0%", "40.0%", "5"]);
});

test("years withheld for one reason are told together", () => {
  const years = [2020, 2021, 2022, 2024].map((year) =>
    observation("a", year, {missing_reason: year === 2022 ? "[x]" : "c"})
  );
  expect(caption(draw([...years, observation("a", 2023, {value: 20})], []))).toContain(
    "2019-20 to 2020-21, 2023-24, withheld by the publisher to protect confidentiality (“c”); 2021-22, not available, says the publisher (“[x]”)."
  );
});

test("a figure below zero stays in the picture", () => {
  const drawn = draw([observation("a", 2024, {value: -10}), observation("a", 2025, {value: 30})], []);
  const height = Number(wide(drawn).getAttribute("height"));
  expect(circles(wide(drawn), "own").every(({y}) => y > 0 && y < height)).toBe(true);
});

test("a year that the publication lacks is named, and the line does not cross it", () => {
  const drawn = draw([own[0]!, own[2]!, observation("a", 2024, {value: 21}), observation("a", 2027, {value: 21})], []);
  expect(caption(drawn)).toContain("Not in the publication: 2021-22, 2024-25 to 2025-26.");
  expect(tableRows(drawn).map(([year]) => year)).toEqual([
    "2020-21",
    "2021-22",
    "2022-23",
    "2023-24",
    "2024-25",
    "2025-26",
    "2026-27"
  ]);
  expect(strokes(wide(drawn), "own-line")).toBe(3);
});

test("where the council of today began the line breaks, visibly", () => {
  const years = [2021, 2022, 2023, 2024].map((year) => observation("a", year, {value: 20}));
  const drawn = draw(years, [], {valid_from: "2023-04-01"});
  expect(wide(drawn).querySelectorAll(".break line")).toHaveLength(1);
  expect(strokes(wide(drawn), "own-line")).toBe(2);
  expect(caption(drawn)).toContain("The line breaks where the council of today began, on 1 April 2023.");
  expect(wide(draw(years, [])).querySelectorAll(".break line")).toHaveLength(0);
});

test("several predecessors in one year are neither drawn nor averaged", () => {
  const drawn = draw([observation("a", 2020, {value: 5}), observation("a", 2020, {value: 35}), ...own], [], {
    valid_from: "2020-04-01"
  });
  expect(circles(wide(drawn), "own")).toHaveLength(2);
  expect(tableRows(drawn)[0]![1]).toBe("more than one predecessor");
  expect(caption(drawn)).toContain("Not drawn, for several councils answered for the area: 2019-20.");
});

test("the latest figure is labelled once, with its year, and the alternative text holds it with its interval", () => {
  expect(title(draw())).toBe("Children re-referred within 12 months: SYNTHETIC Ashby, 2020-21 to 2022-23");
  expect(wide(draw()).textContent!.match(/22% in 2022-23/g)).toHaveLength(1);
  expect(altText(draw())).toBe(
    "SYNTHETIC Ashby: 22.0% in 2022-23 (95% interval 20.0% to 24.0%); 20.0% in 2020-21 (95% interval 18.0% to 22.0%). Median of 5 other unitary councils: 30.0% in 2022-23."
  );
});

test("what has no interval says so, and money says that it is cash", () => {
  const drawn = outcomeHistory([observation("a", 2025, {value: 1204})], [], {
    document,
    id: "cost",
    indicator: weeklyCost,
    council
  });
  expect(caption(drawn)).toBe(
    "SYNTHETIC Ashby has a figure for 1 of 1 year. No intervals: these are administrative totals. In cash terms, not adjusted for inflation."
  );
  expect(drawn.querySelectorAll(".intervals line")).toHaveLength(0);
});

test("with no figure of its own there is no chart, and the words say what the publisher gave", () => {
  const drawn = draw([observation("a", 2025, {missing_reason: "c"})], peersIn([2025]));
  expect(drawn.querySelector("svg")).toBeNull();
  expect(caption(drawn)).toContain(
    "has a figure for 0 of 1 year. There is a year without a figure, which is not zero: 2024-25, withheld"
  );
  expect(draw([], []).querySelector("svg")).toBeNull();
});

test("looks as it did when it was last looked at", () => expectGolden("outcomeHistory", draw()));
