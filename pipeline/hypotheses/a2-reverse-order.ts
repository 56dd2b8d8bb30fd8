import {defineHypothesis} from "./hypothesis.ts";

export default defineHypothesis({
  id: "a2-reverse-order",
  label: "A2",
  title: "Repeat demand first, contract scale after",
  kind: "reverse",
  claim: {
    words: "Councils under pressure may buy in larger contracts: demand moves scale, not scale demand.",
    isQuotation: false,
    speaker: "Contract Scale, as a rival explanation of H1",
    on: "2026-11-24",
    url: "https://explore-education-statistics.service.gov.uk/find-statistics/characteristics-of-children-in-need",
    found: "Our own rival; the link is to the outcome it would be read from."
  },
  rivals: ["h1-repeat-demand"],
  operational:
    "A council's re-referrals of one year go with the size of its contracts in the next at least as closely as H1 has it the other way round.",
  data: "The same panel as H1 with the order turned.",
  supportedIf:
    "the 95 % interval lies above 0 and the standardised slope is at least as large as that of H1: then H1 is an association only",
  contradictedIf: "the 95 % interval lies below 0",
  cannotTell: ["Whatever moves both in the same year."],
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
    alsoIndicators: [],
    singleTierOnly: false,
    planning: {
      outcomeSd: 4,
      exposureSd: 0.5,
      why: "an assumption, made before any contract was joined: re-referrals stray 4 points from a council's own level and the year's, contract scale half a doubling"
    }
  }
});
