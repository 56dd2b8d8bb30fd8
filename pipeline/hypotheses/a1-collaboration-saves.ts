import {defineHypothesis} from "./hypothesis.ts";
import {UNIT_COST_OF_CHILDRENS_HOMES} from "./shared.ts";

export default defineHypothesis({
  id: "a1-collaboration-saves",
  label: "A1",
  title: "More collaboration in buying and lower cost",
  kind: "tested",
  claim: {
    words: "More collaboration in buying could save councils £1.8bn a year.",
    isQuotation: false,
    speaker: "House of Commons Communities and Local Government Committee, Local government procurement",
    on: "2014-03-13",
    url: "https://publications.parliament.uk/pa/cm201314/cmselect/cmcomloc/712/71205.htm",
    leadsTo: "source",
    found: "Read in the committee's report and Parliament's news of the same day."
  },
  rivals: ["h0-strong", "h0-weak", "h6-sixteen-billion"],
  operational:
    "Where a council's typical pound is in larger contracts than before, the unit cost a year later is lower: an elasticity below zero and of -0.02 or less.",
  data: "Weekly cost of a residential child place (section 251 outturn) beside the size of children's contracts a year earlier. Most spending is in-house or bought without a published notice, and the unit cost joins two returns that do not quite match.",
  supportedIf:
    "the 95 % interval of the elasticity lies below 0 and the estimate is -0.02 or less, the exposures free of prices agree, and both sides are deflated",
  contradictedIf: "the 95 % interval lies above 0 and the estimate is at least 0.02, under the same conditions",
  cannotTell: [
    "Whether size moves cost or cost moves size: prices are in both, so a slope alone is not enough.",
    "Anything about services other than children's residential care: there is no true unit cost for them here.",
    "Collaboration between councils: a joint contract is not one council's and is outside the measures."
  ],
  notRunBecause: null,
  sameEstimateAs: "h0-strong",
  test: {...UNIT_COST_OF_CHILDRENS_HOMES, direction: -1, form: "an-effect"}
});
