import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {stringify} from "csv-stringify/sync";
import {ROOT} from "../house/imports.ts";
import type {AccuracySection} from "./run.ts";
import {measureSize, ruleAccuracy, sizeReport} from "./size.ts";

/** Prints the report and keeps, beside the rules, how often each was right. */
const section: AccuracySection = {
  title: "Contract size: kinds, service lines, extensions, VAT, once",
  measure: async (corpus) => {
    const measured = await measureSize(corpus);
    writeFileSync(
      join(ROOT, "data", "reference", "rule_accuracy.csv"),
      stringify(ruleAccuracy(measured.labelled), {header: true})
    );
    return sizeReport(measured);
  }
};
export default section;
