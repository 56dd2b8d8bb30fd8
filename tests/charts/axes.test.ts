import fc from "fast-check";
import {expect, test} from "vitest";
import {logarithmic, moneyAxis, roundAxis, straight, valueAxis} from "../../src/components/axes.ts";

test("an axis of money runs between round numbers and ticks powers of ten once there are many", () => {
  expect(moneyAxis([30_000, 2_500_000], 5)).toEqual({
    domain: [20_000, 5_000_000],
    ticks: [100_000, 1_000_000],
    steps: [20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000]
  });
});

test("one amount has a decade around it, not a page to itself", () => {
  const {domain} = moneyAxis([100_000], 7);
  expect(domain).toEqual([20_000, 500_000]); // a third is 33,333, three times is 300,000
});

test("an axis of values starts at zero and ends on a round number", () => {
  expect(valueAxis([12, 27])).toEqual({domain: [0, 30], ticks: [0, 5, 10, 15, 20, 25, 30]});
  expect(valueAxis([])).toEqual({domain: [0, 1], ticks: [0, 0.2, 0.4, 0.6, 0.8, 1]});
  expect(valueAxis([-3, 17]).domain).toEqual([-5, 20]); // net expenditure may be below zero
  expect(roundAxis(11.2, 34, 5).domain).toEqual([10, 35]);
});

test("what is placed by hand stands where the axis would put it", () => {
  expect([0, 15, 30].map(straight([0, 30], [400, 100]))).toEqual([400, 250, 100]);
  expect([10, 100, 1000].map(logarithmic([10, 1000], [0, 200])).map(Math.round)).toEqual([0, 100, 200]);
});

test("every amount and every value lies on its axis, whose ticks are few and rise", () => {
  fc.assert(
    fc.property(fc.array(fc.double({min: 0.01, max: 1e11, noNaN: true}), {minLength: 1, maxLength: 8}), (amounts) => {
      const money = moneyAxis(amounts, 6);
      const values = roundAxis(Math.min(...amounts), Math.max(...amounts));
      for (const {domain, ticks} of [money, values]) {
        expect(domain[0]).toBeLessThanOrEqual(Math.min(...amounts) * (1 + 1e-9));
        expect(domain[1]).toBeGreaterThanOrEqual(Math.max(...amounts) * (1 - 1e-9));
        expect(ticks.length).toBeGreaterThan(0);
        expect(ticks.length).toBeLessThan(10);
        expect(ticks).toEqual(ticks.toSorted((a, b) => a - b));
      }
    })
  );
});
