import type {Hypothesis, Test} from "../hypotheses/hypothesis.ts";
import type {Controls, Design, Effects, OutcomeForm} from "./estimate.ts";
import type {Records, Sample} from "./samples.ts";

/** One defensible way to answer a claim: a sample and a design. `effects` null is "as the panel allows", decided by the sample. */
export interface Specification {
  readonly id: string; // says every choice
  readonly isPrimary: boolean;
  readonly sample: Sample;
  readonly design: Omit<Design, "effects"> & {readonly effects: Effects | null};
}

const HIGHER_FLOOR_PCT = 25;

/**
 * Every combination that could be defended beforehand, the primary first.
 *
 * Measure, lag, effects with controls, form of the outcome, class and coverage floor are combined in full; a longer window and
 * other choices of records are tried one at a time from the primary, since they need the contracts themselves; so is each other definition of
 * the exposure, beside its place in the combinations, because the verdict compares like with like.
 */
export function specificationsOf({test}: Hypothesis, hasContracts: boolean): Specification[] {
  if (test === null) return [];
  const primary = primaryOf(test);
  const found = [primary];
  for (const indicatorId of [test.indicatorId, ...test.alsoIndicators])
    for (const scaleMeasure of [test.scaleMeasure, ...test.alsoMeasures, ...test.definitions])
      for (const lagYears of [1, 2])
        for (const [effects, controls] of EFFECTS)
          for (const form of test.outcome === "share" ? FORMS : (["weighted"] as const))
            for (const classes of test.singleTierOnly ? (["single-tier"] as const) : (["all", "single-tier"] as const))
              for (const coverageFloorPct of [test.gate.cellCoveragePct, HIGHER_FLOOR_PCT])
                found.push(
                  specification(
                    test,
                    {indicatorId, scaleMeasure, lagYears, classes, coverageFloorPct},
                    {effects, controls, form}
                  )
                );
  found.push(specification(test, {windowYears: 2}, {}), specification(test, {windowYears: 3}, {}));
  if (hasContracts && test.scaleMeasure === "typical_pound_gbp")
    for (const records of RECORDS) found.push(specification(test, {records}, {}));
  for (const scaleMeasure of test.definitions) found.push(specification(test, {scaleMeasure}, {}));
  const seen = new Set<string>();
  return found.filter(({id}) => !seen.has(id) && seen.add(id));
}

const EFFECTS: readonly (readonly [Effects | null, Controls])[] = [
  ["council-and-year", "none"],
  ["class-and-year", "none"],
  ["class-and-year", "deprivation"],
  ["class-and-year", "all"]
];
const FORMS: readonly OutcomeForm[] = ["weighted", "unweighted", "logit"];
const RECORDS: readonly Records[] = [
  "with unsure rows",
  "with placeholders",
  "with duplicates",
  "without bodies that councils own"
];

/** The one that the verdict is read from. */
export const primaryOf = (test: Test): Specification => ({
  ...specification(test, {}, {}),
  id: "primary",
  isPrimary: true
});

/** The same slope with the order of time turned: the outcome first, scale a year later. */
export const reverseOf = (test: Test): Specification => specification(test, {lagYears: -1}, {});

export function specification(
  test: Test,
  sample: Partial<Sample>,
  design: Partial<Specification["design"]>
): Specification {
  const fullSample: Sample = {
    scaleMeasure: test.scaleMeasure,
    scaleServiceLine: test.scaleServiceLine ?? test.serviceLine,
    outcomeServiceLine: test.serviceLine,
    indicatorId: test.indicatorId,
    lagYears: 1,
    windowYears: 1,
    classes: test.singleTierOnly ? "single-tier" : "all",
    coverageFloorPct: test.gate.cellCoveragePct,
    contractsWithoutCoverage: test.gate.cellContracts,
    records: "as judged",
    ...sample
  };
  const fullDesign = {
    exposureUnit: test.exposureUnit,
    outcome: test.outcome,
    form: "weighted" as const,
    effects: null,
    controls: "all" as const,
    ...design
  };
  return {id: idOf(fullSample, fullDesign), isPrimary: false, sample: fullSample, design: fullDesign};
}

function idOf(sample: Sample, design: Specification["design"]): string {
  return [
    sample.indicatorId,
    sample.scaleMeasure,
    `lag ${sample.lagYears}`,
    sample.windowYears === 1 ? null : `mean of ${sample.windowYears} years`,
    design.effects ?? "effects as the panel allows",
    design.effects === "council-and-year" ? null : `controls ${design.controls}`,
    design.outcome === "money" ? null : design.form,
    sample.classes,
    `coverage from ${sample.coverageFloorPct} %`,
    sample.records === "as judged" ? null : sample.records
  ]
    .filter((part) => part !== null)
    .join(" | ");
}

/** The regression in the notation that R's users read. */
export function formulaOf({sample, design}: Specification, effects: Effects): string {
  const left = design.outcome === "money" ? "log(outcome)" : design.form === "logit" ? "logit(outcome)" : "outcome";
  const exposure =
    design.exposureUnit === "ten-points"
      ? "scale / 10"
      : design.exposureUnit === "doubling"
        ? "log2(scale)"
        : "log(scale)";
  const controls = {none: [], deprivation: ["imd_score"], all: ["imd_score", "log(population)", "rural_pct"]}[
    design.controls
  ];
  const held = effects === "council-and-year" ? ["council", "year"] : ["class:year", ...controls];
  const weights =
    design.outcome === "share" && design.form === "weighted" ? ", weights = 1 / (tau^2 + p(1 - p) / denominator)" : "";
  return `${left} ~ ${exposure} [${sample.scaleMeasure}, lag ${sample.lagYears}] + ${held.join(" + ")}${weights}, CR2 errors clustered by council`;
}
