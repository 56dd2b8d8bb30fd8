import type {EstimateRow} from "../../src/components/claimRows.ts";
import type {Hypothesis, Test} from "../hypotheses/hypothesis.ts";
import {clusteredSlope, type Slope} from "../statistics/clusteredRegression.ts";
import {randomOf} from "../statistics/random.ts";
import {effectsFor, informing, modelOf, type PanelRow, permutationOf, slopeOf} from "./estimate.ts";
import {sampleSql} from "./samples.ts";
import {unitOf} from "./sentences.ts";
import {formulaOf, type Specification} from "./specifications.ts";

/** A claim that has a test of its own. */
export type Tested = Hypothesis & {readonly test: Test};

const PERMUTATIONS = {primary: 999, curve: 199};

const ENOUGH = 10; // deals as extreme as the data, after which a curve's p is good enough

/** What a specification found: its row and its slope, with the usable rows of its sample and those of them that the slope rests on. */
export interface Estimated {
  readonly row: EstimateRow;
  readonly slope: Slope | null;
  readonly usable: readonly PanelRow[];
  readonly informing: readonly PanelRow[];
}

/** A specification run on its sample. */
export function estimated(
  hypothesis: Tested,
  specification: Specification,
  rows: readonly PanelRow[],
  isBlinded: boolean,
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
    usable: model.rows,
    informing: informing(model),
    row: {
      ...blankRow(hypothesis, specification, isBlinded),
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
export function reversed(
  hypothesis: Tested,
  specification: Specification,
  rows: readonly PanelRow[],
  isBlinded: boolean
): Estimated {
  const effects = effectsFor(rows);
  const model = modelOf(rows, {...specification.design, form: "unweighted", effects});
  const slope = clusteredSlope({...model.panel, exposure: model.panel.outcome, outcome: model.panel.exposure});
  const held =
    effects === "council-and-year" ? "council + year" : "class:year + imd_score + log(population) + rural_pct";
  return {
    slope,
    usable: model.rows,
    informing: informing(model),
    row: {
      ...blankRow(hypothesis, specification, isBlinded),
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

/** A row of marts.estimates before anything was found. */
export function blankRow({id, test}: Tested, specification: Specification, isBlinded: boolean): EstimateRow {
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
    is_blinded: isBlinded,
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

export const councilsIn = (rows: readonly PanelRow[]): number => new Set(rows.map(({gss}) => gss)).size;

const notRun = (rows: readonly PanelRow[]): string =>
  `${councilsIn(rows)} councils and ${rows.length} council-years do not identify a slope`;

/** What a sample holds, in words. */
export function sampleWords(rows: readonly PanelRow[], withoutControls: number): string {
  if (rows.length === 0) return "no council-year has both a usable scale and an outcome";
  const years = rows.map(({year}) => year);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const aside = withoutControls > 0 ? `; ${withoutControls} council-years set aside for want of a control` : "";
  return `${councilsIn(rows)} councils, outcome years ${first} to ${last}${aside}`;
}
