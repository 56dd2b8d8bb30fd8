import {expect, test} from "vitest";
import {quantile} from "../../src/components/figure.ts";
import {percent} from "../../src/components/format.ts";

test("midway between 60.3 and 60.4 is 60.35, which is written as 60.4%, not as the 60.3% of a binary fraction below it", () => {
  expect(percent(quantile([60.3, 60.4], 0.5))).toBe("60.4%");
});

test("a quarter of the way from 10 to 20 and 40 lies midway between the first two", () => {
  expect(quantile([10, 20, 40], 0.25)).toBe(15);
});
