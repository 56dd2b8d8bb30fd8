import tQuantile from "@stdlib/stats-base-dists-t-quantile";
import {median} from "simple-statistics";
import type {EstimateRow} from "../../src/components/claimRows.ts";
import type {Test} from "../hypotheses/hypothesis.ts";
import type {Slope} from "../statistics/clusteredRegression.ts";
import type {Warehouse} from "../warehouse/warehouse.ts";
import {blinded} from "./blinding.ts";
import type {PanelRow} from "./estimate.ts";
import {councilsIn, estimated, reversed, type Tested} from "./estimateRows.ts";
import {rankCorrelations} from "./rankCorrelations.ts";
import {readSample, type Sample, sampleSql} from "./samples.ts";
import {councilsWithContracts, councilsWithOutcome} from "./sources.ts";
import {primaryOf, reverseOf, specification as specificationOf, specificationsOf} from "./specifications.ts";
import {type Evidence, type PriceFree, shortcomings, type Verdict, verdictOfInterval} from "./verdict.ts";

/** What the exposure's other definition would say by itself. */
export interface DefinedOtherwise {
  readonly measure: string;
  readonly verdict: Verdict;
}

/** Everything a claim's own tests found, before verdicts. */
export interface Family {
  readonly hypothesis: Tested;
  readonly rows: EstimateRow[];
  readonly evidence: Evidence; // what the primary slope rests on
  readonly withScale: number; // councils with a usable scale and an outcome; more than inform a slope within councils, which needs two years of each
  readonly primary: Slope | null;
  readonly priceFree: PriceFree[];
  readonly definitions: DefinedOtherwise[];
  readonly isDeflated: boolean;
  readonly withOutcome: number; // councils that have the outcome
  readonly withContracts: number | null; // councils with a contract of the service that counts; null when not at hand
  readonly measured: number | null; // councils with five in some year
}

/** What every family of a run shares. */
export interface Context {
  readonly warehouse: Warehouse;
  readonly planSha256: string; // seeds the dealing out of blinded outcomes
  readonly onProgress: (words: string) => void;
  readonly isBlinded: boolean;
  readonly hasContracts: boolean;
  readonly deflator: ReadonlyMap<number, number>;
  readonly samples: Map<string, PanelRow[]>;
}

/** Every estimate of one claim. */
export async function familyOf(context: Context, hypothesis: Tested): Promise<Family> {
  const {test} = hypothesis;
  context.onProgress(`${hypothesis.label}: ${hypothesis.title}`);
  const isReverse = hypothesis.kind === "reverse";
  const specification = isReverse ? {...reverseOf(test), id: "primary", isPrimary: true} : primaryOf(test);
  const rows = await rowsOf(context, specification.sample, test);
  const found = isReverse
    ? reversed(hypothesis, specification, rows, context.isBlinded)
    : estimated(hypothesis, specification, rows, context.isBlinded);
  const family: Family = {
    hypothesis,
    rows: [found.row],
    evidence: evidenceOf(found.informing),
    withScale: councilsIn(found.usable),
    primary: found.slope,
    priceFree: [],
    definitions: [],
    isDeflated: test.outcome === "money" && covers(context.deflator, found.usable, specification.sample),
    withOutcome: await councilsWithOutcome(context.warehouse, test.indicatorId),
    ...(await councilsWithContracts(context.warehouse, specification.sample.scaleServiceLine))
  };
  if (hypothesis.kind === "reverse") return family;
  family.rows.push(...rankCorrelations(hypothesis, specification, found.usable, context.isBlinded));
  for (const measure of test.priceFreeMeasures) {
    const other = {...specification, sample: {...specification.sample, scaleMeasure: measure}};
    const found = await rowsOf(context, other.sample, test);
    const {slope} = estimated(hypothesis, other, found, context.isBlinded, 0);
    if (slope !== null) family.priceFree.push(priceFreeOf(measure, slope));
  }
  for (const measure of test.definitions) {
    const other = specificationOf(test, {scaleMeasure: measure}, {});
    const found = estimated(hypothesis, other, await rowsOf(context, other.sample, test), context.isBlinded, 0);
    const isEnough = found.slope !== null && shortcomings(test, evidenceOf(found.informing)).length === 0;
    family.definitions.push({
      measure,
      verdict: isEnough && found.slope !== null ? verdictOfInterval(test, found.slope) : "too little data"
    });
  }
  if (hypothesis.kind === "tested")
    for (const spec of specificationsOf(hypothesis, context.hasContracts).slice(1))
      family.rows.push(estimated(hypothesis, spec, await rowsOf(context, spec.sample, test), context.isBlinded).row);
  return family;
}

function priceFreeOf(measure: string, {estimate, standardError, degreesOfFreedom}: Slope): PriceFree {
  const half = tQuantile(0.999, degreesOfFreedom) * standardError;
  return {measure, estimate, low_998: estimate - half, high_998: estimate + half};
}

/** The rows of a sample, blinded where outcomes must not be seen yet, and at constant prices where a deflator is at hand. */
export async function rowsOf(context: Context, sample: Sample, test: Test): Promise<PanelRow[]> {
  const sql = sampleSql(sample);
  const known = context.samples.get(sql);
  if (known) return known;
  const read = await readSample(context.warehouse, sql);
  const rows =
    test.outcome === "money" && covers(context.deflator, read, sample)
      ? deflated(context.deflator, read, sample)
      : read;
  const result = context.isBlinded ? blinded(rows, `${context.planSha256} ${sample.indicatorId}`) : rows;
  context.samples.set(sql, result);
  return result;
}

const covers = (deflator: ReadonlyMap<number, number>, rows: readonly PanelRow[], {lagYears}: Sample): boolean =>
  rows.length > 0 && rows.every(({year}) => deflator.has(year) && deflator.has(year - lagYears));

function deflated(
  deflator: ReadonlyMap<number, number>,
  rows: readonly PanelRow[],
  {lagYears, scaleMeasure}: Sample
): PanelRow[] {
  return rows.map((row) => ({
    ...row,
    scale: scaleMeasure.endsWith("_gbp") ? (100 * row.scale) / deflator.get(row.year - lagYears)! : row.scale,
    outcome: (100 * row.outcome) / deflator.get(row.year)!
  }));
}

function evidenceOf(rows: readonly PanelRow[]): Evidence {
  const coverages = rows.flatMap(({coverage_pct}) => (coverage_pct === null ? [] : [coverage_pct]));
  return {
    councils: councilsIn(rows),
    councilYears: rows.length,
    years: new Set(rows.map(({year}) => year)).size,
    medianCoveragePct: coverages.length > 0 ? median(coverages) : null
  };
}

/** Whether a verdict may be read from it: the gate passed and the slope is identified. */
export const passes = ({hypothesis, evidence, primary}: Family): boolean =>
  primary !== null && shortcomings(hypothesis.test, evidence).length === 0;
