import type {BuyerKind} from "./bodyKind.ts";
import {type BuyerWorld, bodyKey, type ReviewedBody} from "./buyerName.ts";
import {type CouncilName, councilIndex} from "./councilNames.ts";
import {nameKey} from "./nameKey.ts";

/** The rows that buyers' names are read against, as the reference tables hold them. */
export interface BuyerTables {
  readonly councils: readonly {readonly gss: string; readonly name: string; readonly county_gss: string | null}[];
  readonly councilNames: readonly CouncilName[];
  readonly sharedNames: readonly CouncilName[];
  readonly buyers: readonly ReviewedRow[];
  readonly portals: readonly {readonly name: string; readonly area_gss: string | null}[];
  readonly purchasingBodies: readonly {readonly name: string}[];
}

/** A row of `buyers.csv`. */
export interface ReviewedRow {
  readonly name: string;
  readonly kind: string;
  readonly gss: string | null; // several joined by one space
  readonly is_joint: string | null; // "true" when bought by several together
}

/** Puts the reference tables in the form that `readBuyerName` looks things up in. */
export function buyerWorld(tables: BuyerTables): BuyerWorld {
  return {
    index: councilIndex(tables.councilNames, tables.sharedNames),
    reviewed: reviewedBodies(tables),
    officialNames: new Map(tables.councils.map(({gss, name}) => [gss, name])),
    areaOf: new Map(tables.councils.map(({gss, county_gss}) => [gss, county_gss || gss])),
    partnerships: new Set(
      tables.buyers
        .filter(({kind, is_joint}) => kind === "council" && is_joint === "true")
        .map(({gss}) => codesOf(gss).sort().join(" "))
    )
  };
}

function reviewedBodies({buyers, portals, purchasingBodies}: BuyerTables): Map<string, ReviewedBody> {
  const simple = (kind: BuyerKind) => (row: {readonly name: string}) => ({
    name: row.name,
    kind,
    councils: [],
    isJoint: false
  });
  const bodies: ReviewedBody[] = [
    ...purchasingBodies.map(simple("purchasing-body")),
    ...portals.map(sharedPortal),
    ...buyers.map(({name, kind, gss, is_joint}) => ({
      name,
      kind: kind as BuyerKind,
      councils: codesOf(gss),
      isJoint: is_joint === "true"
    }))
  ];
  return new Map(bodies.flatMap((body) => [nameKey(body.name), bodyKey(body.name)].map((key) => [key, body] as const)));
}

const codesOf = (cell: string | null) => (cell ?? "").split(" ").filter((code) => code !== "");

/** A portal that a few named councils share is joint as long as nothing tells which of them buys. */
function sharedPortal({name, area_gss}: {readonly name: string; readonly area_gss: string | null}): ReviewedBody {
  const councils = codesOf(area_gss);
  const isJoint = councils.length > 1;
  return {name, kind: "portal-or-agent", councils: isJoint ? councils : [], isJoint};
}
