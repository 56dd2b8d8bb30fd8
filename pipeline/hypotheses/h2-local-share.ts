import {defineHypothesis} from "./hypothesis.ts";
import {CHILDREN_REREFERRED, REPORT_OF_2014} from "./shared.ts";

export default defineHypothesis({
  id: "h2-local-share",
  label: "H2",
  title: "Local suppliers and repeat demand",
  kind: "tested",
  claim: {
    words: "Services should be local by default.",
    isQuotation: false,
    ...REPORT_OF_2014
  },
  rivals: ["a1-collaboration-saves"],
  operational:
    "Where more of a council's money goes to suppliers in its own area, fewer referrals a year later follow an earlier one: at least half a percentage point fewer per ten points of local share.",
  data: "Re-referrals beside the share of money with suppliers in the same council's area, as far as registers give a supplier's address. An address is often a head office.",
  supportedIf:
    "the 95 % interval lies below 0 and the estimate is -0.5 points per ten points of local share or less, by every definition of local",
  contradictedIf: "the 95 % interval lies above 0 and the estimate is at least 0.5 points per ten points",
  cannotTell: [
    "Who does the work: a national firm's branch next door counts as elsewhere, a local office of a national firm as local.",
    "Why councils with local suppliers differ."
  ],
  notRunBecause: null,
  sameEstimateAs: null,
  test: {
    ...CHILDREN_REREFERRED,
    scaleMeasure: "local_pct",
    definitions: ["local_count_pct", "local_area_pct", "local_region_pct", "local_or_unknown_pct"],
    exposureUnit: "ten-points",
    direction: -1,
    alsoMeasures: [],
    planning: {
      outcomeSd: 4,
      exposureSd: 0.5,
      why: "an assumption, made before any contract was joined: re-referrals stray 4 points, the local share 5 points"
    }
  }
});
