import {defineHypothesis} from "./hypothesis.ts";
import {CHILDREN_REREFERRED, REPORT_OF_2014} from "./shared.ts";

export default defineHypothesis({
  id: "h1-repeat-demand",
  label: "H1",
  title: "Contract scale and repeat demand",
  kind: "tested",
  claim: {
    words:
      "Large-scale contracts create “failure demand”: people come back because they were not helped the first time.",
    isQuotation: false,
    ...REPORT_OF_2014
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
  test: {...CHILDREN_REREFERRED, alsoIndicators: ["children-second-plans"]}
});
