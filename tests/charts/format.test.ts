import fc from "fast-check";
import {expect, test} from "vitest";
import {
  count,
  dayMonthYear,
  decimal,
  drawnUnit,
  financialYear,
  money,
  moneyShort,
  percent,
  unitLabel,
  valueIn,
  valueShort
} from "../../src/components/format.ts";

test.each([
  [375_200, "£375,200"],
  [375_200.6, "£375,201"],
  [0, "£0"],
  [12.5, "£12.50"],
  [99, "£99"],
  [100.4, "£100"],
  [-1_200, "−£1,200"],
  [-0.001, "£0.00"]
])("money: %d is %s", (pounds, words) => {
  expect(money(pounds)).toBe(words);
});

test.each([
  [950, "£950"],
  [9_999, "£9,999"],
  [9_999.5, "£10k"],
  [375_200, "£375k"],
  [999_499, "£999k"],
  [999_500, "£1m"],
  [1_240_000, "£1.2m"],
  [99_940_000, "£99.9m"],
  [99_960_000, "£100m"],
  [123_400_000, "£123m"],
  [999_500_000, "£1bn"],
  [2_400_000_000, "£2.4bn"],
  [-1_250_000, "−£1.3m"]
])("short money: %d is %s, and never £1000k", (pounds, words) => {
  expect(moneyShort(pounds)).toBe(words);
});

test("short money stays within a twentieth of the amount", () => {
  const size = {k: 1e3, m: 1e6, bn: 1e9, "": 1};
  fc.assert(
    fc.property(fc.double({min: 10, max: 9e11, noNaN: true}), (pounds) => {
      const [, digits, letters] = /^£([\d,.]+)(k|m|bn|)$/.exec(moneyShort(pounds))!;
      const written = Number(digits!.replaceAll(",", "")) * size[letters as keyof typeof size];
      expect(Math.abs(written / pounds - 1)).toBeLessThan(0.051);
    })
  );
});

test("counts, percentages, dates and years read as British English", () => {
  expect(count(1234567)).toBe("1,234,567");
  expect(percent(21.34)).toBe("21.3%");
  expect(percent(21.34, 0)).toBe("21%");
  expect(percent(-2)).toBe("−2.0%");
  expect(dayMonthYear("2025-01-03")).toBe("3 January 2025");
  expect(dayMonthYear("2024-12-31T23:00:00Z")).toBe("31 December 2024");
  expect(financialYear(2025)).toBe("2024-25");
  expect(financialYear(2000)).toBe("1999-00");
});

test("a value carries the unit of its publication, exact in words and short on an axis", () => {
  expect([valueIn("percent", 21.34), valueShort("percent", 20), valueShort("percent", 12.5)]).toEqual([
    "21.3%",
    "20%",
    "12.5%"
  ]);
  expect([valueIn("pounds-per-week", 1204), valueShort("pounds-per-week", 1204)]).toEqual(["£1,204 a week", "£1,204"]);
  expect([valueIn("pounds-thousand", 45_231), valueShort("pounds-thousand", 45_231)]).toEqual([
    "£45,231 thousand",
    "£45.2m"
  ]);
  expect([unitLabel("pounds-thousand"), drawnUnit("pounds-thousand")]).toEqual(["£ thousand", "£"]);
});

test("what is no number, no date or no unit is refused with the value in the sentence", () => {
  expect(() => money(Number.NaN)).toThrow("NaN cannot be written as a number");
  expect(() => dayMonthYear("2025-13-01")).toThrow('"2025-13-01" is not a date');
  expect(() => valueIn("bananas", 1)).toThrow('the unit "bananas"');
});

test("a score of 23.45 is 23.5, as a reader rounds it, though no binary fraction is 23.45", () => {
  expect(decimal(23.45)).toBe("23.5");
  expect(decimal(-0.04)).toBe("0.0");
});
