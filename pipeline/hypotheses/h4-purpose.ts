import {defineHypothesis} from "./hypothesis.ts";
import {REPORT_OF_2014} from "./shared.ts";

export default defineHypothesis({
  id: "h4-purpose",
  label: "H4",
  title: "Purpose rather than activity in contracts",
  kind: "not-run",
  claim: {
    words: "Focus on purpose: measure whether people are helped, not how much was done.",
    isQuotation: false,
    ...REPORT_OF_2014
  },
  rivals: [],
  operational:
    "Where more of a council's performance measures are about purpose than about activity, fewer people come back a year later.",
  data: "Performance indicators in notices under the Procurement Act 2023, for contracts above £5m only; light-touch contracts, which most social care is, are excluded.",
  supportedIf:
    "a hand-coded sample is classified with a kappa of at least 0.7 and the slope then meets the rule of H1, with the sign turned",
  contradictedIf: "the slope meets the rule of H1 with the sign as it is",
  cannotTell: ["Anything about social care under the light-touch rules."],
  notRunBecause:
    "data not obtained: performance indicators are published only above £5m and not for light-touch contracts, and no coded sample exists. Enough coded notices of at least 30 councils would be needed",
  sameEstimateAs: null,
  test: null
});
