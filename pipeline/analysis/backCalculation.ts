import {elasticityNeeded, NAMED_SUMS, sumAt} from "../../src/components/namedSums.ts";
import {number} from "./sentences.ts";
import type {Range} from "./verdict.ts";

/** What each sum needs beside what the data allow, with the "if" that belongs to it. */
export function sumsInWords(range: Range | null): string {
  const needs = NAMED_SUMS.map(
    (sum) =>
      `${sum.who}: £${sum.billions}bn of £${sum.of}bn (${sum.ofWhat}) with contracts ${sum.scale} needs ${number(elasticityNeeded(sum), 3)}`
  );
  const [halved] = NAMED_SUMS;
  const allowed =
    range === null
      ? "The data allow no range yet."
      : `The data allow ${number(range.low_95, 3)} to ${number(range.high_95, 3)}: with contracts halved that is £${number(sumAt(range.low_95, halved!), 1)}bn to £${number(sumAt(range.high_95, halved!), 1)}bn a year of £162bn, at prices of 2014, if the councils and services measured here are typical.`;
  return `A back-calculation, not a test. The elasticity of unit cost that each sum needs: ${needs.join("; ")}. ${allowed}`;
}
