import {defineHypothesis} from "./hypothesis.ts";
import {CHILDREN_REREFERRED} from "./shared.ts";

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
    leadsTo: "data",
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
  test: CHILDREN_REREFERRED
});
