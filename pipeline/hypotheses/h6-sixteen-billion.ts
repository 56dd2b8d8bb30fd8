import {defineHypothesis} from "./hypothesis.ts";
import {REPORT_OF_2014} from "./shared.ts";

export default defineHypothesis({
  id: "h6-sixteen-billion",
  label: "H6",
  title: "What £16bn a year would take",
  kind: "back-calculation",
  claim: {
    words:
      "If the experience in the few areas we have studied is typical, initial calculations suggest that potential cost savings for local authorities alone … could run to as much as £16 billion annually across England",
    isQuotation: true,
    ...REPORT_OF_2014
  },
  rivals: ["a1-collaboration-saves"],
  operational:
    "If contracts were half their size, unit cost would have to fall by the share that £16bn is of the spending concerned.",
  data: "The elasticity of H0, and two totals named by the committee: £162bn of council spending, £45bn of it bought from third parties.",
  supportedIf: "this is not a test: the elasticity of H0 can be set beside the one that the figure needs",
  contradictedIf:
    "an interval of H0 wholly below the elasticity needed would say that halving contracts alone does not reach the figure",
  cannotTell: [
    "Whether the few study areas are typical.",
    "What else the report's redesign of services would change: contract scale is one part of it."
  ],
  notRunBecause: null,
  sameEstimateAs: "h0-strong",
  test: null
});
