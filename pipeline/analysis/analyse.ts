import type {EstimateRow, VerdictRow} from "../../src/components/claimRows.ts";
import type {Hypothesis} from "../hypotheses/hypothesis.ts";
import {benjaminiHochberg} from "../statistics/multipleTests.ts";
import type {Warehouse} from "../warehouse/warehouse.ts";
import {deviations, type Plan, type Unblinding} from "./blinding.ts";
import {type Context, type Family, familyOf} from "./families.ts";
import {type FunnelRow, funnelRows} from "./funnels.ts";
import {BLINDED, controlWords} from "./sentences.ts";
import {hasTable, readDeflator, readFunnelCells} from "./sources.ts";
import {type ControlState, controlState} from "./verdict.ts";
import {type Told, verdictRow} from "./verdictRows.ts";

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
    planSha256: options.plan.sha256,
    onProgress: options.onProgress ?? (() => {}),
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
  const told: Told = {context, families, state, control: control?.primary ?? null, tried};
  return {
    plan_sha256: options.plan.sha256,
    is_blinded: context.isBlinded,
    blinding: blindingWords(options),
    deviations: options.isBrought ? [] : deviations(options.plan, options.unblinding),
    tried_count: tried,
    negative_control: {state, sentence: controlWords[state]},
    claims: options.hypotheses,
    verdicts: options.hypotheses.map((hypothesis) => verdictRow(hypothesis, told)),
    estimates: shared(estimates, options.hypotheses),
    funnel_limits: funnelRows(await readFunnelCells(warehouse))
  };
}

function blindingWords({isBrought, unblinding}: AnalyseOptions): string {
  if (isBrought) return "Data that were brought in a folder are analysed as they are.";
  return unblinding === null ? BLINDED : `Outcomes were unblinded on ${unblinding.unblinded_on}.`;
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
