/** Who said it, in their words, where and when. */
export interface Claim {
  readonly words: string; // as published; a paraphrase has no quotation marks around it
  readonly isQuotation: boolean; // true when `words` are the source's own
  readonly speaker: string;
  readonly on: string; // ISO date, or year and month where no day is known
  readonly url: string; // https
  readonly leadsTo: "source" | "quotation" | "data"; // what the link opens: the words themselves, a site that quotes them, or the data a claim of ours is read from
  readonly found: string; // where the words were read, when not in the original
}

export type ScaleMeasure =
  | "typical_pound_gbp"
  | "median_annual_gbp"
  | "largest_pct"
  | "supplier_hhi"
  | "local_pct" // of money, with suppliers in the same council's area
  | LocalDefinition;

/** Other definitions of local: by number of contracts, by a wider area, or with every unplaced supplier taken for a local one. */
export type LocalDefinition = "local_count_pct" | "local_area_pct" | "local_region_pct" | "local_or_unknown_pct";

/** How a unit of exposure is counted. Pounds span orders of magnitude, so they are compared by doublings or per cent. */
export type ExposureUnit = "doubling" | "per-cent" | "ten-points";

/** `share`: per cent of a base, with counts where published; `money`: a unit cost, compared in logarithms. */
export type OutcomeKind = "share" | "money";

/** What must be there before a verdict on the claim may be anything but "too little data". Fixed before any outcome is joined. */
export interface Gate {
  readonly councils: number; // at least
  readonly councilYears: number; // at least
  readonly cellCoveragePct: number; // a cell below it is not used
  readonly cellContracts: number; // a cell with fewer is not used where coverage is not defined
  readonly medianCoveragePct: number; // of the cells used, at least
  readonly yearsWithoutCoverage: number; // years of scale at least, where coverage is not defined for the service
}

/** The operational form: one slope, and what would count. */
export interface Test {
  readonly serviceLine: string; // of the outcome
  readonly scaleServiceLine?: string; // of the contracts, when it is another: a negative control
  readonly indicatorId: string;
  readonly outcome: OutcomeKind;
  readonly scaleMeasure: ScaleMeasure;
  readonly definitions: readonly ScaleMeasure[]; // the exposure defined in other ways: the claim is supported or contradicted only if all agree
  readonly exposureUnit: ExposureUnit;
  readonly direction: 1 | -1; // the sign of the slope that the claim expects
  readonly smallestEffect: number; // in points of the share per unit, or as an elasticity; above 0
  readonly form: "an-effect" | "no-saving"; // no-saving: an interval above minus the smallest effect already supports the claim
  readonly gate: Gate;
  readonly priceFreeMeasures: readonly ScaleMeasure[]; // for money: exposures in which no price enters
  readonly alsoMeasures: readonly ScaleMeasure[]; // for the specification curve
  readonly alsoIndicators: readonly string[]; // other indicators of the same service that the curve tries where they are at hand
  readonly singleTierOnly: boolean; // only councils that run both services themselves
  readonly planning: {readonly outcomeSd: number; readonly exposureSd: number; readonly why: string}; // for power, before there are data
}

export type Kind = "tested" | "back-calculation" | "reverse" | "negative-control" | "not-testable" | "not-run";

/** One claim: its words, and what would have to be true. The file's name is its id; changing a file changes the plan's hash. */
export interface Hypothesis {
  readonly id: string;
  readonly label: string; // H0 … N2
  readonly title: string; // what is at issue, neutral, without a verdict
  readonly kind: Kind;
  readonly claim: Claim;
  readonly rivals: readonly string[]; // ids of the claims that say otherwise
  readonly operational: string; // what would have to be true, one sentence
  readonly data: string; // what it is read from, and what that cannot see
  readonly supportedIf: string;
  readonly contradictedIf: string;
  readonly cannotTell: readonly string[]; // what no result here can tell; at least one
  readonly notRunBecause: string | null; // for "not-testable" and "not-run": why, and what would be needed
  readonly sameEstimateAs: string | null; // a claim answered by another's estimates
  readonly test: Test | null;
}

export const defineHypothesis = (hypothesis: Hypothesis): Hypothesis => hypothesis;
