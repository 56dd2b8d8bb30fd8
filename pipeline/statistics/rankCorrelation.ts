import {sampleCorrelation} from "simple-statistics";
import {dot, orthonormalBasis, residual} from "./projection.ts";

/** Ranks from 1; ties share the mean of the ranks they cover. */
export function ranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const result = new Array<number>(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end + 1 < order.length && values[order[end + 1]!] === values[order[start]!]) end += 1;
    for (let k = start; k <= end; k += 1) result[order[k]!] = (start + end) / 2 + 1;
    start = end + 1;
  }
  return result;
}

/**
 * How closely two measures of the same councils rise and fall together, whatever the shape of the curve.
 *
 * Ranks rather than values, because contract size spans orders of magnitude and a few very large deals would decide a
 * correlation of values by themselves.
 *
 * @param x one number per council, in any unit
 * @param y one number per council, in the same order
 * @returns between -1 and 1; NaN when either measure never varies
 * @throws {RangeError} when the lengths differ, n < 3, or a value is not finite: drop withheld figures first
 *
 * Source: Spearman (1904), The Proof and Measurement of Association between Two Things.
 */
export function spearman(x: readonly number[], y: readonly number[]): number {
  assertPairs(x, y);
  return sampleCorrelation(ranks(x), ranks(y));
}

/**
 * Spearman's correlation of what is left of both measures' ranks once the controls' ranks are held fixed.
 *
 * @param controls one list per control, each as long as `x`; a yes/no control is 0 and 1
 * @returns between -1 and 1; NaN when the controls leave nothing of a measure
 */
export function partialSpearman(
  x: readonly number[],
  y: readonly number[],
  controls: readonly (readonly number[])[]
): number {
  assertPairs(x, y);
  for (const control of controls) assertPairs(x, control);
  const constant = Float64Array.from(x, () => 1);
  const basis = orthonormalBasis([constant, ...controls.map((control) => Float64Array.from(ranks(control)))]);
  const [left, right] = [x, y].map((values) => {
    const ranked = Float64Array.from(ranks(values));
    const rest = residual(ranked, basis);
    return dot(rest, rest) > 1e-12 * dot(ranked, ranked) ? rest : null;
  });
  return left && right ? dot(left, right) / Math.sqrt(dot(left, left) * dot(right, right)) : Number.NaN;
}

function assertPairs(x: readonly number[], y: readonly number[]): void {
  if (x.length !== y.length) throw new RangeError(`${x.length} values beside ${y.length}: they must be in pairs`);
  if (x.length < 3) throw new RangeError(`a rank correlation needs three pairs, not ${x.length}`);
  for (const value of [...x, ...y])
    if (!Number.isFinite(value)) throw new RangeError(`${value} is not a number to rank: drop withheld figures first`);
}
