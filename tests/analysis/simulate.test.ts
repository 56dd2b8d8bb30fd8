import {expect, test} from "vitest";
import {effectsFor, modelOf, type PanelRow, slopeOf} from "../../pipeline/analysis/estimate.ts";
import {primarySlope, simulate, testOf} from "../../pipeline/analysis/simulate.ts";
import {priceCaveat, verdictOfInterval} from "../../pipeline/analysis/verdict.ts";
import {PLAIN, worldOf} from "../../pipeline/analysis/world.ts";
import {hypotheses} from "../../pipeline/discover.ts";

// SYNTHETIC worlds. Bounds are three standard deviations of a binomial around the nominal rate: a seed cannot be picked to pass.

const claims = await hypotheses();
const [repeatDemand, cost] = [testOf(claims, "share"), testOf(claims, "money")];

test("over 120 worlds the interval holds the planted effect about 95 times in 100, and nothing is found where nothing is", () => {
  const found = simulate({worlds: 120, effect: 0.8, seed: 4, test: repeatDemand});
  expect(found.worlds).toBeGreaterThanOrEqual(118);
  expect(found.coverage_pct).toBeGreaterThanOrEqual(89);
  expect(found.false_positive_pct).toBeLessThanOrEqual(11);
  expect(Math.abs(found.bias)).toBeLessThan(0.12);
  expect(found.naive_false_positive_pct).toBeGreaterThan(10); // per head on both sides, where 5 would be right
}, 600_000);

test("prices that move contract values and costs alike look like an effect, and the verdict is never supported", () => {
  const isDeflated = false; // no deflator is at hand
  const looksLikeOne = Array.from({length: 12}, (_, seed) => {
    const world = worldOf(seed, {...PLAIN, councils: 80, years: 6, prices: 0.25});
    const slope = primarySlope(world, cost)!;
    const given = verdictOfInterval(cost, slope);
    if (given === "supported") expect(priceCaveat(slope, [], isDeflated)).not.toBeNull();
    return given === "supported";
  });
  expect(looksLikeOne.filter((is) => is).length).toBeGreaterThan(6);
});

test("contracts that no register shows pull the slope towards 0", () => {
  const {bias} = simulate({worlds: 24, effect: 0.8, seed: 9, test: repeatDemand}).with_unpublished_contracts;
  expect(bias).toBeLessThan(-0.1);
}, 600_000);

const row = (gss: string, year: number, overrides: Partial<PanelRow> = {}): PanelRow => ({
  gss,
  class: "unitary",
  year,
  scale: 1e5,
  outcome: 20,
  numerator: 200,
  denominator: 1000,
  imd_score: 20,
  population: 1e5,
  rural_pct: 10,
  coverage_pct: 50,
  contract_count: 10,
  ...overrides
});

test("council and year effects need ten councils, and half of all, with two years", () => {
  const twice = (n: number) => Array.from({length: n}, (_, i) => [row(`a${i}`, 2024), row(`a${i}`, 2025)]).flat();
  const once = (n: number) => Array.from({length: n}, (_, i) => row(`b${i}`, 2025));
  expect(effectsFor(twice(10))).toBe("council-and-year");
  expect(effectsFor([...twice(10), ...once(10)])).toBe("council-and-year");
  expect(effectsFor([...twice(10), ...once(11)])).toBe("class-and-year");
  expect(effectsFor(twice(9))).toBe("class-and-year");
});

test("a doubling that comes with one point more is a slope of 1, and an elasticity is a slope of logarithms", () => {
  // Council i doubles its scale from year to year i times over; its outcome rises one point per doubling, or 10 % per per cent.
  const rows = Array.from({length: 12}, (_, i) => [
    row(`c${i}`, 2024, {scale: 1000, outcome: 20 + i, numerator: null, denominator: null}),
    row(`c${i}`, 2025, {
      scale: 1000 * 2 ** (i % 4),
      outcome: 20 + i + (i % 4) + (i % 2) * 0.01,
      numerator: null,
      denominator: null
    })
  ]).flat();
  const share = {
    exposureUnit: "doubling",
    outcome: "share",
    form: "weighted",
    effects: "council-and-year",
    controls: "all"
  } as const;
  expect(slopeOf(modelOf(rows, share))!.estimate).toBeCloseTo(1, 2);
  const money = rows.map((r, k) => ({...r, outcome: 500 * (r.scale / 1000) ** 0.1 * (1 + (k % 3) * 1e-6)}));
  expect(slopeOf(modelOf(money, {...share, exposureUnit: "per-cent", outcome: "money"}))!.estimate).toBeCloseTo(0.1, 4);
});

test("a council-year without a scale above 0, or with a withheld control where controls are held, is set aside and counted", () => {
  const rows = [row("a", 2025, {scale: 0}), row("b", 2025, {imd_score: null}), row("c", 2025)];
  const model = modelOf(rows, {
    exposureUnit: "doubling",
    outcome: "share",
    form: "weighted",
    effects: "class-and-year",
    controls: "all"
  });
  expect(model.rows.map(({gss}) => gss)).toEqual(["c"]);
  expect(model.withoutControls).toBe(1);
});
