import fc from "fast-check";
import {expect, test} from "vitest";
import {isStatedPerYear, statedAmounts, statedVat} from "../../pipeline/ocds/money.ts";

test.each<[string, "excluded" | "included" | null]>([
  ["The total contract value is £464,000 excluding VAT.", "excluded"],
  ["Value £50,000 (ex. VAT)", "excluded"],
  ["All values stated are exclusive of Value Added Tax (VAT).", "excluded"],
  ["a budget of £40,000 + VAT", "excluded"],
  ["up to a total cost of £40,000 including VAT", "included"],
  ["Estimated value inclusive of VAT: £60,000", "included"],
  ["£20,000 (not inclusive of VAT)", "excluded"],
  ["The figure does not include VAT; value £65,000", "excluded"],
  ["£65,000, VAT not included", "excluded"],
  ["£65,000 plus applicable VAT", "excluded"],
  ["awarded at £54,321exVAT", "excluded"],
  ["all prices must be quoted net of VAT", null],
  ["Tenderers must submit prices excluding VAT", null],
  ["the project is exempt from taxes, fees and VAT in the partner country", null],
  ["above the threshold of £30,000 including VAT", null],
  ["Support for innovative private schools", null]
])("%s", (text, basis) => {
  expect(statedVat(text, null)).toBe(basis);
});

test("where both are stated, the words beside the published amount decide, and without one nothing does", () => {
  const text = "The period is five years. £750,000 excluding VAT £900,000 including VAT";
  expect(statedVat(text, 750_000)).toBe("excluded");
  expect(statedVat(text, 900_000)).toBe("included");
  expect(statedVat(text, 123)).toBeNull();
});

test("a basis that is said of another amount says nothing of the published one", () => {
  expect(statedVat("£78,000 (£65,000 + VAT)", 78_000)).toBeNull();
  expect(statedVat("£78,000 (£65,000 + VAT)", 65_000)).toBe("excluded");
});

test.each<[string, number, boolean]>([
  ["£120,000pa", 120_000, true],
  ["circa £120,000 per financial year", 120_000, true],
  ["£10,000 per month", 10_000, false],
  ["fixed at £112,000 per annum for the term", 112_000, true],
  ["fixed at £112,000 per annum for the term", 448_000, false], // the published amount is another: the whole term
  ["an annual value of £1.2m", 1_200_000, true],
  ["£232,000 per annum. The total contract value is £464,000", 464_000, false],
  ["£100,000 per annum, or £100,000 in all", 100_000, false], // said of both: nothing is said
  ["£0 per annum", 0, false]
])("%s beside a published %i is per year: %s", (text, amount, isPerYear) => {
  expect(isStatedPerYear(text, amount)).toBe(isPerYear);
});

test("amounts are read with their scale, largest first", () => {
  expect(statedAmounts("Lot 1 (£31.6m), lot 2 £250k, GBP 1,234.56 and £2 billion in all")).toEqual([
    2_000_000_000, 31_600_000, 250_000, 1234.56
  ]);
});

test("every whole amount written with thousands separators is read back", () => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 2_000_000_000}), (amount) => {
      expect(statedAmounts(`worth £${amount.toLocaleString("en-GB")}.`)).toEqual([amount]);
    })
  );
});
