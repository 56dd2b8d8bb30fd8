// The rows that pages about claims are drawn from, named as the published tables name them (claims, verdicts, estimates,
// funnel-limits). Numbers are null where there is none; the sentences are ready to print.

export type Verdict =
  | "supported"
  | "contradicted"
  | "no material effect"
  | "inconclusive"
  | "too little data"
  | "not testable";

/** A claim under test, as its file has it; marts.claims. */
export interface ClaimRow {
  readonly hypothesis_id: string;
  readonly label: string; // "H1"
  readonly claim_title: string;
  readonly claim_kind: "tested" | "back-calculation" | "reverse" | "negative-control" | "not-testable" | "not-run";
  readonly words: string;
  readonly is_quotation: boolean; // false: a paraphrase, without quotation marks
  readonly speaker: string;
  readonly said_on: string; // ISO date
  readonly url: string;
  readonly leads_to: "source" | "quotation" | "data"; // what the address opens
  readonly found: string;
  readonly rivals: string; // hypothesis_ids separated by a space, to be shown beside it, the same size
  readonly operational: string;
  readonly data_used: string;
  readonly supported_if: string;
  readonly contradicted_if: string;
  readonly cannot_tell: string;
  readonly smallest_effect: number | null;
  readonly effect_unit: string | null;
  readonly not_run_because: string | null;
}

/** The verdict on a claim with its sentences; marts.verdicts. */
export interface VerdictRow {
  readonly hypothesis_id: string;
  readonly verdict: Verdict;
  readonly because: string;
  readonly n: number | null; // councils
  readonly council_years: number | null;
  readonly coverage: number | null; // per cent of running expenses in the middle council-year
  readonly change_our_mind: string;
  readonly curve: string; // how the specifications fell out
  readonly beside: string;
  readonly is_suspended: boolean; // must be visible wherever the verdict is
  readonly is_blinded: boolean; // must be visible wherever the verdict is
  readonly tried_count: number;
  readonly plan_sha256: string;
}

/** One dot of a specification curve; marts.estimates. */
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
  readonly standard_error: number | null; // clustered by council, CR2; null, as the next, for a rank correlation
  readonly degrees_of_freedom: number | null;
  readonly unit: string;
  readonly p_permutation: number | null;
  readonly q_fdr: number | null;
  readonly formula: string;
  readonly sql: string;
  readonly is_blinded: boolean;
  readonly not_run_because: string | null;
}

/** One council in a funnel; marts.funnel_limits. Values and limits are per cent. */
export interface FunnelLimitRow {
  readonly indicator_id: string;
  readonly gss: string;
  readonly class: string;
  readonly period: string;
  readonly numerator: number;
  readonly denominator: number;
  readonly value: number;
  readonly low_95: number;
  readonly high_95: number;
  readonly target_pct: number | null; // null, as the limits, where the class is too small for a funnel
  readonly limit_low_95: number | null;
  readonly limit_high_95: number | null;
  readonly limit_low_998: number | null;
  readonly limit_high_998: number | null;
  readonly limit_position: "too few" | "inside" | "above 95" | "above 998" | "below 95" | "below 998";
  readonly sentence: string;
}

/** A change to the plan after outcomes were unblinded; marts.deviations. */
export interface DeviationRow {
  readonly deviation_number: number;
  readonly deviation: string; // a sentence
}

/** Everything about claims that a site is made from. */
export interface ClaimTables {
  readonly claims: readonly ClaimRow[];
  readonly verdicts: readonly VerdictRow[];
  readonly estimates: readonly EstimateRow[];
  readonly deviations: readonly DeviationRow[]; // empty while there is none
  readonly funnel_limits: readonly FunnelLimitRow[];
}
