import {csvRows} from "../formats/csv.ts";
import {LayoutError} from "../formats/layoutError.ts";
import type {Recognised} from "../formats/recognise.ts";
import type {Sheet} from "../formats/sheet.ts";
import {isWorkbook, readWorkbook} from "../formats/workbook.ts";
import {fixedAddress} from "../indicators/discovery/linkedFiles.ts";
import {openGovernment} from "../indicators/indicator.ts";
import {figure} from "../indicators/reading/figures.ts";
import {lastYearOf} from "../indicators/reading/periods.ts";
import {defineReference} from "./reference.ts";

const SERIES = "L8GG"; // implied deflator of gross domestic product at market prices, seasonally adjusted index

export default defineReference({
  id: "deflator",
  title: "GDP deflator at market prices, by financial year",
  publisher: "Office for National Statistics; HM Treasury",
  licence: "OGL-UK-3.0",
  attribution: openGovernment("Office for National Statistics; HM Treasury"),
  page: "https://www.ons.gov.uk/economy/grossdomesticproductgdp/timeseries/l8gg/pn2",
  discovery: fixedAddress(
    "https://www.ons.gov.uk/generator?format=csv&uri=/economy/grossdomesticproductgdp/timeseries/l8gg/pn2",
    "Time series L8GG"
  ),
  caveats: [
    "The mean of the four quarters of a financial year; a year with fewer is left out.",
    "A workbook of HM Treasury (https://www.gov.uk/government/collections/gdp-deflators-at-market-prices-and-money-gdp) can be imported instead: years that had not ended when it was made are forecasts, and are left out.",
    "The committed table has no rows until a file has been fetched or imported: no figure is taken from memory, and money stays in cash terms.",
    "The layouts are those that the publishers are known to use; no file of either is at hand."
  ],
  table: "deflator",
  columns: ["version", "price_year", "financial_year", "index_number", "source"],
  recognises: (file) =>
    isWorkbook(file)
      ? treasuryTable(file) !== null
      : file.format === "text" && seriesOf(csvRows(file.bytes)) === SERIES,
  rows: (file) => (isWorkbook(file) ? fromTreasury(file) : fromSeries(file))
});

interface Row {
  readonly version: string; // the day or month of the release: the index is revised from one to the next
  readonly price_year: string; // the last financial year, by the year it ends in
  readonly financial_year: string;
  readonly index_number: string;
  readonly source: string;
  readonly [column: string]: string;
}

type Rows = ReturnType<typeof csvRows>;

function fromSeries({bytes}: Recognised): Row[] {
  const rows = csvRows(bytes);
  if (seriesOf(rows) !== SERIES)
    throw new LayoutError(`the file is of series ${seriesOf(rows) ?? "without a CDID"}, not ${SERIES}`);
  const years = new Map<number, number[]>();
  for (const {line, cells} of rows) {
    const [, year, quarter] = /^(\d{4}) Q([1-4])$/.exec(cells[0] ?? "") ?? [];
    if (year === undefined) continue; // the title, notes and whole calendar years
    const {number} = figure(cells[1], `line ${line}`);
    if (number === null) continue;
    const end = quarter === "1" ? Number(year) : Number(year) + 1;
    years.set(end, [...(years.get(end) ?? []), number]);
  }
  const whole = [...years].filter(([, quarters]) => quarters.length === 4);
  const means = whole.map(([end, quarters]) => [end, quarters.reduce((sum, one) => sum + one, 0) / 4] as const);
  return rowsOf(means, releasedOn(rows), `ONS ${SERIES}`);
}

function rowsOf(years: readonly (readonly [end: number, index: number])[], version: string, source: string): Row[] {
  const priceYear = String(Math.max(...years.map(([end]) => end)));
  return years.map(([end, index]) => ({
    version,
    price_year: priceYear,
    financial_year: String(end),
    index_number: String(index),
    source
  }));
}

/** The series is revised from release to release, so its day is the version of the table. */
function releasedOn(rows: Rows): string {
  const cell = rows.find(({cells}) => cells[0] === "Release date")?.cells[1] ?? "";
  const [, day, month, year] = /^(\d{2})-(\d{2})-(\d{4})$/.exec(cell) ?? [];
  if (year === undefined) throw new LayoutError(`the release date is "${cell}", not a day such as 30-09-2025`);
  return `${year}-${month}-${day}`;
}

const seriesOf = (rows: Rows): string | null => rows.find(({cells}) => cells[0] === "CDID")?.cells[1] ?? null;

/** Where a workbook of the Treasury states the index: a column of financial years, and one of the deflator. */
interface TreasuryTable {
  readonly sheet: string;
  readonly above: string;
  readonly rows: Sheet["rows"];
  readonly year: number;
  readonly index: number;
}

/** Headings take several rows and move; the first row with a financial year in it ends them. */
function treasuryTable(file: Recognised): TreasuryTable | null {
  for (const {name, rows} of readWorkbook(file)) {
    const first = rows.findIndex(({cells}) => cells.some(isFinancialYear));
    if (first < 0) continue;
    const heading = (column: number) =>
      rows
        .slice(0, first)
        .map(({cells}) => cells[column] ?? "")
        .join(" ");
    const columns = rows[first]!.cells.map((_, column) => column);
    const year = rows[first]!.cells.findIndex(isFinancialYear);
    const index = columns.filter(
      (column) => column !== year && /deflator/i.test(heading(column)) && !/change|growth/i.test(heading(column))
    );
    if (index.length !== 1) continue;
    const above = rows
      .slice(0, first)
      .flatMap(({cells}) => cells)
      .join(" ");
    return {sheet: name, above, rows: rows.slice(first), year, index: index[0]!};
  }
  return null;
}

const isFinancialYear = (cell: string): boolean => /^\d{4}[-/]\d{2}$/.test(cell.trim());

function fromTreasury(file: Recognised): Row[] {
  const table = treasuryTable(file);
  if (table === null)
    throw new LayoutError("no sheet has financial years such as 2024-25 beside one column headed GDP deflator");
  const version = madeIn(table);
  const years = table.rows.flatMap(({cells, number}): [number, number][] => {
    const cell = cells[table.year]?.trim() ?? "";
    const end = isFinancialYear(cell) ? lastYearOf(cell) : null; // years before 2000 are older than any contract here
    if (end === null || `${end}-03` >= version) return []; // a forecast
    const {number: index} = figure(cells[table.index], `${table.sheet}!row ${number}`);
    return index === null ? [] : [[end, index]];
  });
  if (years.length === 0) throw new LayoutError(`${table.sheet} has no financial year that ended before ${version}`);
  return rowsOf(years, version, `HM Treasury, ${table.sheet}`);
}

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** "Outturn data are as at 30 September 2025": the month in which a workbook was made, the latest that it names above its table. */
function madeIn({sheet, above}: TreasuryTable): string {
  const named = [...above.matchAll(new RegExp(`\\b(${MONTHS.join("|")}) (20\\d\\d)`, "gi"))].map(([, month, year]) => {
    const number = MONTHS.findIndex((name) => name.toLowerCase() === month!.toLowerCase()) + 1;
    return `${year}-${String(number).padStart(2, "0")}`;
  });
  const latest = named.sort().at(-1);
  if (latest === undefined)
    throw new LayoutError(
      `${sheet} names no month such as September 2025 above its table: which years are forecasts is not known`
    );
  return latest;
}
