import {LayoutError} from "../formats/layoutError.ts";
import type {Recognised} from "../formats/recognise.ts";
import type {Sheet, SheetRow} from "../formats/sheet.ts";
import {isWorkbook, readWorkbook} from "../formats/workbook.ts";
import {govUk} from "./discovery/govUk.ts";
import {definePublication, type Observation, openGovernment} from "./indicator.ts";
import {figure, rateOf} from "./reading/figures.ts";
import {heading} from "./reading/headedTable.ts";
import {financialYear} from "./reading/periods.ts";
import {assertOnce, ENGLAND, isCouncil} from "./reading/places.ts";

export default definePublication({
  id: "fly-tipping",
  title: "Fly-tipping in England: incidents and actions by local authority",
  publisher: "Department for Environment, Food and Rural Affairs",
  licence: "OGL-UK-3.0",
  attribution: openGovernment("Department for Environment, Food and Rural Affairs"),
  page: "https://www.gov.uk/government/statistics/fly-tipping-in-england",
  discovery: govUk(["statistics/fly-tipping-in-england"], {
    attachment: /fly[-_ ]?tipping.*(LA\b|local authorit)|flytipping[-_ ]la/i
  }),
  periods: "financial years 2012-13 to 2022-23; clearance costs to 2016-17",
  nextUpdate: "not stated",
  caveats: ["Each workbook restates the years before it: use the newest file only."],
  traps: [
    "All years but the newest are hidden by the publisher's filter, and are read.",
    "Totals of regions stand among the councils, and England twice in one year on another basis.",
    "A colon is a figure that is not available.",
    "Estimated incidents have fractions, and keep them.",
    "Clearance costs end in 2016-17: later years say so."
  ],
  indicators: [
    {
      id: "fly-tipping-clearance-cost",
      kind: "cost",
      title: "Cost of clearing a fly-tip",
      question: "What does clearing one reported fly-tip cost the council?",
      unit: "pounds-per-incident",
      polarity: "higher-is-dearer",
      tier: "lower",
      serviceLine: "environmental",
      numerator: "clearance costs of the year in pounds, of all sizes together",
      denominator: "fly-tipping incidents in the year",
      per: 1,
      interval: "none: administrative total",
      range: [0, 5000],
      periodType: "financial-year",
      breaks: [{on: "2017-04-01", what: "Clearance costs are no longer published."}],
      caveats: [
        "Not what the council paid: up to a van load, the published cost is a standard price for the size (£7 a bag, £29 an item, £56 or £115 a van), so the figure moves with the mix of sizes.",
        "Councils count differently: some only what residents report, some also what their own crews find.",
        "Some incidents and costs are estimates by the Department, which is why they have fractions.",
        "Cash terms, not adjusted for inflation."
      ]
    }
  ],
  expect: {councilsPerPeriod: [290, 330]}, // 326 in 2012-13, 309 in 2022-23

  recognises: (file) => isWorkbook(file) && tableIn(sheetsOf(file)) !== null,

  observations: (file) => {
    const sheets = sheetsOf(file);
    const table = tableIn(sheets);
    if (table === null)
      throw new LayoutError(
        `no sheet has a row with ${Object.values(HEADINGS)
          .map((words) => `"${words}"`)
          .join(", ")}; the sheets are ${sheets.map(({name}) => name).join(", ")}`
      );
    const observations = table.rows.flatMap((row) => observation(row, table));
    assertOnce(observations);
    return observations;
  }
});

const HEADINGS = {
  year: "Year",
  gss: "ONS Code",
  region: "Region",
  incidents: "Total Incidents",
  cost: "Total Incidents Clearance Costs (£)"
} as const;

interface Table {
  readonly sheet: string;
  readonly columns: Readonly<Record<keyof typeof HEADINGS, number>>;
  readonly rows: readonly SheetRow[]; // hidden ones too: the publisher's filter shows the newest year only
}

/** The sheet of incidents by its name, without reading the others; all sheets where it has another name. */
function sheetsOf(file: Recognised): Sheet[] {
  const named = readWorkbook(file, (name) => /incidents/i.test(name));
  return tableIn(named) === null ? readWorkbook(file) : named;
}

function tableIn(sheets: readonly Sheet[]): Table | null {
  for (const {name, rows} of sheets)
    for (const [i, {cells}] of rows.slice(0, HEADER_WITHIN).entries()) {
      const columns = columnsIn(cells.map((cell) => heading(cell).toLowerCase()));
      if (columns !== null) return {sheet: name, columns, rows: rows.slice(i + 1)};
    }
  return null;
}

const HEADER_WITHIN = 20; // rows from the top

function columnsIn(headings: readonly string[]): Table["columns"] | null {
  const found = Object.entries(HEADINGS).map(
    ([meaning, words]) => [meaning, headings.indexOf(words.toLowerCase())] as const
  );
  return found.every(([, column]) => column >= 0) ? (Object.fromEntries(found) as Table["columns"]) : null;
}

function observation({cells, number}: SheetRow, {sheet, columns}: Table): Observation[] {
  const gss = placeIn(cells[columns.gss]?.trim() ?? "", cells[columns.region]?.trim() ?? "");
  if (gss === null) return [];
  const position = `${sheet}!row ${number}`;
  const {year, ...period} = financialYear(cells[columns.year] ?? "", position);
  const cost = figure(cells[columns.cost], position);
  const incidents = figure(cells[columns.incidents], position);
  return [
    {
      indicatorId: "fly-tipping-clearance-cost",
      gss,
      ...period,
      ...rateOf(cost, incidents, 1),
      numerator: cost.number,
      denominator: incidents.number,
      position
    }
  ];
}

/** A council, or England's own line; regions and second counts of England on another basis are left out. */
function placeIn(code: string, region: string): string | null {
  if (/^\*?total$/i.test(code)) return /^\*total england( \(original\))?$/i.test(region) ? ENGLAND : null;
  return isCouncil(code) ? code : null;
}
