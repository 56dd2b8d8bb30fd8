import type {Claim, Gate, Test} from "./hypothesis.ts";

// What several claims state alike, so that it cannot differ by accident. Part of the plan: its hash covers this file too.

/** The report that the claims of 2014 come from. No address of the report itself is certain, so the card says where the link leads. */
export const REPORT_OF_2014: Pick<Claim, "speaker" | "on" | "url" | "leadsTo" | "found"> = {
  speaker: "Locality and Vanguard, Saving money by doing the right thing",
  on: "2014-03-13",
  url: "https://www.scottishcommunityalliance.org.uk/",
  leadsTo: "quotation",
  found: "Read in summaries of March 2014 that describe the report; we have not seen the calculation behind it."
};

export const GATE: Gate = {
  councils: 30,
  councilYears: 60,
  cellCoveragePct: 10,
  cellContracts: 10,
  medianCoveragePct: 20,
  yearsWithoutCoverage: 3
};

/** Children referred again within a year, on the size of children's contracts a year earlier. */
export const CHILDREN_REREFERRED: Test = {
  serviceLine: "childrens-social-care",
  indicatorId: "children-rereferrals",
  outcome: "share",
  scaleMeasure: "typical_pound_gbp",
  definitions: [],
  exposureUnit: "doubling",
  direction: 1,
  smallestEffect: 0.5,
  form: "an-effect",
  gate: GATE,
  priceFreeMeasures: [],
  alsoMeasures: ["median_annual_gbp", "supplier_hhi", "largest_pct"],
  alsoIndicators: [],
  singleTierOnly: false,
  planning: {
    outcomeSd: 4,
    exposureSd: 0.5,
    why: "an assumption, made before any contract was joined: re-referrals stray 4 points from a council's own level and the year's, contract scale half a doubling"
  }
};

/** Weekly cost of a residential child place, the one true unit cost at hand, on the size of children's contracts a year earlier. */
export const UNIT_COST_OF_CHILDRENS_HOMES: Test = {
  serviceLine: "childrens-social-care",
  indicatorId: "residential-weekly-cost",
  outcome: "money",
  scaleMeasure: "typical_pound_gbp",
  definitions: [],
  exposureUnit: "per-cent",
  direction: 1,
  smallestEffect: 0.02,
  form: "an-effect",
  gate: GATE,
  priceFreeMeasures: ["supplier_hhi", "largest_pct"],
  alsoMeasures: ["median_annual_gbp", "supplier_hhi", "largest_pct"],
  alsoIndicators: [],
  singleTierOnly: false,
  planning: {
    outcomeSd: 0.2,
    exposureSd: 0.4,
    why: "an assumption, made before any contract was joined: unit costs stray 20 % from a council's own level and the year's, contract scale 40 %"
  }
};
