import {expect, test} from "vitest";
import {type ScatterPoint, scaleMeasures, scaleScatter} from "../../src/components/scaleScatter.ts";
import {
  altText,
  caption,
  circles,
  document,
  expectGolden,
  narrow,
  point,
  rereferrals,
  tableRows,
  title,
  wide
} from "./drawing.ts";

const points: ScatterPoint[] = [
  point({
    gss: "a",
    name: "SYNTHETIC Ashby",
    scale_value: 100_000,
    contract_count: 6,
    outcome_value: 20,
    low_95: 15,
    high_95: 25
  }),
  point({gss: "b", name: "SYNTHETIC Barley", scale_value_below_gate: 50_000, contract_count: 2, outcome_value: 30}),
  point({gss: "c", name: "SYNTHETIC Carlow", outcome_value: 10}),
  point({gss: "d", name: "SYNTHETIC Dunmore", scale_value: 1_000_000, contract_count: 8}),
  point({gss: "e", name: "SYNTHETIC Elgin", scale_value_below_gate: 0, contract_count: 1, outcome_value: 5})
];

const draw = (given = points, highlight?: string) =>
  scaleScatter(given, {
    document,
    id: "scatter",
    indicator: rereferrals,
    among: "unitary councils",
    ...(highlight ? {highlight} : {})
  });

test("a measured council is solid, one below five contracts hollow, and one without either coordinate is not drawn", () => {
  for (const picture of [wide(draw()), narrow(draw())]) {
    expect(circles(picture, "solid")).toHaveLength(1);
    expect(circles(picture, "hollow")).toHaveLength(1);
    expect(picture.querySelectorAll(".intervals line")).toHaveLength(1);
  }
});

test("a dot stands above the tick of its size and level with the tick of its outcome", () => {
  for (const picture of [wide(draw()), narrow(draw())]) {
    const [dot] = circles(picture, "solid");
    const tick = (words: string) => {
      const label = [...picture.querySelectorAll("text")].find(({textContent}) => textContent === words)!;
      return /translate\(([\d.]+),([\d.]+)\)/.exec(label.getAttribute("transform")!)!.slice(1).map(Number);
    };
    expect(dot).toEqual({x: tick("£100k")[0], y: tick("20%")[1]});
    expect(tick("£100k")[0]! - tick("£50k")[0]!).toBeCloseTo(tick("£200k")[0]! - tick("£100k")[0]!, 0); // a doubling is always as wide
  }
});

test("the caption counts solid and hollow, and every council left out once with what it lacks", () => {
  expect(title(draw())).toBe(
    "Unitary councils: contract scale and children re-referred within 12 months, 2 councils with both"
  );
  expect(caption(draw())).toContain("1 council with five or more contracts, 1 with one to four.");
  expect(caption(draw())).toContain(
    "Left out of 5 councils: 1 without a contract at hand in this service and year, 1 with contracts but without a published outcome, 1 whose contracts are published at £0, which this axis cannot show."
  );
});

test("the table has exactly the dots, and says which are hollow", () => {
  expect(tableRows(draw())).toEqual([
    ["SYNTHETIC Ashby", "unitary council", "6", "£100,000", "20.0%", "15.0% to 25.0%"],
    ["SYNTHETIC Barley", "unitary council", "2", "£50,000 (hollow)", "30.0%", "none"]
  ]);
});

test("the alternative text holds the true ends of both axes, of dots drawn only", () => {
  expect(altText(draw())).toBe(
    "1 council with five or more contracts, 1 with one to four. Typical pound: from £50,000 to £100,000 a year; outcomes from 20.0% to 30.0%."
  );
});

test("a council that is asked for is named, and no other", () => {
  const words = wide(draw(points, "b")).textContent!.replaceAll(/SYNTHETIC \w+: [^%]*%/g, ""); // without the titles of dots
  expect(words).toContain("SYNTHETIC Barley");
  expect(words).not.toContain("SYNTHETIC Ashby");
});

test.each([0, 1, 3, 150, 400])("%d councils are %d dots, with no line through them", (n) => {
  const many = Array.from({length: n}, (_, i) =>
    point({gss: `g${i}`, scale_value: 1_000 * (i + 1), contract_count: 5, outcome_value: (i * 7) % 40})
  );
  const drawn = draw(many);
  expect(drawn.querySelectorAll("svg.chart-wide circle")).toHaveLength(n);
  expect(drawn.querySelectorAll("svg.chart-wide .solid path, [stroke-dasharray]")).toHaveLength(0);
  expect(drawn.querySelectorAll("svg")).toHaveLength(n === 0 ? 0 : 2);
  expect(caption(drawn)).toContain(n === 0 ? "No council has contracts and an outcome" : "No council is left out.");
});

test("when nobody has both, the caption still counts what each council lacks", () => {
  expect(caption(draw(points.slice(2, 4)))).toBe(
    "Left out of 2 councils: 1 without a contract at hand in this service and year, 1 with contracts but without a published outcome."
  );
});

test("a suppressed outcome is no dot at zero", () => {
  const drawn = draw([points[0]!, point({gss: "s", scale_value: 200_000, contract_count: 9, outcome_value: null})]);
  expect(circles(wide(drawn), "solid")).toHaveLength(1);
});

test("a share stands on a straight axis from nought to all of it, and among fewer than five contracts it is not drawn", () => {
  const shares = [
    point({gss: "a", name: "SYNTHETIC Ashby", scale_value: 40, contract_count: 6, outcome_value: 20}),
    point({gss: "b", name: "SYNTHETIC Barley", scale_value_below_gate: 100, contract_count: 1, outcome_value: 30}),
    point({gss: "c", name: "SYNTHETIC Carlow", outcome_value: 10})
  ];
  const measure = scaleMeasures.find(({id}) => id === "largest_pct")!;
  const drawn = scaleScatter(shares, {
    document,
    id: "scatter",
    indicator: rereferrals,
    among: "unitary councils",
    measure
  });
  for (const picture of [wide(drawn), narrow(drawn)]) {
    const across = (words: string) => {
      const labels = [...picture.querySelectorAll("text")].filter(({textContent}) => textContent === words);
      return Number(/translate\(([\d.]+),/.exec(labels.at(-1)!.getAttribute("transform")!)![1]); // the upward axis is drawn first
    };
    const [dot] = circles(picture, "solid");
    expect(dot!.x).toBe(across("40%"));
    expect(across("60%") - across("40%")).toBeCloseTo(across("100%") - across("80%"), 0);
    expect(circles(picture, "hollow")).toHaveLength(0);
  }
  expect(caption(drawn)).toContain(
    "Left out of 3 councils: 1 without a contract at hand in this service and year, 1 with fewer than the five contracts that a share needs."
  );
  expect(altText(drawn)).toContain("Largest share: from 40.0% to 40.0%; outcomes from 20.0% to 20.0%.");
});

test("two years do not share a picture", () => {
  const mixed = [points[0]!, {...points[1]!, financial_year: 2023}];
  expect(() => draw(mixed)).toThrow("a scatter shows one year, and these points are of 2");
});

test("counties and unitaries do not share a picture: they run different services", () => {
  expect(() => draw([points[0]!, {...points[1]!, class: "county"}])).toThrow(
    "a scatter shows one class of council, and these points are of 2: unitary, county"
  );
});

test("looks as it did when it was last looked at", () => expectGolden("scaleScatter", draw()));
