import {valueIn, valueShort} from "./format.ts";
import {text} from "./html.ts";

/** One line of the chart: a council's figure and its interval, or why there is none. */
export interface ChartedCouncil {
  readonly name: string;
  readonly value: number | null;
  readonly low_95: number | null;
  readonly high_95: number | null;
  readonly missing: string | null;
}

const ACCENT = "var(--chart-accent, #0b5c8c)";
const INK = "var(--chart-ink, #1a1a1a)";
const QUIET = "var(--chart-quiet, #5b6168)";
const GRID = "var(--chart-grid, #e4e6e9)";
const LINE = 46;

/**
 * Councils one under another in the order given, each a dot with its 95 % interval on one scale.
 *
 * Not sorted by value: an order would be a ranking. Drawn without Plot, which would be most of what the page loads.
 *
 * @param width pixels at hand
 */
export function compareChart(
  councils: readonly ChartedCouncil[],
  unit: string,
  width: number,
  altText: string
): string {
  const values = councils.flatMap(({value, low_95, high_95}) => [value, low_95, high_95]).filter((n) => n !== null);
  if (values.length === 0) return "";
  const {from, to, ticks} = axis(Math.min(...values), Math.max(...values));
  const [left, right] = [10, 24];
  const height = councils.length * LINE + 30;
  const x = (value: number): number => round(left + ((value - from) / (to - from)) * (width - left - right));
  const grid = ticks.map(
    (tick) =>
      `<line x1="${x(tick)}" x2="${x(tick)}" y1="4" y2="${height - 24}" stroke="${GRID}"/><text x="${x(tick)}" y="${height - 6}" text-anchor="middle" fill="${QUIET}">${text(valueShort(unit, tick))}</text>`
  );
  const lines = councils.map((council, i) => line(council, i * LINE, {x, unit, left}));
  return `<svg class="chart chart-compare" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-size="14" fill="${INK}" role="img" aria-label="${text(altText)}">${grid.join("")}${lines.join("")}</svg>`;
}

function line(
  {name, value, low_95, high_95, missing}: ChartedCouncil,
  top: number,
  {x, unit, left}: {x: (value: number) => number; unit: string; left: number}
): string {
  const y = top + 33;
  const label = `${name}: ${value === null ? (missing ?? "no figure") : valueIn(unit, value)}`;
  const bar =
    low_95 === null || high_95 === null
      ? ""
      : `<line x1="${x(low_95)}" x2="${x(high_95)}" y1="${y}" y2="${y}" stroke="${ACCENT}" stroke-width="4" stroke-linecap="round" stroke-opacity="0.45"/>`;
  const dot = value === null ? "" : `<circle cx="${x(value)}" cy="${y}" r="5.5" fill="${ACCENT}"/>`;
  return `<text x="${left}" y="${top + 18}">${text(label)}</text>${bar}${dot}`;
}

const round = (n: number): number => Math.round(n * 10) / 10;

/** An axis from one round number to another that holds both values, with four to eight ticks. */
function axis(low: number, high: number): {from: number; to: number; ticks: number[]} {
  const span = high > low ? high - low : Math.abs(high) || 1;
  const power = 10 ** Math.floor(Math.log10(span / 5));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => span / n <= 5)!;
  const first = Math.floor(low / step);
  const last = Math.max(first + 1, Math.ceil((low + span) / step));
  const ticks = Array.from({length: last - first + 1}, (_, i) => Number(((first + i) * step).toPrecision(12)));
  return {from: ticks[0]!, to: ticks.at(-1)!, ticks};
}
