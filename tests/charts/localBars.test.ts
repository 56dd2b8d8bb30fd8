import {expect, test} from "vitest";
import {type LocalTotal, localBars} from "../../src/components/localBars.ts";
import {altText, caption, document, expectGolden, title, wide} from "./drawing.ts";

const total = (definition: LocalTotal["definition"], local_gbp: number): LocalTotal => ({
  definition,
  contract_count: 8,
  total_in_year_gbp: 1_000_000,
  local_gbp,
  partly_gbp: 100_000,
  elsewhere_gbp: 700_000 - local_gbp,
  unknown_gbp: 200_000
});

const draw = (totals: readonly LocalTotal[]) =>
  localBars(totals, {document, id: "local", name: "SYNTHETIC Ashby", period: "2024-25", source: "SYNTHETIC"});

const all = [total("same-region", 700_000), total("same-council", 50_000), total("same-area", 150_000)];

test("all definitions stand together, the narrowest first, and each bar is the whole money", () => {
  expect(title(draw(all))).toBe("SYNTHETIC Ashby: money by where suppliers are, 2024-25, under 3 definitions of local");
  expect(altText(draw(all))).toBe(
    "In the council’s own area: local 5.0%, partly local 10.0%, elsewhere 65.0%, not known 20.0%. In its county or combined authority: local 15.0%, partly local 10.0%, elsewhere 55.0%, not known 20.0%. In its region or nation: local 70.0%, partly local 10.0%, elsewhere 0.0%, not known 20.0%."
  );
});

test("the caption says that an address is mostly a head office", () => {
  expect(caption(draw(all))).toContain("An address is mostly a head office");
});

test("without money in the year there is no picture of shares", () => {
  const none = draw([{...total("same-council", 0), total_in_year_gbp: 0}]);
  expect(none.querySelector("svg")).toBeNull();
  expect(wide(draw(all))).not.toBeNull();
});

test("looks as it did when it was last looked at", () => expectGolden("localBars", draw(all)));
