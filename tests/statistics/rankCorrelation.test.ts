import fc from "fast-check";
import {expect, test} from "vitest";
import {partialSpearman, ranks, spearman} from "../../pipeline/statistics/rankCorrelation.ts";

// R 4.2.2: a <- c(3,1,4,1,5,9,2,6,5,3); b <- c(2,7,1,8,2,8,1,8,2,8.5); z1 <- c(1,4,1,4,2,1,3,5,6,2); z2 <- c(0,1,0,1,1,0,0,1,0,1)
const a = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3];
const b = [2, 7, 1, 8, 2, 8, 1, 8, 2, 8.5];
const z1 = [1, 4, 1, 4, 2, 1, 3, 5, 6, 2];
const z2 = [0, 1, 0, 1, 1, 0, 0, 1, 0, 1];

test("ties share the mean of the ranks they cover, as in R's rank(a)", () => {
  expect(ranks(a)).toEqual([4.5, 1.5, 6, 1.5, 7.5, 10, 3, 9, 7.5, 4.5]);
});

test('with ties the correlation is R\'s: cor(a, b, method = "spearman")', () => {
  expect(spearman(a, b)).toBeCloseTo(0.0880659915445797, 10);
});

test("the partial correlation is R's: cor(r(a), r(b)) with r <- function(v) resid(lm(rank(v) ~ rank(z1) + rank(z2)))", () => {
  expect(partialSpearman(a, b, [z1, z2])).toBeCloseTo(0.306606763739207, 10);
});

test("only order matters: taking the logarithm of every contract changes nothing", () => {
  const positive = fc.array(fc.integer({min: 1, max: 1e6}), {minLength: 5, maxLength: 30});
  fc.assert(
    fc.property(positive, (values) => {
      const other = values.map((_, i) => Math.sin(i * 7));
      const [raw, logged] = [spearman(values, other), spearman(values.map(Math.log), other)];
      expect(Number.isNaN(raw) ? Number.isNaN(logged) : Math.abs(raw - logged) < 1e-12).toBe(true);
    })
  );
});

test("what a control explains altogether is no correlation", () => {
  expect(partialSpearman(a, b, [a])).toBeNaN();
});

test("a withheld figure is refused, not ranked", () => {
  expect(() => spearman([1, 2, Number.NaN], [1, 2, 3])).toThrow("NaN is not a number to rank");
  expect(() => spearman([1, 2], [1, 2])).toThrow("three pairs, not 2");
  expect(() => spearman([1, 2, 3], [1, 2])).toThrow("3 values beside 2");
});
