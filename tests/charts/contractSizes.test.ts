import {expect, test} from "vitest";
import {contractSizes} from "../../src/components/contractSizes.ts";
import type {ContractRow} from "../../src/components/rows.ts";
import {altText, caption, contract, document, expectGolden, narrow, tableRows, title, wide} from "./drawing.ts";

const adult = [12_000, 13_000, 30_000, 30_000, 30_000, 120_000].map((size) => contract(size));
const planning = [15_000, 150_000].map((size) =>
  contract(size, {service_line: "planning", published_on: "2019-01-02"})
);
const leftOut = [
  ...Array.from({length: 3}, () => contract(9e9, {left_out_because: "framework-ceiling"})),
  contract(null, {left_out_because: "no usable term"})
];

const draw = (contracts: readonly ContractRow[] = [...planning, ...adult], others: readonly ContractRow[] = leftOut) =>
  contractSizes(contracts, {document, id: "sizes", leftOut: others, source: "SYNTHETIC"});

test("contracts are counted between round sizes, service by service, the fullest service first", () => {
  expect(title(draw())).toBe("Sizes of 8 contracts in 2 services");
  expect(tableRows(draw())).toEqual([
    ["Adult social care", "6", "£30,000", "2", "3", "0", "1"], // £10k to 20k, to 50k, to 100k, to 200k
    ["Planning and development", "2", "fewer than 5", "1", "0", "0", "1"]
  ]);
});

test("a bar's area counts contracts, though bands are not equally wide", () => {
  for (const picture of [wide(draw()), narrow(draw())]) {
    const areas = [...picture.querySelectorAll(".measured rect")].map(
      (bar) => (Number(bar.getAttribute("width")) + 1) * Number(bar.getAttribute("height")) // a pixel is left between bars
    );
    expect(areas).toHaveLength(3);
    const one = areas[2]!;
    expect(areas[0]! / one).toBeCloseTo(2, 1);
    expect(areas[1]! / one).toBeCloseTo(3, 1);
  }
});

test("a service with fewer than five contracts is hollow and has no median", () => {
  expect(wide(draw()).querySelectorAll(".too-few rect")).toHaveLength(2);
  expect(wide(draw()).querySelectorAll(".median line")).toHaveLength(1);
  expect(altText(draw())).toBe(
    "Adult social care: 6 contracts, median £30,000 a year; Planning and development: 2 contracts, too few for a median."
  );
});

test("the caption counts rows left out by reason, commonest first, and the subtitle dates what is drawn", () => {
  expect(caption(draw())).toContain("4 rows left out: framework ceiling (3), no usable term (1).");
  expect(draw().querySelector(".chart-subtitle")?.textContent).toContain("published from 2 January 2019 to 1 May 2024");
});

test("a framework's ceiling moves no bar, whatever its amount and wherever it is passed", () => {
  const among = draw([...planning, ...adult, ...leftOut], []);
  expect(wide(among).outerHTML).toBe(wide(draw()).outerHTML);
  expect(caption(among)).toBe(caption(draw()));
});

test("a contract without a size is left out and counted, never drawn at zero", () => {
  const drawn = draw([...adult, contract(null), contract(0)], []);
  expect(title(drawn)).toBe("Sizes of 6 contracts");
  expect(caption(drawn)).toContain("2 rows left out: no size above £0 (2).");
});

test("one contract among thousands can still be seen", () => {
  const drawn = draw([...Array.from({length: 3_000}, () => contract(15_000)), contract(900_000)], []);
  const heights = [...wide(drawn).querySelectorAll(".measured rect")].map((bar) => Number(bar.getAttribute("height")));
  expect(heights).toEqual([30, 1.5]);
});

test("with nothing to draw the words say what was left out", () => {
  const drawn = draw([]);
  expect(drawn.querySelector("svg")).toBeNull();
  expect(caption(drawn)).toBe(
    "No contract with a size is at hand. 4 rows left out: framework ceiling (3), no usable term (1)."
  );
});

test("looks as it did when it was last looked at", () => expectGolden("contractSizes", draw()));
