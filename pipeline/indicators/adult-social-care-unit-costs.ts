import {readFileSync} from "node:fs";
import {csvHeader, csvRows, readCsv} from "../formats/csv.ts";
import {LayoutError} from "../formats/layoutError.ts";
import type {Recognised} from "../formats/recognise.ts";
import {linkedFiles} from "./discovery/linkedFiles.ts";
import {definePublication, type Observation, openGovernment} from "./indicator.ts";
import {assertRatesAgree, figure} from "./reading/figures.ts";
import {financialYear, type Period} from "./reading/periods.ts";
import {assertOnce, ENGLAND} from "./reading/places.ts";

// One council in each column ("102 - Cumbria"), one measure in each row, the regions before it all and the notes after.

const LABELS = [
  "Support type",
  "Age category",
  "Primary support reason",
  "Service delivery mechanism",
  "Unit cost category",
  "Unit cost provision"
] as const;

const WANTED = ["Long term", "Age 18 and over", "", "Residential and nursing care"]; // the first four labels
const PROVISION = "All";

export default definePublication({
  id: "adult-social-care-unit-costs",
  title: "Personal social services: expenditure and unit costs, England",
  publisher: "NHS England",
  licence: "OGL-UK-3.0",
  attribution: openGovernment("NHS England"),
  page: "https://digital.nhs.uk/data-and-information/publications/statistical/personal-social-services-expenditure-and-unit-costs",
  discovery: linkedFiles({
    page: "https://digital.nhs.uk/data-and-information/publications/statistical/personal-social-services-expenditure-and-unit-costs",
    file: /pss-exp-eng-\d\d-\d\d-fin-coun-lev-unit-cost\.csv/,
    release: /personal-social-services-expenditure-and-unit-costs-england-20\d\d/,
    filesOn: ["files.digital.nhs.uk"]
  }),
  periods: "financial year 2014-15",
  nextUpdate: "none: the return was replaced by the Adult Social Care Activity and Finance Report",
  caveats: ["Unit costs of 2014-15 do not compare with those of earlier years: activity was reported anew."],
  traps: [
    "Councils are columns and not rows, named by number and name.",
    "Numerator, denominator and unit cost are rows, told apart by six labels.",
    "The year is said only in a note below the table.",
    "Costs are in thousands, and must give the published unit cost when divided."
  ],
  indicators: [
    {
      id: "adult-care-home-weekly-cost",
      kind: "cost",
      title: "Weekly cost of an adult's place in residential or nursing care",
      question: "What did a week in residential or nursing care cost for one adult?",
      unit: "pounds-per-week",
      polarity: "higher-is-dearer",
      tier: "upper",
      serviceLine: "adult-social-care",
      numerator: "gross total expenditure on residential and nursing care of adults in the year, in pounds",
      denominator: "weeks of residential and nursing care that the council paid for in the year",
      per: 1,
      interval: "none: administrative total",
      range: [0, 10_000],
      periodType: "financial-year",
      breaks: [{on: "2014-04-01", what: "Activity is reported anew: earlier unit costs are not comparable."}],
      caveats: [
        "Not a price list: it moves with the mix of nursing and residential care, of ages and of needs.",
        "One year only, and before most contracts that are published.",
        "The publisher flags extreme outliers in parts of the return.",
        "Cash terms, not adjusted for inflation."
      ]
    }
  ],
  expect: {councilsPerPeriod: [140, 160]}, // 152 in 2014-15

  recognises: (file) => file.format === "text" && hasLabels(file),

  observations: (file) => {
    const rows = csvRows(file.bytes, "windows-1252");
    const header = rows.find(({cells}) => LABELS.every((label, i) => cells[i] === label));
    if (header === undefined) throw new LayoutError(`no row begins with ${LABELS.join(", ")}`);
    const period = yearIn(rows.map(({cells}) => cells[0] ?? "").join(" "));
    const [spent, weeks, stated] = ["Numerator", "Denominator", "Unit costs"].map((category) => rowOf(rows, category));
    const codes = gssByCode();
    const cells = header.cells.flatMap((place, column) => {
      const gss = placeOf(place, codes);
      if (gss === null) return [];
      const where = `line ${spent!.line} to ${stated!.line}, column ${column + 1} (${place})`;
      const numerator = figure(spent!.cells[column], where);
      const inPounds = {...numerator, number: numerator.number === null ? null : numerator.number * 1000};
      const denominator = figure(weeks!.cells[column], where);
      return [{gss, where, numerator: inPounds, denominator, published: figure(stated!.cells[column], where)}];
    });
    assertRatesAgree(cells, 1, 2);
    const observations = cells.map(
      ({gss, where, numerator, denominator, published}): Observation => ({
        indicatorId: "adult-care-home-weekly-cost",
        gss,
        ...period,
        value: published.number,
        numerator: numerator.number,
        denominator: denominator.number,
        missingReason: published.symbol,
        position: where
      })
    );
    assertOnce(observations);
    return observations;
  }
});

/** The labels stand in the second line, under one of regions; quotes and line breaks come only in the notes below. */
function hasLabels({bytes}: Recognised): boolean {
  const second = bytes.indexOf(0x0a) + 1;
  const header = csvHeader(bytes.subarray(second));
  return header !== null && LABELS.every((label, i) => header[i] === label);
}

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

function rowOf(rows: readonly Line[], category: string): Line {
  const labels = [...WANTED, category, PROVISION];
  const found = rows.filter(({cells}) => labels.every((label, i) => cells[i]?.trim() === label));
  if (found.length !== 1)
    throw new LayoutError(
      `${found.length} rows are labelled ${labels.filter((label) => label !== "").join(", ")}, not one`
    );
  return found[0]!;
}

/** The notes compare "2014-15 and the previous year"; the file states its year nowhere else. */
function yearIn(notes: string): Period {
  const named = /\b(20\d\d-\d\d) and the previous year/.exec(notes)?.[1];
  if (named === undefined)
    throw new LayoutError('no note compares a year "and the previous year": the year is not known');
  const {year, ...period} = financialYear(named, "notes");
  return period;
}

/** "102 - Cumbria" by its number; "England"; null for labels and regions. */
function placeOf(place: string, codes: ReadonlyMap<string, string>): string | null {
  if (place === "England") return ENGLAND;
  const number = /^(\d{3}) - /.exec(place)?.[1];
  if (number === undefined) return null;
  const gss = codes.get(number);
  if (gss === undefined) throw new LayoutError(`"${place}" has no code in data/reference/cassr_codes.csv`);
  return gss;
}

function gssByCode(): ReadonlyMap<string, string> {
  const table = readCsv(readFileSync(new URL("../../data/reference/cassr_codes.csv", import.meta.url)));
  return new Map(table.rows.map(({cells}) => [cells.cassr_code!, cells.gss!]));
}
