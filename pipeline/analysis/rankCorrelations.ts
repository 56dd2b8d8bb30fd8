import type {EstimateRow} from "../../src/components/claimRows.ts";
import {bootstrapInterval} from "../statistics/bootstrap.ts";
import {randomOf} from "../statistics/random.ts";
import {partialSpearman, spearman} from "../statistics/rankCorrelation.ts";
import {controlsOf, exposureOf, outcomeOf, type PanelRow} from "./estimate.ts";
import {blankRow, sampleWords, type Tested} from "./estimateRows.ts";
import {sampleSql} from "./samples.ts";
import type {Specification} from "./specifications.ts";

const DRAWS = 999;

const MIN_COUNCILS_FOR_RANKS = 10;

/** Raw and partial Spearman of councils' means over their years, with an interval from drawing councils. */
export function rankCorrelations(
  hypothesis: Tested,
  specification: Specification,
  rows: readonly PanelRow[],
  isBlinded: boolean
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
      ...blankRow(hypothesis, specification, isBlinded),
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
