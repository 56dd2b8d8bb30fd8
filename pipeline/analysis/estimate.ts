import type {ExposureUnit, OutcomeKind} from "../hypotheses/hypothesis.ts";
import {clusteredSlope, type Panel, prepare, type Slope} from "../statistics/clusteredRegression.ts";
import {permutationP} from "../statistics/permutationTest.ts";
import {dot} from "../statistics/projection.ts";
import type {Random} from "../statistics/random.ts";

/** One council in one year: contract scale, and the outcome that ends later. A sample is a list of these. */
export interface PanelRow {
  readonly gss: string;
  readonly class: string;
  readonly year: number; // financial year in which the outcome's period ends
  readonly scale: number; // pounds, per cent or index, as published
  readonly outcome: number; // in the indicator's unit
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly imd_score: number | null;
  readonly population: number | null;
  readonly rural_pct: number | null;
  readonly coverage_pct: number | null;
  readonly contract_count: number;
}

export type Effects = "council-and-year" | "class-and-year";
export type Controls = "none" | "deprivation" | "all";
export type OutcomeForm = "weighted" | "unweighted" | "logit";

/** Everything about a specification that is not its sample. */
export interface Design {
  readonly exposureUnit: ExposureUnit;
  readonly outcome: OutcomeKind;
  readonly form: OutcomeForm; // for shares; money is always a logarithm, each row alike
  readonly effects: Effects;
  readonly controls: Controls; // only where councils' own levels are not held: they do not change over the years at hand
}

/** Ready for estimation, with what was set aside on the way. */
export interface Model {
  readonly panel: Panel;
  readonly rows: readonly PanelRow[];
  readonly withoutControls: number; // rows set aside for want of a control
  readonly toPoints: number; // multiplies a slope to give points of a share; 1 unless the outcome is a logit
}

const MIN_REPEATING_COUNCILS = 10;

/**
 * Council and year effects where the panel allows, else a cross-section within class.
 *
 * It allows it when ten councils and half of all have two years or more: what is peculiar to a council and does not change,
 * known or not, then drops out, which no list of controls can promise.
 */
export function effectsFor(rows: readonly PanelRow[]): Effects {
  const years = new Map<string, Set<number>>();
  for (const {gss, year} of rows) years.set(gss, (years.get(gss) ?? new Set()).add(year));
  const repeating = [...years.values()].filter(({size}) => size > 1).length;
  return repeating >= MIN_REPEATING_COUNCILS && 2 * repeating >= years.size ? "council-and-year" : "class-and-year";
}

/** The columns of a regression from the rows of a sample. */
export function modelOf(sample: readonly PanelRow[], design: Design): Model {
  const usable = sample.filter((row) => isUsable(row, design));
  const needed = design.effects === "class-and-year" ? controlsOf(design.controls) : [];
  const rows = usable.filter((row) => needed.every((control) => control(row) !== null));
  const panel: Panel = {
    cluster: rows.map(({gss}) => gss),
    exposure: rows.map((row) => exposureOf(row.scale, design.exposureUnit)),
    outcome: rows.map((row) => outcomeOf(row, design)),
    weight: rows.map(() => 1),
    held: [...levels(rows, design.effects), ...needed.map((control) => rows.map((row) => control(row) ?? 0))],
    absorbClusters: design.effects === "council-and-year"
  };
  const share = pooledShare(rows);
  return {
    panel: {...panel, weight: weightsOf(rows, panel, design)},
    rows,
    withoutControls: usable.length - rows.length,
    toPoints: design.form === "logit" && design.outcome === "share" && share !== null ? 100 * share * (1 - share) : 1
  };
}

/** The rows that a slope rests on: with councils' own levels held, a council seen in one year says nothing of change. */
export function informing({panel, rows}: Model): readonly PanelRow[] {
  if (!panel.absorbClusters) return rows;
  const years = new Map<string, number>();
  for (const {gss} of rows) years.set(gss, (years.get(gss) ?? 0) + 1);
  return rows.filter(({gss}) => years.get(gss)! > 1);
}

/** The slope of a specification in the unit of its claim; null when the sample does not identify it. */
export function slopeOf({panel, toPoints}: Model): Slope | null {
  const slope = clusteredSlope(panel);
  if (slope === null) return null;
  return {
    ...slope,
    estimate: slope.estimate * toPoints,
    standardError: slope.standardError * toPoints,
    low_95: slope.low_95 * toPoints,
    high_95: slope.high_95 * toPoints,
    outcomeSd: slope.outcomeSd * toPoints
  };
}

export const permutationOf = (
  {panel, rows}: Model,
  options: {readonly random: Random; readonly permutations: number; readonly enough?: number}
): number | null =>
  permutationP(panel, {
    ...options,
    classOf: new Map(rows.map((row) => [row.gss, row.class])),
    yearOf: rows.map(({year}) => year)
  });

export function exposureOf(scale: number, unit: ExposureUnit): number {
  if (unit === "ten-points") return scale / 10;
  return unit === "doubling" ? Math.log2(scale) : Math.log(scale);
}

function isUsable(row: PanelRow, {exposureUnit, outcome, form}: Design): boolean {
  if (!Number.isFinite(row.scale) || !Number.isFinite(row.outcome)) return false;
  if (exposureUnit !== "ten-points" && row.scale <= 0) return false;
  if (outcome === "money") return row.outcome > 0;
  return form !== "logit" || hasCounts(row);
}

const hasCounts = ({numerator, denominator}: PanelRow): boolean =>
  numerator !== null && denominator !== null && denominator > 0;

/** Counts rather than the printed per cent where both are there: the print is rounded. */
export function outcomeOf(row: PanelRow, {outcome, form}: Pick<Design, "outcome" | "form">): number {
  if (outcome === "money") return Math.log(row.outcome);
  if (!hasCounts(row)) return row.outcome;
  const [numerator, denominator] = [row.numerator!, row.denominator!];
  if (form === "logit") return Math.log((numerator + 0.5) / (denominator - numerator + 0.5));
  return (100 * numerator) / denominator;
}

type Control = (row: PanelRow) => number | null;

const DEPRIVATION: Control = ({imd_score}) => imd_score;
const LOG_POPULATION: Control = ({population}) =>
  population === null || population <= 0 ? null : Math.log(population);
const RURALITY: Control = ({rural_pct}) => rural_pct;

export function controlsOf(controls: Controls): Control[] {
  if (controls === "none") return [];
  return controls === "deprivation" ? [DEPRIVATION] : [DEPRIVATION, LOG_POPULATION, RURALITY];
}

/** Yes/no columns: a level for every year, or for every class in every year, so that counties stand beside counties only. */
function levels(rows: readonly PanelRow[], effects: Effects): number[][] {
  const key = (row: PanelRow): string => (effects === "council-and-year" ? `${row.year}` : `${row.class} ${row.year}`);
  const keys = [...new Set(rows.map(key))].sort();
  return keys.slice(1).map((level) => rows.map((row) => (key(row) === level ? 1 : 0)));
}

function pooledShare(rows: readonly PanelRow[]): number | null {
  const counted = rows.filter(hasCounts);
  const base = counted.reduce((sum, row) => sum + row.denominator!, 0);
  return base > 0 ? counted.reduce((sum, row) => sum + row.numerator!, 0) / base : null;
}

/**
 * Precision of a share: its binomial variance and the spread between years that chance does not explain, added.
 *
 * Weighting by the denominator alone would let a dozen large councils decide; not weighting would let the smallest. The spread
 * comes from residuals of a fit without the exposure, so the weights know nothing of the effect that is looked for.
 */
function weightsOf(rows: readonly PanelRow[], panel: Panel, {outcome, form}: Design): number[] {
  const share = pooledShare(rows);
  if (outcome === "money" || form !== "weighted" || share === null || !rows.every(hasCounts)) return rows.map(() => 1);
  const chance = rows.map(({denominator}) => (1e4 * share * (1 - share)) / denominator!);
  const between = Math.max(0, residualVariance(panel) - chance.reduce((a, b) => a + b, 0) / chance.length);
  const variances = chance.map((variance) => variance + between);
  const mean = variances.reduce((a, b) => a + b, 0) / variances.length;
  return variances.map((variance) => (mean > 0 && variance > 0 ? mean / variance : 1));
}

function residualVariance(panel: Panel): number {
  const prepared = prepare(panel);
  if (prepared === null) return 0;
  const {outcome, basis, groups, absorbs} = prepared;
  const spare = outcome.length - basis.length - (absorbs ? groups.length : 0);
  return spare > 0 ? dot(outcome, outcome) / spare : 0;
}
