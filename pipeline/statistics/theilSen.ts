import {median} from "simple-statistics";

/**
 * A line that a third of wild points cannot bend: the median of the slopes of all pairs, and the median of what it leaves.
 *
 * @throws {RangeError} when no two values of x differ
 *
 * Source: Sen (1968), Estimates of the Regression Coefficient Based on Kendall's Tau.
 */
export function theilSen(x: readonly number[], y: readonly number[]): {slope: number; intercept: number} {
  const slopes: number[] = [];
  for (let i = 0; i < x.length; i += 1)
    for (let j = i + 1; j < x.length; j += 1) if (x[i] !== x[j]) slopes.push((y[j]! - y[i]!) / (x[j]! - x[i]!));
  if (slopes.length === 0) throw new RangeError("no two values of x differ, so there is no slope");
  const slope = median(slopes);
  return {slope, intercept: median(y.map((value, i) => value - slope * x[i]!))};
}
