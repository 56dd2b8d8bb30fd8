import {readFileSync} from "node:fs";
import {join} from "node:path";
import {parse} from "csv-parse/sync";
import type {BuyerWorld} from "../../pipeline/geography/buyerName.ts";
import {buyerWorld} from "../../pipeline/geography/buyerWorld.ts";
import {nameKey} from "../../pipeline/geography/nameKey.ts";
import {type CodeLife, todaysCodes} from "../../pipeline/geography/succession.ts";
import type {PersonNames} from "../../pipeline/geography/supplierName.ts";
import type {SuccessionRecord} from "../../pipeline/references/councils.ts";
import {englishWords} from "../../pipeline/warehouse/englishWords.ts";
import {ROOT} from "../house/imports.ts";

// The committed reference tables, for tests of what is read against them.

export const committed = <T>(name: string): T[] =>
  parse(readFileSync(join(ROOT, "data", "reference", `${name}.csv`)), {columns: true});

export const committedBuyerWorld = (): BuyerWorld =>
  buyerWorld({
    councils: committed("councils"),
    councilNames: committed("council_names"),
    sharedNames: committed("shared_names"),
    buyers: committed("buyers"),
    portals: committed("portals"),
    purchasingBodies: committed("purchasing_bodies")
  });

/** The councils that answer today for a code; where a part of an area left, the council that took over the rest. */
export function committedToday(): (gss: string) => string[] {
  const followed = committed<SuccessionRecord>("succession").filter(({kind}) => kind !== "partial");
  const councils = committed<CodeLife>("councils").map((council) => ({
    ...council,
    successor_gss: followed
      .filter(({gss_from}) => gss_from === council.gss)
      .map(({gss_to}) => gss_to)
      .join(" ")
  }));
  return (gss) => todaysCodes(gss, councils);
}

export function committedPersonNames(): PersonNames {
  const rows = committed<{name: string; part: string}>("person_names");
  const part = (wanted: string) => new Set(rows.filter(({part}) => part === wanted).map(({name}) => name));
  const places = committed<{short_name: string}>("councils").flatMap(({short_name}) => nameKey(short_name).split(" "));
  return {
    forenames: part("forename"),
    surnames: part("surname"),
    ordinaryWords: new Set([...englishWords(), ...places])
  };
}

export function committedSectors(): Map<string, {gss: string; share: number}> {
  const rows = committed<{sector: string; gss: string; share_pct: string}>("postcode_sectors");
  return new Map(rows.map(({sector, gss, share_pct}) => [sector, {gss, share: Number(share_pct)}]));
}
