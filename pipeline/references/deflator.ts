import {csvRows} from "../formats/csv.ts";
import {LayoutError} from "../formats/layoutError.ts";
import type {Recognised} from "../formats/recognise.ts";
import {fixedAddress} from "../indicators/discovery/linkedFiles.ts";
import {openGovernment} from "../indicators/indicator.ts";
import {figure} from "../indicators/reading/figures.ts";
import {defineReference} from "./reference.ts";

const SERIES = "L8GG"; // implied deflator of gross domestic product at market prices, seasonally adjusted index

export default defineReference({
  id: "deflator",
  title: "GDP deflator at market prices, by financial year",
  publisher: "Office for National Statistics",
  licence: "OGL-UK-3.0",
  attribution: openGovernment("Office for National Statistics"),
  page: "https://www.ons.gov.uk/economy/grossdomesticproductgdp/timeseries/l8gg/pn2",
  discovery: fixedAddress(
    "https://www.ons.gov.uk/generator?format=csv&uri=/economy/grossdomesticproductgdp/timeseries/l8gg/pn2",
    "Time series L8GG"
  ),
  caveats: [
    "The mean of the four quarters of a financial year; a year with fewer is left out.",
    "The committed table has no rows until the series has been fetched: no figure is taken from memory, and money stays in cash terms.",
    "The layout is the one that the publisher's time series are known to have; no file of it is at hand."
  ],
  table: "deflator",
  columns: ["version", "price_year", "financial_year", "index_number", "source"],
  recognises: (file) => file.format === "text" && seriesOf(rowsOf(file)) === SERIES,

  rows: (file) => {
    const rows = rowsOf(file);
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
    const priceYear = Math.max(...whole.map(([end]) => end));
    return whole.map(([end, quarters]) => ({
      version: releasedOn(rows),
      price_year: String(priceYear),
      financial_year: String(end),
      index_number: String(quarters.reduce((sum, one) => sum + one, 0) / 4),
      source: `ONS ${SERIES}`
    }));
  }
});

type Rows = ReturnType<typeof csvRows>;

const rowsOf = ({bytes}: Recognised): Rows => csvRows(bytes);
/** The series is revised from release to release, so its day is the version of the table. */
function releasedOn(rows: Rows): string {
  const cell = rows.find(({cells}) => cells[0] === "Release date")?.cells[1] ?? "";
  const [, day, month, year] = /^(\d{2})-(\d{2})-(\d{4})$/.exec(cell) ?? [];
  if (year === undefined) throw new LayoutError(`the release date is "${cell}", not a day such as 30-09-2025`);
  return `${year}-${month}-${day}`;
}

const seriesOf = (rows: Rows): string | null => rows.find(({cells}) => cells[0] === "CDID")?.cells[1] ?? null;
