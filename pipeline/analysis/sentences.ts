import type {Hypothesis, Test} from "../hypotheses/hypothesis.ts";
import {rowsForSlope, timesTheData} from "../statistics/power.ts";
import type {ControlState, Range, Verdict} from "./verdict.ts";

// Every sentence that an analysis says. `wordingProblems` is tested on all of them.

const MEASURE: Readonly<Record<string, string>> = {
  typical_pound_gbp: "the typical pound",
  median_annual_gbp: "the median contract",
  largest_pct: "the largest contract's share",
  supplier_hhi: "supplier concentration",
  local_pct: "the local share",
  local_count_pct: "the local share of contracts",
  local_area_pct: "the share in the same county or combined authority",
  local_region_pct: "the share in the same region",
  local_or_unknown_pct: "the local share with every unplaced supplier taken for local"
};

export const number = (value: number, digits = 2): string => value.toFixed(digits).replace(/^-(0\.?0*)$/, "$1");
const count = (n: number): string => n.toLocaleString("en-GB");

export function unitOf({outcome, exposureUnit, scaleMeasure}: Test): string {
  if (outcome === "money") return `elasticity: per cent of unit cost per per cent of ${MEASURE[scaleMeasure]}`;
  return exposureUnit === "ten-points"
    ? `percentage points per ten points of ${MEASURE[scaleMeasure]}`
    : `percentage points per doubling of ${MEASURE[scaleMeasure]}`;
}

const shortUnit = ({outcome, exposureUnit}: Test): string =>
  outcome === "money"
    ? "as an elasticity"
    : exposureUnit === "ten-points"
      ? "points per ten points"
      : "points per doubling";

/** A bound that rounds to 0 without being it is written with its first figure: which side it lies on decides a verdict. */
const bound = (value: number, digits: number): string =>
  value !== 0 && Number(value.toFixed(digits)) === 0 ? value.toPrecision(1) : number(value, digits);

export const rangeWords = ({estimate, low_95, high_95}: Range, digits = 2): string =>
  `${number(estimate, digits)} (95 % interval ${bound(low_95, digits)} to ${bound(high_95, digits)})`;

interface Told {
  readonly test: Test;
  readonly range: Range;
  readonly councils: number; // that the slope rests on
  readonly councilYears: number;
  readonly seenOnce: number; // councils besides, which one year alone lets say nothing of change
}

/** Why the verdict is what it is, the gate passed. */
export function becauseOf(verdict: Verdict, told: Told): string {
  const {seenOnce} = told;
  const more = seenOnce === 1 ? "1 more council has" : `${count(seenOnce)} more councils have`;
  const aside = seenOnce === 0 ? "" : ` ${more} one year only, which says nothing of change.`;
  return `${reasonOf(verdict, told)}${aside}`;
}

function reasonOf(verdict: Verdict, {test, range, councils, councilYears}: Told): string {
  const digits = test.outcome === "money" ? 3 : 2;
  const found = `Over ${count(councils)} councils and ${count(councilYears)} council-years the slope is ${rangeWords(range, digits)} ${shortUnit(test)}`;
  const least = number(test.smallestEffect, digits);
  const side = {supported: test.direction, contradicted: -test.direction}[verdict as "supported" | "contradicted"];
  switch (verdict) {
    case "no material effect":
      return `${found}: the whole interval lies between -${least} and ${least}, where a difference would not matter.`;
    case "supported":
      if (test.form === "no-saving")
        return `${found}: the whole interval lies above -${least}, so a saving that matters is not in it.`;
      return `${found}: the whole interval lies ${side === 1 ? "above" : "below"} 0, as the claim expects, and the estimate reaches ${least}.`;
    case "contradicted":
      return `${found}: the whole interval lies ${side === 1 ? "above" : "below"} 0, against the claim, and the estimate reaches ${least}.`;
    default:
      return `${found}: the interval holds values that would support the claim and values that would not.`;
  }
}

/** How far a sample falls short, and where the councils are lost on the way. */
export function tooLittle(
  shortcomings: readonly string[],
  {
    withOutcome,
    withContracts,
    measured,
    withScale,
    informing
  }: {
    readonly withOutcome: number;
    readonly withContracts: number | null;
    readonly measured: number | null;
    readonly withScale: number;
    readonly informing: number;
  }
): string {
  const lost =
    withContracts === null || measured === null
      ? ""
      : ` Councils with a published contract of the service that counts: ${count(withContracts)}; with the five in one year that a measure of scale needs: ${count(measured)}; with such a year that the outcome follows: ${count(withScale)}${informing < withScale ? `; with two such years, as a slope within councils needs: ${count(informing)}` : ""}.`;
  return `Too little data: ${shortcomings.join("; ")}. Councils with the outcome: ${count(withOutcome)}; without a usable contract scale for it: ${count(withOutcome - withScale)}.${lost}`;
}

export const suspended = (control: Range): string =>
  `Suspended: the negative control found a slope of ${rangeWords(control)} between waste contracts and children's re-referrals, where there should be none. Until the reason is known no verdict is given.`;

export const BLINDED =
  "Blinded: computed on outcomes dealt out anew among councils of the same class, to try the method. It says nothing about the claim until the plan's hash is committed.";

export const capped = (reasons: string): string =>
  `Held at inconclusive, because prices move contract values and costs alike: ${reasons}.`;

/** A claim about a word with several meanings holds only if it holds by all of them. */
export const definitionsDiffer = (others: readonly {readonly measure: string; readonly verdict: Verdict}[]): string =>
  `Held at inconclusive, because other definitions do not say the same: ${others.map(({measure, verdict}) => `${MEASURE[measure]}: ${verdict}`).join("; ")}.`;

/** What the registers leave out pulls every slope towards 0; said beside each verdict that rests on one. */
export const ATTENUATION =
  "Contracts that no register shows blur the measure of scale and pull a slope towards 0: the real one may be steeper, so “no material effect” is weaker evidence than it looks.";

/** The effect, the data it takes, and the missing data that could turn the result. */
export function whatWouldChangeOurMind(
  {test, supportedIf, contradictedIf}: Hypothesis & {readonly test: Test},
  found: {readonly range: Range; readonly standardError: number; readonly councils: number} | null,
  missingCouncils: number
): string {
  const rules = `It would be supported if ${supportedIf}; contradicted if ${contradictedIf}.`;
  const least = `${number(test.smallestEffect)} ${shortUnit(test)}`;
  if (found === null) {
    const {outcomeSd, exposureSd, why} = test.planning;
    const rows = rowsForSlope(test.smallestEffect, outcomeSd, exposureSd);
    const missing =
      missingCouncils === 0
        ? ""
        : ` ${count(missingCouncils)} councils with the outcome have no usable scale: contracts of theirs could bring any of the verdicts.`;
    return `${rules} To see ${least} with 80 % power takes about ${count(rows)} council-years (${why}).${missing}`;
  }
  const times = timesTheData(test.smallestEffect, found.standardError);
  const needed = Math.ceil(times * found.councils);
  const power =
    times <= 1
      ? `These data suffice to see ${least} with 80 % power.`
      : `To see ${least} with 80 % power takes about ${count(needed)} councils like these, ${number(times, 1)} times as many.`;
  return `${rules} ${power} ${missingWords(test, found.range, found.councils, missingCouncils)}`.trim();
}

/** How different the councils without data would have to be to bring the slope of all to nothing. */
function missingWords(test: Test, {estimate}: Range, councils: number, missing: number): string {
  if (missing === 0) return "No council with the outcome is missing.";
  const needed = (-councils * estimate) / missing;
  const digits = test.outcome === "money" ? 3 : 2;
  return `${count(missing)} councils with the outcome have no usable scale: a slope of ${number(needed, digits)} in them would bring that of all together to 0.`;
}

export const controlWords: Readonly<Record<ControlState, string>> = {
  passed: "The negative control passed: its interval holds 0 and no slope that would matter.",
  failed: "The negative control failed: every verdict is suspended.",
  uninformative:
    "The negative control is uninformative: its interval is too wide, or its slope too small, to say whether the method is right.",
  "not run": "The negative control was not run: data not obtained. It suspends nothing."
};

/** How the specifications fell out, with the warning that goes with it. */
export function curveWords(slopes: readonly Range[], notRun: number): string {
  if (slopes.length === 0) return `None of ${count(notRun)} specifications could be run.`;
  const share = (pick: (range: Range) => boolean): string =>
    `${Math.round((100 * slopes.filter(pick).length) / slopes.length)} %`;
  return (
    `${count(slopes.length)} specifications were run and ${count(notRun)} could not be: ${share(({estimate}) => estimate > 0)} have a slope above 0, ` +
    `${share(({low_95}) => low_95 > 0)} an interval wholly above 0, ${share(({high_95}) => high_95 < 0)} wholly below. Specifications are not votes: they share the same data.`
  );
}

/** One council beside what chance and its group's ordinary spread would give it; `position` of the funnel's limits. */
export function comparedWithExpected(
  name: string,
  {
    value,
    low_95,
    high_95,
    target
  }: {readonly value: number; readonly low_95: number; readonly high_95: number; readonly target: number},
  position: Position
): string {
  const figure = `${number(value, 1)} % (95 % interval ${number(low_95, 1)} to ${number(high_95, 1)})`;
  const group = `${number(target, 1)} % for councils like it`;
  if (position === "too few") return `${name}: too few to compare.`;
  if (position === "inside") return `${name}: ${figure} cannot be told apart from ${group}.`;
  const strength = position.endsWith("998") ? ", outside the 99.8 % limits" : "";
  return `${name}: ${figure} is ${position.startsWith("above") ? "higher" : "lower"} than expected for councils like it, ${number(target, 1)} %${strength}.`;
}

export type Position = "too few" | "inside" | "above 95" | "above 998" | "below 95" | "below 998";
