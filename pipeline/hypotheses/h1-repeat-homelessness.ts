import {defineHypothesis} from "./hypothesis.ts";
import {GATE, REPORT_OF_2014} from "./shared.ts";

export default defineHypothesis({
  id: "h1-repeat-homelessness",
  label: "H1, homelessness",
  title: "Contract scale and repeat homelessness",
  kind: "tested",
  claim: {
    words:
      "Large-scale contracts create “failure demand”: people come back because they were not helped the first time.",
    isQuotation: false,
    ...REPORT_OF_2014
  },
  rivals: ["a1-collaboration-saves"],
  operational:
    "Where a council's typical pound in housing and homelessness is in larger contracts than before, more of the households it owes a duty a year later have a history of repeat homelessness: at least half a percentage point more per doubling.",
  data: "History of repeat homelessness among households owed a duty (statutory homelessness returns) beside the size of homelessness contracts in force a year earlier. The history is a need recorded at assessment, not a linked second application.",
  supportedIf:
    "the 95 % interval lies above 0 and the estimate is at least 0.5 points per doubling of the typical pound",
  contradictedIf: "the 95 % interval lies below 0 and the estimate is -0.5 points per doubling or less",
  cannotTell: [
    "Why: a council that buys differently differs in other ways that change at the same time.",
    "Whether a household came back to the same council: the return records a history, not where it was.",
    "Anything about single people: these are averages of councils."
  ],
  notRunBecause: null,
  sameEstimateAs: null,
  test: {
    serviceLine: "housing-homelessness",
    indicatorId: "homelessness-repeat-history",
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
    alsoIndicators: ["homelessness-prevention-failed", "homelessness-relief-failed"],
    singleTierOnly: false,
    planning: {
      outcomeSd: 4,
      exposureSd: 0.5,
      why: "an assumption, made before any contract was joined: the share strays 4 points from a council's own level and the year's, contract scale half a doubling"
    }
  }
});
