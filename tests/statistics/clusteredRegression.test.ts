import {expect, test} from "vitest";
import {clusteredSlope, type Panel, prepare, sandwichT} from "../../pipeline/statistics/clusteredRegression.ts";

// Reference values: R 4.2.2 with clubSandwich 0.5.8. The panel is made by the same formulas on both sides:
//   d <- expand.grid(t = 1:6, i = 1:9); d <- d[(d$i * d$t) %% 7 != 3, ]
//   d$x <- sin(3 * d$i + 2 * d$t) + d$i / 5
//   d$y <- 20 + 2 * cos(5 * d$i) + 0.3 * d$t + 0.8 * d$x + sin(11 * d$i * d$t)
//   d$w <- 1 + (d$i * d$t) %% 4; d$z <- cos(d$i)
//   show <- function(m, k) { v <- vcovCR(m, cluster = d$i, type = "CR2"); coef_test(m, v, coefs = k); conf_int(m, v, coefs = k) }

const rows = Array.from({length: 9}, (_, i) => Array.from({length: 6}, (_, t) => ({i: i + 1, t: t + 1})))
  .flat()
  .filter(({i, t}) => (i * t) % 7 !== 3);
const years = [2, 3, 4, 5, 6].map((year) => rows.map(({t}) => (t === year ? 1 : 0)));
const x = rows.map(({i, t}) => Math.sin(3 * i + 2 * t) + i / 5);
const panel: Panel = {
  cluster: rows.map(({i}) => `council ${i}`),
  exposure: x,
  outcome: rows.map(({i, t}, k) => 20 + 2 * Math.cos(5 * i) + 0.3 * t + 0.8 * x[k]! + Math.sin(11 * i * t)),
  weight: rows.map(() => 1),
  held: years,
  absorbClusters: true
};

test("the panel has the 46 rows it has in R", () => expect(rows).toHaveLength(46));

test("council and year effects: estimate, CR2 error, Satterthwaite's degrees of freedom, p and interval are R's", () => {
  // show(lm(y ~ x + factor(i) + factor(t), d), "x")
  const slope = clusteredSlope(panel)!;
  expect(slope.estimate).toBeCloseTo(0.8152910802494105, 9);
  expect(slope.standardError).toBeCloseTo(0.15581302399748664, 9);
  expect(slope.degreesOfFreedom).toBeCloseTo(6.487818895415606, 8);
  expect(slope.p).toBeCloseTo(0.00153390499309311, 9);
  expect(slope.low_95).toBeCloseTo(0.440872656746692, 8);
  expect(slope.high_95).toBeCloseTo(1.189709503752129, 8);
  expect([slope.rows, slope.clusters]).toEqual([46, 9]);
});

test("weights: the same as R on rows multiplied by the root of their weight", () => {
  // s <- sqrt(d$w); D <- model.matrix(~ x + factor(i) + factor(t), d) * s; show(lm(I(y * s) ~ 0 + D, d), 2)
  const slope = clusteredSlope({...panel, weight: rows.map(({i, t}) => 1 + ((i * t) % 4))})!;
  expect(slope.estimate).toBeCloseTo(0.85695601407049449, 9);
  expect(slope.standardError).toBeCloseTo(0.21966391802746416, 9);
  expect(slope.degreesOfFreedom).toBeCloseTo(5.412968949032317, 8);
});

test("a pooled cross-section with a control is R's", () => {
  // show(lm(y ~ x + factor(t) + z, d), "x")
  const slope = clusteredSlope({...panel, absorbClusters: false, held: [...years, rows.map(({i}) => Math.cos(i))]})!;
  expect(slope.estimate).toBeCloseTo(0.8526554379856336, 9);
  expect(slope.standardError).toBeCloseTo(0.3665209470475281, 9);
  expect(slope.degreesOfFreedom).toBeCloseTo(6.557365741776418, 8);
  expect(slope.p).toBeCloseTo(0.05533142043453, 9);
});

test("one year, each council once: CR2 is HC2, as in R", () => {
  // e <- d[d$t == 1, ]; m <- lm(y ~ x + z, e); coef_test(m, vcovCR(m, cluster = e$i, type = "CR2"), coefs = "x")
  const first = rows.flatMap(({t}, k) => (t === 1 ? [k] : []));
  const slope = clusteredSlope({
    cluster: first.map((k) => panel.cluster[k]!),
    exposure: first.map((k) => x[k]!),
    outcome: first.map((k) => panel.outcome[k]!),
    weight: first.map(() => 1),
    held: [first.map((k) => Math.cos(rows[k]!.i))],
    absorbClusters: false
  })!;
  expect(slope.estimate).toBeCloseTo(0.656541900610869, 9);
  expect(slope.standardError).toBeCloseTo(0.375745340267111, 9);
  expect(slope.degreesOfFreedom).toBeCloseTo(2.749393433512501, 8);
  expect(slope.p).toBeCloseTo(0.187198455637781, 9);
});

test("what is the same for a council in every year, and what is the same for all councils in a year, moves nothing", () => {
  const moved = panel.outcome.map((value, k) => value + 100 * rows[k]!.i ** 2 - 7 * rows[k]!.t);
  const exposure = x.map((value, k) => value + rows[k]!.t * 3);
  expect(clusteredSlope({...panel, outcome: moved, exposure})!.estimate).toBeCloseTo(
    clusteredSlope(panel)!.estimate,
    9
  );
});

test("the order of the rows and the size of all weights together move nothing", () => {
  const order = rows.map((_, k) => k).sort((a, b) => Math.sin(a * 17) - Math.sin(b * 17));
  const mixed = clusteredSlope({
    ...panel,
    cluster: order.map((k) => panel.cluster[k]!),
    exposure: order.map((k) => x[k]!),
    outcome: order.map((k) => panel.outcome[k]!),
    weight: order.map(() => 5),
    held: years.map((column) => order.map((k) => column[k]!))
  })!;
  const slope = clusteredSlope(panel)!;
  expect(mixed.estimate).toBeCloseTo(slope.estimate, 9);
  expect(mixed.standardError).toBeCloseTo(slope.standardError, 9);
  expect(mixed.degreesOfFreedom).toBeCloseTo(slope.degreesOfFreedom, 8);
});

test("an exposure that never changes inside a council identifies nothing once councils' levels are held", () => {
  expect(clusteredSlope({...panel, exposure: rows.map(({i}) => i)})).toBeNull();
  expect(clusteredSlope({...panel, exposure: rows.map(() => 3.7)})).toBeNull();
});

test("a held column that others already explain is passed over", () => {
  const held = [...years, years[0]!, rows.map(() => 1), rows.map(({i}) => i)];
  expect(clusteredSlope({...panel, held})!.estimate).toBeCloseTo(clusteredSlope(panel)!.estimate, 9);
});

test("the statistic that permutations compare is the slope over the plain clustered sandwich", () => {
  // Two councils of two rows: x = (1, -1, 2, -2), y = (1, -3, 1, -1). Slope (1+3+2+2)/10 = 0.8; errors (0.2, -2.2, -0.6, 0.6);
  // scores 0.2 + 2.2 = 2.4 and -1.2 - 1.2 = -2.4; t = 8 / sqrt(2.4^2 + 2.4^2).
  const groups = [
    {name: "a", from: 0, to: 2},
    {name: "b", from: 2, to: 4}
  ];
  const t = sandwichT(Float64Array.of(1, -1, 2, -2), Float64Array.of(1, -3, 1, -1), groups);
  expect(t).toBeCloseTo(8 / Math.sqrt(2 * 2.4 ** 2), 12);
});

test("a council seen once is left out when councils' levels are held, and counts when they are not", () => {
  const once = {...panel, cluster: [...panel.cluster.slice(0, -1), "seen once"]};
  expect(prepare(once)!.groups.map(({name}) => name)).not.toContain("seen once");
  expect(prepare({...once, absorbClusters: false})!.groups.map(({name}) => name)).toContain("seen once");
});
