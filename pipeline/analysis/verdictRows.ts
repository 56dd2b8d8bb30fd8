import type {VerdictRow} from "../../src/components/claimRows.ts";
import type {Hypothesis} from "../hypotheses/hypothesis.ts";
import type {Slope} from "../statistics/clusteredRegression.ts";
import {sumsInWords} from "./backCalculation.ts";
import {type Context, type Family, passes} from "./families.ts";
import {
  ATTENUATION,
  BLINDED,
  becauseOf,
  capped,
  controlWords,
  curveWords,
  definitionsDiffer,
  number,
  rangeWords,
  suspended,
  tooLittle,
  whatWouldChangeOurMind
} from "./sentences.ts";
import {type ControlState, priceCaveat, type Range, shortcomings, type Verdict, verdictOfInterval} from "./verdict.ts";

/** What every verdict of a run is given. */
export interface Told {
  readonly context: Context;
  readonly families: readonly Family[];
  readonly state: ControlState;
  readonly control: Slope | null;
  readonly tried: number;
}

/** The verdict on a claim with everything that is said beside it. */
export function verdictRow(hypothesis: Hypothesis, told: Told): VerdictRow {
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
    plan_sha256: told.context.planSha256
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
    return plain("too little data", tooLittle(reasons, {...family, informing: family.evidence.councils}));
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
  const otherwise = family.definitions.filter((other) => other.verdict !== verdict);
  const because = becauseOf(verdict, {
    test,
    range: family.primary,
    councils: family.evidence.councils,
    councilYears: family.evidence.councilYears,
    seenOnce: family.withScale - family.evidence.councils
  });
  const caveat =
    test.outcome === "money" && verdict !== "inconclusive"
      ? priceCaveat(family.primary, family.priceFree, family.isDeflated)
      : null;
  if (otherwise.length > 0 && verdict !== "inconclusive")
    return plain("inconclusive", `${because} ${definitionsDiffer(otherwise)}`);
  return caveat === null ? plain(verdict, because) : plain("inconclusive", `${because} ${capped(caveat)}`);
}

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
    Math.max(0, family.withOutcome - family.withScale)
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
