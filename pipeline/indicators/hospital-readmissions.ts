import {columnNamed, csvHeader, readCsv} from "../formats/csv.ts";
import {LayoutError} from "../formats/layoutError.ts";
import {fingertips} from "./discovery/fingertips.ts";
import {definePublication, type Observation, openGovernment} from "./indicator.ts";
import {figure} from "./reading/figures.ts";
import {financialYear} from "./reading/periods.ts";
import {assertOnce, ENGLAND, isCouncil} from "./reading/places.ts";

const READMISSIONS = "41101";

// Named once each in the files; Fingertips adds columns at the end from time to time.
const COLUMNS = {
  indicator: "Indicator ID",
  gss: "Area Code",
  sex: "Sex",
  category: "Category",
  period: "Time period",
  value: "Value",
  note: "Value note"
} as const;

export default definePublication({
  id: "hospital-readmissions",
  title: "Public health profiles (Fingertips): emergency readmissions",
  publisher: "Department of Health and Social Care",
  licence: "OGL-UK-3.0",
  attribution: openGovernment("Department of Health and Social Care"),
  page: "https://fingertips.phe.org.uk/search/readmissions",
  discovery: fingertips(Number(READMISSIONS)),
  periods: "none read yet: no file is at hand",
  nextUpdate: "not stated",
  caveats: [
    "Written after the layout of another indicator's file of the same source; no file of this one has been read."
  ],
  traps: [
    "Rows with a category break a place down by deprivation, and are left out.",
    "Two councils that are combined stand under both codes: neither has a figure of its own.",
    "England stands twice, and must agree."
  ],
  indicators: [
    {
      id: "hospital-readmissions",
      kind: "context",
      title: "Emergency readmissions to hospital within 30 days",
      question: "How often does a patient come back to hospital as an emergency within 30 days?",
      unit: "percent",
      polarity: "neither",
      tier: "upper",
      serviceLine: "public-health",
      numerator: "emergency readmissions within 30 days of leaving hospital, as standardised by the publisher",
      denominator: "patients who left hospital",
      per: null, // standardised for age and sex: it does not follow from the counts
      interval: "none: counts not published",
      range: [0, 100],
      periodType: "financial-year",
      caveats: [
        "Not a council's service: hospitals answer for it, and it stands here as context only.",
        "Standardised for age and sex by the publisher, so its own interval does not follow from counts and is not shown."
      ]
    }
  ],
  expect: {councilsPerPeriod: [140, 155]},

  recognises: ({format, bytes}) => {
    const header = format === "text" ? csvHeader(bytes) : null;
    return header !== null && Object.values(COLUMNS).every((name) => header.includes(name));
  },

  observations: ({bytes}) => {
    const table = readCsv(bytes);
    for (const name of Object.values(COLUMNS)) columnNamed(table, name);
    const mine = table.rows.filter(({cells}) => cells[COLUMNS.indicator] === READMISSIONS);
    if (mine.length === 0) throw new LayoutError(`no row is of indicator ${READMISSIONS}`);
    const rows = mine.filter(({cells}) => isWholePlace(cells));
    const observations = rows.map(({cells, line}) => observation(cells, `line ${line}`));
    const once = onlyOnceEngland(observations);
    assertOnce(once);
    return once;
  }
});

type Cells = Readonly<Record<string, string>>;

/** All persons of a council or of England: rows with a category break a place down by deprivation and the like. */
function isWholePlace(cells: Cells): boolean {
  const gss = cells[COLUMNS.gss] ?? "";
  return cells[COLUMNS.category] === "" && cells[COLUMNS.sex] === "Persons" && (gss === ENGLAND || isCouncil(gss));
}

/** "Value for Hackney and City of London combined" stands under both codes: it is neither council's own. */
const COMBINED = /\bcombined\b/i;

function observation(cells: Cells, position: string): Observation {
  const {year, ...period} = financialYear(cells[COLUMNS.period] ?? "", position);
  const {number, symbol} = figure(cells[COLUMNS.value], position);
  const note = cells[COLUMNS.note]?.trim() ?? "";
  const isCombined = COMBINED.test(note);
  return {
    indicatorId: "hospital-readmissions",
    gss: cells[COLUMNS.gss]!,
    ...period,
    value: isCombined ? null : number,
    numerator: null,
    denominator: null,
    missingReason: isCombined ? note : number === null && note !== "" ? note : symbol,
    position
  };
}

/**
 * England stands once with no parent and once as its own parent.
 *
 * @throws {LayoutError} when the two do not agree
 */
function onlyOnceEngland(observations: readonly Observation[]): Observation[] {
  const first = new Map<string, Observation>();
  return observations.filter((one) => {
    if (one.gss !== ENGLAND) return true;
    const before = first.get(one.period);
    if (before === undefined) {
      first.set(one.period, one);
      return true;
    }
    if (before.value !== one.value)
      throw new LayoutError(
        `${one.position}: England in ${one.period} is ${one.value}, but ${before.value} on ${before.position}`
      );
    return false;
  });
}
