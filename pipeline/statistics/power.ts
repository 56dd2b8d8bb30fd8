import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";

const quantile = (p: number): number => normalQuantile(p, 0, 1);

/**
 * How many times the data are needed to see an effect with the given power, when the standard error shrinks with the square
 * root of n. 1 is "these are enough"; below 1 they are more than enough.
 */
export function timesTheData(effect: number, standardError: number, power = 0.8, alpha = 0.05): number {
  return (((quantile(1 - alpha / 2) + quantile(power)) * standardError) / Math.abs(effect)) ** 2;
}

/** How many rows show a slope, when outcome and exposure vary by these standard deviations once everything else is held. */
export function rowsForSlope(slope: number, outcomeSd: number, exposureSd: number, power = 0.8, alpha = 0.05): number {
  return Math.ceil(timesTheData(slope, outcomeSd / exposureSd, power, alpha));
}
