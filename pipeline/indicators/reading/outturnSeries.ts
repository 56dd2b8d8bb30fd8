import {columnIn, columnNamed, csvHeader, readCsv} from "../../formats/csv.ts";
import {LayoutError} from "../../formats/layoutError.ts";
import type {Recognised} from "../../formats/recognise.ts";
import type {Observation} from "../indicator.ts";
import {figure} from "./figures.ts";
import {financialYearEnding} from "./periods.ts";
import {ENGLAND, isCouncil} from "./places.ts";

// The outturn of many years in one CSV: one row per authority and year, one column per variable of each form. Written after the
// column names that another project gives of it, and the variables' names in the workbooks of one year; no file is at hand.

/** An indicator and the names that its column may have, such as RSX_edu_tot_exp. */
export interface SeriesColumn {
  readonly indicatorId: string;
  readonly names: readonly string[];
}

const PLACE = ["ONS_code"];
const YEAR = ["year_ending"];

/** True for the CSV of all years: its place and year, and at least one of the columns. */
export function isOutturnSeries({format, bytes}: Recognised, columns: readonly SeriesColumn[]): boolean {
  const header = format === "text" ? csvHeader(bytes) : null;
  if (header === null || columnIn(header, PLACE) === undefined || columnIn(header, YEAR) === undefined) return false;
  return columns.some(({names}) => columnIn(header, names) !== undefined);
}

/**
 * Councils and England, in £ thousand.
 *
 * @throws {LayoutError} when a column is not there, a year is none, or the figures are evidently in pounds
 */
export function outturnSeries({bytes}: Recognised, columns: readonly SeriesColumn[]): Observation[] {
  const table = readCsv(bytes);
  const [place, year] = [columnNamed(table, ...PLACE), columnNamed(table, ...YEAR)];
  const wanted = columns.map(({indicatorId, names}) => ({indicatorId, column: columnNamed(table, ...names)}));
  const observations = table.rows.flatMap(({cells, line}): Observation[] => {
    const gss = cells[place]?.trim() ?? "";
    if (gss !== ENGLAND && !isCouncil(gss)) return []; // police, fire, parks, classes, regions
    const [, end] = /^(20\d\d)-?03(?:-31)?$/.exec(cells[year]?.trim() ?? "") ?? [];
    if (end === undefined) throw new LayoutError(`line ${line}: "${cells[year]}" is not a year ending such as 202503`);
    return wanted.map(({indicatorId, column}): Observation => {
      const {number, symbol} = figure(cells[column], `line ${line}, ${column}`);
      const counts = {numerator: null, denominator: null};
      const period = financialYearEnding(Number(end));
      return {indicatorId, gss, ...period, value: number, ...counts, missingReason: symbol, position: `line ${line}`};
    });
  });
  assertThousands(observations);
  return observations;
}

const LARGEST_OF_A_COUNCIL = 3_000_000; // £ thousand; in pounds a hundred councils would be beyond it

function assertThousands(observations: readonly Observation[]): void {
  const beyond = observations.find(({gss, value}) => gss !== ENGLAND && Math.abs(value ?? 0) > LARGEST_OF_A_COUNCIL);
  if (beyond !== undefined)
    throw new LayoutError(
      `${beyond.position}: ${beyond.value} for ${beyond.indicatorId} of ${beyond.gss} is more than any council spends in £ thousand: the file may be in pounds`
    );
}
