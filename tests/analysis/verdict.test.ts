import {expect, test} from "vitest";
import {sumsInWords} from "../../pipeline/analysis/backCalculation.ts";
import {informing, type Model, type PanelRow} from "../../pipeline/analysis/estimate.ts";
import * as say from "../../pipeline/analysis/sentences.ts";
import {controlState, priceCaveat, shortcomings, verdictOfInterval} from "../../pipeline/analysis/verdict.ts";
import {wordingProblems} from "../../pipeline/analysis/wording.ts";
import {hypotheses} from "../../pipeline/discover.ts";
import {elasticityNeeded, NAMED_SUMS, sumAt} from "../../src/components/namedSums.ts";

const all = await hypotheses();
const testOf = (id: string) => all.find((hypothesis) => hypothesis.id === id)!.test!;
const [repeat, strong, weak, local, saves] = [
  "h1-repeat-demand",
  "h0-strong",
  "h0-weak",
  "h2-local-share",
  "a1-collaboration-saves"
].map(testOf) as [
  ReturnType<typeof testOf>,
  ReturnType<typeof testOf>,
  ReturnType<typeof testOf>,
  ReturnType<typeof testOf>,
  ReturnType<typeof testOf>
];
const range = (low_95: number, high_95: number) => ({estimate: (low_95 + high_95) / 2, low_95, high_95});

test.each([
  [0.1, 1.3, "supported"], // above 0, estimate 0.7 of at least 0.5
  [0.1, 0.7, "inconclusive"], // above 0, estimate 0.4
  [0.1, 0.4, "no material effect"], // inside 0.5 comes first, although above 0
  [-1.3, -0.1, "contradicted"],
  [-0.4, 0.4, "no material effect"],
  [-0.5, 0.4, "inconclusive"], // the edge is not inside
  [-0.6, 2, "inconclusive"]
])("H1 with an interval of %d to %d is %s", (low, high, verdict) => {
  expect(verdictOfInterval(repeat, range(low, high))).toBe(verdict);
});

test("H2 expects a slope below 0: the same intervals turned give the same verdicts", () => {
  expect(verdictOfInterval(local, range(-1.3, -0.1))).toBe("supported");
  expect(verdictOfInterval(local, range(0.1, 1.3))).toBe("contradicted");
});

test("the rival claims read one interval in opposite ways; the weak form needs only that no saving is in it", () => {
  expect([strong, weak, saves].map((claim) => verdictOfInterval(claim, range(0.01, 0.09)))).toEqual([
    "supported",
    "supported",
    "contradicted"
  ]);
  expect([strong, weak, saves].map((claim) => verdictOfInterval(claim, range(-0.09, -0.01)))).toEqual([
    "contradicted",
    "contradicted",
    "supported"
  ]);
  expect([strong, weak, saves].map((claim) => verdictOfInterval(claim, range(-0.01, 0.09)))).toEqual([
    "inconclusive",
    "supported",
    "inconclusive"
  ]);
});

test("a verdict on cost needs an exposure free of prices beyond its 99.8 % interval, and a deflator", () => {
  const free = (low_998: number, high_998: number) => [
    {measure: "supplier_hhi", estimate: (low_998 + high_998) / 2, low_998, high_998}
  ];
  expect(priceCaveat(range(0.01, 0.09), free(0.001, 0.2), true)).toBeNull();
  expect(priceCaveat(range(0.01, 0.09), free(-0.001, 0.2), true)).toMatch(/exposures free of prices/);
  expect(priceCaveat(range(-0.09, -0.01), free(0.001, 0.2), true)).toMatch(/exposures free of prices/);
  expect(priceCaveat(range(0.01, 0.09), free(0.001, 0.2), false)).toMatch(/no deflator/);
  expect(priceCaveat(range(0.01, 0.09), [], true)).toMatch(/exposures free of prices/);
});

test("the negative control passes, fails, or tells nothing", () => {
  expect(controlState(range(-0.4, 0.6), 0.5)).toBe("passed");
  expect(controlState(range(0.2, 1.2), 0.5)).toBe("failed");
  expect(controlState(range(-1.2, -0.2), 0.5)).toBe("failed");
  expect(controlState(range(0.1, 0.3), 0.5)).toBe("uninformative");
  expect(controlState(range(-1.5, 1), 0.5)).toBe("uninformative");
  expect(controlState(null, 0.5)).toBe("not run");
});

test("the gate names each thing that is short", () => {
  const enough = {councils: 30, councilYears: 60, years: 2, medianCoveragePct: 20};
  expect(shortcomings(repeat, enough)).toEqual([]);
  expect(shortcomings(repeat, {...enough, councils: 29})).toEqual(["29 councils where 30 are the least"]);
  expect(shortcomings(repeat, {...enough, medianCoveragePct: 19.4})[0]).toMatch(/19 % of running expenses/);
  expect(shortcomings(repeat, {...enough, medianCoveragePct: null})[0]).toMatch(/2 years of scale where 3/);
});

test("too little data says where councils are lost on the way", () => {
  const sentence = say.tooLittle(["3 councils where 30 are the least"], {
    withOutcome: 152,
    withContracts: 40,
    measured: 8,
    withScale: 3,
    informing: 3
  });
  expect(sentence).toMatch(/Councils with the outcome: 152; without a usable contract scale for it: 149\./);
  expect(sentence).toMatch(
    /published contract of the service that counts: 40; .* needs: 8; .* the outcome follows: 3\./
  );
  expect(
    say.tooLittle(["1 councils where 30 are the least"], {
      withOutcome: 152,
      withContracts: 40,
      measured: 8,
      withScale: 3,
      informing: 1
    })
  ).toMatch(
    /without a usable contract scale for it: 149\..* the outcome follows: 3; with two such years, as a slope within councils needs: 1\.$/
  );
});

test("a slope within councils rests on those seen in two years or more; one across councils on all", () => {
  const rows = ["A", "A", "B", "C", "C", "C"].map((gss, i) => ({gss, year: 2018 + i})) as unknown as PanelRow[];
  const model = (absorbClusters: boolean) => ({
    panel: {absorbClusters} as Model["panel"],
    rows,
    withoutControls: 0,
    toPoints: 1
  });
  expect(informing(model(true)).map(({gss}) => gss)).toEqual(["A", "A", "C", "C", "C"]);
  expect(informing(model(false))).toEqual(rows);
});

test("the reason counts the councils that a slope rests on, and says how many more have one year only", () => {
  const told = {test: repeat, range: range(0.1, 1.3), councils: 58, councilYears: 432};
  expect(say.becauseOf("supported", {...told, seenOnce: 22})).toMatch(
    /^Over 58 councils and 432 council-years the slope is 0\.70 .*\. 22 more councils have one year only, which says nothing of change\.$/
  );
  expect(say.becauseOf("supported", {...told, seenOnce: 1})).toMatch(/ 1 more council has one year only/);
  expect(say.becauseOf("supported", {...told, seenOnce: 0})).not.toMatch(/one year only/);
});

test("£16bn needs 0.150 of £162bn or 0.634 of £45bn; £1.8bn needs -0.016 or -0.059", () => {
  // -log2(1 - 16/162) = 0.1500; -log2(1 - 16/45) = 0.6339; log2(1 - 1.8/162) = -0.0161; log2(1 - 1.8/45) = -0.0589
  const needed = NAMED_SUMS.map(elasticityNeeded);
  [0.15, 0.6339, -0.0161, -0.0589].forEach((value, i) => void expect(needed[i]).toBeCloseTo(value, 4));
  NAMED_SUMS.forEach((sum, i) => void expect(sumAt(needed[i]!, sum)).toBeCloseTo(sum.billions, 10));
});

test("no generated sentence breaks the wording rules", () => {
  const told = (claim: typeof repeat) => ({
    test: claim,
    range: range(0.1, 1.3),
    councils: 40,
    councilYears: 300,
    seenOnce: 2
  });
  const sentences = [
    ...(["supported", "contradicted", "no material effect", "inconclusive"] as const).flatMap((verdict) =>
      [repeat, strong, weak, local, saves].map((claim) => say.becauseOf(verdict, told(claim)))
    ),
    say.tooLittle(["3 councils where 30 are the least"], {
      withOutcome: 152,
      withContracts: 40,
      measured: 8,
      withScale: 3,
      informing: 2
    }),
    say.suspended(range(0.2, 1.4)),
    say.BLINDED,
    say.ATTENUATION,
    say.capped(priceCaveat(range(0.1, 1), [], false)!),
    ...Object.values(say.controlWords),
    say.curveWords([range(-1, 1)], 3),
    say.curveWords([], 3),
    sumsInWords(null),
    sumsInWords(range(-0.1, 0.2)),
    ...all.flatMap((hypothesis) =>
      hypothesis.test === null
        ? []
        : [null, {range: range(-0.4, 1), standardError: 0.4, councils: 40}].map((found) =>
            say.whatWouldChangeOurMind({...hypothesis, test: hypothesis.test!}, found, 12)
          )
    ),
    ...(["too few", "inside", "above 95", "above 998", "below 95", "below 998"] as const).map((position) =>
      say.comparedWithExpected("SYNTHETIC Council", {value: 20, low_95: 18, high_95: 22, target: 19}, position)
    )
  ];
  expect(sentences.length).toBeGreaterThan(40);
  for (const sentence of sentences) expect(wordingProblems(sentence), sentence).toEqual([]);
});

test.each([
  "This proves that size matters.",
  "The chart shows that scale causes repeat demand.",
  "Larger contracts lead to more returns.",
  "The failure demand rate of the council is 20 %.",
  "Local buying saves £16bn a year.",
  "The best performing council is here.",
  "Higher cost due to larger contracts."
])("the lint refuses: %s", (sentence) => {
  expect(wordingProblems(sentence).length).toBeGreaterThan(0);
});

test("other people's words may stand in quotation marks, and £16bn with its if", () => {
  expect(wordingProblems("The report calls it “failure demand” and says it “proves” the case.")).toEqual([]);
  expect(wordingProblems("It could save £16bn a year if the few areas studied are typical.")).toEqual([]);
});
