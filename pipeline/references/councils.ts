import {mkdir, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {stringify} from "csv-stringify/sync";
import {plainWords} from "../geography/nameKey.ts";
import {ABOLISHED, ABOLISHED_BY_CODE} from "./abolishedCouncils.ts";
import {
  allFound,
  CLASS_OF_TYPE,
  cell,
  codesOf,
  IOD,
  LOCAL_LINKS,
  MYSOCIETY,
  ONS,
  RECODES,
  type Row,
  RUC,
  readSources,
  SOURCE_FILES,
  type Sources,
  type SourceTexts,
  sorted
} from "./councilSources.ts";
import {listNames} from "./namesOfCouncils.ts";
import {type PlaceTables, placeTables, readPlaceTexts} from "./places.ts";
import {listTiers} from "./serviceRunners.ts";

export type CouncilClass =
  | "county"
  | "district"
  | "unitary"
  | "metropolitan-borough"
  | "london-borough"
  | "scottish"
  | "welsh"
  | "northern-irish";

/** One line of `councils.csv`; every field as text, empty when no source says. Meaning: see `CouncilRow`. */
export interface CouncilRecord {
  readonly gss: string;
  readonly name: string;
  readonly short_name: string;
  readonly slug: string;
  readonly tier: "upper" | "lower" | "single";
  readonly class: CouncilClass;
  readonly region: string;
  readonly nation: string;
  readonly county_gss: string;
  readonly valid_from: string; // ISO date of the code, not of the council: a recoded council starts with its code
  readonly valid_to: string; // ISO date, the last day
  readonly successor_gss: string; // several joined by one space
  readonly population: string; // mid-2020
  readonly population_on: string;
  readonly imd_score: string; // English Indices of Deprivation 2025, average score
  readonly rural_pct: string; // per cent of residents of the 2011 census in rural output areas
  readonly domain: string; // without "www."
  readonly source: string;
}

export type NameKind = "official" | "short" | "welsh" | "alternative" | "rule" | "former";

export interface CouncilNameRecord {
  readonly gss: string;
  readonly name: string;
  readonly kind: NameKind;
  readonly source: string;
}

export interface SuccessionRecord {
  readonly gss_from: string;
  readonly gss_to: string;
  readonly changed_on: string; // ISO date, the first day of the new code
  readonly kind: "recode" | "merger" | "split" | "remainder" | "partial"; // remainder and partial go together: a part left, the rest followed
  readonly source: string;
}

export interface TierRecord {
  readonly gss: string;
  readonly service_line: string;
  readonly run_by: string; // gss of the council that runs it, or empty when another body does
  readonly body_name: string;
  readonly from: string;
  readonly to: string;
  readonly source: string;
}

/** One claim to a name that tells no council apart, alone: several have it, or another area or body does. */
export interface SharedNameRecord {
  readonly gss: string;
  readonly name: string;
  readonly because: string;
}

export interface ReferenceTables {
  readonly councils: readonly CouncilRecord[];
  readonly names: readonly CouncilNameRecord[];
  readonly succession: readonly SuccessionRecord[];
  readonly tiers: readonly TierRecord[];
  readonly sharedNames: readonly SharedNameRecord[];
  readonly places: PlaceTables;
}

/**
 * The reference tables of UK councils, from a folder of published geography files.
 *
 * @param folder holds one folder per source, as `SOURCE_FILES` names them
 * @throws when a file is missing, or a code in one table is unknown to another
 */
export async function buildCouncilReference(folder: string): Promise<ReferenceTables> {
  const entries = Object.entries(SOURCE_FILES).map(
    async ([role, path]) => [role, await readText(folder, path)] as const
  );
  const tables = councilReference(Object.fromEntries(await Promise.all(entries)) as SourceTexts);
  return {...tables, places: placeTables(await readPlaceTexts(folder), tables.councils, tables.succession)};
}

const readText = (folder: string, path: string) => readFile(join(folder, path), "utf8");

/** Writes the tables as CSV files into a folder; the same tables give the same bytes. */
export async function writeCouncilReference(tables: ReferenceTables, outFolder: string): Promise<void> {
  await mkdir(outFolder, {recursive: true});
  await Promise.all(
    Object.entries(councilReferenceFiles(tables)).map(([name, text]) => writeFile(join(outFolder, name), text))
  );
}

/** File name to CSV text, UTF-8, header first, lines ended by a line feed. */
export function councilReferenceFiles(tables: ReferenceTables): Record<string, string> {
  return {
    "councils.csv": csv(tables.councils),
    "council_names.csv": csv(tables.names),
    "shared_names.csv": csv(tables.sharedNames),
    "succession.csv": csv(tables.succession),
    "tiers.csv": csv(tables.tiers),
    ...Object.fromEntries(Object.entries(tables.places).map(([name, rows]) => [name, csv(rows)]))
  };
}

const csv = (rows: readonly object[]) => stringify([...rows], {header: true});

/** The same as `buildCouncilReference`, from texts already read. Pure. */
export function councilReference(texts: SourceTexts): Omit<ReferenceTables, "places"> {
  const sources = readSources(texts);
  const councils = withAttributes(withSlugs(listCouncils(sources)), sources);
  const {names, shared} = listNames(councils, sources);
  return {
    councils: sorted(councils, (council) => council.gss),
    names,
    succession: listSuccession(councils, sources),
    tiers: listTiers(councils),
    sharedNames: shared
  };
}

// ------------------------------------------------------------------------------------------------------------- councils

// mySociety puts Forest Heath in Surrey (SRY); it was one of the Suffolk districts that became West Suffolk.
const COUNTY_CORRECTIONS: Readonly<Record<string, string>> = {FOR: "SFK"};

// Dorset county council also ran the upper tier in Christchurch, which went to Bournemouth, Christchurch and Poole,
// so the old county does not nest in the new Dorset. mySociety names only the new Dorset, which answers for the rest and
// stands first.
const PARTIAL_SUCCESSORS: Readonly<Record<string, readonly string[]>> = {DOR: ["DST", "BPC"]};

function listCouncils(sources: Sources): CouncilRecord[] {
  const listed = sources.authorities.map((row) => readCouncil(row, sources));
  const all = [...listed.flatMap(withItsOtherCode), ...abolishedCouncils()];
  const byCode = new Map(all.map((council) => [council.gss, council]));
  return all.map((council) => ({...council, region: regionOf(council, byCode)}));
}

/** Those of 2009 and 2015, of which only the name, the last day and the successors are at hand. */
function abolishedCouncils(): CouncilRecord[] {
  return ABOLISHED.map(({gss, name, shortName, countyGss, successors, lastDay, nation, source}) => ({
    gss,
    name,
    short_name: shortName,
    slug: "",
    tier: nation === "Northern Ireland" ? "single" : countyGss === "" ? "upper" : "lower",
    class: nation === "Northern Ireland" ? "northern-irish" : countyGss === "" ? "county" : "district",
    region: nation === "Northern Ireland" ? nation : "",
    nation,
    county_gss: countyGss,
    valid_from: "",
    valid_to: lastDay,
    successor_gss: successors.join(" "),
    population: "",
    population_on: "",
    imd_score: "",
    rural_pct: "",
    domain: "",
    source
  }));
}

function readCouncil(row: Row, sources: Sources): CouncilRecord {
  const gss = cell(row, "gss-code");
  const nation = cell(row, "nation");
  const councilClass = CLASS_OF_TYPE[cell(row, "local-authority-type")]!;
  const ended = lastDay(cell(row, "end-date"));
  return {
    gss,
    name: officialName(row, sources.localLinks.get(gss)),
    short_name: shortName(sources.onsNames.get(gss) ?? cell(row, "nice-name")),
    slug: "",
    tier: councilClass === "county" ? "upper" : councilClass === "district" ? "lower" : "single",
    class: councilClass,
    region: cell(row, "region"),
    nation,
    county_gss: countyCode(row, sources),
    valid_from: firstDay(row, sources),
    valid_to: ended,
    successor_gss: successorCodes(row, sources).join(" "),
    population: ended !== "" && ended < POPULATION_ON ? "" : wholeText(cell(row, "pop-2020")),
    population_on: "",
    imd_score: "",
    rural_pct: "",
    domain: "",
    source: sources.onsNames.has(gss) ? `${MYSOCIETY}; ${ONS} (short name)` : MYSOCIETY
  };
}

// A council that had ended by then had no residents then, whatever the source carries (it gives Dorset county 222,985).
const POPULATION_ON = "2020-06-30";
const wholeText = (number: string) => (number === "" ? "" : String(Math.round(Number(number))));

// Cities made in 2022 (Colchester, Milton Keynes, Southend-on-Sea) are still boroughs in mySociety's table.
function officialName(row: Row, link: Row | undefined): string {
  const name = cell(row, "official-name");
  const linked = link === undefined ? "" : cell(link, "name");
  return linked.endsWith(" City Council") && !/\bcity\b/i.test(name) ? linked : name;
}

/** "Bristol, City of" -> "Bristol", "City of Edinburgh" -> "Edinburgh", "Glasgow City" -> "Glasgow". */
function shortName(name: string): string {
  if (name === "City of London") return name;
  return name.replace(/, (City|County) of$/, "").replace(/^City of | City$/, "");
}

function countyCode(row: Row, sources: Sources): string {
  const county = COUNTY_CORRECTIONS[cell(row, "local-authority-code")] ?? cell(row, "county-la");
  return county === "" ? "" : knownCode(county, sources);
}

function successorCodes(row: Row, sources: Sources): string[] {
  const listed = cell(row, "replaced-by")
    .split(",")
    .filter((code) => code !== "");
  const codes = PARTIAL_SUCCESSORS[cell(row, "local-authority-code")] ?? listed;
  return codes.map((code) => knownCode(code.trim(), sources));
}

function knownCode(letters: string, sources: Sources): string {
  const gss = sources.gssOf.get(letters);
  if (gss === undefined) throw new Error(`mySociety's table names the council ${letters} but does not list it`);
  return gss;
}

// The source mixes two conventions: "2019-03-31" is a last day, "2021-04-01" and "2023-04-01" the day after it.
const lastDay = (ended: string) => (ended.endsWith("-04-01") ? dayBefore(ended) : ended);

function dayBefore(date: string): string {
  return shiftDay(date, -1);
}

function shiftDay(date: string, days: number): string {
  const moved = new Date(`${date}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

// "2005-06-18" is the year 1996 read as a spreadsheet day number, then moved a century: no council began in
// May or June 2005. The Scottish and Welsh registers still have the true day; elsewhere it stays unknown.
function firstDay(row: Row, sources: Sources): string {
  const code = cell(row, "local-authority-code");
  const listed = cell(row, "start-date");
  if (!/^2005-0[56]-/.test(listed)) return listed;
  const register = sources.scotland.get(code) ?? sources.wales.get(code);
  return register === undefined ? "" : cell(register, "start-date");
}

/** The council under both its codes when it has been recoded, else as it is. */
function withItsOtherCode(council: CouncilRecord): CouncilRecord[] {
  const change = RECODES.find(({from, to}) => from === council.gss || to === council.gss);
  if (change === undefined) return [council];
  const source = `${council.source}; ${change.source}`;
  const before = {...council, gss: change.from, valid_to: dayBefore(change.on), successor_gss: change.to, source};
  const population = before.valid_to < POPULATION_ON ? "" : council.population;
  return [
    {...before, population},
    {...council, gss: change.to, valid_from: change.on, source}
  ];
}

// Two dozen abolished councils have no region in the source; all of them lie in the region of their successor.
function regionOf(council: CouncilRecord, byCode: ReadonlyMap<string, CouncilRecord>): string {
  const successor = byCode.get(council.successor_gss.split(" ")[0]!);
  return council.region === "" && successor !== undefined ? regionOf(successor, byCode) : council.region;
}

/** Addresses of pages: the short name in force, and with the last year for a code that has ended. */
function withSlugs(councils: readonly CouncilRecord[]): CouncilRecord[] {
  return councils.map((council) => {
    const slug = plainWords(council.short_name.replace(/['’]/g, "")).replaceAll(" ", "-");
    return {...council, slug: council.valid_to === "" ? slug : `${slug}-until-${council.valid_to.slice(0, 4)}`};
  });
}

// ----------------------------------------------------------------------------------------------------------- attributes

function withAttributes(councils: readonly CouncilRecord[], sources: Sources): CouncilRecord[] {
  return councils.map((council) => {
    const deprivation = deprivationOf(council, councils, sources);
    const rural = ruralPercent(council, councils, sources);
    const domain = council.valid_to === "" ? domainOf(council, sources) : "";
    const used = [
      deprivation.source,
      rural === "" ? "" : `${RUC} (rural)`,
      domain === "" ? "" : `${LOCAL_LINKS} (domain)`
    ];
    return {
      ...council,
      population_on: council.population === "" ? "" : POPULATION_ON,
      imd_score: deprivation.score,
      rural_pct: rural,
      domain,
      source: [council.source, ...used].filter((part) => part !== "").join("; ")
    };
  });
}

function deprivationOf(council: CouncilRecord, all: readonly CouncilRecord[], sources: Sources) {
  const own = allFound(sources.deprivation, codesOf(council.gss))[0];
  if (own !== undefined) return {score: cell(own, "imd_average_score"), source: IOD};
  if (council.class !== "county" || council.valid_to !== "") return {score: "", source: ""};
  return {
    score: weightedScore(districtsOf(council, all), sources),
    source: `${IOD} (mean of its districts, weighted by IoD2025's implied population: income scale / income score)`
  };
}

// IoD2025 prints no population, but its income scale is a number of people and its income score their share.
function weightedScore(districts: readonly CouncilRecord[], sources: Sources): string {
  const rows = districts.filter(({valid_to}) => valid_to === "").map(({gss}) => sources.deprivation.get(gss));
  if (rows.includes(undefined)) throw new Error("A district in force is missing from IoD2025");
  const weights = rows.map((row) => Number(cell(row!, "income_scale")) / Number(cell(row!, "income_average_score")));
  const scores = rows.map((row) => Number(cell(row!, "imd_average_score")));
  const sum = scores.reduce((total, score, index) => total + score * weights[index]!, 0);
  return String(Number((sum / weights.reduce((total, weight) => total + weight, 0)).toFixed(3)));
}

const districtsOf = (county: CouncilRecord, all: readonly CouncilRecord[]) =>
  all.filter(({county_gss}) => county_gss === county.gss);

function ruralPercent(council: CouncilRecord, all: readonly CouncilRecord[], sources: Sources): string {
  const counts = [...codesOf2011(council, all, sources)].map((code) => sources.rural.get(code)!);
  const total = counts.reduce((sum, count) => sum + count.total, 0);
  const rural = counts.reduce((sum, count) => sum + count.rural, 0);
  return total === 0 ? "" : String(Number(((100 * rural) / total).toFixed(1)));
}

/** The districts of 2011 that a council covers: itself, or its districts, or what was merged into it. */
function codesOf2011(council: CouncilRecord, all: readonly CouncilRecord[], sources: Sources): Set<string> {
  const own = codesOf(council.gss).filter((code) => sources.rural.has(code));
  if (own.length > 0) return new Set(own);
  // A county that was merged covers the same ground as its districts, and sometimes more: only districts count.
  const parts =
    council.class === "county"
      ? districtsOf(council, all)
      : all.filter(({tier, successor_gss}) => tier !== "upper" && successor_gss === council.gss);
  return new Set(parts.flatMap((part) => [...codesOf2011(part, all, sources)]));
}

function domainOf(council: CouncilRecord, sources: Sources): string {
  const link = allFound(sources.localLinks, codesOf(council.gss))[0];
  return link === undefined ? "" : new URL(cell(link, "homepage_url")).hostname.replace(/^www\./, "");
}

// ----------------------------------------------------------------------------------------------------------- succession

function listSuccession(councils: readonly CouncilRecord[], sources: Sources): SuccessionRecord[] {
  const partial = new Set([
    ...Object.keys(PARTIAL_SUCCESSORS).map((letters) => sources.gssOf.get(letters)),
    ...ABOLISHED.filter(({lostParts}) => lostParts).map(({gss}) => gss)
  ]);
  const ended = councils.filter(({valid_to}) => valid_to !== "");
  const pairs = ended.flatMap((council) => successionOf(council, partial.has(council.gss)));
  return sorted(pairs, ({gss_from, gss_to}) => gss_from + gss_to);
}

function successionOf(council: CouncilRecord, isPartial: boolean): SuccessionRecord[] {
  const change = RECODES.find(({from}) => from === council.gss);
  const codes = council.successor_gss.split(" ");
  const kindOf = (gss: string) =>
    change
      ? "recode"
      : !isPartial
        ? codes.length > 1
          ? "split"
          : "merger"
        : gss === codes[0]
          ? "remainder"
          : "partial";
  const source =
    change?.source ??
    ABOLISHED_BY_CODE.get(council.gss)?.source ??
    (isPartial ? `${MYSOCIETY}; hand table: ${DORSET_2018}` : MYSOCIETY);
  const changed_on = shiftDay(council.valid_to, 1);
  return codes.map((gss_to) => ({gss_from: council.gss, gss_to, changed_on, kind: kindOf(gss_to), source}));
}

const DORSET_2018 = "Bournemouth, Dorset and Poole (Structural Changes) Order 2018";
