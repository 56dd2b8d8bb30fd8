import type {Verdict} from "../../src/components/claimRows.ts";
import type {Test} from "../hypotheses/hypothesis.ts";

export type {Verdict};

export interface Range {
  readonly estimate: number;
  readonly low_95: number;
  readonly high_95: number;
}

/** What the sample offers, for the gate. */
export interface Evidence {
  readonly councils: number;
  readonly councilYears: number;
  readonly years: number;
  readonly medianCoveragePct: number | null; // null where coverage is not defined for the service
}

/** Where a sample falls short of its gate, in words; empty when it passes. */
export function shortcomings({gate}: Test, {councils, councilYears, years, medianCoveragePct}: Evidence): string[] {
  if (councils === 0) return [`no council where ${gate.councils} are the least`];
  const found: string[] = [];
  if (councils < gate.councils) found.push(`${councils} councils where ${gate.councils} are the least`);
  if (councilYears < gate.councilYears)
    found.push(`${councilYears} council-years where ${gate.councilYears} are the least`);
  if (medianCoveragePct !== null && medianCoveragePct < gate.medianCoveragePct)
    found.push(
      `published contracts are ${medianCoveragePct.toFixed(0)} % of running expenses in the middle council-year where ${gate.medianCoveragePct} % is the least`
    );
  if (medianCoveragePct === null && years < gate.yearsWithoutCoverage)
    found.push(
      `${years} years of scale where ${gate.yearsWithoutCoverage} are the least for a service without a coverage figure`
    );
  return found;
}

/** The verdict of an interval alone, the gate passed; first match wins (see the methods page). */
export function verdictOfInterval({direction, smallestEffect, form}: Test, range: Range): Verdict {
  const [estimate, low, high] =
    direction === 1 ? [range.estimate, range.low_95, range.high_95] : [-range.estimate, -range.high_95, -range.low_95];
  if (low > -smallestEffect && high < smallestEffect) return "no material effect";
  if (form === "no-saving" ? low > -smallestEffect : low > 0 && estimate >= smallestEffect) return "supported";
  if (high < 0 && estimate <= -smallestEffect) return "contradicted";
  return "inconclusive";
}

/** An exposure in which no price enters, with the wide interval that counts as agreement. */
export interface PriceFree {
  readonly measure: string;
  readonly estimate: number;
  readonly low_998: number;
  readonly high_998: number;
}

/**
 * Why a verdict on cost may not go beyond "inconclusive", in words; null when nothing holds it back.
 *
 * Prices move contract values and unit costs alike, so a slope of one on the other is there without any effect of scale. Each
 * exposure free of prices has to point the same way, and a sign alone is right half of the time by chance: its 99.8 % interval
 * has to exclude 0. A national deflator has to have been applied to both sides.
 */
export function priceCaveat(range: Range, priceFree: readonly PriceFree[], isDeflated: boolean): string | null {
  const sign = Math.sign(range.estimate);
  const agrees =
    priceFree.length > 0 && priceFree.every(({low_998, high_998}) => (sign > 0 ? low_998 > 0 : high_998 < 0));
  const reasons = [
    agrees
      ? null
      : "the exposures free of prices (supplier concentration, largest share) do not all agree beyond their 99.8 % intervals",
    isDeflated ? null : "contract values and costs are in cash terms: no deflator is at hand"
  ].filter((reason) => reason !== null);
  return reasons.length === 0 ? null : reasons.join("; ");
}

export type ControlState = "passed" | "failed" | "uninformative" | "not run";

/** The negative control: its interval should hold nothing but about nothing. */
export function controlState(range: Range | null, smallestEffect: number): ControlState {
  if (range === null) return "not run";
  const holdsZero = range.low_95 <= 0 && range.high_95 >= 0;
  if (holdsZero && range.low_95 > -2 * smallestEffect && range.high_95 < 2 * smallestEffect) return "passed";
  if (!holdsZero && Math.abs(range.estimate) >= smallestEffect) return "failed";
  return "uninformative";
}
