import {expect, test} from "vitest";
import {bootstrapInterval} from "../../pipeline/statistics/bootstrap.ts";
import {funnel} from "../../pipeline/statistics/funnel.ts";
import {byar, wilson} from "../../pipeline/statistics/intervals.ts";
import {benjaminiHochberg} from "../../pipeline/statistics/multipleTests.ts";
import {rowsForSlope, timesTheData} from "../../pipeline/statistics/power.ts";
import {quantileBetween, weightedQuantile} from "../../pipeline/statistics/quantiles.ts";
import {permutationWithin, randomOf} from "../../pipeline/statistics/random.ts";

// Reference values: R 4.2.2, base packages; the call stands above each number.

test("Wilson's interval is R's, at both levels and at the edges", () => {
  // prop.test(13, 240, correct = FALSE); the same with conf.level = 0.998; prop.test(0, 32, …); prop.test(32, 32, …)
  expect(wilson(13, 240).low).toBeCloseTo(0.0319251877962967, 10);
  expect(wilson(13, 240).high).toBeCloseTo(0.0904553908182599, 10);
  expect(wilson(13, 240, 0.998).low).toBeCloseTo(0.0237764561561897, 10);
  expect(wilson(13, 240, 0.998).high).toBeCloseTo(0.1186783699187148, 10);
  expect(wilson(0, 32).low).toBe(0);
  expect(wilson(0, 32).high).toBeCloseTo(0.107179198255071, 10);
  expect(wilson(32, 32).low).toBeCloseTo(0.89282080174493, 10);
  expect(wilson(32, 32).high).toBe(1);
});

test("a proportion needs a base, and no more counted than there is", () => {
  expect(() => wilson(1, 0)).toThrow("1 of 0 is not a proportion");
  expect(() => wilson(5, 4)).toThrow("5 of 4 is not a proportion");
});

test("Byar's interval for 27 events is its formula in R; none seen has 0 below", () => {
  // b <- function(o, z) c(o * (1 - 1/(9*o) - z/(3*sqrt(o)))^3, (o+1) * (1 - 1/(9*(o+1)) + z/(3*sqrt(o+1)))^3); b(27, qnorm(.975))
  expect(byar(27).low).toBeCloseTo(17.7889644711771, 10);
  expect(byar(27).high).toBeCloseTo(39.28509866819, 10);
  expect(byar(0).low).toBe(0);
  expect(byar(0).high).toBeCloseTo(3.66801183217375, 10);
});

test('Benjamini and Hochberg: p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.55, 0.04), "BH"); what was not run is not counted', () => {
  const q = benjaminiHochberg([0.01, 0.04, null, 0.03, 0.005, 0.55, 0.04]);
  const expected = [0.03, 0.048, null, 0.048, 0.03, 0.55, 0.048];
  q.forEach((value, i) => {
    if (value === null) expect(expected[i]).toBeNull();
    else expect(value).toBeCloseTo(expected[i]!, 12);
  });
});

test("quantiles between two values are R's type 7", () => {
  // quantile(c(1, 3, 4, 8, 15, 16, 23), c(.025, .1, .5, .9))
  const sorted = [1, 3, 4, 8, 15, 16, 23];
  [
    [0.025, 1.3],
    [0.1, 2.2],
    [0.5, 8],
    [0.9, 18.8]
  ].forEach(([share, value]) => void expect(quantileBetween(sorted, share!)).toBeCloseTo(value!, 10));
});

test("the typical pound: half of £10 is reached at the contract of £20", () => {
  // Sizes 5, 10, 20, 50 hold 2, 1, 3 and 4 pounds: 2, 3, 6 of 10.
  expect(weightedQuantile([10, 50, 20, 5], [1, 4, 3, 2], 0.5)).toBe(20);
  expect(weightedQuantile([10, 50, 20, 5], [1, 4, 3, 2], 0.9)).toBe(50);
  expect(() => weightedQuantile([1], [0], 0.5)).toThrow("nothing has weight");
});

test("the data that a test with 80 % power takes at a standard error", () => {
  // ((qnorm(.975) + qnorm(.8)) * .3 / .5)^2
  expect(timesTheData(0.5, 0.3)).toBeCloseTo(2.82559670436567, 8);
  // ((qnorm(.975) + qnorm(.8)) * 3 / (.5 * .4))^2 = 1765.998: R's power.t.test, which knows the t distribution, says 1767.9
  expect(rowsForSlope(0.5, 3, 0.4)).toBe(1766);
});

test("funnel limits of ten councils, over-dispersion included, are Spiegelhalter's formulas in R", () => {
  // p0 <- sum(num)/sum(den); s2 <- p0*(1-p0)/den; z <- (num/den-p0)/sqrt(s2); q <- quantile(z, c(.1,.9)); z <- pmin(pmax(z,q[1]),q[2])
  // phi <- mean(z^2); w <- 1/s2; tau2 <- max(0, (10*phi - 9)/(sum(w) - sum(w^2)/sum(w))); p0 + c(-1,1)*qnorm(.975)*sqrt(p0*(1-p0)/1000 + tau2)
  const numerators = [120, 340, 95, 410, 33, 280, 510, 77, 190, 260];
  const denominators = [600, 1500, 600, 1700, 210, 1600, 2100, 250, 1200, 1300];
  const made = funnel(numerators.map((numerator, i) => ({numerator, denominator: denominators[i]!})));
  expect(made.target).toBeCloseTo(0.2093128390596745, 10);
  expect(made.dispersion).toBeCloseTo(7.9054640651681742, 8);
  expect(made.tau).toBeCloseTo(0.0347390166561202, 10);
  expect(made.limits(1000, 0.95).low).toBeCloseTo(0.1367068137561915, 10);
  expect(made.limits(1000, 0.95).high).toBeCloseTo(0.2819188643631576, 10);
  expect(made.limits(1000, 0.998).low).toBeCloseTo(0.0948365084816339, 10);
  expect(made.limits(1000, 0.998).high).toBeCloseTo(0.3237891696377151, 10);
});

test("councils that differ by less than chance have no over-dispersion", () => {
  const made = funnel(Array.from({length: 8}, () => ({numerator: 20, denominator: 100})));
  expect(made.tau).toBe(0);
  expect(made.limits(100, 0.95).low).toBeCloseTo(0.2 - 1.959963984540054 * 0.04, 10);
});

test("a seed repeats itself, and words are seeds", () => {
  const three = (seed: number | string) => Array.from({length: 3}, randomOf(seed));
  expect(three(7)).toEqual(three(7));
  expect(three("h1 primary")).toEqual(three("h1 primary"));
  expect(three("h1 primary")).not.toEqual(three("h1 primarz"));
});

test("a permutation keeps every council in its class", () => {
  const classes = ["a", "b", "a", "c", "b", "a", "b"];
  for (let seed = 0; seed < 50; seed += 1) {
    const order = permutationWithin(classes, randomOf(seed));
    expect(order.map((i) => classes[i])).toEqual(classes);
    expect([...order].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  }
});

test("a bootstrap interval of a mean is near the textbook's", () => {
  const values = Array.from({length: 100}, (_, i) => i); // mean 49.5, standard error 2.9
  const mean = (places: readonly number[]) => places.reduce((sum, i) => sum + values[i]!, 0) / places.length;
  const interval = bootstrapInterval(100, mean, {draws: 2000, random: randomOf(1)})!;
  expect(Math.abs(interval.low - (49.5 - 1.96 * 2.887))).toBeLessThan(0.6);
  expect(Math.abs(interval.high - (49.5 + 1.96 * 2.887))).toBeLessThan(0.6);
});
