import {LayoutError} from "../formats/layoutError.ts";
import {readOds} from "../formats/ods.ts";
import type {Sheet, SheetRow} from "../formats/sheet.ts";
import {definePublication, type Indicator, type Observation} from "./indicator.ts";

interface Service {
  readonly heading: string; // the words before " - Running Expenses (C2)" in the workbook
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
  readonly heading: string; // how the column's name begins after the service
  readonly declare: (service: Service) => Pick<Indicator, "kind" | "title" | "question" | "caveats">;
}

const MEASURES: readonly Measure[] = [
  {
    prefix: "running-expenses",
    heading: "Running Expenses (C2)",
    declare: ({words}) => ({
      kind: "context",
      title: `Running expenses: ${words}`,
      question: `How much did the council spend on ${words} other than on its own employees?`,
      caveats: [
        "Not all of it is bought from suppliers: recharges between services and payments to other public bodies are in it."
      ]
    })
  },
  {
    prefix: "net-spend",
    heading: "Net Current Expenditure",
    declare: ({words}) => ({
      kind: "cost",
      title: `Net current expenditure: ${words}`,
      question: `How much did ${words} cost the council after fees, charges and other income?`,
      caveats: [
        "Not a price: a total, which grows with the number of residents and with what they need.",
        "Cash terms, not adjusted for inflation."
      ]
    })
  }
];

/** In £ thousand. A workbook in pounds would go beyond it at once: the largest line of a council is above a million. */
const RANGE = [-500_000, 3_000_000] as const;

const indicators: readonly Indicator[] = MEASURES.flatMap((measure) =>
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
      range: RANGE,
      periodType: "financial-year",
      caveats: service.caveat === undefined ? caveats : [...caveats, service.caveat]
    };
  })
);

export default definePublication({
  id: "revenue-outturn",
  title: "Local authority revenue expenditure and financing, England: service expenditure summary (RSX)",
  publisher: "Ministry of Housing, Communities and Local Government",
  licence: "OGL-UK-3.0",
  attribution:
    "Contains public sector information licensed under the Open Government Licence v3.0 (Ministry of Housing, Communities and Local Government).",
  page: "https://www.gov.uk/government/statistics/local-authority-revenue-expenditure-and-financing-england-2024-to-2025-individual-local-authority-data-outturn",
  nextUpdate: "not stated",
  caveats: [
    "Councils whose return came too late are missing, not zero; returns that were not yet certified are included.",
    "A council that does not run a service reports 0 for it."
  ],
  indicators,
  expect: {councilsPerPeriod: [300, 360]}, // 317 in 2024-25; mergers make them fewer

  recognises: (file) => file.format === "ods" && tableIn(readOds(file.bytes)) !== null,

  observations: (file) => {
    const sheets = readOds(file.bytes);
    const table = tableIn(sheets);
    if (table === null)
      throw new LayoutError(
        `no sheet has a row with "${GSS_HEADING}" and "${ANCHOR}"; the sheets are ${sheets.map(({name}) => name).join(", ")}`
      );
    assertThousands(table);
    return observationsOf(table);
  }
});

const GSS_HEADING = "ONS Code";
const ANCHOR = "Education services - Running Expenses (C2)";

/** The rows about single authorities, between the first header row and the second, under which classes are added up. */
interface Table {
  readonly sheet: string;
  readonly above: readonly SheetRow[]; // title, unit and source, in words
  readonly header: readonly string[];
  readonly rows: readonly SheetRow[];
}

function tableIn(sheets: readonly Sheet[]): Table | null {
  for (const {name, rows} of sheets) {
    const headers = rows.filter(({cells}) => isHeader(cells.map(plain)));
    const [first, second] = headers.map((row) => rows.indexOf(row));
    if (first !== undefined)
      return {
        sheet: name,
        above: rows.slice(0, first),
        header: rows[first]!.cells.map(plain),
        rows: rows.slice(first + 1, second)
      };
  }
  return null;
}

const isHeader = (cells: readonly string[]): boolean => cells.includes(GSS_HEADING) && cells.includes(ANCHOR);

/** A heading without its marks for notes and with single spaces. */
const plain = (heading: string): string =>
  heading
    .replaceAll(/\[note \d+\]/gi, "")
    .replaceAll(/\s+/g, " ")
    .trim();

function assertThousands({sheet, above}: Table): void {
  const text = textOf(above);
  if (!/£ thousand/.test(text))
    throw new LayoutError(
      `${sheet} does not say above its table that figures are in £ thousand: "${text.slice(0, 300)}"`
    );
}

const textOf = (rows: readonly SheetRow[]): string => rows.flatMap(({cells}) => cells).join(" ");

// Unitary authorities, districts, metropolitan districts, London boroughs (with the City), counties: not police, fire, parks,
// waste, combined authorities or the Greater London Authority, and not England.
const COUNCIL = /^E(06|07|08|09|10)\d{6}$/;

function observationsOf(table: Table): Observation[] {
  const period = financialYear(table);
  const columns = columnsOf(table);
  const gssColumn = table.header.indexOf(GSS_HEADING);
  const councils = table.rows.filter(({cells}) => COUNCIL.test(cells[gssColumn] ?? ""));
  assertOnce(table.sheet, councils, gssColumn);
  return councils.flatMap(({cells, number}) =>
    columns.map(({indicatorId, column}): Observation => {
      const position = `${table.sheet}!row ${number}`;
      const {value, missingReason} = figure(cells[column] ?? "", `${position}, ${table.header[column]}`);
      const gss = cells[gssColumn]!;
      return {indicatorId, gss, ...period, value, numerator: null, denominator: null, missingReason, position};
    })
  );
}

function columnsOf({sheet, header}: Table): {indicatorId: string; column: number}[] {
  return MEASURES.flatMap((measure) =>
    Object.entries(SERVICES).map(([serviceLine, service]) => {
      const heading = `${service.heading} - ${measure.heading}`;
      const found = header.flatMap((name, column) => (name.startsWith(heading) ? [column] : []));
      if (found.length !== 1)
        throw new LayoutError(
          `${sheet} has ${found.length} columns "${heading}", not one; they are ${header.join("; ")}`
        );
      return {indicatorId: `${measure.prefix}-${serviceLine}`, column: found[0]!};
    })
  );
}

function assertOnce(sheet: string, councils: readonly SheetRow[], gssColumn: number): void {
  const seen = new Set<string>();
  for (const {cells, number} of councils) {
    const gss = cells[gssColumn]!;
    if (seen.has(gss)) throw new LayoutError(`${sheet}!row ${number}: ${gss} stands there a second time`);
    seen.add(gss);
  }
}

/** A number in £ thousand, or why there is none: the publisher's symbol in brackets, or an empty cell. */
function figure(cell: string, where: string): Pick<Observation, "value" | "missingReason"> {
  const text = cell.trim();
  if (text === "") return {value: null, missingReason: "empty"};
  if (/^\[[a-z]+\]$/i.test(text)) return {value: null, missingReason: text};
  if (!/^-?\d+(\.\d+)?(E[+-]?\d+)?$/i.test(text))
    throw new LayoutError(`${where}: "${text}" is neither a number nor a symbol such as [x]`);
  return {value: Number(text), missingReason: null};
}

/** "2024-25" in the title is the year from 1 April 2024; the year is never taken from a file's or a sheet's name. */
function financialYear({sheet, above}: Table): Pick<Observation, "period" | "periodStartOn" | "periodEndOn"> {
  const years = [...new Set(textOf(above).match(/\b20\d\d-\d\d\b/g))];
  const [period] = years;
  if (period === undefined || years.length > 1)
    throw new LayoutError(
      `${sheet} names ${years.length === 0 ? "no financial year" : years.join(" and ")} above its table, not one such as 2024-25`
    );
  const start = Number(period.slice(0, 4));
  if ((start + 1) % 100 !== Number(period.slice(5)))
    throw new LayoutError(`${sheet}: "${period}" is not a financial year`);
  return {period, periodStartOn: `${start}-04-01`, periodEndOn: `${start + 1}-03-31`};
}
