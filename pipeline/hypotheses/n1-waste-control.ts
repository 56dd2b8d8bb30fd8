import {defineHypothesis} from "./hypothesis.ts";
import {CHILDREN_REREFERRED} from "./shared.ts";

export default defineHypothesis({
  id: "n1-waste-control",
  label: "N1",
  title: "Negative control: waste contracts and children's re-referrals",
  kind: "negative-control",
  claim: {
    words: "The size of waste contracts has nothing to do with how often children are referred again.",
    isQuotation: false,
    speaker: "Contract Scale, as a control",
    on: "2026-11-24",
    url: "https://explore-education-statistics.service.gov.uk/find-statistics/characteristics-of-children-in-need",
    leadsTo: "data",
    found: "Our own control; the link is to the outcome it is read from."
  },
  rivals: [],
  operational:
    "The size of environmental contracts and children's re-referrals a year later have a slope of about nothing: if they have not, the method sees what is not there.",
  data: "Councils that run both services themselves: unitary, metropolitan and London boroughs.",
  supportedIf: "passed: the 95 % interval holds 0 and lies inside one percentage point per doubling either way",
  contradictedIf:
    "failed: the interval excludes 0 and the estimate is at least 0.5 points per doubling; every verdict is then suspended",
  cannotTell: ["That the method is right: a control can only show that it is wrong."],
  notRunBecause: null,
  sameEstimateAs: null,
  test: {...CHILDREN_REREFERRED, scaleServiceLine: "environmental", alsoMeasures: [], singleTierOnly: true}
});
