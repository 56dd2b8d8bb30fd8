import {defineHypothesis} from "./hypothesis.ts";

export default defineHypothesis({
  id: "h0-strong",
  label: "H0, strong form",
  title: "Larger contracts and higher unit cost",
  kind: "tested",
  claim: {
    words: "Buying in ever larger contracts does not save money: it makes services cost more.",
    isQuotation: false,
    speaker: "Locality and Vanguard, Saving money by doing the right thing",
    on: "2014-03-13",
    url: "https://www.scottishcommunityalliance.org.uk/",
    found: "Read in summaries of March 2014 that describe the report; we have not seen the calculation behind it."
  },
  rivals: ["a1-collaboration-saves"],
  operational:
    "Where a council's typical pound is in larger contracts than before, the unit cost a year later is higher: an elasticity above zero and of at least 0.02.",
  data: "Weekly cost of a residential child place (section 251 outturn) beside the size of children's contracts a year earlier. Most spending is in-house or bought without a published notice, and the unit cost joins two returns that do not quite match.",
  supportedIf:
    "the 95 % interval of the elasticity lies above 0 and the estimate is at least 0.02, the exposures free of prices agree, and both sides are deflated",
  contradictedIf: "the 95 % interval lies below 0 and the estimate is -0.02 or less, under the same conditions",
  cannotTell: [
    "Whether size moves cost or cost moves size: prices are in both, so a slope alone is not enough.",
    "Anything about services other than children's residential care: there is no true unit cost for them here."
  ],
  notRunBecause: null,
  sameEstimateAs: null,
  test: {
    serviceLine: "childrens-social-care",
    indicatorId: "residential-weekly-cost",
    outcome: "money",
    scaleMeasure: "typical_pound_gbp",
    exposureUnit: "per-cent",
    direction: 1,
    smallestEffect: 0.02,
    form: "an-effect",
    gate: {
      councils: 30,
      councilYears: 60,
      cellCoveragePct: 10,
      cellContracts: 10,
      medianCoveragePct: 20,
      yearsWithoutCoverage: 3
    },
    priceFreeMeasures: ["supplier_hhi", "largest_pct"],
    alsoMeasures: ["median_annual_gbp", "supplier_hhi", "largest_pct"],
    alsoIndicators: ["looked-after-weekly-cost"],
    singleTierOnly: false,
    planning: {
      outcomeSd: 0.2,
      exposureSd: 0.4,
      why: "an assumption, made before any contract was joined: unit costs stray 20 % from a council's own level and the year's, contract scale 40 %"
    }
  }
});
