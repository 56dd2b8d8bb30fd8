import {readFileSync} from "node:fs";
import {readCsv} from "../formats/csv.ts";
import {LayoutError} from "../formats/layoutError.ts";
import {type ParquetRow, parquetColumns, parquetRows} from "../formats/parquet.ts";
import {gitHubFolder} from "./discovery/gitHubFolder.ts";
import {definePublication, type Indicator, type Observation, openGovernment} from "./indicator.ts";
import {figure} from "./reading/figures.ts";
import {calendarYear, financialYearEnding, lastYearOf, type Period} from "./reading/periods.ts";
import {assertOnce, ENGLAND} from "./reading/places.ts";

// The tool restates figures of other publications in one long table. Read here: what the Department offers nowhere else.

const COLUMNS = ["Short Desc", "Years", "Values", "LA Number"] as const;

const SHARED = {
  tier: "upper",
  per: null,
  interval: "none: counts not published",
  periodType: "financial-year"
} as const;

const UNIT_COST = {
  ...SHARED,
  kind: "cost",
  unit: "pounds-per-week",
  polarity: "higher-is-dearer",
  serviceLine: "childrens-social-care",
  range: [0, 50_000]
} as const;

const COST_CAVEATS = [
  "Cash terms, rounded by the publisher to £5; not adjusted for inflation.",
  "Spending and its base come from two different returns, so a unit cost can be wrong in ways neither is."
];

const ON_ONE_DAY =
  "A year's spending over the children of one day, 31 March: a council whose numbers changed in the year looks dear or cheap.";

const RATE = {...SHARED, unit: "percent", range: [0, 100]} as const;

/** The series that are read, by the tool's short description. */
const SERIES: Readonly<Record<string, Indicator>> = {
  RescareFinance: {
    ...UNIT_COST,
    id: "residential-weekly-cost",
    title: "Weekly cost of a child's place in residential care",
    question: "What does a week in residential care cost for one looked-after child?",
    numerator: "spending on residential care in the section 251 outturn (not in the file)",
    denominator: "weeks of residential care in the return on looked-after children (not in the file)",
    caveats: [
      "Not a price list: needs differ from child to child, and councils differ in what they book under residential care.",
      "Secure units, children's homes, residential care homes and residential schools together.",
      ...COST_CAVEATS
    ]
  },
  FosteringFinance: {
    ...UNIT_COST,
    id: "fostering-weekly-cost",
    title: "Weekly cost of a foster placement",
    question: "What does a week in a foster family cost for one looked-after child?",
    numerator: "spending on fostering in the section 251 outturn (not in the file)",
    denominator: "children in foster placements on 31 March, for 52 weeks (not in the file)",
    caveats: [
      "Not a price list: a council's own foster families and agencies' together, whose costs differ.",
      ON_ONE_DAY,
      ...COST_CAVEATS
    ]
  },
  LACFinance: {
    ...UNIT_COST,
    id: "looked-after-weekly-cost",
    title: "Weekly cost of a looked-after child",
    question: "What does a week in care, of whatever kind, cost for one child?",
    numerator: "spending on looked-after children in the section 251 outturn (not in the file)",
    denominator: "looked-after children on 31 March, for 52 weeks (not in the file)",
    caveats: [
      "Not a price: it moves with the mix of fostering and residential care as much as with what either costs.",
      ON_ONE_DAY,
      ...COST_CAVEATS
    ]
  },
  SWFinance: {
    ...UNIT_COST,
    id: "social-work-weekly-cost",
    title: "Weekly cost of social work for a child in need",
    question: "What does a week of social work and commissioning cost for one child in need?",
    numerator: "spending on social work and commissioning in the section 251 outturn (not in the file)",
    denominator: "children in need on 31 March, for 52 weeks (not in the file)",
    caveats: [
      "Not a salary or a caseload: commissioning and management are in it, and councils differ in whom they count as in need.",
      ON_ONE_DAY,
      ...COST_CAVEATS
    ]
  },
  "ReoffYO15-17": {
    ...RATE,
    id: "youth-reoffending",
    kind: "repeat-demand",
    title: "Young offenders aged 15 to 17 who offend again",
    question: "How many young people of 15 to 17 offend again within a year of a caution, conviction or release?",
    polarity: "higher-is-more-repeat-demand",
    serviceLine: "childrens-social-care",
    numerator: "young offenders aged 15 to 17 with a proven further offence (not in the file)",
    denominator: "young offenders aged 15 to 17 in the cohort (not in the file)",
    caveats: [
      "Not the council's service alone: police, courts and youth offending teams decide it too.",
      "Small cohorts, whose size the file does not state: a few young people move the percentage, and no interval can be given.",
      "Source: Ministry of Justice and Youth Justice Board, as restated by the tool.",
      "The cohort is formed in one year and followed for twelve months: the year named is the tool's financial year, read as ending in March."
    ]
  },
  SEN_AppealableDec: {
    ...RATE,
    id: "send-appeals",
    kind: "context",
    title: "Appeals to the SEND tribunal",
    question: "How many of a council's appealable decisions on special educational needs are appealed?",
    polarity: "neither",
    serviceLine: "education",
    numerator: "appeals registered with the tribunal (not in the file)",
    denominator: "decisions that can be appealed (not in the file)",
    periodType: "calendar-year",
    caveats: [
      "Not the share of decisions that were wrong: whether a family appeals depends on its means and advice as well.",
      "Source: Ministry of Justice and Department for Education, as restated by the tool; calendar years."
    ]
  }
};

export default definePublication({
  id: "section-251",
  title: "Local Authority Interactive Tool: section 251 unit costs, youth re-offending, appeals",
  publisher: "Department for Education",
  licence: "OGL-UK-3.0",
  attribution: openGovernment("Department for Education"),
  page: "https://www.gov.uk/government/publications/local-authority-interactive-tool-lait",
  discovery: gitHubFolder(
    "dfe-analytical-services/local-authority-interactive-tool",
    "01_data/02_prod",
    /^bds_long_\d+\.parquet$/
  ),
  periods: "financial years 2016-17 to 2024-25; youth re-offending 2015-16 to 2023-24; appeals 2016 to 2024",
  nextUpdate: "not stated",
  caveats: ["The tool merges every reason for a missing figure into one dash."],
  traps: [
    "Every reason for a missing figure is one dash in the file.",
    "A council's number outlives reorganisations: it means a code only in a year.",
    "The tool lists both sides of a reorganisation in every year: the side that did not exist is left out.",
    "Figures are text, and the council's number may be text or a number."
  ],
  indicators: Object.values(SERIES),
  expect: {councilsPerPeriod: [140, 160]}, // 151 to 153 in every year

  recognises: (file) => {
    if (file.format !== "parquet") return false;
    const present = parquetColumns(file.bytes);
    return COLUMNS.every((name) => present.includes(name));
  },

  observations: async (file) => {
    const codes = councilCodes();
    const observations: Observation[] = [];
    let place = 0;
    for await (const row of parquetRows(file.bytes, COLUMNS)) {
      place += 1;
      const indicator = SERIES[String(row["Short Desc"])];
      if (indicator !== undefined) observations.push(...observation(indicator, row, `row ${place}`, codes));
    }
    if (observations.length === 0)
      throw new LayoutError(`no rows with a short description of ${Object.keys(SERIES).join(", ")}`);
    assertOnce(observations);
    return observations;
  }
});

const ENGLAND_NUMBER = 970;

/**
 * One council's or England's figure for one year, or nothing where the row is not about a council of that year: numbers
 * after 970 are regions and groups, and the tool lists both sides of a reorganisation in every year, with a dash for the one
 * that did not exist.
 */
function observation(indicator: Indicator, row: ParquetRow, position: string, codes: readonly Code[]): Observation[] {
  const number = Number(row["LA Number"] ?? Number.NaN); // text or floating-point, depending on who wrote the file
  if (!Number.isInteger(number))
    throw new LayoutError(`${position}: "${row["LA Number"] ?? ""}" is not a council's number such as 330`);
  if (number > ENGLAND_NUMBER) return [];
  const {codesOf, ...period} = periodOf(indicator, String(row.Years), position);
  const {number: value, symbol} = figure(String(row.Values ?? ""), position);
  const gss = number === ENGLAND_NUMBER ? ENGLAND : codeIn(codesOf, number, codes);
  if (gss === null && symbol === "-") return [];
  const place = gss ?? (ON_OTHER_COUNCILS.includes(indicator.id) ? nearestCode(codesOf, number, codes) : null);
  if (place === null)
    throw new LayoutError(
      `${position}: council number ${number} has a figure for ${period.period}, but no code in data/reference/dfe_la_codes.csv`
    );
  const counts = {numerator: null, denominator: null};
  return [{indicatorId: indicator.id, gss: place, ...period, value, ...counts, missingReason: symbol, position}];
}

/**
 * "2016-17 (OT)" is the outturn of the year from 1 April 2016; "2024" the year that ends in March 2024, or the calendar year.
 *
 * @returns also the year in which to look up councils' codes: those of the year that ends in the March after
 */
function periodOf({periodType}: Indicator, text: string, position: string): Period & {readonly codesOf: number} {
  const year = lastYearOf(text.trim().replace(/ \(OT\)$/, ""));
  if (year === null)
    throw new LayoutError(`${position}: "${text}" is not the outturn of a financial year such as 2016-17 (OT)`);
  return periodType === "calendar-year"
    ? {codesOf: year + 1, ...calendarYear(year)}
    : {codesOf: year, ...financialYearEnding(year)};
}

/** A council's number and the code it stood for, in the years ending in March from `first` to `last`. */
interface Code {
  readonly number: number;
  readonly gss: string;
  readonly first: number;
  readonly last: number;
}

/**
 * The Department numbers councils by three digits, and a number outlives a reorganisation: 815 is North Yorkshire before
 * and after 2023, 825 Buckinghamshire before and after 2020. So a number means a code only in a year (the one it ends in).
 *
 * Source: `data/reference/dfe_la_codes.csv`, both codes as the Department's own Characteristics of children in need has them,
 * year by year. A year after its last is refused until the table says who existed in it.
 */
function councilCodes(): Code[] {
  const table = readCsv(readFileSync(new URL("../../data/reference/dfe_la_codes.csv", import.meta.url)));
  return table.rows.map(({cells}) => ({
    number: Number(cells.la_number),
    gss: cells.gss!,
    first: Number(cells.first_year),
    last: Number(cells.last_year)
  }));
}

const codeIn = (year: number, number: number, codes: readonly Code[]): string | null =>
  codes.find((code) => code.number === number && code.first <= year && code.last >= year)?.gss ?? null;

/** Series that the tool takes from bodies with councils of other years than the year of the figure. */
const ON_OTHER_COUNCILS: readonly string[] = ["youth-reoffending", "send-appeals"];

/**
 * The code of a council that has a figure outside its own life: youth justice still counts in Dorset, Bournemouth and Poole
 * as they were until 2019, and the tribunal in today's Dorset from 2016 on. The figure belongs to that council, and the
 * years show that no other stands for it.
 */
function nearestCode(year: number, number: number, codes: readonly Code[]): string | null {
  if (year > Math.max(...codes.map(({last}) => last))) return null;
  const away = ({first, last}: Code): number => Math.max(first - year, year - last);
  const [nearest] = codes.filter((code) => code.number === number).sort((a, b) => away(a) - away(b));
  return nearest?.gss ?? null;
}
