import {LayoutError} from "../formats/layoutError.ts";
import type {Recognised} from "../formats/recognise.ts";
import {exploreEducationStatistics} from "./discovery/exploreEducationStatistics.ts";
import {definePublication, type Indicator, type Observation, openGovernment} from "./indicator.ts";
import {type DfeRow, dfeRows, hasColumns} from "./reading/dfeCsv.ts";
import {assertRatesAgree, figure, rateOf} from "./reading/figures.ts";
import {assertOnce} from "./reading/places.ts";

/**
 * A file in which one column holds counts, averages and percentages, told apart by words in others: one cell is one
 * group's figure, and groups are picked, never added.
 */
interface Table {
  readonly indicator: Indicator;
  readonly names: Readonly<Record<"group" | "part" | "number" | "percent", readonly string[]>>;
  readonly numerator: string; // the words of the wanted groups
  readonly denominator: string;
  /** The publisher's own rate: a group of its own, or the percentage beside the numerator; in whole per cent. */
  readonly publishes: boolean;
}

const SHARED = {
  kind: "repeat-demand",
  unit: "percent",
  polarity: "higher-is-more-repeat-demand",
  tier: "upper",
  serviceLine: "childrens-social-care",
  per: 100,
  interval: "wilson",
  range: [0, 100],
  periodType: "financial-year"
} as const;

const TABLES: readonly Table[] = [
  {
    names: {
      group: ["CLA_group", "cla_group"],
      part: ["CLA_group", "cla_group"], // one column says both
      number: ["number"],
      percent: ["number"]
    },
    numerator: "Children who went missing more than once during the year",
    denominator: "Children who had a missing incident during the year",
    publishes: false,
    indicator: {
      ...SHARED,
      id: "children-missing-again",
      title: "Looked-after children who went missing more than once",
      question: "How many of the children who go missing from care in a year go missing again in the same year?",
      numerator: "looked-after children who went missing more than once during the year",
      denominator: "looked-after children who had a missing incident during the year",
      caveats: [
        "Not a count of incidents: a child who is missing twice and one who is missing thirty times count the same.",
        "Councils differ in what they record as missing; the Department warns that some incidents are over-stated.",
        "Small numbers: many councils have fewer than 50 such children in a year."
      ]
    }
  },
  {
    names: {
      group: ["cla_group", "CLA_group"],
      part: ["placement_stability", "Placement_stability"],
      number: ["children_count", "number"],
      percent: ["children_percent", "percentage"]
    },
    numerator: "CLA on 31 March: With 3 or more placements during the year",
    denominator: "CLA on 31 March: Total children",
    publishes: true,
    indicator: {
      ...SHARED,
      id: "children-three-placements",
      title: "Looked-after children with three or more placements in the year",
      question: "How many looked-after children lived in three or more places within a year?",
      numerator: "children looked after on 31 March who had three or more placements during the year",
      denominator: "children looked after on 31 March",
      caveats: [
        "Not a count of failures: some moves are planned, such as from an emergency bed to a family.",
        "A snapshot of the children in care on 31 March: those who left care during the year are not in it."
      ]
    }
  }
];

export default definePublication({
  id: "children-looked-after",
  title: "Children looked after in England including adoptions",
  publisher: "Department for Education",
  licence: "OGL-UK-3.0",
  attribution: openGovernment("Department for Education"),
  page: "https://explore-education-statistics.service.gov.uk/find-statistics/children-looked-after-in-england-including-adoptions",
  discovery: exploreEducationStatistics(
    "children-looked-after-in-england-including-adoptions",
    "children looked after",
    [/missing or away from placement/i, /placement stability/i]
  ),
  periods: "financial years 2019-20 to 2024-25, missing children to 2023-24",
  nextUpdate: "not stated",
  caveats: ["Each release restates the years before it: use the newest file only."],
  traps: [
    "One column holds counts, averages and percentages of thirteen groups: single groups are picked by their words, and never added.",
    "The published whole percentages must follow from the counts, or the file is refused.",
    "A reorganised council stands in the file under both codes: the one that did not exist has a reason and no zero."
  ],
  indicators: TABLES.map(({indicator}) => indicator),
  expect: {councilsPerPeriod: [140, 165]}, // the missing children's file has 155 rows a year, both sides of a reorganisation

  recognises: (file) => tableOf(file) !== undefined,

  observations: (file) => read(file, tableOf(file) ?? TABLES[0]!) // of neither, the first says what it misses
});

const tableOf = (file: Recognised): Table | undefined => TABLES.find(({names}) => hasColumns(file, names));

type Row = DfeRow<Table["names"]>;

function read(file: Recognised, table: Table): Observation[] {
  const rows = dfeRows(file, table.names);
  const numerators = picked(rows, table.numerator);
  const denominators = picked(rows, table.denominator);
  const pairs = [...denominators.values()].map((base) => {
    const top = numerators.get(placeAndYear(base));
    if (top === undefined)
      throw new LayoutError(`${base.where}: no row "${table.numerator}" for ${base.gss} in ${base.period.period}`);
    const numerator = figure(top.cell.number, top.where);
    const denominator = figure(base.cell.number, base.where);
    const published = figure(top.cell.percent, top.where);
    return {top, numerator, denominator, published, where: top.where};
  });
  if (table.publishes) assertRatesAgree(pairs, 100, 0);
  const observations = pairs.map(
    ({top, numerator, denominator}): Observation => ({
      indicatorId: table.indicator.id,
      gss: top.gss,
      ...top.period,
      ...rateOf(numerator, denominator, 100),
      numerator: numerator.number,
      denominator: denominator.number,
      position: top.where
    })
  );
  assertOnce(observations);
  return observations;
}

const placeAndYear = ({gss, period}: Row): string => `${gss} ${period.period}`;

/**
 * The rows of one group, by place and year.
 *
 * @throws {LayoutError} listing the groups there are when none is the wanted one, and when a place has it twice in a year
 */
function picked(rows: readonly Row[], wanted: string): ReadonlyMap<string, Row> {
  const found = rows.filter((row) => plain(groupOf(row)) === plain(wanted));
  if (found.length === 0)
    throw new LayoutError(
      `no row is about "${wanted}"; the rows are about ${[...new Set(rows.map(groupOf))].join("; ")}`
    );
  const index = new Map<string, Row>();
  for (const row of found) {
    const before = index.get(placeAndYear(row));
    if (before !== undefined)
      throw new LayoutError(
        `${row.where}: ${row.gss} in ${row.period.period} stands on ${before.where} already ("${wanted}")`
      );
    index.set(placeAndYear(row), row);
  }
  return index;
}

const groupOf = ({cell}: Row): string => (cell.group === cell.part ? cell.group : `${cell.group}: ${cell.part}`);
const plain = (words: string): string => words.toLowerCase().replaceAll(/\s+/g, " ").trim();
