import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {parse} from "csv-parse/sync";
import type {CouncilRecord, SuccessionRecord} from "./councils.ts";
import {hexLayout} from "./tiles.ts";

type Row = Readonly<Record<string, string>>;

// Where councils are, which identifiers they have, and whom they are compared with: tables beside those of councils.ts, from
// other files of the same folder.

const SOURCE_FILES = {
  authorities: "mysociety-la-names/uk_local_authorities_current.csv",
  sectors: "derived-postcode-sector/postcode_sector_lad24.csv",
  registerCodes: "openregister-local-authority/maps_gss.tsv",
  onsNeighbours: "ons-els/global-neighbours.csv",
  onsClusters: "ons-els/cluster-allocation.csv",
  childrensNeighbours: "dfe-csc-outcomes-enablers/sn_model_2025_wide.csv",
  educationCodes: "mhclg-homelessness-hclic/la-lookup.csv"
} as const;

/** The text of each source file, by role. */
export type PlaceTexts = Readonly<Record<keyof typeof SOURCE_FILES, string>>;

/** Every table, by file name, as rows of text. */
export type PlaceTables = Readonly<Record<string, readonly Row[]>>;

/** Reads the source files of the place tables from a folder laid out as `SOURCE_FILES` names them. */
export async function readPlaceTexts(folder: string): Promise<PlaceTexts> {
  const entries = Object.entries(SOURCE_FILES).map(
    async ([role, path]) => [role, await readFile(join(folder, path), "utf8")] as const
  );
  return Object.fromEntries(await Promise.all(entries)) as PlaceTexts;
}

/** The tables of places. Pure; rows in code order, so that the same sources give the same bytes. */
export function placeTables(
  texts: PlaceTexts,
  councils: readonly CouncilRecord[],
  succession: readonly SuccessionRecord[]
): PlaceTables {
  const today = todayOf(succession);
  const places = councilPlaces(table(texts.authorities), councils, today);
  return {
    "council_places.csv": places,
    "tiles.csv": tiles(places, councils),
    "council_identifiers.csv": councilIdentifiers(table(texts.registerCodes, "\t"), councils, today),
    "postcode_sectors.csv": postcodeSectors(table(texts.sectors)),
    "neighbours.csv": [
      ...onsNeighbours(table(texts.onsNeighbours), table(texts.onsClusters), councils, today),
      ...childrensNeighbours(table(texts.childrensNeighbours), table(texts.educationCodes), councils, today)
    ],
    "announced_changes.csv": announcedChanges(councils)
  };
}

const table = (text: string, delimiter = ","): Row[] =>
  parse(text, {bom: true, columns: true, delimiter, relax_quotes: delimiter === "\t", skip_empty_lines: true});

function cell(row: Row, column: string): string {
  const value = row[column];
  if (value === undefined) throw new Error(`No column "${column}" among ${Object.keys(row).join(", ")}`);
  return value.trim();
}

/** The code in force for a code that was only replaced, never merged or split. */
function todayOf(succession: readonly SuccessionRecord[]): (gss: string) => string {
  const recoded = new Map(
    succession.filter(({kind}) => kind === "recode").map(({gss_from, gss_to}) => [gss_from, gss_to])
  );
  const follow = (gss: string): string => (recoded.has(gss) ? follow(recoded.get(gss)!) : gss);
  return follow;
}

// ---------------------------------------------------------------------------------------------------------- places

/** Centroid and combined authority of each code; a council that was recoded stands where it stood. */
function councilPlaces(
  authorities: readonly Row[],
  councils: readonly CouncilRecord[],
  today: (gss: string) => string
): Row[] {
  const gssOf = new Map(authorities.map((row) => [cell(row, "local-authority-code"), cell(row, "gss-code")]));
  const listed = new Map(authorities.map((row) => [today(cell(row, "gss-code")), row]));
  return councils.flatMap(({gss}) => {
    const row = listed.get(today(gss));
    if (row === undefined || cell(row, "lat") === "") return [];
    return [
      {
        gss,
        latitude: Number(cell(row, "lat")).toFixed(4),
        longitude: Number(cell(row, "long")).toFixed(4),
        combined_gss: gssOf.get(cell(row, "combined-authority")) ?? "",
        source: "mySociety"
      }
    ];
  });
}

/** Two layouts: the councils that run social care (single and upper tier), and those closest to people (single and lower). */
function tiles(places: readonly Row[], councils: readonly CouncilRecord[]): Row[] {
  const layouts: readonly (readonly [string, string])[] = [
    ["single-and-lower", "upper"],
    ["single-and-upper", "lower"]
  ];
  return layouts.flatMap(([layout, leftOut]) => {
    const shown = new Set(
      councils.filter(({valid_to, tier}) => valid_to === "" && tier !== leftOut).map(({gss}) => gss)
    );
    const centroids = places
      .filter(({gss}) => shown.has(gss!))
      .map((place) => ({gss: place.gss!, latitude: Number(place.latitude), longitude: Number(place.longitude)}));
    return hexLayout(centroids).map(({gss, column, row}) => ({layout, gss, column: String(column), row: String(row)}));
  });
}

// ----------------------------------------------------------------------------------------------------- identifiers

const REGISTER_SCHEMES: Readonly<Record<string, string>> = {
  "local-authority-eng": "GB-LAE",
  "local-authority-sct": "GB-LAS",
  "local-authority-nir": "GB-LANI",
  "principal-local-authority": "GB-PLA"
};

// The registers' code map is wrong for some codes (a code of one council beside the ONS code of another), so an identifier
// counts only when the name beside it is the council's own.
function councilIdentifiers(
  rows: readonly Row[],
  councils: readonly CouncilRecord[],
  today: (gss: string) => string
): Row[] {
  const shortNames = new Map(councils.map(({gss, short_name}) => [gss, plain(short_name)]));
  const found = rows.flatMap((row) => {
    const gss = today(cell(row, "gss"));
    const [register, identifier] = cell(row, "local-authority").split(":");
    const scheme = REGISTER_SCHEMES[register ?? ""];
    if (scheme === undefined || identifier === undefined || shortNames.get(gss) !== plain(cell(row, "name"))) return [];
    return [{scheme, identifier, gss, source: "GOV.UK registers"}];
  });
  return found.sort((a, b) => (a.scheme + a.identifier < b.scheme + b.identifier ? -1 : 1));
}

const plain = (name: string) =>
  name
    .toLowerCase()
    .replaceAll("&", "and")
    .replace(/, (city|county) of$|^city of | city$|[^a-z ]/g, "")
    .trim();

// --------------------------------------------------------------------------------------------------------- sectors

const CERTAIN = 0.99;

/**
 * Each sector's largest council and the share of its postcodes there, rounded down (98.999 % is not 99 %), and the other councils
 * that together with it hold 99 %: where none of them is nearer to a buyer than another, how far away a supplier is can be told.
 */
function postcodeSectors(rows: readonly Row[]): Row[] {
  const sectors = new Map<string, {gss: string; share: number}[]>();
  for (const row of rows) {
    const parts = sectors.get(cell(row, "postcode_sector")) ?? [];
    parts.push({gss: cell(row, "lad24cd"), share: Number(cell(row, "share"))});
    sectors.set(cell(row, "postcode_sector"), parts);
  }
  return [...sectors]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([sector, parts]) => {
      const [largest, ...others] = parts.sort((a, b) => b.share - a.share || (a.gss < b.gss ? -1 : 1));
      let covered = largest!.share;
      const also = others.filter(({share}) => {
        const isNeeded = covered < CERTAIN;
        covered += share;
        return isNeeded;
      });
      const share_pct = String(Math.floor(largest!.share * 10_000 + 1e-6) / 100);
      return {sector, gss: largest!.gss, share_pct, also_gss: also.map(({gss}) => gss).join(" ")};
    });
}

// ------------------------------------------------------------------------------------------------------ neighbours

/** Councils in force that may be compared: those of one tier in one nation, by code. */
function kindOfCouncil(councils: readonly CouncilRecord[]): ReadonlyMap<string, string> {
  const inForce = councils.filter(({valid_to}) => valid_to === "");
  return new Map(inForce.map(({gss, tier, nation}) => [gss, `${tier} ${nation}`]));
}

/** ONS neighbours of the same tier and nation, nearest first, in the publisher's order. */
function onsNeighbours(
  rows: readonly Row[],
  clusters: readonly Row[],
  councils: readonly CouncilRecord[],
  today: (gss: string) => string
): Row[] {
  const kindOf = kindOfCouncil(councils);
  const clusterOf = new Map(clusters.map((row) => [today(cell(row, "AREACD")), cell(row, "Global")]));
  return rows.flatMap((row) => {
    const gss = today(cell(row, "AREACD"));
    if (!kindOf.has(gss)) return []; // a combined authority, or a council that has ended
    const ranks = Object.keys(row).filter((column) => /^\d+$/.test(column));
    const near = ranks
      .map((column) => today(cell(row, column)))
      .filter((other) => kindOf.get(other) === kindOf.get(gss));
    const cluster = clusterOf.get(gss) ?? "";
    return [
      {set_id: "ons-global", version: "Explore Local Statistics of 2026", gss, neighbours: near.join(" "), cluster}
    ];
  });
}

/** DfE's statistical neighbours for children's services, of the same tier. */
function childrensNeighbours(
  rows: readonly Row[],
  codes: readonly Row[],
  councils: readonly CouncilRecord[],
  today: (gss: string) => string
): Row[] {
  const kindOf = kindOfCouncil(councils);
  const gssOf = new Map(codes.map((row) => [cell(row, "old_la_code"), today(cell(row, "la_code"))]));
  return rows.flatMap((row) => {
    const gss = gssOf.get(cell(row, "old_la_code"));
    if (gss === undefined || !kindOf.has(gss)) return [];
    const near = Array.from({length: 10}, (_, i) => gssOf.get(cell(row, `SN_${i + 1}`)) ?? "");
    const same = near.filter((other) => kindOf.get(other) === kindOf.get(gss));
    return [{set_id: "dfe-children", version: "model of 2025", gss, neighbours: same.join(" "), cluster: ""}];
  });
}

// ------------------------------------------------------------------------------------------------ announced changes

// Decided on 28 October 2025; codes are given when the orders are in force. A council's row moves to the succession of
// councils.ts on the day, when its successor has a code.
const SURREY = "E10000030";
const EAST_SURREY = new Set("Elmbridge,Epsom and Ewell,Mole Valley,Reigate and Banstead,Tandridge".split(","));
const SURREY_SOURCE = "Surrey local government reorganisation hub (surreylgrhub.org): vesting day 1 April 2027";
const REST_SOURCE =
  "House of Lords written answer HL14186: the remaining two-tier areas follow in 2028; day as in East Cambridgeshire's timeline (eastcambs.gov.uk)";

/** What is announced for councils in force, as rows that nothing applies before their day. */
function announcedChanges(councils: readonly CouncilRecord[]): Row[] {
  const twoTier = councils.filter(({valid_to, tier}) => valid_to === "" && tier !== "single");
  return twoTier.map(({gss, county_gss, short_name}) => {
    const isSurrey = gss === SURREY || county_gss === SURREY;
    const successor = !isSurrey
      ? ""
      : gss === SURREY
        ? "East Surrey; West Surrey"
        : EAST_SURREY.has(short_name)
          ? "East Surrey"
          : "West Surrey";
    return {
      gss,
      changes_on: isSurrey ? "2027-04-01" : "2028-04-01",
      successor,
      source: isSurrey ? SURREY_SOURCE : REST_SOURCE
    };
  });
}
