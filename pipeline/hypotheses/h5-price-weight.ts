import {defineHypothesis} from "./hypothesis.ts";
import {REPORT_OF_2014} from "./shared.ts";

export default defineHypothesis({
  id: "h5-price-weight",
  label: "H5",
  title: "Price weights in award criteria and repeat demand",
  kind: "not-run",
  claim: {
    words: "Manage value, not cost.",
    isQuotation: false,
    ...REPORT_OF_2014
  },
  rivals: [],
  operational: "Where price weighs more in a council's award criteria, more people come back a year later.",
  data: "Award criteria with weights on Find a Tender since February 2025.",
  supportedIf: "the slope meets the rule of H1",
  contradictedIf: "the slope meets the rule of H1 with the sign turned",
  cannotTell: ["Anything before 2025: earlier notices seldom give weights."],
  notRunBecause:
    "data not obtained: weights have been published since February 2025 only, and no outcome year that follows is at hand. Two outcome years after April 2026 would be needed",
  sameEstimateAs: null,
  test: null
});
