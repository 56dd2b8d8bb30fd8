import {LayoutError} from "../formats/layoutError.ts";
import type {Sheet, SheetRow} from "../formats/sheet.ts";
import {isWorkbook, readWorkbook} from "../formats/workbook.ts";
import {govUk} from "./discovery/govUk.ts";
import {definePublication, type Indicator, type Observation, openGovernment} from "./indicator.ts";
import {figure} from "./reading/figures.ts";
import {heading} from "./reading/headedTable.ts";
import {isOutturnSeries, outturnSeries, type SeriesColumn} from "./reading/outturnSeries.ts";
import {financialYear, type Period} from "./reading/periods.ts";
import {assertOnce, ENGLAND, isCouncil} from "./reading/places.ts";

interface Service {
  readonly heading: string; // the words before " - Running Expenses (C2)" in the workbooks, or alone in those of net expenditure only
  readonly words: string; // in a sentence
  readonly tier: Indicator["tier"];
  readonly caveat?: string;
}

const SHARED =
  "Where there are two tiers, county and district each run a part of it: a figure covers the council's own part.";

/** The service lines of contracts, and the line of the revenue outturn (RSX) that each stands for. */
const SERVICES: Readonly<Record<string, Service>> = {
  education: {
    heading: "Education services",
    words: "education",
    tier: "upper",
    caveat: "Schools that are academies are outside a council's accounts."
  },
  "highways-transport": {
    heading: "Highways and transport services",
    words: "highways and transport",
    tier: "upper",
    caveat: "Districts report car parks here; what parking earns can make the net figure negative."
  },
  "childrens-social-care": {heading: "Children Social Care", words: "children's social care", tier: "upper"},
  "adult-social-care": {heading: "Adult Social Care", words: "adult social care", tier: "upper"},
  "public-health": {heading: "Public Health", words: "public health", tier: "upper"},
  "housing-homelessness": {
    heading: "Housing services (GFRA only)",
    words: "housing and homelessness",
    tier: "lower",
    caveat: "General fund only: the separate account of a council's own homes is not in it."
  },
  cultural: {heading: "Cultural and related services", words: "cultural services", tier: "lower", caveat: SHARED},
  environmental: {
    heading: "Environmental and regulatory services",
    words: "environmental and regulatory services",
    tier: "lower",
    caveat: SHARED
  },
  planning: {
    heading: "Planning and development services",
    words: "planning and development",
    tier: "lower",
    caveat: SHARED
  },
  police: {
    heading: "Police services",
    words: "police",
    tier: "upper",
    caveat: "Police bodies make returns of their own, which are not read: hardly any council runs a police force."
  },
  fire: {
    heading: "Fire and rescue services",
    words: "fire and rescue",
    tier: "upper",
    caveat: "Fire authorities that are not councils make returns of their own, which are not read."
  },
  "central-support": {heading: "Central services", words: "central services", tier: "lower", caveat: SHARED},
  other: {heading: "Other services", words: "other services", tier: "lower", caveat: SHARED}
};

interface Measure {
  readonly prefix: string; // of the indicator's id
  readonly heading: string; // how the column's name goes on after the service
  readonly declare: (service: Service) => Pick<Indicator, "kind" | "title" | "question" | "caveats">;
}

const CASH = "Cash terms, not adjusted for inflation.";

const NET: Measure = {
  prefix: "net-spend",
  heading: "Net Current Expenditure",
  declare: ({words}) => ({
    kind: "cost",
    title: `Net current expenditure: ${words}`,
    question: `How much did ${words} cost the council after fees, charges and other income?`,
    caveats: ["Not a price: a total, which grows with the number of residents and with what they need.", CASH]
  })
};

const MEASURES: readonly Measure[] = [
  {
    prefix: "running-expenses",
    heading: "Running Expenses",
    declare: ({words}) => ({
      kind: "context",
      title: `Running expenses: ${words}`,
      question: `How much did the council spend on ${words} other than on its own employees?`,
      caveats: [
        "Not all of it is bought from suppliers: recharges between services and payments to other public bodies are in it.",
        CASH
      ]
    })
  },
  {
    prefix: "total-spend",
    heading: "Total Expenditure",
    declare: ({words}) => ({
      kind: "cost",
      title: `Total expenditure: ${words}`,
      question: `How much did the council spend on ${words}, before fees, charges and other income?`,
      caveats: [
        "Not a price: a total, which grows with the number of residents and with what they need.",
        "Employees and running expenses together; part of it is paid by those who use the service, and by other bodies.",
        CASH
      ]
    })
  },
  NET
];

/** In £ thousand. A workbook in pounds would go beyond it at once: the largest line of a council is above a million. */
const RANGE = [-500_000, 3_000_000] as const;

const totals: readonly Indicator[] = MEASURES.flatMap((measure) =>
  Object.entries(SERVICES).map(([serviceLine, service]): Indicator => {
    const {kind, title, question, caveats} = measure.declare(service);
    return {
      id: `${measure.prefix}-${serviceLine}`,
      kind,
      title,
      question,
      unit: "pounds-thousand",
      polarity: "neither", // a total says nothing of dear or cheap
      tier: service.tier,
      serviceLine,
      numerator: null,
      denominator: null,
      per: null,
      interval: "none: administrative total",
      range: RANGE,
      periodType: "financial-year",
      caveats: service.caveat === undefined ? caveats : [...caveats, service.caveat]
    };
  })
);

/**
 * Spending over the residents whom the service is for. Only children's services so far: residents under 18 by council and year
 * are at hand (data/reference/population.csv), adults and all residents by year are not.
 */
const perChild: readonly Indicator[] = ["childrens-social-care", "education"].flatMap((serviceLine) =>
  MEASURES.filter(({prefix}) => prefix !== "running-expenses").map(({prefix}): Indicator => {
    const {words, caveat} = SERVICES[serviceLine]!;
    const which = prefix === "net-spend" ? "net current expenditure" : "total expenditure";
    return {
      id: `${prefix}-per-child-${serviceLine}`,
      kind: "cost",
      title: `${which[0]!.toUpperCase()}${which.slice(1)} per resident under 18: ${words}`,
      question: `How much does the council spend on ${words} for each child who lives there?`,
      unit: "pounds-per-resident",
      polarity: "higher-is-dearer",
      tier: "upper",
      serviceLine,
      numerator: `${which} on ${words} in the year, in pounds`,
      denominator: "residents under 18 at the year's mid-June",
      per: 1,
      interval: "none: administrative total",
      range: [-1000, 20_000],
      periodType: "financial-year",
      derivedFrom: {indicatorId: `${prefix}-${serviceLine}`, times: 1000, population: "under-18"},
      caveats: [
        "Not a price and not per child helped: spending over all children, most of whom never need the service.",
        "Never to be set against anything else per head: two rates with one base rise and fall together by themselves.",
        CASH,
        ...(caveat === undefined ? [] : [caveat])
      ]
    };
  })
);

/** For whom each of the other services is, whose money can be set over residents once their number is at hand. */
const RESIDENTS: Readonly<Record<string, "18-and-over" | "all">> = {
  "adult-social-care": "18-and-over",
  "highways-transport": "all",
  "public-health": "all",
  "housing-homelessness": "all",
  cultural: "all",
  environmental: "all",
  planning: "all"
};

const perResident: readonly Indicator[] = Object.entries(RESIDENTS).map(([serviceLine, population]): Indicator => {
  const {words, tier, caveat} = SERVICES[serviceLine]!;
  const whom = population === "all" ? "resident" : "resident aged 18 and over";
  return {
    id: `net-spend-per-resident-${serviceLine}`,
    kind: "cost",
    title: `Net current expenditure per ${whom}: ${words}`,
    question: `How much does the council spend on ${words} for each ${whom}?`,
    unit: "pounds-per-resident",
    polarity: "higher-is-dearer",
    tier,
    serviceLine,
    numerator: `net current expenditure on ${words} in the year, in pounds`,
    denominator: `${whom.replace("resident", "residents")} at the year's mid-June`,
    per: 1,
    interval: "none: administrative total",
    range: [-1000, 20_000],
    periodType: "financial-year",
    derivedFrom: {indicatorId: `net-spend-${serviceLine}`, times: 1000, population},
    caveats: [
      "Not a price and not per person helped: spending over everybody, most of whom never need the service.",
      "Needs the number of residents, which is not committed: it is there once `fetch population` has brought it.",
      "Never to be set against anything else per head: two rates with one base rise and fall together by themselves.",
      CASH,
      ...(caveat === undefined ? [] : [caveat])
    ]
  };
});

const SERIES_PAGE =
  "statistics/local-authority-revenue-expenditure-and-financing-england-revenue-outturn-multi-year-data-set";

export default definePublication({
  id: "revenue-outturn",
  title: "Local authority revenue expenditure and financing, England: service expenditure (RSX, RS)",
  publisher: "Ministry of Housing, Communities and Local Government",
  licence: "OGL-UK-3.0",
  attribution: openGovernment("Ministry of Housing, Communities and Local Government"),
  page: "https://www.gov.uk/government/statistics/local-authority-revenue-expenditure-and-financing-england-2024-to-2025-individual-local-authority-data-outturn",
  discovery: govUk([SERIES_PAGE, "collections/local-authority-revenue-expenditure-and-financing"], {
    attachment:
      /revenue[ _]outturn[ _]time[ _-]series[ _]data|\bRSX\b.*(LA|local authority).*data|RSX?_LA_Data|RSX?_20\d\d|\(RSX\)/i,
    document: /individual local authority data.*outturn/i
  }),
  periods: "financial years 2017-18 (net expenditure only) and 2024-25",
  nextUpdate: "not stated",
  caveats: [
    "Councils whose return came too late are missing, not zero; returns that were not yet certified are included.",
    "A council that does not run a service reports 0 for it."
  ],
  traps: [
    "A second header begins a table of class totals under the first: reading stops there.",
    "A hidden last row holds identifiers of variables: only rows with a council's code are read.",
    "Police, fire, parks, combined authorities and the Greater London Authority stand among the councils: codes tell them apart.",
    "[x] is a council that made no return in time: missing, not zero.",
    "A zero for a service that another tier runs is not run here, and says who runs it.",
    "Figures must be headed as £ thousand, and the sheet must name one financial year.",
    "One council's code was misprinted in 2017-18, and is put right by the publisher's own number of it."
  ],
  indicators: [...totals, ...perChild, ...perResident],
  expect: {councilsPerPeriod: [300, 360]}, // 353 in 2017-18, 317 in 2024-25; mergers make them fewer

  recognises: (file) =>
    isWorkbook(file) ? tableIn(readWorkbook(file)) !== null : isOutturnSeries(file, SERIES_COLUMNS),

  observations: (file) => {
    if (!isWorkbook(file)) {
      const series = outturnSeries(file, SERIES_COLUMNS);
      assertOnce(series);
      return series;
    }
    const sheets = readWorkbook(file);
    const table = tableIn(sheets);
    if (table === null)
      throw new LayoutError(
        `no sheet has a row with "${GSS_HEADING}" and "${SERVICES.education!.heading}"; the sheets are ${sheets.map(({name}) => name).join(", ")}`
      );
    assertThousands(table);
    const observations = observationsOf(table);
    assertOnce(observations);
    return observations;
  }
});

/** The services in the names of variables, as the workbooks' hidden last row has them: RSX-edu-tot-exp. */
const VARIABLES: Readonly<Record<string, string>> = {
  education: "edu",
  "highways-transport": "trans",
  "childrens-social-care": "csc",
  "adult-social-care": "asc",
  "public-health": "phs",
  "housing-homelessness": "hous",
  cultural: "cul",
  environmental: "env",
  planning: "plan",
  police: "pol",
  fire: "frs",
  "central-support": "cen",
  other: "oth"
};

const SERIES_COLUMNS: readonly SeriesColumn[] = Object.entries(VARIABLES).flatMap(([serviceLine, name]) => [
  {indicatorId: `running-expenses-${serviceLine}`, names: [`RSX_${name}_run_exp`]},
  {indicatorId: `total-spend-${serviceLine}`, names: [`RSX_${name}_tot_exp`]},
  {indicatorId: `net-spend-${serviceLine}`, names: [`RSX_${name}_net_cur_exp`, `RS_${name}_net_exp`]}
]);

const GSS_HEADING = "ONS Code";

/** The rows about single authorities, between the first header row and the second, under which classes are added up. */
interface Table {
  readonly sheet: string;
  readonly above: readonly SheetRow[]; // title, unit and source, in words
  readonly header: readonly string[];
  readonly rows: readonly SheetRow[];
  readonly measures: readonly Measure[]; // those that the table has
}

function tableIn(sheets: readonly Sheet[]): Table | null {
  for (const {name, rows} of sheets) {
    const [first, second] = rows.flatMap((row, i) => (isHeader(row) ? [i] : []));
    if (first === undefined) continue;
    const above = rows.slice(0, first);
    const header = rows[first]!.cells.map(heading);
    const measures = measuresOf(header, above);
    if (measures.length > 0) return {sheet: name, above, header, rows: rows.slice(first + 1, second), measures};
  }
  return null;
}

/** The row that names places and services: in the newer workbooks with each measure of them, in the older ones alone. */
const isHeader = ({cells}: SheetRow): boolean =>
  cells.some((cell) => same(heading(cell), GSS_HEADING)) &&
  cells.some((cell) => plain(cell).startsWith(plain(SERVICES.education!.heading)));

function measuresOf(header: readonly string[], above: readonly SheetRow[]): readonly Measure[] {
  if (header.some((name) => fits(name, SERVICES.education!, MEASURES[0]!))) return MEASURES;
  const isNetOnly =
    header.some((name) => same(name, SERVICES.education!.heading)) && /net current expenditure/i.test(textOf(above));
  return isNetOnly ? [NET] : [];
}

/** "Education services - Running Expenses (C2)", or "Education services" in a table of one measure. */
const fits = (name: string, service: Service, {heading: measure}: Measure): boolean =>
  plain(name).startsWith(plain(`${service.heading} - ${measure}`));

const plain = (words: string): string =>
  heading(words)
    .toLowerCase()
    .replaceAll(/['’]s?\b/g, "")
    .replaceAll(/\s+/g, " ");
const same = (a: string, b: string): boolean => plain(a) === plain(b);

function assertThousands({sheet, above}: Table): void {
  const text = textOf(above);
  if (!/£ ?thousand/i.test(text))
    throw new LayoutError(
      `${sheet} does not say above its table that figures are in £ thousand: "${text.slice(0, 300)}"`
    );
}

const textOf = (rows: readonly SheetRow[]): string => rows.flatMap(({cells}) => cells).join(" ");

function observationsOf(table: Table): Observation[] {
  const period = yearOf(table);
  const columns = columnsOf(table);
  const gssColumn = table.header.findIndex((name) => same(name, GSS_HEADING));
  return table.rows.flatMap(({cells, number}) => {
    const gss = placeIn(cells, gssColumn);
    return gss === null
      ? []
      : columns.map(({indicatorId, column}): Observation => {
          const position = `${table.sheet}!row ${number}`;
          const {number: value, symbol} = figure(cells[column], `${position}, ${table.header[column]}`);
          return {
            indicatorId,
            gss,
            ...period,
            value,
            numerator: null,
            denominator: null,
            missingReason: symbol,
            position
          };
        });
  });
}

/** Codes that a workbook misprints: the publisher's own number of the council, the code beside it, and the council's code. */
const MISPRINTED: readonly (readonly [lgfCode: string, printed: string, gss: string])[] = [
  ["E2721", "E10000022", "E10000023"] // North Yorkshire in 2017-18; E10000022 was Northumberland's county council, until 2009
];

/** A council, or England, which older tables give no code: not police, fire, parks, waste, combined authorities, a class or a region. */
function placeIn(cells: readonly string[], gssColumn: number): string | null {
  const printed = cells[gssColumn]?.trim() ?? "";
  const gss = MISPRINTED.find(([lgfCode, code]) => code === printed && cells.includes(lgfCode))?.[2] ?? printed;
  if (gss === "" && cells.some((cell) => cell.trim() === "ENGLAND")) return ENGLAND;
  return gss === ENGLAND || isCouncil(gss) ? gss : null;
}

function columnsOf({sheet, header, measures}: Table): {indicatorId: string; column: number}[] {
  return measures.flatMap((measure) =>
    Object.entries(SERVICES).map(([serviceLine, service]) => {
      const found = header.flatMap((name, column) => (isColumn(name, service, measure, measures) ? [column] : []));
      if (found.length !== 1)
        throw new LayoutError(
          `${sheet} has ${found.length} columns "${service.heading} - ${measure.heading}", not one; they are ${header.join("; ")}`
        );
      return {indicatorId: `${measure.prefix}-${serviceLine}`, column: found[0]!};
    })
  );
}

const isColumn = (name: string, service: Service, measure: Measure, measures: readonly Measure[]): boolean =>
  measures.length > 1 ? fits(name, service, measure) : same(name, service.heading);

/** "2024-25" in the title is the year from 1 April 2024; the year is never taken from a file's or a sheet's name. */
function yearOf({sheet, above}: Table): Period {
  const words = textOf(above.filter(({isHidden}) => isHidden !== true));
  const found = [...words.matchAll(/\b(20\d\d) ?(?:[-/–]|to) ?(?:20)?(\d\d)\b/g)];
  const years = [...new Set(found.map(([, first, last]) => `${first}-${last}`))];
  const [named] = years;
  if (named === undefined || years.length > 1)
    throw new LayoutError(
      `${sheet} names ${years.length === 0 ? "no financial year" : years.join(" and ")} above its table, not one such as 2024-25`
    );
  const {year, ...period} = financialYear(named, sheet);
  return period;
}
