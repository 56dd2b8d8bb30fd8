import type {FunnelLimitRow} from "./claimRows.ts";

/** What the funnel of one indicator says about one council, ready to print. */
export interface Comparison {
  readonly indicator_id: string;
  readonly period: string;
  readonly sentence: string; // with its 95 % interval; "too few to compare" below the least denominator
  readonly isCompared: boolean; // false with fewer than 100 in the base, or fewer than five councils of the class
  readonly isOutside: boolean; // beyond the 95 % limits, adjusted for over-dispersion
}

/** Every sentence about one council, in the order of the indicators. */
export function comparisonsOf(limits: readonly FunnelLimitRow[], gss: string): Comparison[] {
  return limits
    .filter((row) => row.gss === gss)
    .map(({indicator_id, period, sentence, limit_position}) => ({
      indicator_id,
      period,
      sentence,
      isCompared: limit_position !== "too few",
      isOutside: limit_position !== "too few" && limit_position !== "inside"
    }))
    .sort((a, b) => (a.indicator_id < b.indicator_id ? -1 : 1));
}
