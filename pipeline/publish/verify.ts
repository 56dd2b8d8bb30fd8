import {existsSync} from "node:fs";
import {join} from "node:path";
import type {Hypothesis} from "../hypotheses/hypothesis.ts";
import {checksumFaults} from "./checksums.ts";
import {type Cells, daysInclusive, inYearGbp, pennies, type TextRow, wilson} from "./recompute.ts";
import {reestimate} from "./reestimate.ts";
import {type Manifest, readManifest} from "./release.ts";
import {Releases} from "./releases.ts";
import {csvRows, readCells} from "./reproduce.ts";
import type {ReleaseTable} from "./tableFiles.ts";

/** A cell that somebody cites, read out of an address or a citation. */
export interface CitedCell {
  readonly version: string;
  readonly table: string;
  readonly key: readonly string[];
  readonly column: string;
  readonly value: string | null; // as the citation gives it; null in a bare address
}

export interface Verification {
  readonly isMatch: boolean;
  readonly lines: readonly string[]; // in words, the verdict last
}

/** What somebody gave to be verified is no citation of ours. */
export class CitationError extends Error {}

/**
 * Reads the version, the cell and, where it is stated, the value out of a permalink or any form of citation: text, Harvard, BibTeX, CSL-JSON.
 *
 * @throws {CitationError} saying what is missing
 */
export function readCitation(text: string): CitedCell {
  const [, version, fragment] = /\/v\/(\d{4}-\d{2}-\d{2}-[0-9a-f]{8})\/[^\s#"}]*(?:#([^\s"}<>]+))?/.exec(text) ?? [];
  if (version === undefined)
    throw new CitationError(
      `no address with a version in "${text.slice(0, 80)}": a permalink looks like /v/2025-01-23-1a2b3c4d/council/E08000012/#council-scale/E08000012/childrens-social-care/2025/typical_pound_gbp`
    );
  if (fragment === undefined)
    throw new CitationError(
      `the address names version ${version} but no number: the part after # says which, such as #contracts/00d5e9ab51d1c2f3/value_gbp`
    );
  const parts = fragment
    .replace(/[.,;)]+$/, "")
    .split("/")
    .map(decodeURIComponent);
  const [table = "", ...rest] = parts;
  const column = rest.pop();
  if (column === undefined || rest.length === 0)
    throw new CitationError(`"#${fragment}" is not table, key and column with "/" between them`);
  const value = /\bvalue[:=\s{"]+(-?[\d,]*\.?\d+(?:e[+-]?\d+)?)/i.exec(text)?.[1] ?? null;
  return {version, table, key: rest, column, value: value === null ? null : value.replaceAll(",", "")};
}

/**
 * Recomputes a cited number from the release it cites and says whether it holds, in words.
 *
 * Three things are compared: the citation with the released file, the released file with its checksum, and the released cell with what the
 * rows that it is made of give. The newest version is told for comparison, and does not count.
 *
 * @param hypotheses the claims, whose specifications a cited estimate is run again by
 * @throws {CitationError} when the text is no citation, or names a table, row or column that the release does not have
 * @throws {Error} when the version is not at hand
 */
export async function verify(
  releaseFolder: string,
  text: string,
  hypotheses: readonly Hypothesis[] = []
): Promise<Verification> {
  const cited = readCitation(text);
  const releases = new Releases(releaseFolder);
  const folder = releases.find(cited.version);
  const manifest = readManifest(folder);
  const table = tableOf(manifest, cited);
  const row = await findRow(folder, table, cited);
  if (row === null)
    throw new CitationError(`version ${cited.version} has no row ${cited.key.join(", ")} in ${table.file}`);
  const released = row[cited.column] ?? "";
  const differences = [
    ...checksumFaults(folder),
    ...citedDifference(cited, released),
    ...(await recomputedDifference(folder, table, row, cited.column)),
    ...(await estimateDifference(folder, cited, hypotheses))
  ];
  const basis = recomputedFrom(table.file, cited.column);
  return {
    isMatch: differences.length === 0,
    lines: [
      `${table.file}, ${table.key.map((column, i) => `${column} ${cited.key[i]}`).join(", ")}: ${cited.column} is ${released || "empty"} in version ${cited.version}`,
      ...manifest.notices.map(({text: notice}) => `notice: ${notice}`),
      await sinceThen(releases, cited, released),
      ...differences,
      differences.length === 0
        ? `MATCH: ${basis}`
        : `DIFFERS: ${differences.length === 1 ? "one thing" : `${differences.length} things`} above`
    ]
  };
}

const ESTIMATED = ["estimate", "low_95", "high_95"];

async function estimateDifference(
  folder: string,
  {table, key, column}: CitedCell,
  hypotheses: readonly Hypothesis[]
): Promise<string[]> {
  if (table !== "estimates" || !ESTIMATED.includes(column) || hypotheses.length === 0) return [];
  const [hypothesis_id = "", spec_id = ""] = key;
  const found = await reestimate(folder, hypotheses, {hypothesis_id, spec_id});
  return found
    .filter(({name, isMatch}) => !isMatch && name.includes(`: ${column}`))
    .map(({published, recomputed}) => `the released rows give ${recomputed}, and the release says ${published}`);
}

function tableOf(manifest: Manifest, {table, key, column, version}: CitedCell): ReleaseTable {
  const found = manifest.tables.find(({file}) => file === table);
  if (!found)
    throw new CitationError(
      `version ${version} has no table "${table}"; it has ${manifest.tables.map(({file}) => file).join(", ")}`
    );
  if (found.key.length !== key.length)
    throw new CitationError(
      `a row of ${table} is named by ${found.key.join(", ") || "nothing"}, and the address gives ${key.join(", ")}`
    );
  if (column.includes('"')) throw new CitationError(`${table} has no column ${column}`);
  return found;
}

async function findRow(
  folder: string,
  table: ReleaseTable,
  {key, column, version}: CitedCell
): Promise<TextRow | null> {
  if (!existsSync(join(folder, `${table.file}.verbatim.csv`))) return null;
  for await (const row of csvRows(folder, table.file)) {
    if (!(column in row))
      throw new CitationError(
        `${table.file} of version ${version} has no column "${column}"; it has ${Object.keys(row).join(", ")}`
      );
    if (table.key.every((name, i) => row[name] === key[i])) return row;
  }
  return null;
}

function citedDifference({value}: CitedCell, released: string): string[] {
  if (value === null) return [];
  if (released === "") return [`the citation says ${value}, and the released cell is empty`];
  const decimals = /\.(\d+)$/.exec(value)?.[1]?.length ?? 0;
  const isSame = value.includes("e")
    ? Number(value) === Number(released)
    : Number(released).toFixed(decimals) === Number(value).toFixed(decimals);
  return isSame ? [] : [`the citation says ${value}, and the release says ${released}`];
}

/** What the cell is in the newest version at hand, which may have more data or better rules. */
async function sinceThen(releases: Releases, cited: CitedCell, released: string): Promise<string> {
  const newest = releases.latest();
  if (newest === null || newest.version === cited.version) return "this is the newest version at hand";
  const table = readManifest(releases.path(newest.version)).tables.find(({file}) => file === cited.table);
  const row =
    table && table.key.length === cited.key.length
      ? await rowOrNull(releases.path(newest.version), table, cited)
      : null;
  const now = row?.[cited.column];
  const why = newest.note.find((line) => line.startsWith(`${cited.table}:`)) ?? newest.note[0] ?? "";
  if (now === undefined) return `newer data exist: version ${newest.version} has no such number. ${why}`;
  return now === released
    ? `newer data exist: version ${newest.version} has the same number`
    : `newer data exist: version ${newest.version} says ${now || "empty"}. ${why}`;
}

async function rowOrNull(folder: string, table: ReleaseTable, cited: CitedCell): Promise<TextRow | null> {
  try {
    return await findRow(folder, table, cited);
  } catch (error) {
    if (error instanceof CitationError) return null;
    throw error;
  }
}

const MEASURED = ["scale_value", "scale_value_below_gate"];

/** How a number was checked, in words. */
function recomputedFrom(table: string, column: string): string {
  if (table === "council-scale") return "worked out again from the contracts, their years and running expenses";
  if (table === "scale-and-outcome")
    return MEASURED.includes(column)
      ? "worked out again from the contracts and their years"
      : "the same as in the table it is taken from";
  if (table === "estimates" && ESTIMATED.includes(column))
    return "estimated again from the released tables, by the specification that the row names";
  if (table === "contract-years") return "worked out again from the contract's value and days";
  if (table === "contracts" && ["annual_value_gbp", "term_days"].includes(column))
    return "worked out again from the contract's value and dates";
  if (table === "observations" && ["low_95", "high_95"].includes(column))
    return "worked out again from numerator and denominator";
  return "as released; it is held as its publisher stated it, in the file whose hash is in the row";
}

async function recomputedDifference(
  folder: string,
  table: ReleaseTable,
  row: TextRow,
  column: string
): Promise<string[]> {
  const value = await recomputed(folder, table.file, row, column);
  if (value === undefined || isSame(row[column] ?? "", value)) return [];
  return [`the released rows give ${value ?? "nothing"}, and the release says ${row[column] || "nothing"}`];
}

/** The cell worked out again; undefined when it is not worked out from other cells. */
async function recomputed(
  folder: string,
  table: string,
  row: TextRow,
  column: string
): Promise<number | null | undefined> {
  if (table === "contracts") return ofContract(row, column);
  if (table === "contract-years" && column === "in_year_gbp") return ofYear(folder, row);
  if (table === "observations") return ofObservation(row, column);
  if (table === "council-scale") return ofCell(await readCells(folder), row, column);
  if (table === "scale-and-outcome") return ofDot(folder, row, column);
  return undefined;
}

function ofContract(row: TextRow, column: string): number | undefined {
  const {starts_on = "", ends_on = "", term_days = "", value_gbp = ""} = row;
  if (term_days === "" || value_gbp === "") return undefined;
  const days = daysInclusive(starts_on, ends_on);
  if (column === "term_days") return days;
  return column === "annual_value_gbp" ? Math.round((pennies(value_gbp) * 365) / Math.max(365, days)) / 100 : undefined;
}

async function ofYear(folder: string, row: TextRow): Promise<number | undefined> {
  for await (const contract of csvRows(folder, "contracts"))
    if (contract.contract_id === row.contract_id) return inYearGbp(contract, Number(row.financial_year));
  return undefined;
}

function ofObservation(
  {numerator = "", denominator = "", low_95 = "", value = ""}: TextRow,
  column: string
): number | undefined {
  if (numerator === "" || denominator === "" || low_95 === "" || value === "") return undefined;
  const interval = wilson(Number(numerator), Number(denominator));
  return column === "low_95" ? interval?.[0] : column === "high_95" ? interval?.[1] : undefined;
}

const ofCell = (cells: Cells, {gss, service_line, financial_year}: TextRow, column: string): number | undefined =>
  cells.measures(`${gss} ${service_line} ${financial_year}`)[column];

async function ofDot(folder: string, row: TextRow, column: string): Promise<number | undefined> {
  if (column === "scale_value" && row.scale_value !== "")
    return ofCell(await readCells(folder), row, row.scale_measure ?? "");
  if (column !== "outcome_value") return undefined;
  for await (const observation of csvRows(folder, "observations"))
    if (
      observation.indicator_id === row.indicator_id &&
      observation.council_gss === row.gss &&
      observation.period === row.outcome_period &&
      observation.value !== ""
    )
      return Number(observation.value);
  return undefined;
}

/** Money to the penny, other measures to nine significant figures: a sum in another order may differ in the last ones. */
const isSame = (released: string, value: number | null): boolean =>
  value === null
    ? released === ""
    : released !== "" && Number(Number(released).toPrecision(9)) === Number(value.toPrecision(9));
