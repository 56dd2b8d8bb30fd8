import {defineHypothesis} from "./hypothesis.ts";

export default defineHypothesis({
  id: "h1-repeat-demand",
  label: "H1",
  title: "Contract scale and repeat demand",
  kind: "tested",
  claim: {
    words:
      "Large-scale contracts create “failure demand”: people come back because they were not helped the first time.",
    isQuotation: false,
    speaker: "Locality and Vanguard, Saving money by doing the right thing",
    on: "2014-03-13",
    url: "https://www.scottishcommunityalliance.org.uk/",
    found: "Read in summaries of March 2014 that describe the report; we have not seen the calculation behind it."
  },
  rivals: ["a2-reverse-order", "a3-market-structure"],
  operational:
    "Where a council's typical pound in children's services is in larger contracts than before, more referrals a year later follow an earlier one: at least half a percentage point more per doubling.",
  data: "Re-referrals within 12 months (Department for Education) beside the size of children's contracts in force a year earlier. Few care placements have a notice, and a referral is not recorded where a case is still open.",
  supportedIf:
    "the 95 % interval lies above 0 and the estimate is at least 0.5 points per doubling of the typical pound",
  contradictedIf: "the 95 % interval lies below 0 and the estimate is -0.5 points per doubling or less",
  cannotTell: [
    "Why: a council that buys differently differs in other ways that change at the same time.",
    "Whether a re-referral was a need unmet the first time: a repeat-demand indicator counts returns, not reasons.",
    "Anything about single people: these are averages of councils."
  ],
  notRunBecause: null,
  sameEstimateAs: null,
  test: {
    serviceLine: "childrens-social-care",
    indicatorId: "children-rereferrals",
    outcome: "share",
    scaleMeasure: "typical_pound_gbp",
    exposureUnit: "doubling",
    direction: 1,
    smallestEffect: 0.5,
    form: "an-effect",
    gate: {
      councils: 30,
      councilYears: 60,
      cellCoveragePct: 10,
      cellContracts: 10,
      medianCoveragePct: 20,
      yearsWithoutCoverage: 3
    },
    priceFreeMeasures: [],
    alsoMeasures: ["median_annual_gbp", "supplier_hhi", "largest_pct"],
    alsoIndicators: ["children-second-plans"],
    singleTierOnly: false,
    planning: {
      outcomeSd: 4,
      exposureSd: 0.5,
      why: "an assumption, made before any contract was joined: re-referrals stray 4 points from a council's own level and the year's, contract scale half a doubling"
    }
  }
});
