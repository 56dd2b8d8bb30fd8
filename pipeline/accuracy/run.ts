import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {stringify} from "csv-stringify/sync";
import {corpusIsHere} from "./corpus.ts";
import {measureSize, ruleAccuracy, sizeReport} from "./size.ts";

// "npm run accuracy": prints the report and keeps, beside the rules, how often each was right. The labelled files are too large to be
// part of the project; they lie beside it where they are at hand.

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const CORPUS = join(ROOT, "..", "shared");

async function main(): Promise<string[]> {
  if (!corpusIsHere(CORPUS)) return [`nothing to measure against: there are no labels under ${CORPUS}`];
  const measured = await measureSize(CORPUS);
  writeFileSync(
    join(ROOT, "data", "reference", "rule_accuracy.csv"),
    stringify(ruleAccuracy(measured.labelled), {header: true})
  );
  return sizeReport(measured);
}

for (const line of await main()) process.stdout.write(`${line}\n`);
