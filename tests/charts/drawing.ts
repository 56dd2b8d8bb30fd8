import {readFileSync, writeFileSync} from "node:fs";
import {JSDOM} from "jsdom";
import {expect} from "vitest";
import {figureHtml} from "../../src/components/figure.ts";
import type {ContractRow, CouncilScaleRow, IndicatorRow, ObservationRow, RegimeRow} from "../../src/components/rows.ts";
import type {ScatterPoint} from "../../src/components/scaleScatter.ts";

// Everything here is SYNTHETIC: councils, codes and figures are made up so that a person can work the results out by hand.

export const {document} = new JSDOM().window;

export const rereferrals: IndicatorRow = {
  indicator_id: "children-rereferrals",
  kind: "repeat-demand",
  title: "Children re-referred within 12 months",
  question: "How often do children come back?",
  unit: "percent",
  tier: "upper",
  service_line: "childrens-social-care",
  publication: "SYNTHETIC publication",
  publisher: "SYNTHETIC publisher",
  page: "https://example.org/synthetic",
  caveats: []
};

export const weeklyCost: IndicatorRow = {
  ...rereferrals,
  indicator_id: "weekly-cost",
  kind: "cost",
  title: "Weekly cost of a place",
  unit: "pounds-per-week"
};

/** One figure of the financial year that ends in `year`. */
export const observation = (gss: string, year: number, rest: Partial<ObservationRow> = {}): ObservationRow => ({
  indicator_id: "children-rereferrals",
  gss,
  published_gss: gss,
  period: `${year - 1}-${String(year % 100).padStart(2, "0")}`,
  period_end_on: `${year}-03-31`,
  value: null,
  numerator: null,
  denominator: null,
  low_95: null,
  high_95: null,
  missing_reason: null,
  source_sha256: "a".repeat(64),
  ...rest
});

export const scaleCell = (
  gss: string,
  year: number,
  typicalPound: number | null,
  contracts: number
): CouncilScaleRow => ({
  gss,
  service_line: "adult-social-care",
  financial_year: year,
  contract_count: contracts,
  total_in_year_gbp: null,
  median_annual_gbp: null,
  typical_pound_gbp: typicalPound,
  over_1m_pct: null,
  largest_pct: null,
  framework_count: 0,
  left_out_count: 0,
  coverage_pct: null,
  coverage_basis: "SYNTHETIC",
  not_measured_reason: typicalPound === null ? `fewer than 5 contracts in force: ${contracts}` : null
});

/** A law of publication in England. */
export const regime: RegimeRow = {
  regime: "synthetic",
  law: "SYNTHETIC law",
  nation: "England",
  valid_from: null,
  valid_to: null,
  publication_floor_gbp: null,
  floor_vat: "unknown",
  source: "SYNTHETIC"
};

/** A council of a scatter, with nothing known of it but what is given. */
export const point = (rest: Partial<ScatterPoint>): ScatterPoint => ({
  gss: "E99999999",
  name: "SYNTHETIC Ashby",
  class: "unitary",
  financial_year: 2024,
  scale_value: null,
  scale_value_below_gate: null,
  contract_count: 0,
  outcome_period: "2024-25",
  outcome_value: null,
  low_95: null,
  high_95: null,
  ...rest
});

/** A contract that counts, of so many pounds a year. */
export const contract = (poundsAYear: number | null, rest: Partial<ContractRow> = {}): ContractRow => ({
  contract_id: "0000000000000000",
  register_id: "synthetic",
  notice_url: null,
  published_on: "2024-05-01",
  buyer_name: "SYNTHETIC Ashby",
  council_gss: "E99999999",
  title: null,
  value_gbp: poundsAYear,
  value_kind: "contract",
  annual_value_gbp: poundsAYear,
  starts_on: "2024-06-01",
  ends_on: "2025-05-31",
  cpv_code: null,
  cpv_label: null,
  service_line: "adult-social-care",
  supplier_count: 1,
  duplicate_of: null,
  flags: [],
  left_out_because: null,
  ...rest
});

/** Names that a register may hold, and that must stay words on the page. */
export const HOSTILE = `<script>alert(1)</script> "onload=alert(2) \${1 + 1} 'x' & <style>`;

export const wide = (figure: Element): Element => figure.querySelector("svg.chart-wide")!;
export const narrow = (figure: Element): Element => figure.querySelector("svg.chart-narrow")!;
export const caption = (figure: Element): string => figure.querySelector(".chart-caption")!.textContent!;
export const title = (figure: Element): string => figure.querySelector(".chart-title")!.textContent!;
export const altText = (figure: Element): string => wide(figure).querySelector("desc")!.textContent!;

/** The numbers behind a chart as a reader sees them: one array of words a row, the headings left out. */
export const tableRows = (figure: Element): string[][] =>
  [...figure.querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => cell.textContent!));

/** How often a picture starts a new stroke in the paths of a mark: two strokes are a line with a gap. */
export const strokes = (picture: Element, mark: string): number =>
  [...picture.querySelectorAll(`.${mark} path, path.${mark}`)]
    .map((path) => path.getAttribute("d")!.match(/M/g)?.length ?? 0)
    .reduce((a, b) => a + b, 0);

/** Where a mark's circles stand, in pixels, in the order drawn. */
export const circles = (picture: Element, mark: string): {x: number; y: number}[] =>
  [...picture.querySelectorAll(`.${mark} circle`)].map((circle) => ({
    x: Number(circle.getAttribute("cx")),
    y: Number(circle.getAttribute("cy"))
  }));

/**
 * Compares a figure with the file of that name under `golden/`, an element a line.
 * `DRAW_GOLDEN=yes` writes the file instead, to be looked at before it is committed; never where `CI` is set.
 */
export function expectGolden(name: string, figure: Element): void {
  const path = new URL(`golden/${name}.html`, import.meta.url);
  const drawn = `${figureHtml(figure).replaceAll("><", ">\n<")}\n`;
  if (process.env.DRAW_GOLDEN === "yes" && !process.env.CI) writeFileSync(path, drawn);
  expect(drawn).toBe(readFileSync(path, "utf8"));
}
