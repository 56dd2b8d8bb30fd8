import tCdf from "@stdlib/stats-base-dists-t-cdf";
import tQuantile from "@stdlib/stats-base-dists-t-quantile";
import {EigenvalueDecomposition, Matrix} from "ml-matrix";
import {type Column, dot, orthonormalBasis, residual} from "./projection.ts";

/** Rows of a panel: one council in one year each. All lists have the same length. */
export interface Panel {
  readonly cluster: readonly string[]; // council
  readonly exposure: readonly number[];
  readonly outcome: readonly number[];
  readonly weight: readonly number[]; // above 0; precision of the outcome, 1 when all are alike
  readonly held: readonly (readonly number[])[]; // columns held fixed: years, classes, controls; the constant is added
  readonly absorbClusters: boolean; // one level per council as well: only change inside councils counts
}

export interface Slope {
  readonly estimate: number; // change in outcome per unit of exposure
  readonly standardError: number; // clustered by council, CR2
  readonly degreesOfFreedom: number; // Satterthwaite's, seldom a whole number
  readonly low_95: number;
  readonly high_95: number;
  readonly p: number; // two-sided, t distribution
  readonly rows: number; // rows that inform the slope
  readonly clusters: number;
  readonly exposureSd: number; // of the exposure once everything else is held
  readonly outcomeSd: number; // of the outcome once everything, the exposure included, is held
}

/** Rows from a place up to another, which is not among them. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A panel after weighting and holding everything but the exposure fixed. */
export interface Prepared {
  readonly groups: readonly ({readonly name: string} & Span)[]; // rows of a council, together
  readonly row: readonly number[]; // place of each prepared row in the panel that was given
  readonly basis: readonly Column[];
  readonly exposure: Column; // residual, times the square root of the weight
  readonly outcome: Column; // likewise
  readonly absorbs: boolean;
  readonly rootWeight: Column;
}

/**
 * The slope of an outcome on an exposure, everything else held, with an interval that councils' own persistence cannot fool.
 *
 * Standard errors are clustered by council with the bias-reduced CR2 estimator and Satterthwaite's degrees of freedom, because
 * registers leave few councils in some classes and the plain sandwich is too sure of itself there. Weighting multiplies every
 * row by the square root of its weight first, so the working model behind CR2 is the one the weights stand for.
 *
 * @returns null when the slope is not identified: fewer than three councils, or an exposure that what is held explains
 *
 * Sources: Bell and McCaffrey (2002); Pustejovsky and Tipton (2018), Small-Sample Methods for Cluster-Robust Variance Estimation.
 */
export function clusteredSlope(panel: Panel): Slope | null {
  const prepared = prepare(panel);
  if (prepared === null) return null;
  const {exposure, outcome, groups} = prepared;
  const xx = dot(exposure, exposure);
  const estimate = dot(exposure, outcome) / xx;
  const errors = outcome.map((value, i) => value - estimate * exposure[i]!);
  const {variance, degreesOfFreedom} = biasReduced(prepared, errors, xx);
  const standardError = Math.sqrt(variance);
  if (!(standardError > 0) || !(degreesOfFreedom > 0)) return null;
  const half = tQuantile(0.975, degreesOfFreedom) * standardError;
  const rows = outcome.length;
  return {
    estimate,
    standardError,
    degreesOfFreedom,
    low_95: estimate - half,
    high_95: estimate + half,
    p: 2 * tCdf(-Math.abs(estimate / standardError), degreesOfFreedom),
    rows,
    clusters: groups.length,
    exposureSd: Math.sqrt(xx / rows),
    outcomeSd: Math.sqrt(dot(errors, errors) / rows)
  };
}

/** Rows put together by council, weighted, councils' own levels taken out where asked, and the held columns projected off. */
export function prepare(panel: Panel): Prepared | null {
  const {row, groups} = grouped(panel);
  if (groups.length < 3) return null;
  const rootWeight = Float64Array.from(row, (i) => Math.sqrt(panel.weight[i]!));
  const place = (values: readonly number[]): Column => {
    const column = Float64Array.from(row, (i, k) => values[i]! * rootWeight[k]!);
    return panel.absorbClusters ? withoutLevels(column, rootWeight, groups) : column;
  };
  const constant = panel.absorbClusters ? [] : [rootWeight];
  const basis = orthonormalBasis([...constant, ...panel.held.map(place)]);
  const placed = place(panel.exposure);
  const exposure = residual(placed, basis);
  // What rounding leaves of an exposure that never varies is not variation.
  const raw = Float64Array.from(row, (i, k) => panel.exposure[i]! * rootWeight[k]!);
  if (dot(exposure, exposure) <= 1e-18 * dot(raw, raw) || row.length <= basis.length + 1) return null;
  return {
    groups,
    row,
    basis,
    exposure,
    outcome: residual(place(panel.outcome), basis),
    absorbs: panel.absorbClusters,
    rootWeight
  };
}

/** Rows in an order that keeps a council's together; with councils' levels held, a council seen once has nothing to say. */
function grouped({cluster, absorbClusters}: Panel): Pick<Prepared, "row" | "groups"> {
  const members = new Map<string, number[]>();
  cluster.forEach((name, i) => {
    const rows = members.get(name);
    if (rows) rows.push(i);
    else members.set(name, [i]);
  });
  const row: number[] = [];
  const groups: {name: string; from: number; to: number}[] = [];
  for (const [name, rows] of members) {
    if (absorbClusters && rows.length < 2) continue;
    groups.push({name, from: row.length, to: row.length + rows.length});
    row.push(...rows);
  }
  return {row, groups};
}

/** Takes each council's own weighted level out of a column. */
function withoutLevels(column: Column, rootWeight: Column, groups: Prepared["groups"]): Column {
  const result = Float64Array.from(column);
  for (const {from, to} of groups) {
    let [level, weight] = [0, 0];
    for (let i = from; i < to; i += 1) {
      level += column[i]! * rootWeight[i]!;
      weight += rootWeight[i]! ** 2;
    }
    for (let i = from; i < to; i += 1) result[i]! -= (level / weight) * rootWeight[i]!;
  }
  return result;
}

/**
 * CR2 and Satterthwaite's degrees of freedom for one slope.
 *
 * Councils' levels need no place in the projection: each is an eigenvector of its own block with nothing of the exposure in it,
 * so the adjustment with and without them is the same.
 */
function biasReduced(prepared: Prepared, errors: Column, xx: number): {variance: number; degreesOfFreedom: number} {
  const {basis, exposure, groups} = prepared;
  const columns = [...basis, exposure.map((value) => value / Math.sqrt(xx))];
  const size = columns.length;
  const cross = new Float64Array(size * size); // sum over councils of u u'
  let [variance, trace, squares] = [0, 0, 0];
  for (const {from, to} of groups) {
    const b = adjusted(columns, exposure, from, to).map((value) => value / xx);
    const u = columns.map((column) => b.reduce((sum, value, k) => sum + value * column[from + k]!, 0));
    const own = b.reduce((sum, value) => sum + value ** 2, 0);
    const explained = u.reduce((sum, value) => sum + value ** 2, 0);
    variance += b.reduce((sum, value, k) => sum + value * errors[from + k]!, 0) ** 2;
    trace += own - explained;
    squares += own ** 2 - 2 * own * explained;
    for (let i = 0; i < size; i += 1) for (let j = 0; j < size; j += 1) cross[i * size + j]! += u[i]! * u[j]!;
  }
  squares += dot(cross, cross); // the trace of a symmetric matrix times itself
  return {variance, degreesOfFreedom: trace ** 2 / squares};
}

/** (I - H)^(-1/2) times the exposure, for the rows of one council. */
function adjusted(columns: readonly Column[], exposure: Column, from: number, to: number): number[] {
  const rows = to - from;
  const leverage = (i: number, j: number): number =>
    columns.reduce((sum, column) => sum + column[from + i]! * column[from + j]!, 0);
  if (rows === 1) return [exposure[from]! / Math.sqrt(Math.max(1e-10, 1 - leverage(0, 0)))];
  const block = new Matrix(rows, rows);
  for (let i = 0; i < rows; i += 1)
    for (let j = 0; j <= i; j += 1) {
      const value = (i === j ? 1 : 0) - leverage(i, j);
      block.set(i, j, value);
      block.set(j, i, value);
    }
  const {realEigenvalues, eigenvectorMatrix} = new EigenvalueDecomposition(block, {assumeSymmetric: true});
  const result = new Array<number>(rows).fill(0);
  realEigenvalues.forEach((eigenvalue, k) => {
    if (eigenvalue < 1e-10) return;
    let share = 0;
    for (let i = 0; i < rows; i += 1) share += eigenvectorMatrix.get(i, k) * exposure[from + i]!;
    for (let i = 0; i < rows; i += 1) result[i]! += (share / Math.sqrt(eigenvalue)) * eigenvectorMatrix.get(i, k);
  });
  return result;
}

/** t of a slope with the plain clustered sandwich: what a permutation test compares with itself. NaN when nothing varies. */
export function sandwichT(exposure: Column, outcome: Column, groups: readonly Span[]): number {
  const xx = dot(exposure, exposure);
  const slope = dot(exposure, outcome) / xx;
  let variance = 0;
  for (const {from, to} of groups) {
    let score = 0;
    for (let i = from; i < to; i += 1) score += exposure[i]! * (outcome[i]! - slope * exposure[i]!);
    variance += score ** 2;
  }
  return (slope * xx) / Math.sqrt(variance);
}
