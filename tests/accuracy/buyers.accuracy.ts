import {readFileSync} from "node:fs";
import {parse} from "csv-parse/sync";
import {decode} from "html-entities";
import {type BuyerReading, type BuyerWorld, readBuyerName} from "../../pipeline/geography/buyerName.ts";
import {committedBuyerWorld, committedToday} from "../geography/committed.ts";
import type {AccuracySection} from "./run.ts";
import {scoreLine} from "./scores.ts";
import {unseen} from "./unseen.ts";

interface Label {
  readonly buyer_name: string;
  readonly kind: string;
  readonly gss: string; // codes of today joined by semicolons
  readonly joint: string;
}

/** What the name alone says, against the label. */
export default {
  title: "Buyers: kind and council from the name",
  measure: async (corpus) => {
    const labels: Label[] = parse(readFileSync(`${corpus}gold/buyers.csv`), {columns: true});
    const world = committedBuyerWorld();
    return [
      "with the reviewed tables, which were filled with these names in view:",
      ...measured(labels, world, true),
      "without the reviewed tables, nearer to what unseen names will show:",
      ...measured(labels, {...world, reviewed: new Map()}, false),
      "names that were unseen when labelled, most of them hard (tests/accuracy/unseen has what the first look gave):",
      ...measured(unseen<Label>("buyers"), world, false)
    ];
  }
} satisfies AccuracySection;

function measured(labels: readonly Label[], world: BuyerWorld, isNamingEach: boolean): string[] {
  const today = committedToday();
  const codes = (reading: BuyerReading) => [...new Set(reading.councils.flatMap(today))].sort().join(";");
  const expected = (label: Label) =>
    [...new Set(label.gss.split(";").flatMap((gss) => (gss === "" ? [] : today(gss))))].sort().join(";");
  const judged = labels.map((label) => ({
    label,
    reading: readBuyerName(decode(label.buyer_name).replace(/\s+/g, " ").trim(), world)
  }));
  const isCouncil = judged.filter(({label}) => label.kind === "council");
  const saysCouncil = judged.filter(({reading}) => reading.kind === "council");
  const both = isCouncil.filter(({reading}) => reading.kind === "council");
  const rightCode = both.filter(({label, reading}) => codes(reading) === expected(label));
  const isJoint = judged.filter(({label}) => label.joint === "1");
  const saysJoint = judged.filter(({reading}) => reading.isJoint);
  const rightKind = judged.filter(({label, reading}) => label.kind === reading.kind);
  const wrong = judged.filter(
    ({label, reading}) =>
      label.kind !== reading.kind ||
      (label.kind === "council" && codes(reading) !== expected(label)) ||
      (label.joint === "1") !== reading.isJoint
  );
  return [
    scoreLine("a principal council or not", both.length, saysCouncil.length, isCouncil.length),
    scoreLine("its code today", rightCode.length, both.length, isCouncil.length),
    scoreLine("joint", saysJoint.filter(({label}) => label.joint === "1").length, saysJoint.length, isJoint.length),
    scoreLine("kind, of fourteen", rightKind.length, judged.length, judged.length),
    `unsure, for review: ${judged.filter(({reading}) => reading.isUnsure).length}`,
    ...(isNamingEach ? wrong : wrong.filter(({label, reading}) => [label.kind, reading.kind].includes("council"))).map(
      ({label, reading}) =>
        `differs: ${label.buyer_name} | label ${label.kind} ${label.gss} ${label.joint} | read ${reading.kind} ${codes(reading)} ${reading.isJoint ? 1 : 0} (${reading.rule})`
    )
  ];
}
