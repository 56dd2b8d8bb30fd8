import {type CsvTable, columnIn, columnNamed, csvHeader, readCsv} from "../../formats/csv.ts";
import {LayoutError} from "../../formats/layoutError.ts";
import type {Recognised} from "../../formats/recognise.ts";
import {financialYear, type Period} from "./periods.ts";
import {councilIn, ENGLAND} from "./places.ts";

// The files of Explore Education Statistics: one row per place and year, the same columns for both in every file.

const PLACE_AND_YEAR = {
  year: ["time_period"],
  yearKind: ["time_identifier"],
  level: ["geographic_level"],
  gss: ["new_la_code"]
} as const;

const LOCAL = /^(local authority|la)$/i; // in files and in the API
const NATIONAL = /^(national|nat)$/i;

/** For each thing a file holds, the names its column has had, the newest first. */
export type Names = Readonly<Record<string, readonly string[]>>;

export interface DfeRow<N extends Names> {
  readonly gss: string; // a council's code, or England's
  readonly period: Period;
  readonly cell: Readonly<Record<keyof N, string>>;
  readonly where: string; // "line 12"
}

/** True when the file is a CSV with all these columns, each under one of its names. */
export function hasColumns(file: Recognised, names: Names): boolean {
  if (file.format !== "text") return false;
  const header = csvHeader(file.bytes);
  const wanted = Object.values({...PLACE_AND_YEAR, ...names});
  return header !== null && wanted.every((some) => columnIn(header, some) !== undefined);
}

/**
 * The rows about councils and England; regions are left out.
 *
 * @throws {LayoutError} with the line, when a year is not a financial or reporting year or a council has no code
 */
export function dfeRows<N extends Names>(file: Recognised, names: N): DfeRow<N>[] {
  const table = readCsv(file.bytes);
  const place = columnsOf(table, PLACE_AND_YEAR);
  const wanted = columnsOf(table, names);
  return table.rows.flatMap(({cells, line}) => {
    const level = cells[place.level];
    const isNational = NATIONAL.test(level ?? "");
    if (!isNational && !LOCAL.test(level ?? "")) return [];
    const where = `line ${line}`;
    const gss = isNational ? ENGLAND : councilIn(cells[place.gss], where);
    const period = reportingYear(cells[place.year], cells[place.yearKind], where);
    const cell = Object.fromEntries(Object.entries(wanted).map(([meaning, column]) => [meaning, cells[column] ?? ""]));
    return [{gss, period, cell: cell as DfeRow<N>["cell"], where}];
  });
}

function columnsOf<N extends Names>(table: CsvTable, names: N): Readonly<Record<keyof N, string>> {
  const found = Object.entries(names).map(([meaning, some]) => [meaning, columnNamed(table, ...some)]);
  return Object.fromEntries(found) as Readonly<Record<keyof N, string>>;
}

/** 2025 is the reporting year from 1 April 2024 to 31 March 2025, read as "2024-25"; 202425 says the same. */
function reportingYear(cell: string | undefined, kind: string | undefined, where: string): Period {
  if (!/^(reporting|financial) year$/i.test(kind ?? ""))
    throw new LayoutError(`${where}: the year is a "${kind ?? ""}", not a reporting or financial year`);
  const {year, ...period} = financialYear(cell ?? "", where);
  return period;
}
