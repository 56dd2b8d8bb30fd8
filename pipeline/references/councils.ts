import {mkdir, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {parse} from "csv-parse/sync";
import {stringify} from "csv-stringify/sync";
import {nameKey, plainWords} from "../geography/nameKey.ts";
import {type PlaceTables, placeTables, readPlaceTexts} from "./places.ts";

type Row = Readonly<Record<string, string>>;
type CouncilClass =
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

const SOURCE_FILES = {
  authorities: "mysociety-la-names/uk_local_authorities_current.csv",
  aliases: "mysociety-la-names/lookup_name_to_registry.csv",
  localLinks: "govuk-local-links/local-authorities.csv",
  registerNames: "openregister-local-authority/maps_name.tsv",
  registerScotland: "openregister-local-authority/data_local-authority-sct_local-authority-sct.tsv",
  registerWales: "openregister-local-authority/data_principal-local-authority_principal-local-authority.tsv",
  deprivation: "humaniverse-imd/imd2025_england_ltla24.csv",
  rural: "goodair-childrens/RUC11_LAD11_ENv2.csv",
  boundaries: "ons-els/topo.json",
  education: "mhclg-homelessness-hclic/la-lookup.csv"
} as const;

/** The text of each source file, by role. */
export type SourceTexts = Readonly<Record<keyof typeof SOURCE_FILES, string>>;

// Sources of a row, short enough to stand in a cell; data/reference/SOURCES.md says them in full.
const MYSOCIETY = "mySociety";
const ONS = "ONS boundaries";
const LOCAL_LINKS = "GOV.UK local links";
const REGISTER = "GOV.UK registers";
const IOD = "IoD2025";
const RUC = "RUC2011";

const CLASS_OF_TYPE: Readonly<Record<string, CouncilClass>> = {
  CTY: "county",
  NMD: "district",
  UA: "unitary",
  MD: "metropolitan-borough",
  LBO: "london-borough",
  CC: "london-borough", // the City of London, which does what a borough does
  SCO: "scottish",
  WPA: "welsh",
  NID: "northern-irish"
};

// Same council, new code after a small change of boundary. mySociety lists some former codes, but never the day.
interface Recode {
  readonly from: string;
  readonly to: string;
  readonly on: string;
  readonly source: string;
}
const recode = (from: string, to: string, on: string, source: string): Recode => ({from, to, on, source});
const APRIL_2012 = "hand table: boundary change of 1 April 2012 (day not in the source files)";
const APRIL_2013 = "hand table: boundary change of 1 April 2013 (day not in the source files)";
const FIFE_2018 = "hand table: S.S.I. 2017/430, in force 2 February 2018; ONS boundaries (year)";
const GLASGOW_2019 = "hand table: S.S.I. 2018/308 (day not in the source files); ONS boundaries (year)";
const SOUTH_YORKSHIRE_2025 = "hand table: S.I. 2024/1328, in force 1 April 2025; ONS boundaries (year)";
const RECODES: readonly Recode[] = [
  recode("E07000100", "E07000240", "2012-04-01", APRIL_2012),
  recode("E07000104", "E07000241", "2012-04-01", APRIL_2012),
  recode("E07000097", "E07000242", "2013-04-01", APRIL_2013),
  recode("E07000101", "E07000243", "2013-04-01", APRIL_2013),
  recode("E08000020", "E08000037", "2013-04-01", APRIL_2013),
  recode("E06000048", "E06000057", "2013-04-01", APRIL_2013),
  recode("S12000015", "S12000047", "2018-02-02", FIFE_2018),
  recode("S12000024", "S12000048", "2018-02-02", FIFE_2018),
  recode("S12000044", "S12000050", "2019-04-01", GLASGOW_2019),
  recode("S12000046", "S12000049", "2019-04-01", GLASGOW_2019),
  recode("E08000016", "E08000038", "2025-04-01", SOUTH_YORKSHIRE_2025),
  recode("E08000019", "E08000039", "2025-04-01", SOUTH_YORKSHIRE_2025)
];

// mySociety puts Forest Heath in Surrey (SRY); it was one of the Suffolk districts that became West Suffolk.
const COUNTY_CORRECTIONS: Readonly<Record<string, string>> = {FOR: "SFK"};

// Dorset county council also ran the upper tier in Christchurch, which went to Bournemouth, Christchurch and Poole,
// so the old county does not nest in the new Dorset. mySociety names only the new Dorset, which answers for the rest and
// stands first.
const PARTIAL_SUCCESSORS: Readonly<Record<string, readonly string[]>> = {DOR: ["DST", "BPC"]};

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

// ---------------------------------------------------------------------------------------------------------- sources

interface Sources {
  readonly authorities: readonly Row[]; // mySociety rows with an ONS code, combined authorities left out
  readonly gssOf: ReadonlyMap<string, string>; // mySociety's three letters to the ONS code in its table
  readonly aliases: readonly Row[];
  readonly localLinks: ReadonlyMap<string, Row>; // by ONS code
  readonly registerNames: readonly Row[];
  readonly scotland: ReadonlyMap<string, Row>;
  readonly wales: ReadonlyMap<string, Row>;
  readonly deprivation: ReadonlyMap<string, Row>;
  readonly rural: ReadonlyMap<string, RuralCount>; // by ONS code of 2011
  readonly onsNames: ReadonlyMap<string, string>;
  readonly education: ReadonlyMap<string, Row>;
}

interface RuralCount {
  readonly rural: number; // residents, census 2011
  readonly total: number;
}

function readSources(texts: SourceTexts): Sources {
  const authorities = table(texts.authorities).filter(isPrincipalCouncil);
  return {
    authorities,
    gssOf: new Map(authorities.map((row) => [cell(row, "local-authority-code"), cell(row, "gss-code")])),
    aliases: table(texts.aliases),
    localLinks: keyed(table(texts.localLinks), "gss"),
    registerNames: table(texts.registerNames, "\t"),
    scotland: keyed(table(texts.registerScotland, "\t"), "local-authority-sct"),
    wales: keyed(table(texts.registerWales, "\t"), "principal-local-authority"),
    deprivation: keyed(table(texts.deprivation), "ltla24_code"),
    rural: readRural(texts.rural),
    onsNames: readOnsNames(texts.boundaries),
    education: keyed(table(texts.education), "la_code")
  };
}

// The former Northern Irish councils (until 2015) have no ONS code in the source: a row without a code joins nothing.
const isPrincipalCouncil = (row: Row) =>
  cell(row, "gss-code") !== "" && cell(row, "local-authority-type") in CLASS_OF_TYPE;

function table(text: string, delimiter = ","): Row[] {
  return parse(text, {bom: true, columns: true, delimiter, relax_quotes: delimiter === "\t", skip_empty_lines: true});
}

function keyed(rows: readonly Row[], column: string): Map<string, Row> {
  return new Map(rows.map((row) => [cell(row, column), row]));
}

/** A cell without stray spaces: the sources write "North Somerset  Council" and "Newry, Mourne and Down ". */
function cell(row: Row, column: string): string {
  const value = row[column];
  if (value === undefined) throw new Error(`No column "${column}" among ${Object.keys(row).join(", ")}`);
  return value.replace(/\s+/g, " ").trim();
}

// The header of this file is two lines high, and its numbers carry thousands separators.
function readRural(text: string): Map<string, RuralCount> {
  const lines: string[][] = parse(text, {bom: true, relax_column_count: true});
  const areas = lines.filter(([code]) => /^E0\d{7}$/.test(code ?? ""));
  return new Map(areas.map((line) => [line[0]!, {rural: wholeNumber(line[4]), total: wholeNumber(line[7])}]));
}

const wholeNumber = (text = "") => Number(text.replaceAll(",", ""));

interface Topology {
  readonly objects: Readonly<Record<string, {readonly geometries: readonly {readonly properties: Properties}[]}>>;
}
interface Properties {
  readonly areacd: string;
  readonly areanm: string;
}

function readOnsNames(text: string): Map<string, string> {
  const topology: Topology = JSON.parse(text);
  const areas = ["cty", "utla", "ltla"].flatMap((layer) => topology.objects[layer]?.geometries ?? []);
  return new Map(areas.map(({properties}) => [properties.areacd, properties.areanm]));
}

// --------------------------------------------------------------------------------------------------------- councils

function listCouncils(sources: Sources): CouncilRecord[] {
  const listed = sources.authorities.map((row) => readCouncil(row, sources));
  const recoded = listed.flatMap(withItsOtherCode);
  const byCode = new Map(recoded.map((council) => [council.gss, council]));
  return recoded.map((council) => ({...council, region: regionOf(council, byCode)}));
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

// ------------------------------------------------------------------------------------------------------- attributes

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

/** The code itself and the other code of the same council, if it was recoded. */
function codesOf(gss: string): string[] {
  return [gss, ...RECODES.flatMap(({from, to}) => (from === gss ? [to] : to === gss ? [from] : []))];
}

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

// ------------------------------------------------------------------------------------------------------- succession

function listSuccession(councils: readonly CouncilRecord[], sources: Sources): SuccessionRecord[] {
  const partial = new Set(Object.keys(PARTIAL_SUCCESSORS).map((letters) => sources.gssOf.get(letters)));
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
  const source = change?.source ?? (isPartial ? `${MYSOCIETY}; hand table: ${DORSET_2018}` : MYSOCIETY);
  const changed_on = shiftDay(council.valid_to, 1);
  return codes.map((gss_to) => ({gss_from: council.gss, gss_to, changed_on, kind: kindOf(gss_to), source}));
}

const DORSET_2018 = "Bournemouth, Dorset and Poole (Structural Changes) Order 2018";

// ------------------------------------------------------------------------------------------------------------ names

// A candidate of a lower rank beats one of a higher rank for the same name; equals from two councils beat each other.
const RANK: Readonly<Record<NameKind, number>> = {official: 0, short: 1, welsh: 1, alternative: 1, rule: 2, former: 2};

// Names that one council claims and a reader would not tie to it: a county or a council of before 2009 beside it
// (Bedford, Durham, Lincoln), another body or another place (Eden, Newcastle). Dorset and Somerset are also "shared".
const AMBIGUOUS_NAMES = new Set(
  "bedford,durham,lincoln,dorset,somerset,eden,newcastle,newcastle council,newcastle city,newcastle cc".split(",")
);

// Spellings seen in contract notices that no published list has and no rule gives: boroughs that dropped the word from
// their title, and towns that stand for a longer name.
const SEEN_IN_NOTICES: readonly (readonly [gss: string, name: string])[] = [
  ["E06000004", "Stockton Borough Council"],
  ["E06000012", "North East Lincolnshire Borough Council"],
  ["E06000033", "Southend City Council"],
  ["E06000034", "Thurrock Borough Council"],
  ["E06000036", "Bracknell Forest Borough Council"],
  ["E06000049", "Cheshire East Borough Council"],
  ["E06000050", "Cheshire West and Chester Borough Council"],
  ["E06000011", "East Riding Council"],
  ["E06000033", "Southend Borough Council"],
  ["E06000033", "Southend Council"],
  ["E06000046", "Isle of Wight County Council"],
  ["E06000046", "IOW Council"],
  ["E06000022", "B&NES Council"],
  ["E06000022", "BANES Council"],
  ["E06000022", "B&NES"],
  ["E06000022", "BANES"],
  ["E06000040", "RBWM"],
  ["E06000050", "CWaC"],
  ["E06000058", "BCP"],
  ["E06000058", "BCP Council"],
  ["E09000002", "LBBD"],
  ["E09000013", "LBHF"],
  ["E09000020", "RBKC"],
  ["E09000030", "LBTH"],
  ["E09000031", "LBWF"],
  ["W06000012", "NPTCBC"],
  ["W06000016", "RCTCBC"],
  ["E07000027", "Barrow Borough Council"],
  ["E07000221", "Stratford District Council"],
  ["E09000013", "H&F Council"],
  ["E09000021", "Kingston Council"],
  ["E09000021", "Royal Borough of Kingston"],
  ["E09000021", "London Borough of Kingston"],
  ["E09000027", "London Borough of Richmond"],
  ["E09000027", "Richmond Borough Council"],
  ["W06000001", "Anglesey County Council"],
  ["W06000015", "City and County of Cardiff"],
  ["W06000016", "RCT CBC"],
  ["W06000012", "NPT CBC"],
  ["E07000242", "East Herts Council"],
  ["E07000242", "East Herts District Council"]
];

// Councils of Northern Ireland until 31 March 2015, which have no code of the present scheme: their names are known for
// the council that took over their area (Local Government Act (Northern Ireland) 2014). Small parts of Castlereagh and
// Lisburn went to Belfast.
const NORTHERN_IRISH_BEFORE_2015: readonly (readonly [gss: string, ...names: string[]])[] = [
  ["N09000001", "Antrim Borough Council", "Newtownabbey Borough Council"],
  ["N09000002", "Armagh City and District Council", "Banbridge District Council", "Craigavon Borough Council"],
  [
    "N09000004",
    "Ballymoney Borough Council",
    "Coleraine Borough Council",
    "Limavady Borough Council",
    "Moyle District Council"
  ],
  ["N09000005", "Derry City Council", "Strabane District Council"],
  ["N09000006", "Fermanagh District Council", "Omagh District Council"],
  ["N09000007", "Castlereagh Borough Council", "Lisburn City Council"],
  ["N09000008", "Ballymena Borough Council", "Carrickfergus Borough Council", "Larne Borough Council"],
  [
    "N09000009",
    "Cookstown District Council",
    "Dungannon and South Tyrone Borough Council",
    "Magherafelt District Council"
  ],
  ["N09000010", "Down District Council", "Newry and Mourne District Council"],
  ["N09000011", "Ards Borough Council", "North Down Borough Council"]
];

// Whole counties that became one council in 2009: the county council's name is still written for it.
const COUNTIES_BEFORE_2009: readonly (readonly [gss: string, ...names: string[]])[] = [
  ["E06000051", "Shropshire County Council"],
  ["E06000052", "Cornwall County Council"],
  ["E06000054", "Wiltshire County Council"]
];

function formerNames(): CouncilNameRecord[] {
  const named = (rows: readonly (readonly [string, ...string[]])[], source: string) =>
    rows.flatMap(([gss, ...formers]) => formers.map((name) => ({gss, name, kind: "former" as const, source})));
  return [
    ...named(NORTHERN_IRISH_BEFORE_2015, "hand table: Local Government Act (Northern Ireland) 2014"),
    ...named(COUNTIES_BEFORE_2009, "hand table: structural changes of 1 April 2009")
  ];
}

function listNames(councils: readonly CouncilRecord[], sources: Sources) {
  // One council under two codes answers to its names under the code in force.
  const named = councils.filter(({gss}) => !RECODES.some(({from}) => from === gss));
  const candidates = [
    ...publishedNames(named, sources),
    ...named.flatMap((council) => ruleNames(council, sources)),
    ...formerNames()
  ];
  const usable = candidates.filter(({name}) => name !== "" && !/\b(town|parish|community) council\b/i.test(name));
  const byKey = grouped(usable, ({name}) => nameKey(name));
  const outcomes = [...byKey].map(([key, claims]) => settle(key, claims));
  return {
    names: sorted(
      outcomes.flatMap(({kept}) => kept),
      ({gss, name}) => `${gss} ${nameKey(name)}`
    ),
    shared: sorted(
      outcomes.flatMap(({shared}) => shared),
      ({gss, name}) => `${name} ${gss}`
    )
  };
}

/** Who keeps a name: the council with the strongest claim, nobody when two are equally strong. */
function settle(
  name: string,
  claims: readonly CouncilNameRecord[]
): {kept: CouncilNameRecord[]; shared: SharedNameRecord[]} {
  const strongest = Math.min(...claims.map(({kind}) => RANK[kind]));
  const holders = claims.filter(({kind}) => RANK[kind] === strongest);
  const sharedBy = (because: string, by: readonly CouncilNameRecord[]) => ({
    kept: [],
    shared: [...new Set(by.map(({gss}) => gss))].map((gss) => ({gss, name, because}))
  });
  if (AMBIGUOUS_NAMES.has(name)) return sharedBy("another area or body has it too", claims);
  if (new Set(holders.map(({gss}) => gss)).size > 1) return sharedBy("several councils have it", holders);
  return {kept: [bestWritten(holders)], shared: []};
}

// Aliases come in several spellings; the one with capitals is for people to read.
function bestWritten(claims: readonly CouncilNameRecord[]): CouncilNameRecord {
  return claims.find(({name}) => name !== name.toLowerCase()) ?? claims[0]!;
}

function publishedNames(councils: readonly CouncilRecord[], sources: Sources): CouncilNameRecord[] {
  const direct = councils.flatMap((council) => ownNames(council, sources));
  const aliases = sources.aliases.flatMap((row) => aliasName(row, councils, sources));
  const seen = SEEN_IN_NOTICES.map(([gss, name]) => ({
    gss,
    name,
    kind: "alternative" as const,
    source: "contract notices"
  }));
  return [...direct, ...aliases, ...seen, ...registerAliases([...direct, ...aliases], sources)];
}

function ownNames(council: CouncilRecord, sources: Sources): CouncilNameRecord[] {
  const {gss} = council;
  const codes = codesOf(gss);
  const as = (kind: NameKind, source: string) => (name: string) => ({gss, name, kind, source});
  const row = sources.authorities.find((authority) => codes.includes(cell(authority, "gss-code")))!;
  const from = (rows: ReadonlyMap<string, Row>, column: string) =>
    allFound(rows, codes).map((found) => cell(found, column));
  const welsh = sources.wales.get(cell(row, "local-authority-code"));
  return [
    as("official", council.name === cell(row, "official-name") ? MYSOCIETY : LOCAL_LINKS)(council.name),
    as("alternative", MYSOCIETY)(cell(row, "official-name")),
    as("short", MYSOCIETY)(council.short_name),
    as("short", MYSOCIETY)(cell(row, "nice-name")),
    ...allFound(sources.onsNames, codes).map(as("short", ONS)),
    ...from(sources.deprivation, "ltla24_name").map(as("short", IOD)),
    ...from(sources.education, "la_name").map(as("short", "Department for Education")),
    ...from(sources.localLinks, "name").map(as("alternative", LOCAL_LINKS)),
    ...(welsh === undefined
      ? []
      : ["name-cy", "official-name-cy"].map((column) => as("welsh", REGISTER)(cell(welsh, column)))),
    ...(welsh === undefined || cell(welsh, "name-cy") === ""
      ? []
      : [cell(welsh, "name-cy"), council.short_name].map((place) =>
          as("rule", "rule: class and title")(`Cyngor ${place}`)
        )),
    ...(welsh === undefined
      ? []
      : ["name", "official-name"].map((column) => as("alternative", REGISTER)(cell(welsh, column))))
  ];
}

function aliasName(row: Row, councils: readonly CouncilRecord[], sources: Sources): CouncilNameRecord[] {
  const code = sources.gssOf.get(cell(row, "local-authority-code"));
  if (code === undefined) return []; // a combined authority, or a council without an ONS code
  const council = councils.find(({gss}) => codesOf(gss).includes(code))!;
  const name = cell(row, "la-name").replaceAll("ï¾", ""); // a non-breaking space, read twice in the wrong encoding
  return [{gss: council.gss, name, kind: "alternative", source: MYSOCIETY}];
}

// The registers' map of names uses letter codes that its map of ONS codes does not (ARD is Arun in one, Ards in the
// other), so a group of names belongs to a council only when the names it shares with us all point to that one.
function registerAliases(known: readonly CouncilNameRecord[], sources: Sources): CouncilNameRecord[] {
  const owners = grouped(known, ({name}) => nameKey(name));
  const groups = grouped(sources.registerNames, (row) => cell(row, "local-authority"));
  return [...groups.values()].flatMap((rows) => {
    const names = rows.map((row) => cell(row, "name"));
    const codes = new Set(
      allFound(owners, names.map(nameKey))
        .flat()
        .map(({gss}) => gss)
    );
    const [gss] = codes;
    if (gss === undefined || codes.size > 1) return [];
    return names.map((name) => ({gss, name, kind: "alternative" as const, source: REGISTER}));
  });
}

/** The long forms that a council's own class and title allow, so that "Lichfield City Council", a parish, is not one. */
function ruleNames(council: CouncilRecord, sources: Sources): CouncilNameRecord[] {
  const titles = titlesOf(council, sources);
  const bases = [...new Set([council.short_name, ...titles.map(withoutTitle)])];
  const spelt = [...new Set(bases.flatMap((base) => [base, base.replace(/['’]/g, "")]))];
  const forms = [...spelt.flatMap((base) => longForms(base, council, titles)), ...shortenedForms(council, titles)];
  return [...new Set(forms)].map((name) => ({gss: council.gss, name, kind: "rule", source: "rule: class and title"}));
}

/** "Stoke City Council", "Barrow Borough Council": the first word of a place on a river or coast, only beside the class. */
function shortenedForms(council: CouncilRecord, titles: readonly string[]): string[] {
  const [first, ...rest] = council.short_name.split(/[- ](?:on|in|upon|under)[- ]/);
  if (rest.length === 0) return [];
  const hasClass = new RegExp(
    `^${first} (City|Borough|District|Metropolitan Borough) Council$|^${first} (BC|DC|CC|MBC)$`
  );
  return longForms(first!, council, titles).filter((form) => hasClass.test(form));
}

function titlesOf(council: CouncilRecord, sources: Sources): string[] {
  const links = allFound(sources.localLinks, codesOf(council.gss));
  return [council.name, ...links.map((link) => cell(link, "name"))];
}

/** "City of Bradford Metropolitan District Council" -> "Bradford". */
function withoutTitle(title: string): string {
  return title
    .replace(/^The /, "")
    .replace(/^(London Borough|Royal Borough|Borough Council|Borough|City and County|City|Council) of (the )?/, "")
    .replace(/ (Council|Corporation)$/, "")
    .replace(
      / (City and District|Metropolitan Borough|Metropolitan District|County Borough|Borough|District|City|County)$/,
      ""
    );
}

function longForms(x: string, council: CouncilRecord, titles: readonly string[]): string[] {
  if (council.short_name === "City of London") return CITY_OF_LONDON;
  if (council.class === "london-borough") return londonForms(x, titles);
  const has = (pattern: RegExp) => titles.some((title) => pattern.test(title));
  const isCity = has(/ City Council$|^City of |^City and County of | City and District Council$/);
  const isMetropolitan = council.class === "metropolitan-borough" && (has(/ Metropolitan Borough /) || !isCity);
  const isBorough = has(/ Borough Council$|^Borough |^Royal Borough /) && !has(/ County Borough /) && !isMetropolitan;
  const isDistrict = council.class === "district" && (has(/District/) || !(isCity || isBorough));
  const isCounty = council.class === "county" || has(/ County Council$/);
  return [
    `${x} Council`,
    ...(isCity ? [`${x} City Council`, `${x} City`, `City of ${x}`, `City of ${x} Council`, `${x} CC`] : []),
    ...(isCity ? [`Council of the City of ${x}`, `City Council of ${x}`] : []),
    ...(has(/^City and County of /) ? [`${x} City and County Council`, `City and County of ${x}`] : []),
    ...(isMetropolitan ? metropolitanForms(x) : []),
    ...(has(/ Metropolitan District /) ? metropolitanDistrictForms(x) : []),
    ...(isBorough
      ? [
          `${x} Borough Council`,
          `${x} Borough`,
          `Borough of ${x}`,
          `Borough Council of ${x}`,
          `Council of the Borough of ${x}`,
          `${x} BC`
        ]
      : []),
    ...(has(/^Royal Borough /) ? [`Royal Borough of ${x}`, `Royal Borough of ${x} Council`] : []),
    ...(isDistrict ? [`${x} District Council`, `${x} District`, `District Council of ${x}`, `${x} DC`] : []),
    ...(isCounty ? [`${x} County Council`, `${x} County`, `County Council of ${x}`, `${x} CC`] : []),
    ...(has(/ County Borough /) ? [`${x} County Borough Council`, `${x} County Borough`, `${x} CBC`] : []),
    ...(council.class === "unitary" ? [`${x} UA`, `${x} Unitary Authority`, `${x} Unitary`] : [])
  ];
}

const CITY_OF_LONDON = [
  "City of London Corporation",
  "Corporation of London",
  "City of London Council",
  "Mayor and Commonalty and Citizens of the City of London",
  "Common Council of the City of London"
];

function metropolitanForms(x: string): string[] {
  const long = [`${x} Metropolitan Borough Council`, `${x} Metropolitan Borough`, `Metropolitan Borough of ${x}`];
  return [
    ...long,
    `Metropolitan Borough Council of ${x}`,
    `${x} Borough Council`,
    `Borough of ${x}`,
    `${x} MBC`,
    `${x} BC`
  ];
}

function metropolitanDistrictForms(x: string): string[] {
  return [
    `${x} Metropolitan District Council`,
    `${x} MDC`,
    `City of ${x} Metropolitan District Council`,
    `City of ${x} MDC`
  ];
}

function londonForms(x: string, titles: readonly string[]): string[] {
  if (titles.some((title) => /^City of /.test(title)))
    return [`${x} Council`, `${x} City Council`, `City of ${x}`, `City of ${x} Council`, `${x} City`];
  const royal = titles.some((title) => title.startsWith("Royal "));
  const kinds = royal ? ["Royal Borough", "London Borough"] : ["London Borough"];
  return [
    ...kinds.flatMap((kind) => [
      `${kind} of ${x}`,
      `${kind} of ${x} Council`,
      `${x} ${kind} Council`,
      `${x} ${kind}`,
      `${kind} ${x}`
    ]),
    ...[`${x} Council`, `${x} Borough Council`, `Borough of ${x}`, `LB ${x}`, `LB of ${x}`, `${x} LB`, `${x} LBC`],
    ...(royal ? [`RB ${x}`, `RB of ${x}`] : [])
  ];
}

// ------------------------------------------------------------------------------------------------------------ tiers

const SERVICE_LINES = [
  "education",
  "highways-transport",
  "childrens-social-care",
  "adult-social-care",
  "public-health",
  "housing-homelessness",
  "cultural",
  "environmental",
  "planning",
  "police",
  "fire",
  "central-support",
  "capital-works"
] as const;
type ServiceLine = (typeof SERVICE_LINES)[number];

interface Runner {
  readonly by: string;
  readonly body: string;
  readonly rule: string;
}

const COUNTY_SERVICES: readonly ServiceLine[] = [
  "education",
  "highways-transport",
  "childrens-social-care",
  "adult-social-care",
  "public-health"
];

const SHARED_BY_COUNTY: Partial<Record<ServiceLine, string>> = {
  cultural: "shared: libraries, archives and county museums; its districts run leisure, parks and theatres",
  environmental: "shared: waste disposal and trading standards; its districts collect waste and clean streets",
  planning: "shared: minerals and waste, and county developments; its districts decide the rest"
};

const SHARED_BY_DISTRICT: Partial<Record<ServiceLine, string>> = {
  cultural: "shared: leisure, parks and theatres; the county council runs libraries, archives and county museums",
  environmental: "shared: waste collection, streets and environmental health; the county council disposes of the waste",
  planning: "shared: local plans and applications; the county council plans minerals and waste"
};

// Councils that are the fire and rescue authority themselves cannot be told by class: those in force that reported
// spending on the fire line of the revenue summary (RS) 2017-18. The Isle of Wight did too, and has since joined
// Hampshire in one authority.
const FIRE_COUNTIES = "E10000013 E10000015 E10000019 E10000020 E10000025 E10000029 E10000030 E10000031 E10000032";
const FIRE_UNITARIES = "E06000052 E06000053 E06000057";
const FIRE_COUNCILS = new Set(`${FIRE_COUNTIES} ${FIRE_UNITARIES}`.split(" "));

const ENGLISH_RULE = "class rule: Local Government Act 1972 and successors";
const LONDON_RULE = "class rule: London Government Act 1963 and Greater London Authority Act 1999";
const FIRE_RULE = "class rule: Fire and Rescue Services Act 2004; revenue summary 2017-18, fire line";
const POLICE_RULE = "class rule: Police Reform and Social Responsibility Act 2011";
const SCOTTISH_RULE = "class rule: Local Government etc. (Scotland) Act 1994 and successors";
const WELSH_RULE = "class rule: Local Government (Wales) Act 1994 and successors";
const NORTHERN_IRISH_RULE = "class rule: Local Government Act (Northern Ireland) 2014";

function listTiers(councils: readonly CouncilRecord[]): TierRecord[] {
  const inForce = sorted(
    councils.filter(({valid_to}) => valid_to === ""),
    ({gss}) => gss
  );
  return inForce.flatMap((council) => SERVICE_LINES.map((line) => tierRow(council, line)));
}

function tierRow(council: CouncilRecord, line: ServiceLine): TierRecord {
  const {by, body, rule} = runnerOf(council, line);
  return {
    gss: council.gss,
    service_line: line,
    run_by: by,
    body_name: body,
    from: council.valid_from,
    to: "",
    source: rule
  };
}

function runnerOf(council: CouncilRecord, line: ServiceLine): Runner {
  if (council.nation === "Scotland") return devolved(council, line, SCOTTISH_BODIES, SCOTTISH_RULE);
  if (council.nation === "Wales") return devolved(council, line, WELSH_BODIES, WELSH_RULE);
  if (council.nation === "Northern Ireland") return devolved(council, line, NORTHERN_IRISH_BODIES, NORTHERN_IRISH_RULE);
  if (line === "police") return policeRunner(council);
  if (line === "fire") return fireRunner(council);
  if (council.class === "county") return countyRunner(council, line);
  if (council.class === "district") return districtRunner(council, line);
  return {by: council.gss, body: "", rule: council.class === "london-borough" ? LONDON_RULE : ENGLISH_RULE};
}

function countyRunner({gss}: CouncilRecord, line: ServiceLine): Runner {
  if (line === "housing-homelessness") return {by: "", body: "its district and borough councils", rule: ENGLISH_RULE};
  return {by: gss, body: SHARED_BY_COUNTY[line] ?? "", rule: ENGLISH_RULE};
}

function districtRunner({gss, county_gss}: CouncilRecord, line: ServiceLine): Runner {
  if (COUNTY_SERVICES.includes(line)) return {by: county_gss, body: "its county council", rule: ENGLISH_RULE};
  return {by: gss, body: SHARED_BY_DISTRICT[line] ?? "", rule: ENGLISH_RULE};
}

function policeRunner(council: CouncilRecord): Runner {
  if (council.short_name === "City of London") return {by: council.gss, body: "", rule: LONDON_RULE};
  const body =
    council.region === "London" ? "Mayor's Office for Policing and Crime" : "police and crime commissioner or mayor";
  return {by: "", body, rule: council.region === "London" ? LONDON_RULE : POLICE_RULE};
}

function fireRunner(council: CouncilRecord): Runner {
  const authority = [council.gss, council.county_gss].find((gss) => FIRE_COUNCILS.has(gss));
  if (authority !== undefined) {
    return {by: authority, body: authority === council.gss ? "" : "its county council", rule: FIRE_RULE};
  }
  const body = council.region === "London" ? "London Fire Commissioner" : "fire and rescue authority";
  return {by: "", body, rule: FIRE_RULE};
}

type Bodies = Partial<Record<ServiceLine, string>>;
const SCOTTISH_BODIES: Bodies = {
  "public-health": "National Health Service boards",
  police: "Police Service of Scotland",
  fire: "Scottish Fire and Rescue Service"
};
const WELSH_BODIES: Bodies = {
  "public-health": "Public Health Wales and the local health boards",
  police: "police and crime commissioner",
  fire: "fire and rescue authority"
};
const NORTHERN_IRISH_BODIES: Bodies = {
  education: "Education Authority",
  "highways-transport": "Department for Infrastructure",
  "childrens-social-care": "health and social care trusts",
  "adult-social-care": "health and social care trusts",
  "public-health": "Public Health Agency",
  "housing-homelessness": "Northern Ireland Housing Executive",
  police: "Police Service of Northern Ireland",
  fire: "Northern Ireland Fire and Rescue Service"
};

function devolved({gss}: CouncilRecord, line: ServiceLine, bodies: Bodies, rule: string): Runner {
  const body = bodies[line];
  return body === undefined ? {by: gss, body: "", rule} : {by: "", body, rule};
}

// ------------------------------------------------------------------------------------------------------------ order

// Code-unit order, not the reader's locale, so that a rebuild elsewhere gives the same bytes.
function sorted<T>(rows: readonly T[], key: (row: T) => string): T[] {
  return [...rows].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

function grouped<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return groups;
}

function allFound<T>(rows: ReadonlyMap<string, T>, keys: readonly string[]): T[] {
  return keys.filter((key) => rows.has(key)).map((key) => rows.get(key)!);
}
