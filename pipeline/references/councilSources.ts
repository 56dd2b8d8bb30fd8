import {parse} from "csv-parse/sync";
import type {CouncilClass} from "./councils.ts";

// The publications that the tables of councils are made from, read into rows; what each table takes from them is elsewhere.

export type Row = Readonly<Record<string, string>>;

export const SOURCE_FILES = {
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
export const MYSOCIETY = "mySociety";
export const ONS = "ONS boundaries";
export const LOCAL_LINKS = "GOV.UK local links";
export const REGISTER = "GOV.UK registers";
export const IOD = "IoD2025";
export const RUC = "RUC2011";

export const CLASS_OF_TYPE: Readonly<Record<string, CouncilClass>> = {
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
const APRIL_2009 =
  "ONS Code History Database, changes of 1 April 2009, as the Greater London Authority's package gsscoder recodes them";
const SOUTH_YORKSHIRE_2025 = "hand table: S.I. 2024/1328, in force 1 April 2025; ONS boundaries (year)";
export const RECODES: readonly Recode[] = [
  recode("E07000025", "E06000053", "2009-04-01", APRIL_2009),
  recode("W06000007", "W06000023", "2009-04-01", APRIL_2009),
  recode("W06000017", "W06000024", "2009-04-01", APRIL_2009),
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

export interface Sources {
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

export function readSources(texts: SourceTexts): Sources {
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
export function cell(row: Row, column: string): string {
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

/** The code itself and the other code of the same council, if it was recoded. */
export function codesOf(gss: string): string[] {
  return [gss, ...RECODES.flatMap(({from, to}) => (from === gss ? [to] : to === gss ? [from] : []))];
}

// ------------------------------------------------------------------------------------------------------------ order

// Code-unit order, not the reader's locale, so that a rebuild elsewhere gives the same bytes.
export function sorted<T>(rows: readonly T[], key: (row: T) => string): T[] {
  return [...rows].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

export function grouped<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return groups;
}

export function allFound<T>(rows: ReadonlyMap<string, T>, keys: readonly string[]): T[] {
  return keys.filter((key) => rows.has(key)).map((key) => rows.get(key)!);
}
