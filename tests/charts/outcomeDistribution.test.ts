import {expect, test} from "vitest";
import {outcomeDistribution} from "../../src/components/outcomeDistribution.ts";
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
  tableRows,
  title,
  weeklyCost,
  wide
} from "./drawing.ts";

const rows = [
  observation("a", 2025, {value: 20, low_95: 18, high_95: 22}),
  observation("b", 2025, {value: 10, low_95: 8, high_95: 12}),
  observation("c", 2025, {value: 30, low_95: 28, high_95: 32}),
  observation("d", 2025, {value: 16, low_95: 14, high_95: 18}),
  observation("e", 2025, {missing_reason: "c"}),
  observation("f", 2025, {missing_reason: "c"}),
  observation("g", 2025, {missing_reason: "[x]"})
];

const draw = (given: readonly ObservationRow[] = rows, highlight?: string) =>
  outcomeDistribution(given, {
    document,
    id: "distribution",
    indicator: rereferrals,
    nameOf: (gss) => `SYNTHETIC ${gss}`,
    ...(highlight ? {highlight} : {})
  });

test("every published figure is a dot, and a suppressed one is none", () => {
  expect(circles(wide(draw()), "councils")).toHaveLength(4);
  expect(circles(narrow(draw()), "councils")).toHaveLength(4);
  expect(title(draw())).toBe("Children re-referred within 12 months: 4 councils, 2024-25");
});

test("dots stand at their figures, on an axis from 10 to 30", () => {
  // 680 pixels less two margins of 26: 10% at 26, 30% at 654, 20% half-way at 340, 16% at 26 + 0.3 x 628 = 214.4
  const xs = circles(wide(draw()), "councils").map(({x}) => x);
  expect(xs.toSorted((p, q) => p - q)).toEqual([26, 214.4, 340, 654]);
});

test("a figure of fewer than 100 cases is pale, and the caption counts them", () => {
  const few = rows.map((row) =>
    row.gss === "b" ? {...row, numerator: 4, denominator: 40} : {...row, denominator: 100}
  );
  expect(caption(draw(few))).toContain(
    "One figure is of fewer than 100 cases and pale: one case more or less moves such a figure by more than a point."
  );
  const opacities = [...wide(draw(few)).querySelectorAll(".councils circle")].map((circle) =>
    circle.getAttribute("fill-opacity")
  );
  expect(opacities.filter((one) => one === "0.45")).toHaveLength(1);
  const withoutInterval = few.map((row) => ({...row, low_95: null, high_95: null}));
  expect(caption(draw(withoutInterval))).not.toContain("pale"); // money over a few incidents is what it is
});

test("the caption counts what is missing by the publisher's reason", () => {
  expect(caption(draw())).toContain(
    "3 of 7 councils have no figure, which is not zero: 2 withheld by the publisher to protect confidentiality (“c”); 1 not available, says the publisher (“[x]”)."
  );
  expect(caption(draw(rows.slice(0, 4)))).toContain("Every council in the publication is shown.");
});

test("the median and the middle half are of published figures only", () => {
  // 10, 16, 20, 30: median 18, quartiles 10 + 0.75 x 6 = 14.5 and 20 + 0.25 x 10 = 22.5
  expect(altText(draw())).toBe("4 councils from 10.0% to 30.0%, median 18.0%, middle half 14.5% to 22.5%.");
  expect(wide(draw()).textContent).toContain("median 18.0%");
});

test("a council that is asked for is labelled with its interval", () => {
  const drawn = draw(rows, "a");
  expect(altText(drawn)).toMatch(/^SYNTHETIC a 20\.0% \(95% interval 18\.0% to 22\.0%\)\. 4 councils/);
  expect(wide(drawn).querySelectorAll(".intervals line")).toHaveLength(1);
  expect(wide(draw()).querySelectorAll(".intervals line")).toHaveLength(0);
});

test("a council that is asked for and suppressed, or not in the publication, is said to be so", () => {
  expect(caption(draw(rows, "e"))).toContain("SYNTHETIC e is one of them.");
  expect(caption(draw(rows, "z"))).toContain("SYNTHETIC z is not in the publication.");
});

test("the table is in the order of names, never of figures", () => {
  expect(tableRows(draw())).toEqual([
    ["SYNTHETIC a", "20.0%", "18.0% to 22.0%"],
    ["SYNTHETIC b", "10.0%", "8.0% to 12.0%"],
    ["SYNTHETIC c", "30.0%", "28.0% to 32.0%"],
    ["SYNTHETIC d", "16.0%", "14.0% to 18.0%"]
  ]);
});

test("four hundred councils are four hundred dots inside the picture, none upon another", () => {
  const many = Array.from({length: 400}, (_, i) => observation(`g${i}`, 2025, {value: 20 + ((i * 37) % 100) / 50}));
  for (const picture of [wide(draw(many)), narrow(draw(many))]) {
    const dots = circles(picture, "councils");
    const height = Number(picture.getAttribute("height"));
    const radius = Number(picture.querySelector(".councils circle")!.getAttribute("r"));
    expect(dots).toHaveLength(400);
    expect(dots.every(({y}) => y > radius && y < height - radius)).toBe(true);
    const apart = dots.map((a, i) => Math.min(...dots.slice(i + 1).map((b) => Math.hypot(a.x - b.x, a.y - b.y))));
    expect(Math.min(...apart)).toBeGreaterThan(2 * radius);
  }
});

test("money without intervals says neither dear nor cheap", () => {
  const drawn = outcomeDistribution([observation("a", 2025, {value: 900}), observation("b", 2025, {value: 1_100})], {
    document,
    id: "cost",
    indicator: weeklyCost,
    nameOf: (gss) => `SYNTHETIC ${gss}`
  });
  expect(altText(drawn)).toBe(
    "2 councils from £900 a week to £1,100 a week, median £1,000 a week, middle half £950 a week to £1,050 a week."
  );
  expect(caption(drawn)).toContain(
    "The order of dots is no ranking: councils count and buy differently. In cash terms."
  );
});

test("no row at all, or none with a figure, is words and no picture", () => {
  expect(draw([]).querySelector("svg")).toBeNull();
  expect(caption(draw([]))).toBe("No row of the publication is at hand for these councils.");
  expect(caption(draw(rows.slice(6)))).toBe(
    "1 of 1 council has no figure, which is not zero: 1 not available, says the publisher (“[x]”)."
  );
});

test("two periods do not share a picture", () => {
  expect(() => draw([rows[0]!, observation("b", 2024, {value: 1})])).toThrow(
    "shows one period, and these rows are of 2: 2024-25, 2023-24"
  );
});

test("looks as it did when it was last looked at", () => expectGolden("outcomeDistribution", draw(rows, "a")));
