import {
  type Comparable,
  type CompareData,
  type ComparedIndicator,
  isRunBy,
  kindOf,
  MOST_COMPARED
} from "../../components/compareData.ts";
import {valueIn} from "../../components/format.ts";
import {missingInWords} from "../../components/missing.ts";

/** The parts of an API document of one council that a comparison needs. */
export interface CouncilDocument {
  readonly council: {readonly population: number | null; readonly imd_score: number | null};
  readonly council_scale: readonly ScaleCell[];
  readonly observations: readonly Observed[];
}

interface ScaleCell {
  readonly service_line: string;
  readonly financial_year: number;
  readonly contract_count: number;
  readonly typical_pound_gbp: number | null;
  readonly coverage_pct: number | null;
  readonly coverage_basis: string;
}

interface Observed {
  readonly indicator_id: string;
  readonly gss: string;
  readonly council_gss: string | null;
  readonly period: string;
  readonly financial_year: number;
  readonly value: number | null;
  readonly low_95: number | null;
  readonly high_95: number | null;
  readonly missing_reason: string | null;
}

/** The same as the API publishes it: observations with the names of their columns once. */
export interface PublishedDocument extends Omit<CouncilDocument, "observations"> {
  readonly observations: {readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[]};
}

export const documentOf = ({observations: {columns, rows}, ...rest}: PublishedDocument): CouncilDocument => ({
  ...rest,
  observations: rows.map(
    (cells) => Object.fromEntries(columns.map((column, i) => [column, cells[i]])) as unknown as Observed
  )
});

/** What the address of the page says. */
export interface Asked {
  readonly councils: readonly string[];
  readonly indicator: string;
  readonly period: string; // "" for the latest that most of the councils have
  readonly set: string; // the set of similar councils that the list was taken from, or ""
}

export function askedOf(parameters: URLSearchParams): Asked {
  const word = (name: string): string => (parameters.get(name) ?? "").trim();
  return {
    councils: [
      ...new Set(
        word("councils")
          .split(/[,\s]+/)
          .filter(Boolean)
      )
    ],
    indicator: word("indicator"),
    period: word("period"),
    set: word("set")
  };
}

export function parametersOf({councils, indicator, period, set}: Asked): string {
  const parameters = [
    councils.length === 0 ? "" : `councils=${councils.map(encodeURIComponent).join(",")}`,
    indicator === "" ? "" : `indicator=${encodeURIComponent(indicator)}`,
    period === "" ? "" : `period=${encodeURIComponent(period)}`,
    set === "" ? "" : `set=${encodeURIComponent(set)}`
  ];
  return parameters.filter((part) => part !== "").join("&");
}

/** The councils that may be compared, and for every other one why not. */
export interface Admitted {
  readonly councils: readonly Comparable[];
  readonly refused: readonly string[]; // a sentence each
}

/** The first council sets the kind; others of its kind are admitted, six at most. */
export function admit(codes: readonly string[], {councils: known}: CompareData): Admitted {
  const councils: Comparable[] = [];
  const refused: string[] = [];
  for (const gss of codes) {
    const council = known.find((row) => row.gss === gss);
    const first = councils[0];
    if (council === undefined) refused.push(`“${gss}” is no council in force: look its name up under Councils.`);
    else if (first !== undefined && kindOf(council) !== kindOf(first))
      refused.push(
        `${council.name} is left out: it is not of the same kind as ${first.name} (${kindOf(council)}; ${kindOf(first)}). They do not run the same services under the same law, so their figures are not comparable.`
      );
    else if (councils.length === MOST_COMPARED)
      refused.push(`${council.name} is left out: at most ${MOST_COMPARED} councils are compared at once.`);
    else councils.push(council);
  }
  return {councils, refused};
}

/** The five councils that a published set calls most similar to one, after it. */
export const withSimilar = (gss: string, set: string, {sets}: CompareData): string[] => [
  gss,
  ...(sets.find(({set_id}) => set_id === set)?.neighbours[gss] ?? [])
];

/** The indicators of services that councils of this kind run. */
export const indicatorsFor = ({tier}: Comparable, {indicators}: CompareData): ComparedIndicator[] =>
  indicators.filter((indicator) => isRunBy(indicator, tier));

/** One council's line of a comparison: table, chart and sentences all read it. */
export interface Compared {
  readonly council: Comparable;
  readonly population: number | null;
  readonly imd_score: number | null;
  readonly value: number | null;
  readonly low_95: number | null;
  readonly high_95: number | null;
  readonly missing: string | null; // why there is no value, in words
  readonly scale: ScaleCell | null; // of the financial year before the outcome's
}

export interface Comparison {
  readonly periods: readonly string[]; // that any of the councils has, latest first
  readonly period: string;
  readonly scale_year: number | null; // financial year of the contract scale: the one before the outcome's
  readonly rows: readonly Compared[]; // in the order chosen, which means nothing
}

/** Sets councils beside one another for one indicator and period. The scale is of the financial year before, as in the tests. */
export function compared(
  councils: readonly Comparable[],
  documents: readonly CouncilDocument[],
  indicator: ComparedIndicator,
  wanted: string
): Comparison {
  const own = documents.map(({observations}, i) =>
    observations.filter(
      (row) =>
        row.indicator_id === indicator.indicator_id &&
        (row.council_gss ?? row.gss) === councils[i]!.gss &&
        !/-Q[1-4]$/.test(row.period)
    )
  );
  const periods = [...new Set(own.flat().map(({period}) => period))].sort().reverse();
  const valued = (period: string): number =>
    own.filter((rows) => rows.some((row) => row.period === period && row.value !== null)).length;
  const most = Math.max(0, ...periods.map(valued));
  const period = periods.includes(wanted) ? wanted : (periods.find((one) => valued(one) === most) ?? "");
  const year = own.flat().find((row) => row.period === period)?.financial_year ?? null;
  const scaleYear = year === null ? null : year - 1;
  return {
    periods,
    period,
    scale_year: scaleYear,
    rows: councils.map((council, i) => {
      const row = own[i]!.find((one) => one.period === period);
      const {population, imd_score} = documents[i]!.council;
      return {
        council,
        population,
        imd_score,
        value: row?.value ?? null,
        low_95: row?.low_95 ?? null,
        high_95: row?.high_95 ?? null,
        missing: row === undefined ? "not at hand" : row.value === null ? missingInWords(row.missing_reason) : null,
        scale:
          documents[i]!.council_scale.find(
            (cell) => cell.service_line === indicator.service_line && cell.financial_year === scaleYear
          ) ?? null
      };
    })
  };
}

type Interval = readonly [low: number, high: number];

const intervalOf = ({low_95, high_95}: Compared): Interval | null =>
  low_95 === null || high_95 === null ? null : [low_95, high_95];

/** What may be said of one council beside the first: higher or lower only where their intervals lie apart. */
export function statement(row: Compared, first: Compared): string {
  if (row === first) return "the others are set beside it";
  if (row.value === null || first.value === null) return "cannot be compared: a figure is missing";
  const [own, other] = [intervalOf(row), intervalOf(first)];
  const name = first.council.short_name;
  if (own === null || other === null)
    return `no interval is published, so a difference from ${name} cannot be told from chance`;
  if (isOverlapping(own, other)) return `cannot be told apart from ${name}: the intervals overlap`;
  return `${own[0] > other[1] ? "higher" : "lower"} than ${name}: the intervals do not overlap`;
}

/** Which pairs of councils can be told apart, and how many cannot. */
export interface Pairs {
  readonly sentence: string;
  readonly apart: readonly string[]; // each pair in words, with both intervals
}

export function pairsOf(rows: readonly Compared[], unit: string): Pairs {
  const given = rows.filter((row) => row.value !== null && intervalOf(row) !== null);
  const pairs = given.flatMap((a, i) => given.slice(i + 1).map((b) => [a, b] as const));
  const apart = pairs
    .filter(([a, b]) => !isOverlapping(intervalOf(a)!, intervalOf(b)!))
    .map(([a, b]) => (a.value! > b.value! ? [a, b] : [b, a]) as [Compared, Compared])
    .map(
      ([high, low]) =>
        `${high.council.short_name} (${interval(high, unit)}) above ${low.council.short_name} (${interval(low, unit)})`
    );
  return {sentence: pairSentence(pairs.length, apart.length), apart};
}

function pairSentence(pairs: number, apart: number): string {
  if (pairs === 0)
    return "Nothing is said about pairs: fewer than two of these councils have a figure with an interval.";
  if (pairs === 1)
    return apart === 0
      ? "These two councils cannot be told apart: their 95% intervals overlap."
      : "The 95% intervals of these two councils do not overlap.";
  if (apart === 0)
    return `None of these ${pairs} pairs of councils can be told apart: all their 95% intervals overlap.`;
  return apart === pairs
    ? `The 95% intervals of none of these ${pairs} pairs of councils overlap.`
    : `Of ${pairs} pairs of councils, ${pairs - apart} cannot be told apart, because their 95% intervals overlap; ${apart} can.`;
}

const isOverlapping = (a: Interval, b: Interval): boolean => a[0] <= b[1] && b[0] <= a[1];

/** "19.8% to 22.4%". */
export const interval = ({low_95, high_95}: Compared, unit: string): string =>
  low_95 === null || high_95 === null ? "none published" : `${valueIn(unit, low_95)} to ${valueIn(unit, high_95)}`;
