import {defineHypothesis} from "./hypothesis.ts";
import {REPORT_OF_2014, UNIT_COST_OF_CHILDRENS_HOMES} from "./shared.ts";

export default defineHypothesis({
  id: "h0-weak",
  label: "H0, weak form",
  title: "Larger contracts and no saving",
  kind: "tested",
  claim: {
    words: "Larger contracts do not cut cost.",
    isQuotation: false,
    ...REPORT_OF_2014
  },
  rivals: ["a1-collaboration-saves"],
  operational:
    "Where a council's typical pound is in larger contracts than before, the unit cost a year later is not lower by more than a trifle: an elasticity above -0.02.",
  data: "Weekly cost of a residential child place (section 251 outturn) beside the size of children's contracts a year earlier. Most spending is in-house or bought without a published notice, and the unit cost joins two returns that do not quite match.",
  supportedIf:
    "the 95 % interval of the elasticity lies above -0.02, the exposures free of prices agree, and both sides are deflated",
  contradictedIf: "the 95 % interval lies below 0 and the estimate is -0.02 or less, under the same conditions",
  cannotTell: [
    "Whether size moves cost or cost moves size: prices are in both, so a slope alone is not enough.",
    "Anything about services other than children's residential care: there is no true unit cost for them here."
  ],
  notRunBecause: null,
  sameEstimateAs: "h0-strong",
  test: {...UNIT_COST_OF_CHILDRENS_HOMES, direction: 1, form: "no-saving"}
});
