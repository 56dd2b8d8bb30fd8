import tQuantile from "@stdlib/stats-base-dists-t-quantile";
import {median} from "simple-statistics";
import type {Hypothesis, Test} from "../hypotheses/hypothesis.ts";
import {bootstrapInterval} from "../statistics/bootstrap.ts";
import {clusteredSlope, type Slope} from "../statistics/clusteredRegression.ts";
import {benjaminiHochberg} from "../statistics/multipleTests.ts";
import {randomOf} from "../statistics/random.ts";
import {partialSpearman, spearman} from "../statistics/rankCorrelation.ts";
import type {Warehouse} from "../warehouse/warehouse.ts";
import {sumsInWords} from "./backCalculation.ts";
import {blinded, deviations, type Plan, type Unblinding} from "./blinding.ts";
import {
  controlsOf,
  effectsFor,
  exposureOf,
  modelOf,
  outcomeOf,
  type PanelRow,
  permutationOf,
  slopeOf
} from "./estimate.ts";
import {type FunnelCell, type FunnelRow, funnelRows} from "./funnels.ts";
import {readSample, type Sample, sampleSql} from "./samples.ts";
import {
  ATTENUATION,
  BLINDED,
  becauseOf,
  capped,
  controlWords,
  curveWords,
  number,
  rangeWords,
  suspended,
  tooLittle,
  unitOf,
  whatWouldChangeOurMind
} from "./sentences.ts";
import {formulaOf, primaryOf, reverseOf, type Specification, specificationsOf} from "./specifications.ts";
import {
  type ControlState,
  controlState,
  type Evidence,
  type PriceFree,
  priceCaveat,
  type Range,
  shortcomings,
  type Verdict,
  verdictOfInterval
} from "./verdict.ts";

/** A row of marts.estimates. */
export interface EstimateRow {
  readonly hypothesis_id: string;
  readonly spec_id: string;
  readonly is_primary: boolean;
  readonly scale_measure: string;
  readonly indicator_id: string;
  readonly sample: string;
  readonly n: number;
  readonly council_count: number;
  readonly estimate: number | null;
  readonly low_95: number | null;
  readonly high_95: number | null;
  readonly standard_error: number | null;
  readonly degrees_of_freedom: number | null;
  readonly unit: string;
  readonly p_permutation: number | null;
  readonly q_fdr: number | null;
  readonly formula: string;
  readonly sql: string;
  readonly is_blinded: boolean;
  readonly not_run_because: string | null;
}

/** A row of marts.verdicts. */
export interface VerdictRow {
  readonly hypothesis_id: string;
  readonly verdict: Verdict;
  readonly because: string;
  readonly n: number | null;
  readonly council_years: number | null;
  readonly coverage: number | null;
  readonly change_our_mind: string;
  readonly curve: string;
  readonly beside: string;
  readonly is_suspended: boolean;
  readonly is_blinded: boolean;
  readonly tried_count: number;
  readonly plan_sha256: string;
}

export interface Analysis {
  readonly plan_sha256: string;
  readonly is_blinded: boolean;
  readonly blinding: string;
  readonly deviations: readonly string[];
  readonly tried_count: number;
  readonly negative_control: {readonly state: ControlState; readonly sentence: string};
  readonly claims: readonly Hypothesis[];
  readonly verdicts: readonly VerdictRow[];
  readonly estimates: readonly EstimateRow[];
  readonly funnel_limits: readonly FunnelRow[];
}

export interface AnalyseOptions {
  readonly hypotheses: readonly Hypothesis[];
  readonly plan: Plan;
  readonly unblinding: Unblinding | null;
  readonly isBrought: boolean; // data brought in a folder are analysed as they are: nothing of ours is unblinded by it
  readonly onProgress?: (words: string) => void;
}

const PERMUTATIONS = {primary: 999, curve: 199};
const ENOUGH = 10; // deals as extreme as the data, after which a curve's p is good enough
const DRAWS = 999;
const MIN_COUNCILS_FOR_RANKS = 10;

/** Everything a claim's own tests found, before verdicts. */
interface Family {
  readonly hypothesis: Hypothesis & {readonly test: Test};
  readonly rows: EstimateRow[];
  readonly evidence: Evidence;
  readonly primary: Slope | null;
  readonly priceFree: PriceFree[];
  readonly isDeflated: boolean;
  readonly withOutcome: number; // councils that have the outcome
  readonly withContracts: number | null; // councils with a contract of the service that counts; null when not at hand
  readonly measured: number | null; // councils with five in some year
}

interface Context {
  readonly warehouse: Warehouse;
  readonly options: AnalyseOptions;
  readonly isBlinded: boolean;
  readonly hasContracts: boolean;
  readonly deflator: ReadonlyMap<number, number>;
  readonly samples: Map<string, PanelRow[]>;
}

/**
 * Estimates, specification curve, verdicts and funnel limits from a warehouse, or from a folder opened as one.
 *
 * Until the plan's hash is committed the outcomes are dealt out anew first, so the whole machinery runs and nothing is learnt.
 */
export async function analyse(warehouse: Warehouse, options: AnalyseOptions): Promise<Analysis> {
  if (!(await hasTable(warehouse, "marts", "scale_and_outcome")))
    throw new Error('there is nothing to analyse yet: run "npm run pipeline -- build" first');
  const context: Context = {
    warehouse,
    options,
    isBlinded: options.unblinding === null && !options.isBrought,
    hasContracts: await hasTable(warehouse, "core", "contract_years"),
    deflator: await readDeflator(warehouse),
    samples: new Map()
  };
  const families: Family[] = [];
  for (const hypothesis of options.hypotheses)
    if (hypothesis.test !== null && hypothesis.sameEstimateAs === null)
      families.push(await familyOf(context, {...hypothesis, test: hypothesis.test}));
  const estimates = withFalseDiscovery(families.flatMap(({rows}) => rows));
  const tried = estimates.filter(({p_permutation}) => p_permutation !== null).length;
  const control = families.find(({hypothesis}) => hypothesis.kind === "negative-control");
  const state = controlState(control?.primary ?? null, control?.hypothesis.test.smallestEffect ?? 1);
  const told: Told = {context, families, estimates, state, control: control?.primary ?? null, tried};
  return {
    plan_sha256: options.plan.sha256,
    is_blinded: context.isBlinded,
    blinding: blindingWords(context),
    deviations: options.isBrought ? [] : deviations(options.plan, options.unblinding),
    tried_count: tried,
    negative_control: {state, sentence: controlWords[state]},
    claims: options.hypotheses,
    verdicts: options.hypotheses.map((hypothesis) => verdictRow(hypothesis, told)),
    estimates: shared(estimates, options.hypotheses),
    funnel_limits: funnelRows(await readFunnelCells(warehouse))
  };
}

function blindingWords({isBlinded, options: {isBrought, unblinding}}: Context): string {
  if (isBlinded) return BLINDED;
  return isBrought
    ? "Data that were brought in a folder are analysed as they are."
    : `Outcomes were unblinded on ${unblinding?.unblinded_on}.`;
}

async function familyOf(context: Context, hypothesis: Hypothesis & {readonly test: Test}): Promise<Family> {
  const {test} = hypothesis;
  context.options.onProgress?.(`${hypothesis.label}: ${hypothesis.title}`);
  const isReverse = hypothesis.kind === "reverse";
  const specification = isReverse ? {...reverseOf(test), id: "primary", isPrimary: true} : primaryOf(test);
  const rows = await rowsOf(context, specification.sample, test);
  const found = isReverse
    ? reversed(context, hypothesis, specification, rows)
    : estimated(context, hypothesis, specification, rows);
  const used = found.used;
  const family: Family = {
    hypothesis,
    rows: [found.row],
    evidence: evidenceOf(used),
    primary: found.slope,
    priceFree: [],
    isDeflated: test.outcome === "money" && covers(context.deflator, used, specification.sample),
    withOutcome: await councilsWithOutcome(context.warehouse, test.indicatorId),
    ...(await councilsWithContracts(context.warehouse, specification.sample.scaleServiceLine))
  };
  if (hypothesis.kind === "reverse") return family;
  family.rows.push(...rankCorrelations(context, hypothesis, specification, used));
  for (const measure of test.priceFreeMeasures) {
    const other = {...specification, sample: {...specification.sample, scaleMeasure: measure}};
    const slope = estimated(context, hypothesis, other, await rowsOf(context, other.sample, test), 0).slope;
    if (slope !== null) family.priceFree.push(priceFreeOf(measure, slope));
  }
  if (hypothesis.kind === "tested")
    for (const spec of specificationsOf(hypothesis, context.hasContracts).slice(1))
      family.rows.push(estimated(context, hypothesis, spec, await rowsOf(context, spec.sample, test)).row);
  return family;
}

function priceFreeOf(measure: string, {estimate, standardError, degreesOfFreedom}: Slope): PriceFree {
  const half = tQuantile(0.999, degreesOfFreedom) * standardError;
  return {measure, estimate, low_998: estimate - half, high_998: estimate + half};
}

/** The rows of a sample, blinded where outcomes must not be seen yet, and at constant prices where a deflator is at hand. */
async function rowsOf(context: Context, sample: Sample, test: Test): Promise<PanelRow[]> {
  const sql = sampleSql(sample);
  const known = context.samples.get(sql);
  if (known) return known;
  const read = await readSample(context.warehouse, sql);
  const rows =
    test.outcome === "money" && covers(context.deflator, read, sample)
      ? deflated(context.deflator, read, sample)
      : read;
  const result = context.isBlinded ? blinded(rows, `${context.options.plan.sha256} ${sample.indicatorId}`) : rows;
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

interface Estimated {
  readonly row: EstimateRow;
  readonly slope: Slope | null;
  readonly used: readonly PanelRow[];
}

function estimated(
  context: Context,
  hypothesis: Hypothesis & {readonly test: Test},
  specification: Specification,
  rows: readonly PanelRow[],
  permutations = specification.isPrimary ? PERMUTATIONS.primary : PERMUTATIONS.curve
): Estimated {
  const effects = specification.design.effects ?? effectsFor(rows);
  const model = modelOf(rows, {...specification.design, effects});
  const slope = slopeOf(model);
  const random = randomOf(`${hypothesis.id} ${specification.id}`);
  const p =
    slope === null || permutations === 0
      ? null
      : permutationOf(model, {random, permutations, ...(specification.isPrimary ? {} : {enough: ENOUGH})});
  const sql = sampleSql(specification.sample);
  return {
    slope,
    used: model.rows,
    row: {
      ...blankRow(context, hypothesis, specification),
      sample: sampleWords(model.rows, model.withoutControls),
      ...slopeColumns(slope),
      n: slope?.rows ?? model.rows.length,
      council_count: slope?.clusters ?? councilsIn(model.rows),
      p_permutation: p,
      formula: formulaOf(specification, effects),
      sql,
      not_run_because: slope === null ? notRun(model.rows) : null
    }
  };
}

/** Scale a year later on the outcome: the claim's order turned. */
function reversed(
  context: Context,
  hypothesis: Hypothesis & {readonly test: Test},
  specification: Specification,
  rows: readonly PanelRow[]
): Estimated {
  const effects = effectsFor(rows);
  const model = modelOf(rows, {...specification.design, form: "unweighted", effects});
  const slope = clusteredSlope({...model.panel, exposure: model.panel.outcome, outcome: model.panel.exposure});
  const held =
    effects === "council-and-year" ? "council + year" : "class:year + imd_score + log(population) + rural_pct";
  return {
    slope,
    used: model.rows,
    row: {
      ...blankRow(context, hypothesis, specification),
      sample: sampleWords(model.rows, model.withoutControls),
      ...slopeColumns(slope),
      n: slope?.rows ?? model.rows.length,
      council_count: slope?.clusters ?? councilsIn(model.rows),
      unit: "doublings of scale a year later per percentage point",
      formula: `log2(scale a year later) ~ outcome + ${held}, CR2 errors clustered by council`,
      sql: sampleSql(specification.sample),
      not_run_because: slope === null ? notRun(model.rows) : null
    }
  };
}

function blankRow(
  context: Context,
  {id, test}: Hypothesis & {readonly test: Test},
  specification: Specification
): EstimateRow {
  return {
    hypothesis_id: id,
    spec_id: specification.id,
    is_primary: specification.isPrimary,
    scale_measure: specification.sample.scaleMeasure,
    indicator_id: specification.sample.indicatorId,
    sample: "",
    n: 0,
    council_count: 0,
    estimate: null,
    low_95: null,
    high_95: null,
    standard_error: null,
    degrees_of_freedom: null,
    unit: unitOf({...test, scaleMeasure: specification.sample.scaleMeasure}),
    p_permutation: null,
    q_fdr: null,
    formula: "",
    sql: "",
    is_blinded: context.isBlinded,
    not_run_because: null
  };
}

const slopeColumns = (slope: Slope | null) => ({
  estimate: slope?.estimate ?? null,
  low_95: slope?.low_95 ?? null,
  high_95: slope?.high_95 ?? null,
  standard_error: slope?.standardError ?? null,
  degrees_of_freedom: slope?.degreesOfFreedom ?? null
});

const councilsIn = (rows: readonly PanelRow[]): number => new Set(rows.map(({gss}) => gss)).size;

const notRun = (rows: readonly PanelRow[]): string =>
  `${councilsIn(rows)} councils and ${rows.length} council-years do not identify a slope`;

function sampleWords(rows: readonly PanelRow[], withoutControls: number): string {
  if (rows.length === 0) return "no council-year has both a usable scale and an outcome";
  const years = rows.map(({year}) => year);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const aside = withoutControls > 0 ? `; ${withoutControls} council-years set aside for want of a control` : "";
  return `${councilsIn(rows)} councils, outcome years ${first} to ${last}${aside}`;
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

/** Raw and partial Spearman of councils' means over their years, with an interval from drawing councils. */
function rankCorrelations(
  context: Context,
  hypothesis: Hypothesis & {readonly test: Test},
  specification: Specification,
  rows: readonly PanelRow[]
): EstimateRow[] {
  const {design} = specification;
  const controls = controlsOf("all");
  const councils = meansByCouncil(
    rows.filter((row) => controls.every((control) => control(row) !== null)),
    design
  );
  const classes = [...new Set(councils.map((council) => council.class))].sort().slice(1);
  const columns = (places: readonly number[]) => {
    const drawn = places.map((place) => councils[place]!);
    const held = [
      ...controls.map((control) => drawn.map(({row}) => control(row)!)),
      ...classes.map((name) => drawn.map((council) => (council.class === name ? 1 : 0)))
    ];
    return {x: drawn.map(({x}) => x), y: drawn.map(({y}) => y), held};
  };
  const statistics = {
    raw: (places: readonly number[]) => spearman(columns(places).x, columns(places).y),
    partial: (places: readonly number[]) => {
      const {x, y, held} = columns(places);
      return partialSpearman(x, y, held);
    }
  };
  return (["raw", "partial"] as const).map((name) => {
    const enough = councils.length >= MIN_COUNCILS_FOR_RANKS;
    const estimate = enough ? statistics[name](councils.map((_, i) => i)) : Number.NaN;
    const random = randomOf(`${hypothesis.id} spearman ${name}`);
    const interval = Number.isFinite(estimate)
      ? bootstrapInterval(councils.length, statistics[name], {draws: DRAWS, random})
      : null;
    const given = name === "raw" ? "" : " given deprivation, log population, rurality and class";
    return {
      ...blankRow(context, hypothesis, specification),
      spec_id: `spearman-${name}`,
      is_primary: false,
      sample: sampleWords(rows, 0),
      n: councils.length,
      council_count: councils.length,
      // A percentile interval need not hold its own estimate in a small, tied sample; a row must.
      ...(interval
        ? {estimate, low_95: Math.min(estimate, interval.low), high_95: Math.max(estimate, interval.high)}
        : {}),
      unit: "rank correlation, -1 to 1",
      formula: `Spearman of councils' means of ${specification.sample.scaleMeasure} and the outcome${given}; interval from ${DRAWS} draws of councils`,
      sql: sampleSql(specification.sample),
      not_run_because: interval ? null : `${councils.length} councils do not give a rank correlation with an interval`
    };
  });
}

function meansByCouncil(rows: readonly PanelRow[], design: Specification["design"]) {
  const groups = new Map<string, PanelRow[]>();
  for (const row of rows) groups.set(row.gss, [...(groups.get(row.gss) ?? []), row]);
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  return [...groups.values()].map((own) => ({
    class: own[0]!.class,
    row: own[0]!,
    x: mean(own.map(({scale}) => exposureOf(scale, design.exposureUnit))),
    y: mean(own.map((row) => outcomeOf(row, design)))
  }));
}

/** q of everything that was tried: a claim that shares another's estimates is not tried twice. */
function withFalseDiscovery(rows: readonly EstimateRow[]): EstimateRow[] {
  const q = benjaminiHochberg(rows.map(({p_permutation}) => p_permutation));
  return rows.map((row, i) => ({...row, q_fdr: q[i] ?? null}));
}

/** Claims answered by another's estimates carry copies, so that each claim can be read by itself. */
function shared(rows: readonly EstimateRow[], hypotheses: readonly Hypothesis[]): EstimateRow[] {
  const copies = hypotheses
    .filter(({sameEstimateAs}) => sameEstimateAs !== null)
    .flatMap(({id, sameEstimateAs}) =>
      rows.filter((row) => row.hypothesis_id === sameEstimateAs).map((row) => ({...row, hypothesis_id: id}))
    );
  return [...rows, ...copies];
}

interface Told {
  readonly context: Context;
  readonly families: readonly Family[];
  readonly estimates: readonly EstimateRow[];
  readonly state: ControlState;
  readonly control: Slope | null;
  readonly tried: number;
}

function verdictRow(hypothesis: Hypothesis, told: Told): VerdictRow {
  const family = told.families.find(({hypothesis: {id}}) => id === (hypothesis.sameEstimateAs ?? hypothesis.id));
  const {verdict, because, isSuspended} = judged(hypothesis, family, told);
  const usesData = hypothesis.kind !== "not-run" && hypothesis.kind !== "not-testable";
  return {
    hypothesis_id: hypothesis.id,
    verdict,
    because,
    n: family?.evidence.councils ?? null,
    council_years: family?.evidence.councilYears ?? null,
    coverage: family?.evidence.medianCoveragePct ?? null,
    change_our_mind: mindWords(hypothesis, family),
    curve: family && hypothesis.kind === "tested" ? curveOf(family) : "",
    beside: besideWords(hypothesis, family, told),
    is_suspended: isSuspended,
    is_blinded: told.context.isBlinded && usesData,
    tried_count: told.tried,
    plan_sha256: told.context.options.plan.sha256
  };
}

interface Judged {
  readonly verdict: Verdict;
  readonly because: string;
  readonly isSuspended: boolean;
}

function judged(hypothesis: Hypothesis, family: Family | undefined, told: Told): Judged {
  const plain = (verdict: Verdict, because: string): Judged => ({verdict, because, isSuspended: false});
  if (hypothesis.kind === "back-calculation")
    return plain(
      "not testable",
      sumsInWords(family && passes(family) && !told.context.isBlinded ? family.primary : null)
    );
  if (hypothesis.kind === "not-testable") return plain("not testable", `Not testable: ${hypothesis.notRunBecause}.`);
  if (hypothesis.kind === "not-run" || family === undefined)
    return plain("too little data", `Not run: ${hypothesis.notRunBecause ?? "no data"}.`);
  const test = hypothesis.test ?? family.hypothesis.test;
  const short = shortcomings(test, family.evidence);
  if (short.length > 0 || family.primary === null) {
    const reasons =
      short.length > 0 ? short : [`${family.evidence.councilYears} council-years do not identify a slope`];
    return plain("too little data", tooLittle(reasons, {...family, used: family.evidence.councils}));
  }
  if (told.context.isBlinded) return plain("inconclusive", BLINDED);
  if (told.state === "failed" && told.control !== null)
    return {verdict: "inconclusive", because: suspended(told.control), isSuspended: true};
  if (hypothesis.kind === "negative-control")
    return plain(
      "no material effect" === verdictOfInterval(test, family.primary) ? "no material effect" : "inconclusive",
      `${controlWords[told.state]} Slope ${rangeWords(family.primary)}.`
    );
  if (hypothesis.kind === "reverse") return reverseVerdict(family, told);
  const verdict = verdictOfInterval(test, family.primary);
  const because = becauseOf(verdict, {
    test,
    range: family.primary,
    councils: family.evidence.councils,
    councilYears: family.evidence.councilYears
  });
  const caveat =
    test.outcome === "money" && verdict !== "inconclusive"
      ? priceCaveat(family.primary, family.priceFree, family.isDeflated)
      : null;
  return caveat === null ? plain(verdict, because) : plain("inconclusive", `${because} ${capped(caveat)}`);
}

const passes = ({hypothesis, evidence, primary}: Family): boolean =>
  primary !== null && shortcomings(hypothesis.test, evidence).length === 0;

/** Standardised, so that slopes in different units can be set side by side. */
const standardised = ({estimate, standardError, degreesOfFreedom}: Slope): number => {
  const t = estimate / standardError;
  return t / Math.sqrt(t ** 2 + degreesOfFreedom);
};

const forwardOf = (family: Family, {families}: Told): Slope | null =>
  families.find(({hypothesis}) => hypothesis.kind === "tested" && family.hypothesis.rivals.includes(hypothesis.id))
    ?.primary ?? null;

function reverseVerdict(family: Family, told: Told): Judged {
  const [reverse, forward] = [family.primary!, forwardOf(family, told)];
  const words = `Scale a year after the outcome: standardised slope ${number(standardised(reverse))}${forward ? `, beside ${number(standardised(forward))} in the claim's own order` : ""}.`;
  const isAsLarge = forward !== null && standardised(reverse) >= Math.abs(standardised(forward));
  if (reverse.low_95 > 0 && isAsLarge)
    return {
      verdict: "supported",
      because: `${words} It is at least as large, so the claim's slope is an association only.`,
      isSuspended: false
    };
  if (reverse.high_95 < 0)
    return {verdict: "contradicted", because: `${words} Its whole interval lies below 0.`, isSuspended: false};
  return {
    verdict: "inconclusive",
    because: `${words} It is not at least as large with an interval above 0.`,
    isSuspended: false
  };
}

function mindWords(hypothesis: Hypothesis, family: Family | undefined): string {
  const rules = `It would be supported if ${hypothesis.supportedIf}; contradicted if ${hypothesis.contradictedIf}.`;
  if (hypothesis.kind === "negative-control" || hypothesis.kind === "back-calculation")
    return `${capital(hypothesis.supportedIf)}. ${capital(hypothesis.contradictedIf)}.`;
  if (hypothesis.test === null || family === undefined || hypothesis.kind !== "tested") return rules;
  const slope = family.primary;
  const found =
    slope === null ? null : {range: slope, standardError: slope.standardError, councils: family.evidence.councils};
  return whatWouldChangeOurMind(
    {...hypothesis, test: hypothesis.test},
    passes(family) ? found : null,
    Math.max(0, family.withOutcome - family.evidence.councils)
  );
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function curveOf({rows}: Family): string {
  const slopes = rows.filter(({spec_id}) => !spec_id.startsWith("spearman-"));
  const run = slopes.flatMap(({estimate, low_95, high_95}) =>
    estimate === null ? [] : [{estimate, low_95: low_95!, high_95: high_95!}]
  );
  return curveWords(run, slopes.length - run.length);
}

function besideWords(hypothesis: Hypothesis, family: Family | undefined, told: Told): string {
  if (hypothesis.kind !== "tested" || family === undefined) return "";
  const ranks = family.rows.flatMap(({spec_id, estimate, low_95, high_95}): string[] =>
    spec_id.startsWith("spearman-") && estimate !== null
      ? [
          `${spec_id === "spearman-raw" ? "Raw" : "Partial"} rank correlation ${rangeWords({estimate, low_95: low_95!, high_95: high_95!} satisfies Range)}.`
        ]
      : []
  );
  const reverse = told.families.find(
    (other) => other.hypothesis.kind === "reverse" && hypothesis.rivals.includes(other.hypothesis.id)
  );
  const isAssociationOnly =
    reverse?.primary && family.primary && passes(reverse) && reverseVerdict(reverse, told).verdict === "supported";
  return [
    controlWords[told.state],
    ...ranks,
    ...(isAssociationOnly
      ? ["Read it as an association only: scale follows the outcome at least as closely as the outcome follows scale."]
      : []),
    ...(passes(family) ? [ATTENUATION] : [])
  ].join(" ");
}

async function councilsWithOutcome(warehouse: Warehouse, indicatorId: string): Promise<number> {
  const table = (await hasTable(warehouse, "core", "observations"))
    ? "select count(distinct council_gss)::integer as n from core.observations where indicator_id = $id and value is not null"
    : "select count(distinct gss)::integer as n from marts.scale_and_outcome where indicator_id = $id and outcome_value is not null";
  const [row] = await warehouse.rows<{n: number}>(table, {id: indicatorId});
  return row?.n ?? 0;
}

async function councilsWithContracts(
  warehouse: Warehouse,
  serviceLine: string
): Promise<Pick<Family, "withContracts" | "measured">> {
  const [row] = await warehouse.rows<{rows: number; contracts: number; measured: number}>(
    `select (select count(*) from marts.council_scale)::integer as rows,
       (count(distinct gss) filter (where contract_count > 0))::integer as contracts,
       (count(distinct gss) filter (where contract_count >= 5))::integer as measured
     from marts.council_scale where service_line = $serviceLine`,
    {serviceLine}
  );
  return row && row.rows > 0
    ? {withContracts: row.contracts, measured: row.measured}
    : {withContracts: null, measured: null};
}

async function hasTable(warehouse: Warehouse, schema: string, table: string): Promise<boolean> {
  const rows = await warehouse.rows(
    "select 1 from information_schema.tables where table_schema = $schema and table_name = $table",
    {schema, table}
  );
  return rows.length > 0;
}

/** Financial year to index, of the newest version; empty when no deflator is at hand: there is no figure from memory. */
async function readDeflator(warehouse: Warehouse): Promise<Map<number, number>> {
  if (!(await hasTable(warehouse, "reference", "deflator"))) return new Map();
  const rows = await warehouse.rows<{year: number; level: number}>(
    `select financial_year::integer as year, index_number::double as level from reference.deflator
     where index_number is not null qualify version is not distinct from max(version) over ()`
  );
  return new Map(rows.map(({year, level}) => [year, level]));
}

async function readFunnelCells(warehouse: Warehouse): Promise<FunnelCell[]> {
  const source = (await hasTable(warehouse, "core", "observations"))
    ? "select indicator_id, council_gss as gss, period, period_end_on::varchar as sorted_by, numerator, denominator from core.observations where indicator_id in (select indicator_id from reference.indicators where unit = 'percent')"
    : "select distinct indicator_id, gss, outcome_period as period, (financial_year + lag_years)::varchar as sorted_by, numerator, denominator from marts.scale_and_outcome";
  return warehouse.rows<FunnelCell>(
    `select cells.indicator_id, cells.gss, councils.name, councils.class, cells.period, cells.numerator, cells.denominator
     from (${source}) as cells join core.councils as councils on councils.gss = cells.gss
     where cells.denominator > 0 and cells.numerator between 0 and cells.denominator and councils.class is not null
     qualify cells.sorted_by = max(cells.sorted_by) over (partition by cells.indicator_id)
     order by cells.indicator_id, cells.gss`
  );
}
