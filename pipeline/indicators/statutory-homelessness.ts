import {LayoutError} from "../formats/layoutError.ts";
import type {Recognised} from "../formats/recognise.ts";
import type {Sheet} from "../formats/sheet.ts";
import {isWorkbook, readWorkbook} from "../formats/workbook.ts";
import {govUk} from "./discovery/govUk.ts";
import {definePublication, type Indicator, type Observation, openGovernment} from "./indicator.ts";
import {assertRatesAgree, combined, type Figure, figure, rateOf, type Stated} from "./reading/figures.ts";
import {columnOf, type HeadedTable, headedTable} from "./reading/headedTable.ts";
import {type Period, quarterIn} from "./reading/periods.ts";
import {assertOnce, ENGLAND, isCouncil} from "./reading/places.ts";

// One workbook a quarter, since April to June 2018. Sheets are renamed ("A3 - Oct-Dec 18", "A3"), columns move ("History of
// repeat homelessness" from AB to AD in July to September 2023), and hidden rows repeat the headings in other words.

const TABLE_NAMES = ["A1", "A3", "P1", "R1", "TA1"] as const;
type TableName = (typeof TABLE_NAMES)[number];
type Tables = Readonly<Record<TableName, HeadedTable>>;

/** The columns that are read, by table and by the words of their headings. */
const COLUMNS = {
  owed: ["A1", /assessed as owed a duty\b.*\btotal|\btotal owed a prevention or relief duty/i],
  repeat: ["A3", /history of repeat homelessness/i],
  preventionEnded: ["P1", /^total\b.*\bprevention duty ended/i],
  preventionHomeless: ["P1", /^homeless\b/i],
  reliefEnded: ["R1", /^total\b.*\brelief duty ended/i],
  reliefSecured: ["R1", /^secured accommodation/i],
  temporary: ["TA1", /^total number of households in (TA|temporary accommodation)$/i],
  households: ["TA1", /^number of households.*\(0*00s?\)$/i],
  temporaryRate: ["TA1", /\bhouseholds in (TA|temporary accommodation) per\b/i]
} as const satisfies Record<string, readonly [TableName, RegExp]>;

type ColumnName = keyof typeof COLUMNS;
type Row = Readonly<Record<ColumnName, Figure>>;

interface Measure {
  readonly indicator: Indicator;
  readonly table: TableName; // where a person finds it
  readonly counts: (row: Row) => {readonly numerator: Figure; readonly denominator: Figure};
  readonly published?: ColumnName; // the publisher's own rate, where there is one
}

const SHARED = {
  tier: "lower",
  serviceLine: "housing-homelessness",
  interval: "wilson",
  unit: "percent",
  per: 100,
  range: [0, 100],
  kind: "repeat-demand",
  polarity: "higher-is-more-repeat-demand",
  periodType: "quarter"
} as const;

const HOUSEHOLDS_ONLY = "Counts households that the council dealt with, not people, and not everyone without a home.";

const MEASURES: readonly Measure[] = [
  {
    table: "A3",
    counts: ({repeat, owed}) => ({numerator: repeat, denominator: owed}),
    indicator: {
      ...SHARED,
      id: "homelessness-repeat-history",
      title: "Households owed a homelessness duty with a history of repeat homelessness",
      question: "How many of the households that a council owes a homelessness duty have been homeless before?",
      numerator: "households owed a prevention or relief duty with the support need: history of repeat homelessness",
      denominator: "households assessed as owed a prevention or relief duty",
      caveats: [
        "Not a linked second application: a support need that an officer ticks at assessment.",
        "Councils differ steadily from one another, so it may be a habit of recording as much as need.",
        "Households whose support needs are unknown count in the denominator; where few households have support needs, the breakdown is withheld.",
        HOUSEHOLDS_ONLY
      ]
    }
  },
  {
    table: "P1",
    counts: ({preventionHomeless, preventionEnded}) => ({numerator: preventionHomeless, denominator: preventionEnded}),
    indicator: {
      ...SHARED,
      id: "homelessness-prevention-failed",
      title: "Prevention duties that ended in homelessness",
      question:
        "How often does a household that the council tried to keep from homelessness become homeless after all?",
      numerator: "prevention duties ended because the household became homeless, intentionally homeless included",
      denominator: "prevention duties ended in the period",
      caveats: [
        "Not a measure of the council's effort alone: rents, evictions and what people can pay decide it too.",
        "Duties that lapse after 56 days or lose contact count in the denominator: some of those households became homeless unseen.",
        HOUSEHOLDS_ONLY
      ]
    }
  },
  {
    table: "R1",
    counts: ({reliefEnded, reliefSecured}) => ({
      numerator: combined([reliefEnded, reliefSecured], ([ended, secured]) => ended! - secured!),
      denominator: reliefEnded
    }),
    indicator: {
      ...SHARED,
      id: "homelessness-relief-failed",
      title: "Relief duties that ended without a home secured",
      question: "How often does a council's help to a homeless household end without a home for at least six months?",
      numerator: "relief duties ended for any reason other than accommodation secured for six months or more",
      denominator: "relief duties ended in the period",
      caveats: [
        "Not the number left without a roof: most of them go on to the main housing duty, many into temporary accommodation.",
        "The numerator is the publisher's total less homes secured: it includes contact lost, applications withdrawn and referrals to other councils.",
        HOUSEHOLDS_ONLY
      ]
    }
  },
  {
    table: "TA1",
    counts: ({temporary, households}) => ({numerator: temporary, denominator: inSingles(households)}),
    published: "temporaryRate",
    indicator: {
      ...SHARED,
      id: "homelessness-temporary-accommodation",
      kind: "context",
      title: "Households in temporary accommodation",
      question: "How many of a thousand households live in temporary accommodation that the council provides?",
      unit: "per-thousand-households",
      per: 1000,
      interval: "byar",
      polarity: "neither",
      range: [0, 200],
      periodType: "quarter-end-stock",
      numerator: "households in temporary accommodation on the quarter's last day",
      denominator: "households in the area, projected by the Office for National Statistics",
      caveats: [
        "Not a cost and not repeat demand: a sign of pressure, a stock on one day.",
        "Households are a projection, and the projection changes between quarters (2016-based, 2018-based, 2022-based).",
        "Counted at the council that places them: many live in another council's area."
      ]
    }
  }
];

/** The workbook gives households in thousands, to the household. */
const inSingles = ({number, ...rest}: Figure): Figure => ({
  ...rest,
  number: number === null ? null : Math.round(number * 1000)
});

export default definePublication({
  id: "statutory-homelessness",
  title: "Statutory homelessness in England: detailed local authority tables",
  publisher: "Ministry of Housing, Communities and Local Government",
  licence: "OGL-UK-3.0",
  attribution: openGovernment("Ministry of Housing, Communities and Local Government"),
  page: "https://www.gov.uk/government/statistical-data-sets/live-tables-on-homelessness",
  discovery: govUk(["statistical-data-sets/live-tables-on-homelessness", "collections/homelessness-statistics"], {
    attachment: /detailed[ _]?(la\b|la[ _]|local[ _-]authority)/i,
    except: /(?<!\d)20(0\d|1[0-7])|201803|march 2018|(?<!\d)20\d\d[-_ ](to )?(20)?\d\d(?!\d)|financial year/i, // the older law's tables, and whole years
    document: /^statutory homelessness/i
  }),
  periods: "quarters from October 2018 to December 2025, not all of them",
  nextUpdate: "each quarter; the day is in the newest workbook",
  caveats: [
    "Figures are revised: a file with the same quarter that came later replaces the earlier one, and both are kept.",
    "England's figure includes estimates for councils that made no return, and is rounded to ten: it is not the sum of councils."
  ],
  traps: [
    "Columns move from release to release and headings take several rows: columns are found by their words.",
    "Hidden rows repeat the headings in other words: only what a reader sees counts.",
    "Sheets are renamed: a table is known by its title, and its quarter by the title too, never by a file's name.",
    "Two dots are a council without a return, a dash a breakdown withheld: neither is zero.",
    "Revised workbooks carry _revised, _fix or _fixed in their names: they replace the first, and both are kept.",
    "England's figure includes estimates for missing councils: it is kept as published, and is no sum.",
    "A year is made of four quarters by adding counts, and of fewer there is none."
  ],
  indicators: MEASURES.map(({indicator}) => indicator),
  expect: {councilsPerPeriod: [280, 330]}, // 326 in 2018-19, 296 in 2025

  recognises: (file) => isWorkbook(file) && Object.keys(tablesIn(file)).length === TABLE_NAMES.length,

  observations: (file) => {
    const tables = allTables(file);
    const period = quarterOf(tables);
    const rows = rowsOf(tables);
    const observations = MEASURES.flatMap((measure) => observationsOf(measure, rows, tables, period));
    assertOnce(observations);
    return observations;
  }
});

/** Sheets whose name holds the table's and whose title says so; a sheet with a drop-down list of tables has another title. */
function tablesIn(file: Recognised): Partial<Tables> {
  const isWanted = (name: string): boolean => TABLE_NAMES.some((table) => wordIn(table).test(name));
  const named = titledTables(readWorkbook(file, isWanted));
  return TABLE_NAMES.every((name) => name in named) ? named : titledTables(readWorkbook(file)); // sheets were renamed
}

function titledTables(sheets: readonly Sheet[]): Partial<Tables> {
  const found = sheets.flatMap((sheet) => {
    const table = headedTable(sheet);
    const name = TABLE_NAMES.find((some) => new RegExp(`^Table ${some}\\b`, "i").test(table?.title ?? ""));
    return table !== null && name !== undefined ? [[name, table] as const] : [];
  });
  return Object.fromEntries(found);
}

const wordIn = (name: string): RegExp => new RegExp(`(^|[^A-Za-z0-9])${name}($|[^A-Za-z0-9])`, "i");

function allTables(file: Recognised): Tables {
  const tables = tablesIn(file);
  const absent = TABLE_NAMES.filter((name) => tables[name] === undefined);
  if (absent.length > 0)
    throw new LayoutError(
      `no sheet is titled ${absent.map((name) => `"Table ${name}"`).join(" or ")} with councils in it`
    );
  return tables as Tables;
}

/** The quarter that every table names in its title; never a sheet's or a file's name. */
function quarterOf(tables: Tables): Period {
  const named = Object.values(tables).map(({sheet, title, above}) => {
    const period = quarterIn(title) ?? quarterIn(above);
    if (period === null)
      throw new LayoutError(
        `${sheet}: the title names no quarter (of workbooks of a whole year nothing is read: years are made of quarters): "${title}"`
      );
    return {sheet, period};
  });
  const [first] = named;
  const other = named.find(({period}) => period.period !== first?.period.period);
  if (first === undefined || other !== undefined)
    throw new LayoutError(
      `${first?.sheet} is of ${first?.period.period}, but ${other?.sheet} of ${other?.period.period}: one workbook holds one quarter`
    );
  return first.period;
}

interface PlaceRow {
  readonly gss: string;
  readonly figures: Row;
  readonly numbers: Readonly<Record<TableName, number | null>>; // the row in each sheet that has it
}

/** One row per council, and England: the figures of all tables together. */
function rowsOf(tables: Tables): PlaceRow[] {
  const columns = Object.entries(COLUMNS).map(([name, [table, pattern]]) => ({
    name,
    table,
    column: columnOf(tables[table], pattern)
  }));
  const places = Object.fromEntries(TABLE_NAMES.map((name) => [name, placesIn(tables[name])])) as Places;
  const everywhere = [...new Set(TABLE_NAMES.flatMap((name) => [...places[name].keys()]))];
  assertSamePlaces(tables, places, everywhere.length);
  return everywhere.map((gss) => {
    const figures = columns.map(({name, table, column}) => {
      const row = places[table].get(gss);
      const where = `${tables[table].sheet}!row ${row?.number}`;
      return [name, row === undefined ? NOT_IN_TABLE : figure(row.cells[column], where)];
    });
    const numbers = TABLE_NAMES.map((name) => [name, places[name].get(gss)?.number ?? null]);
    return {
      gss,
      figures: Object.fromEntries(figures) as Row,
      numbers: Object.fromEntries(numbers) as PlaceRow["numbers"]
    };
  });
}

const NOT_IN_TABLE: Figure = {number: null, symbol: "not in the table", decimals: 0};
const ABSENT_AT_MOST = 0.05;

/** A council that one table leaves out is missing there; many are a table misread. */
function assertSamePlaces(tables: Tables, places: Places, count: number): void {
  for (const name of TABLE_NAMES)
    if (places[name].size < (1 - ABSENT_AT_MOST) * count)
      throw new LayoutError(`${tables[name].sheet} has ${places[name].size} councils, the other tables have ${count}`);
}

type PlaceIndex = ReadonlyMap<string, HeadedTable["rows"][number]>;
type Places = Readonly<Record<TableName, PlaceIndex>>;

/** Rows of councils and England by code: not regions, not notes below the table. */
function placesIn({sheet, rows, codeColumn}: HeadedTable): PlaceIndex {
  const index = new Map<string, HeadedTable["rows"][number]>();
  for (const row of rows) {
    const gss = row.cells[codeColumn]?.trim() ?? "";
    if (gss !== ENGLAND && !isCouncil(gss)) continue;
    if (index.has(gss)) throw new LayoutError(`${sheet}!row ${row.number}: ${gss} stands there a second time`);
    index.set(gss, row);
  }
  return index;
}

function observationsOf(
  {indicator, table, counts, published}: Measure,
  rows: readonly PlaceRow[],
  tables: Tables,
  period: Period
): Observation[] {
  const {per} = indicator;
  const stated: Stated[] = [];
  const observations = rows.map(({gss, figures, numbers}): Observation => {
    const {numerator, denominator} = counts(figures);
    const position = numbers[table] === null ? tables[table].sheet : `${tables[table].sheet}!row ${numbers[table]}`;
    const own = published === undefined ? undefined : figures[published];
    if (own !== undefined && gss !== ENGLAND) stated.push({published: own, numerator, denominator, where: position});
    const rate = own?.number !== null && own !== undefined ? {value: own.number, missingReason: null} : undefined;
    return {
      indicatorId: indicator.id,
      gss,
      ...period,
      ...(rate ?? rateOf(numerator, denominator, per!)),
      numerator: numerator.number,
      denominator: denominator.number,
      position
    };
  });
  assertRatesAgree(stated, per!, 6);
  return observations;
}
