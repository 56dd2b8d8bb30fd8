import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import {quantileBetween} from "./quantiles.ts";

export interface Count {
  readonly numerator: number;
  readonly denominator: number;
}

/** Where a group's proportions would lie if councils differed by chance and by the group's ordinary spread only. */
export interface Funnel {
  readonly target: number; // the group's pooled proportion
  readonly tau: number; // standard deviation between councils that chance does not explain; 0 when chance explains all
  readonly dispersion: number; // mean squared z, winsorised; 1 when chance explains all
  limits(denominator: number, level: number): {readonly low: number; readonly high: number};
}

const WINSORISED_SHARE = 0.1;

/**
 * Funnel limits with additive over-dispersion, instead of a league table.
 *
 * The spread between councils beyond chance is estimated from z scores whose outer tenths are pulled in, so that the very
 * councils a funnel should show do not widen it.
 *
 * @throws {RangeError} for fewer than 5 councils, or a group in which nobody or everybody is counted
 *
 * Source: Spiegelhalter (2005), Funnel plots for comparing institutional performance, appendix A.
 */
export function funnel(counts: readonly Count[]): Funnel {
  if (counts.length < 5) throw new RangeError(`a funnel needs five councils, not ${counts.length}`);
  const sum = (pick: (count: Count) => number): number => counts.reduce((total, count) => total + pick(count), 0);
  const target = sum(({numerator}) => numerator) / sum(({denominator}) => denominator);
  if (!(target > 0 && target < 1)) throw new RangeError(`a pooled proportion of ${target} has no funnel`);
  const variance = (denominator: number): number => (target * (1 - target)) / denominator;
  const z = winsorised(
    counts.map(({numerator, denominator}) => (numerator / denominator - target) / Math.sqrt(variance(denominator)))
  );
  const dispersion = z.reduce((total, value) => total + value ** 2, 0) / z.length;
  const weights = counts.map(({denominator}) => 1 / variance(denominator));
  const total = weights.reduce((a, b) => a + b, 0);
  const excess = counts.length * dispersion - (counts.length - 1);
  const tau2 = Math.max(0, excess) / (total - weights.reduce((a, b) => a + b ** 2, 0) / total);
  return {
    target,
    tau: Math.sqrt(tau2),
    dispersion,
    limits: (denominator, level) => {
      const half = normalQuantile(0.5 + level / 2, 0, 1) * Math.sqrt(variance(denominator) + tau2);
      return {low: Math.max(0, target - half), high: Math.min(1, target + half)};
    }
  };
}

function winsorised(z: readonly number[]): number[] {
  const sorted = [...z].sort((a, b) => a - b);
  const [low, high] = [WINSORISED_SHARE, 1 - WINSORISED_SHARE].map((share) => quantileBetween(sorted, share)) as [
    number,
    number
  ];
  return z.map((value) => Math.min(high, Math.max(low, value)));
}
