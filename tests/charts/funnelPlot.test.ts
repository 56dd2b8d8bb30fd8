import {expect, test} from "vitest";
import type {FunnelLimitRow} from "../../src/components/claimRows.ts";
import {funnelPlot} from "../../src/components/funnelPlot.ts";
import {altText, caption, document, expectGolden, narrow, rereferrals, tableRows, title, wide} from "./drawing.ts";

/** SYNTHETIC: `returned` of 1,000 cases, or of another number, between limits of 15 and 25 and of 12 and 28 per cent. */
const row = (
  gss: string,
  returned: number,
  denominator = 1000,
  rest: Partial<FunnelLimitRow> = {}
): FunnelLimitRow => ({
  indicator_id: "children-rereferrals",
  gss,
  class: "unitary",
  period: "2024-25",
  numerator: returned,
  denominator,
  value: (100 * returned) / denominator,
  low_95: (100 * returned) / denominator - 2,
  high_95: (100 * returned) / denominator + 2,
  target_pct: 20,
  limit_low_95: 15,
  limit_high_95: 25,
  limit_low_998: 12,
  limit_high_998: 28,
  limit_position: "inside",
  sentence: "SYNTHETIC",
  ...rest
});

const rows = [
  row("Ashby", 200),
  row("Barley", 300, 1000, {limit_position: "above 998"}),
  row("Carlow", 180, 2000),
  row("Dunmore", 210, 1500),
  row("Few", 30, 60, {limit_position: "too few"})
];

const draw = (given: readonly FunnelLimitRow[] = rows, highlight?: string) =>
  funnelPlot(given, {
    document,
    id: "funnel",
    indicator: rereferrals,
    nameOf: (gss) => `SYNTHETIC ${gss}`,
    among: "unitary councils",
    inClass: 7,
    source: "SYNTHETIC",
    ...(highlight === undefined ? {} : {highlight})
  });

/** Dots of one look are strokes without length in one path. */
const dotsIn = (picture: Element, mark: string): number =>
  picture.querySelector(`path.${mark}`)?.getAttribute("d")?.match(/M/g)?.length ?? 0;

test("every council is a dot; those with too few cases are fainter and said not to be compared", () => {
  for (const picture of [wide(draw()), narrow(draw())]) {
    expect(dotsIn(picture, "councils")).toBe(4);
    expect(dotsIn(picture, "too-few")).toBe(1);
  }
  expect(caption(draw())).toContain("1 council with fewer than 100 cases is drawn faint and not compared.");
  expect(caption(draw())).toContain("2 of 7 have no figure and are left out.");
});

test("the council asked for is named in title, picture and alternative text, with its interval", () => {
  const drawn = draw(rows, "Barley");
  expect(title(drawn)).toBe("SYNTHETIC Barley among unitary councils: children re-referred within 12 months, 2024-25");
  expect(altText(drawn)).toBe(
    "SYNTHETIC Barley 30.0% of 1,000 cases (95% interval 28.0% to 32.0%), above the 99.8% limit. All unitary councils together 20.0%; 3 inside the limits, 1 outside, 1 with too few cases to compare."
  );
  expect(wide(drawn).querySelectorAll("path.own")).toHaveLength(1);
  expect(dotsIn(wide(drawn), "councils")).toBe(3);
});

test("the table has the picture's numbers, by name and not by value", () => {
  expect(tableRows(draw()).map(([name]) => name)).toEqual(
    ["Ashby", "Barley", "Carlow", "Dunmore", "Few"].map((name) => `SYNTHETIC ${name}`)
  );
  expect(tableRows(draw())[1]).toEqual([
    "SYNTHETIC Barley",
    "30.0%",
    "1,000",
    "28.0% to 32.0%",
    "15.0% to 25.0%",
    "12.0% to 28.0%",
    "above the 99.8% limit"
  ]);
});

test("limits run through councils that are compared only", () => {
  const limits = [...wide(draw()).querySelectorAll("path.limit")];
  expect(limits).toHaveLength(4);
  for (const limit of limits) expect(limit.getAttribute("d")!.match(/[ML]/g)!.length).toBeLessThanOrEqual(4);
});

test("a class too small for limits is not drawn, and says so", () => {
  const small = draw(rows.map((each) => ({...each, target_pct: null})));
  expect(small.querySelector("svg")).toBeNull();
  expect(caption(small)).toContain(
    "Too little data for a funnel: it needs five unitary councils with 100 cases or more."
  );
});

test("councils of two classes do not share a funnel", () => {
  expect(() => draw([...rows, row("County", 1, 100, {class: "county"})])).toThrow(/one class and period, not unitary/);
});

test("no word ranks councils", () => {
  expect(draw(rows, "Barley").textContent).not.toMatch(/\bbest\b|\bworst\b|\btop\b|\brank(ed|s)?\b/i);
});

test("looks as it did when it was last looked at", () => expectGolden("funnelPlot", draw(rows, "Barley")));
