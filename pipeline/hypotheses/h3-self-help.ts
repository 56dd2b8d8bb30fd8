import {defineHypothesis} from "./hypothesis.ts";
import {REPORT_OF_2014} from "./shared.ts";

export default defineHypothesis({
  id: "h3-self-help",
  label: "H3",
  title: "Helping people to help themselves",
  kind: "not-testable",
  claim: {
    words: "Help people to help themselves.",
    isQuotation: false,
    ...REPORT_OF_2014
  },
  rivals: [],
  operational:
    "People helped to solve a problem themselves would need less help from any service later than people like them who were not.",
  data: "None: it would take records of the same people across services and years.",
  supportedIf: "linked records of single people showed it, with a comparison group",
  contradictedIf: "such records showed the opposite",
  cannotTell: ["Anything: averages of councils cannot follow a person."],
  notRunBecause:
    "the claim is about single people over time, and only averages of councils are published. Linked individual records with a comparison group would be needed",
  sameEstimateAs: null,
  test: null
});
