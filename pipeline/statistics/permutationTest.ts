import {type Panel, prepare, sandwichT, withoutLevels} from "./clusteredRegression.ts";
import {residual} from "./projection.ts";
import {permutationWithin, type Random} from "./random.ts";

export interface PermutationOptions {
  readonly classOf: ReadonlyMap<string, string>; // council to class: histories move inside a class only
  readonly yearOf: readonly number[]; // of each row of the panel
  readonly random: Random;
  readonly permutations: number; // at most so many
  readonly enough?: number; // stop once so many were as extreme: a p far from small needs few digits
}

/**
 * How often a slope this strong appears when councils' histories are dealt out anew among councils of the same class.
 *
 * Freedman and Lane's way: the outcome is split into what the controls explain and a residual, and whole histories of residuals
 * change hands, so persistence within a council and differences between classes stay in the null. A year counts in a deal
 * where both councils have it, and the statistic is studentised, because councils differ in how much they vary.
 *
 * @returns the two-sided p, never 0; null when the slope is not identified
 *
 * Sources: Freedman and Lane (1983); Winkler et al. (2014), Permutation inference for the general linear model;
 * Besag and Clifford (1991), Sequential Monte Carlo p-values.
 */
export function permutationP(panel: Panel, options: PermutationOptions): number | null {
  const whole = prepare(panel);
  if (whole === null) return null;
  const observed = Math.abs(sandwichT(whole.exposure, whole.outcome, whole.groups));
  if (!Number.isFinite(observed)) return null;
  const histories = whole.groups.map(
    ({from, to}) => new Map(range(from, to).map((i) => [options.yearOf[whole.row[i]!]!, i]))
  );
  const classes = whole.groups.map(({name}) => options.classOf.get(name) ?? "");
  let [asExtreme, dealt] = [0, 0];
  while (dealt < options.permutations && asExtreme < (options.enough ?? Number.POSITIVE_INFINITY)) {
    const order = permutationWithin(classes, options.random);
    const t = dealtT(panel, whole, histories, order, options.yearOf);
    dealt += 1;
    // A deal that identifies nothing speaks for neither side; counting it as extreme keeps the test honest.
    if (t === null || Math.abs(t) >= observed - 1e-12) asExtreme += 1;
  }
  if (asExtreme === options.enough) return asExtreme / dealt;
  return (asExtreme + 1) / (dealt + 1);
}

/** t of one deal: council k keeps its exposure and receives the residuals of council order[k], year by year. */
function dealtT(
  panel: Panel,
  whole: NonNullable<ReturnType<typeof prepare>>,
  histories: readonly ReadonlyMap<number, number>[],
  order: readonly number[],
  yearOf: readonly number[]
): number | null {
  const rows: number[] = [];
  const received: number[] = [];
  whole.groups.forEach(({from, to}, k) => {
    const source = histories[order[k]!]!;
    for (let i = from; i < to; i += 1) {
      const j = source.get(yearOf[whole.row[i]!]!);
      if (j === undefined) continue;
      rows.push(whole.row[i]!);
      received.push(whole.outcome[j]! / whole.rootWeight[i]!); // weighted again below: residuals move in weighted units
    }
  });
  if (rows.length === whole.row.length) return completeT(whole, received);
  const deal = prepare({
    ...panel,
    cluster: rows.map((i) => panel.cluster[i]!),
    exposure: rows.map((i) => panel.exposure[i]!),
    outcome: received,
    weight: rows.map((i) => panel.weight[i]!),
    held: panel.held.map((column) => rows.map((i) => column[i]!))
  });
  if (deal === null) return null;
  const t = sandwichT(deal.exposure, deal.outcome, deal.groups);
  return Number.isFinite(t) ? t : null;
}

/** When no row is lost the exposure and what is held stay as they are, and only the outcome is projected anew. */
function completeT(whole: NonNullable<ReturnType<typeof prepare>>, received: readonly number[]): number | null {
  const weighted = Float64Array.from(received, (value, i) => value * whole.rootWeight[i]!);
  const placed = whole.absorbs ? withoutLevels(weighted, whole.rootWeight, whole.groups) : weighted;
  const t = sandwichT(whole.exposure, residual(placed, whole.basis), whole.groups);
  return Number.isFinite(t) ? t : null;
}

const range = (from: number, to: number): number[] => Array.from({length: to - from}, (_, k) => from + k);
