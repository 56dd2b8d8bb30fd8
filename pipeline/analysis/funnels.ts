import {funnel} from "../statistics/funnel.ts";
import {wilson} from "../statistics/intervals.ts";
import {comparedWithExpected, type Position} from "./sentences.ts";

/** Below it a council is not compared: at 20 % the 95 % interval is already 16 points wide. */
export const LEAST_DENOMINATOR = 100;
const LEAST_COUNCILS = 5;

export interface FunnelCell {
  readonly indicator_id: string;
  readonly gss: string;
  readonly name: string;
  readonly class: string;
  readonly period: string;
  readonly numerator: number;
  readonly denominator: number;
}

export interface FunnelRow extends Omit<FunnelCell, "name"> {
  readonly value: number; // per cent
  readonly low_95: number;
  readonly high_95: number;
  readonly target_pct: number | null; // null where the class is too small for a funnel
  readonly limit_low_95: number | null;
  readonly limit_high_95: number | null;
  readonly limit_low_998: number | null;
  readonly limit_high_998: number | null;
  readonly limit_position: Position;
  readonly sentence: string;
}

/** Each council among those of its class, for one indicator and period at a time; councils with few cases are listed, not compared. */
export function funnelRows(cells: readonly FunnelCell[]): FunnelRow[] {
  const groups = new Map<string, FunnelCell[]>();
  for (const cell of cells) {
    const key = [cell.indicator_id, cell.period, cell.class].join("|");
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  return [...groups.values()].flatMap((group) => {
    const enough = group.filter(({denominator}) => denominator >= LEAST_DENOMINATOR);
    const made = enough.length >= LEAST_COUNCILS && hasSpread(enough) ? funnel(enough) : null;
    return group.map((cell) => funnelRow(cell, made));
  });
}

const hasSpread = (cells: readonly FunnelCell[]): boolean =>
  cells.some(({numerator}) => numerator > 0) && cells.some(({numerator, denominator}) => numerator < denominator);

function funnelRow({name, ...cell}: FunnelCell, made: ReturnType<typeof funnel> | null): FunnelRow {
  const interval = wilson(cell.numerator, cell.denominator);
  const value = (100 * cell.numerator) / cell.denominator;
  const [low_95, high_95] = [100 * interval.low, 100 * interval.high];
  const [inner, outer] = [0.95, 0.998].map((level) => made?.limits(cell.denominator, level) ?? null);
  const position =
    cell.denominator < LEAST_DENOMINATOR || !inner || !outer ? "too few" : positionOf(value / 100, inner, outer);
  const percent = (share: number | undefined): number | null => (share === undefined ? null : 100 * share);
  return {
    ...cell,
    value,
    low_95,
    high_95,
    target_pct: percent(made?.target),
    limit_low_95: percent(inner?.low),
    limit_high_95: percent(inner?.high),
    limit_low_998: percent(outer?.low),
    limit_high_998: percent(outer?.high),
    limit_position: position,
    sentence: comparedWithExpected(name, {value, low_95, high_95, target: 100 * (made?.target ?? 0)}, position)
  };
}

interface Limits {
  readonly low: number;
  readonly high: number;
}

function positionOf(share: number, inner: Limits, outer: Limits): Position {
  if (share > outer.high) return "above 998";
  if (share < outer.low) return "below 998";
  if (share > inner.high) return "above 95";
  return share < inner.low ? "below 95" : "inside";
}
