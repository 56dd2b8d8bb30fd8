import type {EstimateRow} from "./claimRows.ts";
import {text} from "./html.ts";

/** An estimate with its interval. */
export interface Run extends EstimateRow {
  readonly estimate: number;
  readonly low_95: number;
  readonly high_95: number;
}

export const isRun = (row: EstimateRow): row is Run =>
  row.estimate !== null && row.low_95 !== null && row.high_95 !== null;

/** A slope, not one of the rank correlations that stand beside it in another unit. */
export const isSlope = ({spec_id}: EstimateRow): boolean => !spec_id.startsWith("spearman-");

const [WIDTH, HEIGHT, MARGIN] = [720, 260, 44];
const NARROWEST = 3; // units between two dots

/** A number with three figures, a true minus. */
export const figures = (value: number): string => String(Number(value.toPrecision(3))).replace("-", "−");

/**
 * Every specification of one unit as a dot with its interval, smallest estimate first, the primary drawn large.
 *
 * Each dot is a link to the row of the table that says what it is, so it can be reached by keyboard and without a script. The band is
 * what would not matter: the smallest effect either way.
 * @param rowId the id of a specification's row in the table
 * @returns SVG; empty when there is nothing to draw
 */
export function specificationCurve(
  rows: readonly Run[],
  smallestEffect: number | null,
  rowId: (row: Run) => string
): string {
  if (rows.length === 0) return "";
  const sorted = [...rows].sort((a, b) => a.estimate - b.estimate);
  const reach = Math.max(...sorted.map(({low_95, high_95}) => Math.max(Math.abs(low_95), Math.abs(high_95))), 1e-9);
  const width = Math.max(WIDTH, 2 * MARGIN + sorted.length * NARROWEST);
  const x = (i: number): number => MARGIN + ((i + 0.5) * (width - 2 * MARGIN)) / sorted.length;
  const y = (value: number): number => HEIGHT / 2 - (value / reach) * (HEIGHT / 2 - 20);
  const line = (value: number): string =>
    `<text x="${MARGIN - 6}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${figures(value)}</text><line class="curve-grid" x1="${MARGIN}" x2="${width - MARGIN}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}"/>`;
  const band =
    smallestEffect === null || smallestEffect > reach
      ? ""
      : `<rect class="curve-band" x="${MARGIN}" width="${width - 2 * MARGIN}" y="${y(smallestEffect).toFixed(1)}" height="${(y(-smallestEffect) - y(smallestEffect)).toFixed(1)}"/>`;
  const dots = sorted.map((row, i) => {
    const at = x(i).toFixed(1);
    const words = `${row.is_primary ? "Primary. " : ""}${row.formula}; ${row.council_count} councils; ${figures(row.estimate)} (${figures(row.low_95)} to ${figures(row.high_95)})`;
    return `<a href="#${rowId(row)}" class="${row.is_primary ? "curve-primary" : "curve-dot"}"><title>${text(words)}</title><line x1="${at}" x2="${at}" y1="${y(row.low_95).toFixed(1)}" y2="${y(row.high_95).toFixed(1)}"/><circle cx="${at}" cy="${y(row.estimate).toFixed(1)}" r="${row.is_primary ? 5 : 2}"/></a>`;
  });
  return `<div class="table-scroll" tabindex="0" role="region" aria-label="Specification curve"><svg class="curve" viewBox="0 0 ${width} ${HEIGHT}" width="${width}" height="${HEIGHT}" role="group" aria-label="${sorted.length} specifications, smallest estimate first">${band}${line(reach)}${line(0)}${line(-reach)}${dots.join("")}</svg></div>`;
}
