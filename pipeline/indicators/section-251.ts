import {readFileSync} from "node:fs";
import {readCsv} from "../formats/csv.ts";
import {LayoutError} from "../formats/layoutError.ts";
import {type ParquetRow, parquetColumns, readParquet} from "../formats/parquet.ts";
import {definePublication, type Observation} from "./indicator.ts";

const COLUMNS = ["Short Desc", "Years", "Values", "LA Number"] as const;
const RESIDENTIAL = "RescareFinance";

export default definePublication({
  id: "section-251",
  title: "Local Authority Interactive Tool: section 251 unit costs",
  publisher: "Department for Education",
  licence: "OGL-UK-3.0",
  attribution:
    "Contains public sector information licensed under the Open Government Licence v3.0 (Department for Education).",
  page: "https://www.gov.uk/government/publications/local-authority-interactive-tool-lait",
  nextUpdate: "not stated",
  caveats: ["The tool merges every reason for a missing figure into one dash."],
  indicators: [
    {
      id: "residential-weekly-cost",
      kind: "cost",
      title: "Weekly cost of a child's place in residential care",
      question: "What does a week in residential care cost for one looked-after child?",
      unit: "pounds-per-week",
      polarity: "higher-is-dearer",
      tier: "upper",
      serviceLine: "childrens-social-care",
      numerator: "spending on residential care in the section 251 outturn (not in the file)",
      denominator: "weeks of residential care in the return on looked-after children (not in the file)",
      range: [0, 50_000],
      periodType: "financial-year",
      caveats: [
        "Not a price list: needs differ from child to child, and councils differ in what they book under residential care.",
        "Secure units, children's homes, residential care homes and residential schools together.",
        "Cash terms, rounded by the publisher to £5; not adjusted for inflation.",
        "Spending and weeks come from two different returns, so a unit cost can be wrong in ways neither is."
      ]
    }
  ],
  expect: {councilsPerPeriod: [140, 160]}, // 151 to 153 in every year from 2016-17 to 2024-25

  recognises: (file) => {
    if (file.format !== "parquet") return false;
    const present = parquetColumns(file.bytes);
    return COLUMNS.every((name) => present.includes(name));
  },

  observations: async (file) => {
    const rows = await readParquet(file.bytes, COLUMNS);
    const codes = councilCodes();
    const observations = rows.flatMap((row, i): Observation[] =>
      row["Short Desc"] === RESIDENTIAL ? observation(row, `row ${i + 1}`, codes) : []
    );
    if (observations.length === 0) throw new LayoutError(`no rows with the short description ${RESIDENTIAL}`);
    assertOnce(observations);
    return observations;
  }
});

type Codes = ReadonlyMap<string, string>; // "815 2024" to E06000065

/**
 * One council's figure for one year, or nothing where the row is not about a council of that year: numbers from 970 are
 * England and its regions, and the tool lists both sides of a reorganisation in every year, with a dash for the one that
 * did not exist.
 */
function observation(row: ParquetRow, position: string, codes: Codes): Observation[] {
  const number = Number(row["LA Number"] ?? Number.NaN); // text or floating-point, depending on who wrote the file
  if (!Number.isInteger(number))
    throw new LayoutError(`${position}: "${row["LA Number"] ?? ""}" is not a council's number such as 330`);
  if (number >= 970) return [];
  const text = String(row.Values ?? "").trim();
  const {year, ...period} = financialYear(String(row.Years), position);
  const gss = codes.get(`${number} ${year}`);
  if (gss === undefined && text === "-") return [];
  if (gss === undefined)
    throw new LayoutError(
      `${position}: council number ${number} has a figure for ${period.period}, but no code in data/reference/dfe_la_codes.csv`
    );
  const figures = {...figure(text, position), numerator: null, denominator: null};
  return [{indicatorId: "residential-weekly-cost", gss, ...period, ...figures, position}];
}

/** Pounds a week, or the dash that the tool has for every reason why there is none. */
function figure(text: string, position: string): Pick<Observation, "value" | "missingReason"> {
  if (text === "") return {value: null, missingReason: "empty"};
  if (text === "-") return {value: null, missingReason: text};
  if (!/^\d+(\.\d+)?$/.test(text)) throw new LayoutError(`${position}: "${text}" is neither a number nor a dash`);
  return {value: Number(text), missingReason: null};
}

/** "2016-17 (OT)" is the outturn of the year from 1 April 2016. */
function financialYear(
  text: string,
  position: string
): Pick<Observation, "period" | "periodStartOn" | "periodEndOn"> & {readonly year: number} {
  const [, start, end] = /^(\d{4})-(\d{2}) \(OT\)$/.exec(text) ?? [];
  const year = Number(start) + 1;
  if (start === undefined || year % 100 !== Number(end))
    throw new LayoutError(`${position}: "${text}" is not the outturn of a financial year such as 2016-17 (OT)`);
  return {year, period: `${start}-${end}`, periodStartOn: `${start}-04-01`, periodEndOn: `${year}-03-31`};
}

/**
 * The Department numbers councils by three digits, and a number outlives a reorganisation: 815 is North Yorkshire before
 * and after 2023, 825 Buckinghamshire before and after 2020. So a number means a code only in a year (the one it ends in).
 *
 * Source: `data/reference/dfe_la_codes.csv`, both codes as the Department's own Characteristics of children in need has them,
 * year by year. A year after its last is refused until the table says who existed in it.
 */
function councilCodes(): Codes {
  const table = readCsv(readFileSync(new URL("../../data/reference/dfe_la_codes.csv", import.meta.url)));
  return new Map(
    table.rows.flatMap(({cells}) => yearsOf(cells).map((year) => [`${cells.la_number} ${year}`, cells.gss!]))
  );
}

function yearsOf(cells: Readonly<Record<string, string>>): number[] {
  const first = Number(cells.first_year);
  return Array.from({length: Number(cells.last_year) - first + 1}, (_, i) => first + i);
}

function assertOnce(observations: readonly Observation[]): void {
  const seen = new Map<string, string>();
  for (const {gss, period, position} of observations) {
    const before = seen.get(`${gss} ${period}`);
    if (before !== undefined) throw new LayoutError(`${position}: ${gss} in ${period} stands in ${before} already`);
    seen.set(`${gss} ${period}`, position);
  }
}
