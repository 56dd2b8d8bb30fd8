import {type CsvTable, columnNamed, csvHeader, readCsv} from "../formats/csv.ts";
import {LayoutError} from "../formats/layoutError.ts";
import {definePublication, type Observation} from "./indicator.ts";

/** What a column holds, and the names it has had: first that of the 2025 release, then those of 2022 to 2024. */
const NAMES = {
  year: ["time_period"],
  yearKind: ["time_identifier"],
  level: ["geographic_level"],
  gss: ["new_la_code"],
  referrals: ["referral_count", "Referrals"],
  rereferrals: ["rereferral_count", "Re_referrals"],
  percent: ["rereferral_percent", "Re_referrals_percent"]
} as const;

type Columns = Readonly<Record<keyof typeof NAMES, string>>;

export default definePublication({
  id: "children-in-need",
  title: "Characteristics of children in need",
  publisher: "Department for Education",
  licence: "OGL-UK-3.0",
  attribution:
    "Contains public sector information licensed under the Open Government Licence v3.0 (Department for Education).",
  page: "https://explore-education-statistics.service.gov.uk/find-statistics/characteristics-of-children-in-need",
  nextUpdate: "not stated",
  caveats: ["Each release restates the years before it: use the newest file only."],
  indicators: [
    {
      id: "children-rereferrals",
      kind: "repeat-demand",
      title: "Children's social care referrals within 12 months of an earlier one",
      question: "How often is a child referred to social care again within a year of an earlier referral?",
      unit: "percent",
      polarity: "higher-is-more-repeat-demand",
      tier: "upper",
      serviceLine: "childrens-social-care",
      numerator: "referrals in the year that follow an earlier referral of the same child within 12 months",
      denominator: "referrals in the year",
      range: [0, 100],
      periodType: "financial-year",
      caveats: [
        "Not a measure of failure: some children will always need to come back, and thresholds and front doors differ.",
        "Councils differ in what they record as a referral, so compare a council with itself before its neighbours."
      ]
    }
  ],
  expect: {councilsPerPeriod: [140, 160]}, // 151 to 153 in every year from 2013 to 2025

  recognises: (file) => {
    if (file.format !== "text") return false;
    const header = csvHeader(file.bytes);
    return header !== null && Object.values(NAMES).every((names) => names.some((name) => header.includes(name)));
  },

  observations: (file) => {
    const table = readCsv(file.bytes);
    const columns = columnsOf(table);
    const councils = table.rows.filter(({cells}) => cells[columns.level] === "Local authority"); // not England, not regions
    const observations = councils.map(({cells, line}) => observation(cells, columns, line));
    assertOnce(observations);
    return observations;
  }
});

function columnsOf(table: CsvTable): Columns {
  const found = Object.entries(NAMES).map(([meaning, names]) => [meaning, columnNamed(table, ...names)]);
  return Object.fromEntries(found) as Columns;
}

function observation(cells: Readonly<Record<string, string>>, columns: Columns, line: number): Observation {
  const percent = figure(cells[columns.percent], line);
  const rereferrals = figure(cells[columns.rereferrals], line);
  const referrals = figure(cells[columns.referrals], line);
  assertAgree(percent, rereferrals, referrals, line);
  return {
    indicatorId: "children-rereferrals",
    gss: council(cells[columns.gss], line),
    ...yearEnding(cells[columns.year], cells[columns.yearKind], line),
    value: percent.number,
    numerator: rereferrals.number,
    denominator: referrals.number,
    missingReason: percent.symbol,
    position: `line ${line}`
  };
}

interface Figure {
  readonly number: number | null;
  readonly symbol: string | null; // why there is no number
  readonly decimals: number;
}

/** In place of a number: c suppressed, u unreliable, x not available, z not applicable; older releases also in capitals. */
const SYMBOL = /^[cuxz]$/i;

function figure(cell: string | undefined, line: number): Figure {
  const text = cell?.trim() ?? "";
  if (text === "") return {number: null, symbol: "empty", decimals: 0};
  if (SYMBOL.test(text)) return {number: null, symbol: text, decimals: 0};
  if (!/^\d+(\.\d+)?$/.test(text))
    throw new LayoutError(`line ${line}: "${text}" is neither a number nor one of the symbols c, u, x, z`);
  return {number: Number(text), symbol: null, decimals: text.split(".")[1]?.length ?? 0};
}

/**
 * The published percentage is that of the published counts, rounded to one decimal place (20.0 is written "20"). Every row
 * of 2013 to 2025 agrees; where one does not, a column was misread.
 */
function assertAgree(percent: Figure, rereferrals: Figure, referrals: Figure, line: number): void {
  if (percent.number === null || rereferrals.number === null || !referrals.number) return;
  const computed = (100 * rereferrals.number) / referrals.number;
  const rounding = 0.5 * 10 ** -Math.max(1, percent.decimals) + 1e-9; // the last term for binary fractions
  if (Math.abs(computed - percent.number) > rounding)
    throw new LayoutError(
      `line ${line}: ${rereferrals.number} of ${referrals.number} is ${computed.toFixed(2)} %, but the file says ${percent.number} %`
    );
}

function council(cell: string | undefined, line: number): string {
  const gss = cell?.trim() ?? "";
  if (!/^E\d{8}$/.test(gss)) throw new LayoutError(`line ${line}: "${gss}" is not a council's code such as E08000035`);
  return gss;
}

/** 2025 is the reporting year from 1 April 2024 to 31 March 2025, read as "2024-25"; 202425 says the same. */
function yearEnding(
  cell: string | undefined,
  kind: string | undefined,
  line: number
): Pick<Observation, "period" | "periodStartOn" | "periodEndOn"> {
  if (kind !== "Reporting year" && kind !== "Financial year")
    throw new LayoutError(`line ${line}: the year is a "${kind ?? ""}", not a reporting or financial year`);
  const year = lastYear(cell?.trim() ?? "");
  if (year === null) throw new LayoutError(`line ${line}: "${cell ?? ""}" is not a year such as 2025 or 202425`);
  return {
    period: `${year - 1}-${String(year).slice(2)}`,
    periodStartOn: `${year - 1}-04-01`,
    periodEndOn: `${year}-03-31`
  };
}

function lastYear(text: string): number | null {
  if (/^20\d\d$/.test(text)) return Number(text);
  const [, first, last] = /^(20\d\d)(\d\d)$/.exec(text) ?? [];
  return first !== undefined && (Number(first) + 1) % 100 === Number(last) ? Number(first) + 1 : null;
}

function assertOnce(observations: readonly Observation[]): void {
  const seen = new Map<string, string>();
  for (const {gss, period, position} of observations) {
    const before = seen.get(`${gss} ${period}`);
    if (before !== undefined) throw new LayoutError(`${position}: ${gss} in ${period} stands on ${before} already`);
    seen.set(`${gss} ${period}`, position);
  }
}
