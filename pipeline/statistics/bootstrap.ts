import type {Interval} from "./intervals.ts";
import {quantileBetween} from "./quantiles.ts";
import type {Random} from "./random.ts";

/**
 * A percentile interval from drawing whole councils again and again.
 *
 * @param count how many councils there are; `statistic` is given that many places among 0 … count-1, with repeats
 * @returns null when fewer than nine in ten draws gave a number
 *
 * Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.
 */
export function bootstrapInterval(
  count: number,
  statistic: (places: readonly number[]) => number,
  {draws, random, level = 0.95}: {readonly draws: number; readonly random: Random; readonly level?: number}
): Interval | null {
  const values: number[] = [];
  for (let draw = 0; draw < draws; draw += 1) {
    const value = statistic(Array.from({length: count}, () => Math.floor(random() * count)));
    if (Number.isFinite(value)) values.push(value);
  }
  if (values.length < 0.9 * draws) return null;
  values.sort((a, b) => a - b);
  return {low: quantileBetween(values, (1 - level) / 2), high: quantileBetween(values, (1 + level) / 2)};
}
