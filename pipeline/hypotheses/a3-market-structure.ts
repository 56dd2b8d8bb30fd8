import {defineHypothesis} from "./hypothesis.ts";

export default defineHypothesis({
  id: "a3-market-structure",
  label: "A3",
  title: "Market structure instead of contract scale",
  kind: "not-run",
  claim: {
    words: "What looks like scale may be who provides: the share of for-profit providers.",
    isQuotation: false,
    speaker: "Contract Scale, as a rival explanation of H1",
    on: "2026-11-24",
    url: "https://github.com/BenGoodair/childrens_social_care_data",
    leadsTo: "data",
    found: "Our own rival, after published research on the outsourcing of children's homes."
  },
  rivals: ["h1-repeat-demand"],
  operational: "The slope of H1 is no longer there once the share of for-profit places is held fixed.",
  data: "A dataset of children's homes by council and sector, which is not at hand.",
  supportedIf: "the slope of H1 loses at least half of its size and its interval holds 0 once the share is held",
  contradictedIf: "the slope of H1 keeps its size",
  cannotTell: ["Whether for-profit provision is a step between scale and repeat demand or a cause of both."],
  notRunBecause:
    "data not obtained: the share of for-profit places by council and year would be needed for at least 30 councils",
  sameEstimateAs: null,
  test: null
});
