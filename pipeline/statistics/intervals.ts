import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

const z = (level: number): number => normalQuantile(0.5 + level / 2, 0, 1);

/**
 * Wilson's interval for a proportion: between 0 and 1 even for small denominators and for 0 or all.
 * @throws {RangeError} when the counts are not 0 <= numerator <= denominator with a denominator above 0
 *
 * Source: Wilson (1927), Probable Inference, the Law of Succession, and Statistical Inference.
 */
export function wilson(numerator: number, denominator: number, level = 0.95): Interval {
  if (!(denominator > 0 && numerator >= 0 && numerator <= denominator))
    throw new RangeError(`${numerator} of ${denominator} is not a proportion`);
  const p = numerator / denominator;
  const z2 = z(level) ** 2;
  const centre = (p + z2 / (2 * denominator)) / (1 + z2 / denominator);
  const half =
    (z(level) * Math.sqrt((p * (1 - p)) / denominator + z2 / (4 * denominator ** 2))) / (1 + z2 / denominator);
  return {low: Math.max(0, centre - half), high: Math.min(1, centre + half)};
}

/**
 * Byar's interval for a count of events that has no natural ceiling, such as incidents.
 *
 * Source: Breslow and Day (1987), Statistical Methods in Cancer Research, volume II.
 */
export function byar(count: number, level = 0.95): Interval {
  if (!(count >= 0)) throw new RangeError(`${count} is not a count`);
  const bound = (o: number, side: number): number =>
    o * (1 - 1 / (9 * o) + (side * z(level)) / (3 * Math.sqrt(o))) ** 3;
  return {low: count === 0 ? 0 : bound(count, -1), high: bound(count + 1, 1)};
}
