import {JSDOM} from "jsdom";
import {expect, test} from "vitest";
import type {ClaimRow, EstimateRow} from "../../src/components/claimRows.ts";
import {claimPage} from "../../src/pages/claims.ts";
import {indexed} from "../../src/pages/site.ts";
import {estimate, tables} from "./tables.ts";

const site = indexed(tables());
const [claim] = site.claims.claims;
const [verdict] = site.claims.verdicts;

function pageOf(
  estimates: readonly EstimateRow[],
  more: Partial<ClaimRow> = {},
  deviations: readonly string[] = []
): Document {
  const own = {...claim!, ...more};
  const claims = {
    ...site.claims,
    claims: [own],
    verdicts: [{...verdict!, is_blinded: false, verdict: "inconclusive" as const}],
    estimates,
    deviations: deviations.map((deviation, i) => ({deviation_number: i + 1, deviation}))
  };
  return new JSDOM(claimPage(own, {...site, claims}).body).window.document;
}
const words = (element: Element | null | undefined): string =>
  (element?.textContent ?? "").replaceAll(/\s+/g, " ").trim();

test("every specification that was run is a dot that leads to its row, the primary once, with its formula and SQL", () => {
  const rows = [
    estimate({spec_id: "primary", is_primary: true}),
    estimate({estimate: -0.1}),
    estimate({estimate: 0.4})
  ];
  const document = pageOf([
    ...rows,
    estimate({estimate: null, low_95: null, high_95: null, not_run_because: "SYNTHETIC reason"})
  ]);
  const dots = [...document.querySelectorAll("svg.curve a")];
  expect(dots).toHaveLength(rows.length);
  for (const dot of dots) expect(document.querySelector(dot.getAttribute("href")!)).not.toBeNull();
  expect(document.querySelectorAll(".curve-primary")).toHaveLength(1);
  expect(words(document.querySelector(".curve-primary title"))).toContain(
    "outcome ~ log2(scale); 50 councils; 0.25 (−0.5 to 1)"
  );
  expect([...document.querySelectorAll("pre")].map(({textContent}) => textContent)).toEqual([
    "select 1\n\nfrom marts.scale_and_outcome"
  ]);
  expect(words(document.body)).toContain("SYNTHETIC reason");
});

test("a rank correlation and a slope in another unit are in the table and not on the curve", () => {
  const document = pageOf([
    estimate({spec_id: "primary", is_primary: true}),
    estimate({spec_id: "spearman-raw"}),
    estimate({unit: "other points"})
  ]);
  expect(document.querySelectorAll("svg.curve a")).toHaveLength(1);
  expect(document.querySelectorAll('[id^="specification-"]')).toHaveLength(3);
});

test("local is shown by each definition, with no estimate where there is none", () => {
  const spec_id = "x | lag 1 | effects as the panel allows | controls all | weighted";
  const document = pageOf([
    estimate({spec_id: "primary", is_primary: true, scale_measure: "local_pct"}),
    estimate({spec_id, scale_measure: "local_area_pct"}),
    estimate({
      spec_id,
      scale_measure: "local_region_pct",
      estimate: null,
      low_95: null,
      high_95: null,
      not_run_because: "SYNTHETIC few"
    })
  ]);
  const [, ...rows] = [...document.querySelectorAll("table")].find((one) => words(one).includes("Local means"))!.rows;
  expect(rows.map((row) => [...row.cells].map(words).slice(2))).toEqual([
    ["0.25", "−0.5 to 1"],
    ["0.25", "−0.5 to 1"],
    ["not estimated", "SYNTHETIC few"]
  ]);
});

test("both sums stand side by side with what the data allow: an elasticity of 0 saves nothing of either", () => {
  const primary = estimate({is_primary: true, unit: "elasticity: per cent", estimate: 0, low_95: 0, high_95: 0.15});
  const document = pageOf([primary], {claim_kind: "tested"});
  const rows = [...document.querySelectorAll("table")].find((one) =>
    words(one).includes("Needs an elasticity of")
  )!.rows;
  // £162bn x (1 - 2^-0.15) = £16.0bn, and the first sum needs log2(162 / 146) = 0.150; doubled contracts would cost £17.8bn more.
  expect([...rows[1]!.cells].map(words).slice(1)).toEqual([
    "£16bn",
    "£162bn, all council spending",
    "halved",
    "0.150",
    "£0bn to £16bn"
  ]);
  expect(words(rows[3]!.cells[5])).toBe("£−17.8bn to £0bn");
  expect(words(document.body)).toContain("only if the councils and services measured here are typical");
});

test("a change to the plan stands on the claim's page; without one the page says so", () => {
  expect(words(pageOf([], {}, ["h1 was changed after."]).body)).toContain("h1 was changed after.");
  expect(words(pageOf([]).body)).toContain("Nothing: the plan is the one whose hash was committed");
});
