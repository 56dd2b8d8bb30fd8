/**
 * The smallest value at which the weights of all values up to it reach a share of all weight: the typical pound is the
 * half of annual values weighted by the money in the year. A value that occurs is returned, never one between two.
 *
 * @param share between 0 and 1
 * @throws {RangeError} when nothing has weight, or a weight is negative
 */
export function weightedQuantile(values: readonly number[], weights: readonly number[], share: number): number {
  if (weights.some((weight) => !(weight >= 0))) throw new RangeError("a weight is negative or not a number");
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) throw new RangeError("nothing has weight, so there is no quantile");
  let upTo = 0;
  for (const i of order) {
    upTo += weights[i]!;
    if (upTo >= share * total && weights[i]! > 0) return values[i]!;
  }
  return values[order.at(-1)!]!;
}

/**
 * A quantile that may lie between two values, as R's default (type 7) has it.
 * @param sorted ascending, at least one
 */
export function quantileBetween(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)]!;
  return below + (at - Math.floor(at)) * (sorted[Math.ceil(at)]! - below);
}
