import {defineHypothesis} from "./hypothesis.ts";

export default defineHypothesis({
  id: "n2-care-market-control",
  label: "N2",
  title: "Positive control: for-profit share and placement moves",
  kind: "not-run",
  claim: {
    words: "More for-profit placements go with more moves between placements.",
    isQuotation: false,
    speaker: "Contract Scale, as a control, after published research on the outsourcing of children's homes",
    on: "2026-11-24",
    url: "https://github.com/BenGoodair/childrens_social_care_data",
    leadsTo: "data",
    found: "Our own control; the dataset has not been obtained."
  },
  rivals: [],
  operational: "The method finds the sign that published research found, with that research's own data.",
  data: "The researchers' public dataset, which is not at hand.",
  supportedIf: "the sign is found again",
  contradictedIf: "it is not: then no result here is to be trusted before the reason is known",
  cannotTell: ["Anything about contract scale."],
  notRunBecause: "data not obtained: the researchers' dataset of placements by council and sector would be needed",
  sameEstimateAs: null,
  test: null
});
