import {type Panel, type Prepared, prepare, type Span, sandwichT} from "./clusteredRegression.ts";
import {type Column, dot, takeOut} from "./projection.ts";
import {permutationsWithin, type Random} from "./random.ts";

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
  const nextOrder = permutationsWithin(
    whole.groups.map(({name}) => options.classOf.get(name) ?? ""),
    options.random
  );
  const tOfDeal = dealing(panel, whole, options.yearOf);
  let [asExtreme, dealt] = [0, 0];
  while (dealt < options.permutations && asExtreme < (options.enough ?? Number.POSITIVE_INFINITY)) {
    const t = tOfDeal(nextOrder());
    dealt += 1;
    // A deal that identifies nothing speaks for neither side; counting it as extreme keeps the test honest.
    if (!Number.isFinite(t) || Math.abs(t) >= observed - 1e-12) asExtreme += 1;
  }
  if (asExtreme === options.enough) return asExtreme / dealt;
  return (asExtreme + 1) / (dealt + 1);
}

/**
 * The t of one deal after the other: council k keeps its exposure and receives the residuals of council order[k], year by year.
 *
 * A deal loses the years that only one of the two has, so the same regression is solved on other rows each time. What makes that
 * cheap: buffers are made once, and levels that exclude each other (councils, or classes in years) are taken out as means
 * instead of as columns, which is the same projection.
 *
 * @returns a function of the order; NaN where the deal's rows do not identify the slope
 */
function dealing(panel: Panel, whole: Prepared, yearOf: readonly number[]): (order: readonly number[]) => number {
  const {groups, row, rootWeight, absorbs} = whole;
  const weighted = (values: readonly number[]): Column => Float64Array.from(row, (i, k) => values[i]! * rootWeight[k]!);
  const {levelOf, levelCount, columns} = levelsOf(panel, whole);
  const [given, held] = [weighted(panel.exposure), columns.map(weighted)];
  const years = [...new Set(row.map((i) => yearOf[i]!))];
  const yearPlace = row.map((i) => years.indexOf(yearOf[i]!));
  const placeOf = new Int32Array(groups.length * years.length).fill(-1); // of a council's year among the rows
  groups.forEach(({from, to}, k) => {
    for (let i = from; i < to; i += 1) placeOf[k * years.length + yearPlace[i]!] = i;
  });

  const buffer = (): Column => new Float64Array(row.length);
  const [x, y, w] = [buffer(), buffer(), buffer()];
  const units = held.map(buffer);
  const [level, weightOfLevel, mean] = [
    new Int32Array(row.length),
    new Float64Array(levelCount),
    new Float64Array(levelCount)
  ];
  const kept = new Int32Array(row.length);

  const takeOutLevels = (column: Column): void => {
    mean.fill(0);
    for (let i = 0; i < column.length; i += 1) mean[level[i]!]! += column[i]! * w[i]!;
    for (let i = 0; i < column.length; i += 1) column[i]! -= (mean[level[i]!]! / weightOfLevel[level[i]!]!) * w[i]!;
  };

  return (order) => {
    let rows = 0;
    const dealt: Span[] = [];
    weightOfLevel.fill(0);
    groups.forEach(({from, to}, k) => {
      const start = rows;
      for (let i = from; i < to; i += 1) {
        const source = placeOf[order[k]! * years.length + yearPlace[i]!]!;
        if (source < 0) continue;
        kept[rows] = i;
        y[rows] = whole.outcome[source]!; // residuals move in weighted units
        rows += 1;
      }
      // With councils' levels held, a council seen once has nothing to say.
      if (rows - start < (absorbs ? 2 : 1)) rows = start;
      else dealt.push({from: start, to: rows});
    });
    if (dealt.length < 3) return Number.NaN;
    for (let k = 0; k < rows; k += 1) {
      const i = kept[k]!;
      w[k] = rootWeight[i]!;
      x[k] = given[i]!;
      level[k] = levelOf[i]!;
      weightOfLevel[level[k]!]! += w[k]! ** 2;
    }
    const basis: Column[] = [];
    held.forEach((column, c) => {
      const unit = units[c]!.subarray(0, rows);
      for (let k = 0; k < rows; k += 1) unit[k] = column[kept[k]!]!;
      const length = Math.sqrt(dot(unit, unit));
      takeOutLevels(unit);
      takeOut(unit, basis);
      const left = Math.sqrt(dot(unit, unit));
      if (left <= 1e-9 * length) return;
      for (let k = 0; k < rows; k += 1) unit[k]! /= left;
      basis.push(unit);
    });
    const [exposure, outcome] = [x.subarray(0, rows), y.subarray(0, rows)];
    const raw = dot(exposure, exposure);
    for (const column of [exposure, outcome]) {
      takeOutLevels(column);
      takeOut(column, basis);
    }
    const levelsSeen = absorbs ? 0 : weightOfLevel.reduce((seen, weight) => seen + (weight > 0 ? 1 : 0), 0);
    if (dot(exposure, exposure) <= 1e-18 * raw || rows <= basis.length + levelsSeen + 1) return Number.NaN;
    return sandwichT(exposure, outcome, dealt);
  };
}

/**
 * The level of each row, of which it has exactly one, and the held columns that are not such levels.
 *
 * Councils where their levels are held; else what the yes/no columns that exclude each other leave of the constant, and they.
 */
function levelsOf({held}: Panel, {groups, row, absorbs}: Prepared) {
  const levelOf = new Int32Array(row.length);
  if (absorbs) {
    groups.forEach(({from, to}, k) => {
      levelOf.fill(k, from, to);
    });
    return {levelOf, levelCount: groups.length, columns: held};
  }
  let levelCount = 1;
  const columns = held.filter((column) => {
    const isLevel = row.every((i, k) => column[i] === 0 || (column[i] === 1 && levelOf[k] === 0));
    if (!isLevel) return true;
    row.forEach((i, k) => {
      if (column[i] === 1) levelOf[k] = levelCount;
    });
    levelCount += 1;
    return false;
  });
  return {levelOf, levelCount, columns};
}
