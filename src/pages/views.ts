import type {CouncilScaleRow, IndicatorRow, ObservationRow, ScaleAndOutcomeRow} from "../components/rows.ts";
import type {ScatterPoint} from "../components/scaleScatter.ts";
import {grouped, type Site} from "./site.ts";

// What several pages draw from the same tables.

/** The last period with any figure, as a reader says it, else the last one; undefined when there is no observation. */
export const latestPeriod = (oldestFirst: readonly ObservationRow[]): string | undefined =>
  oldestFirst.findLast(({value}) => value !== null)?.period ?? oldestFirst.at(-1)?.period;

export const measuredCells = ({council_scale}: Site): number =>
  council_scale.filter(({not_measured_reason}: CouncilScaleRow) => not_measured_reason === null).length;

export const namesOf =
  ({councilOf}: Site) =>
  (gss: string): string =>
    councilOf.get(gss)?.short_name ?? gss;

/** Where a chart's rows can be had, all of them. */
export const downloadOf = (name: string) => ({href: `/data/${name}`, name});

/**
 * Contract scale beside an indicator a year later, in the one year with the most councils to show: every council with an
 * outcome then, and nulls where no contract of it is at hand.
 */
export function scatterPoints(site: Site, {indicator_id}: IndicatorRow, measure = "typical_pound_gbp"): ScatterPoint[] {
  const rows = site.scale_and_outcome.filter(
    (row) => row.indicator_id === indicator_id && row.scale_measure === measure
  );
  const year = fullestYear(rows);
  const shown = new Map(rows.filter(({financial_year}) => financial_year === year).map((row) => [row.gss, row]));
  const period = [...shown.values()][0]?.outcome_period;
  const outcomes = (site.observationsOf.get(indicator_id) ?? []).filter((row) => row.period === period);
  return outcomes.map((outcome) => pointOf(site, outcome, shown.get(outcome.gss), year));
}

/** The year with the most measured councils, then the most with any contract, then the latest. */
function fullestYear(rows: readonly ScaleAndOutcomeRow[]): number {
  const tally = new Map<number, {measured: number; any: number}>();
  for (const {financial_year, scale_value, outcome_value} of rows) {
    const before = tally.get(financial_year) ?? {measured: 0, any: 0};
    const drawn = outcome_value === null ? 0 : 1;
    tally.set(financial_year, {
      measured: before.measured + (scale_value === null ? 0 : drawn),
      any: before.any + drawn
    });
  }
  const [fullest] = [...tally].sort(
    ([yearA, a], [yearB, b]) => b.measured - a.measured || b.any - a.any || yearB - yearA
  );
  return fullest?.[0] ?? 0;
}

function pointOf(
  site: Site,
  outcome: ObservationRow,
  scale: ScaleAndOutcomeRow | undefined,
  financial_year: number
): ScatterPoint {
  const {gss, value, low_95, high_95, period} = outcome;
  return {
    gss,
    financial_year,
    scale_value: scale?.scale_value ?? null,
    scale_value_below_gate: scale?.scale_value_below_gate ?? null,
    contract_count: scale?.contract_count ?? 0,
    outcome_period: period,
    outcome_value: value,
    low_95,
    high_95,
    name: namesOf(site)(gss),
    class: site.councilOf.get(gss)?.class ?? ""
  };
}

/** The numbers of one funnel, all councils of the class. */
export const funnelFile = (indicatorId: string, councilClass: string) => {
  const name = `funnel-${indicatorId}-${councilClass}.csv`;
  return {href: `/data/charts/${name}`, name};
};

/** Those files, by path: a heading and a row for each council, exactly what the funnels draw. */
export function funnelFiles(site: Site): [path: string, text: string][] {
  const groups = grouped(site.claims.funnel_limits, (row) => `${row.indicator_id} ${row.class}`);
  return [...groups.values()].map((rows) => {
    const {indicator_id, class: ofClass} = rows[0]!;
    const lines = rows.map((row) =>
      FUNNEL_COLUMNS.map((column) => csvCell(column === "council" ? namesOf(site)(row.gss) : row[column])).join(",")
    );
    return [
      `data/charts/${funnelFile(indicator_id, ofClass).name}`,
      `${[FUNNEL_COLUMNS.join(","), ...lines].join("\r\n")}\r\n`
    ];
  });
}

const FUNNEL_COLUMNS = [
  "gss",
  "council",
  "class",
  "period",
  "numerator",
  "denominator",
  "value",
  "low_95",
  "high_95",
  "target_pct",
  "limit_low_95",
  "limit_high_95",
  "limit_low_998",
  "limit_high_998",
  "limit_position"
] as const;

/** Who published an indicator, for the foot of its charts. */
export const sourceOf = ({publisher, publication}: Pick<IndicatorRow, "publisher" | "publication">): string =>
  `${publisher}, ${publication}`;

/** The registers whose notices contracts were read from. */
export const registersOf = ({registers}: Site): string =>
  `notices on ${registers.length === 0 ? "public registers" : registers.map(({title}) => title).join("; ")}`;

/** Contract scale beside an indicator comes from both. */
export const bothSources = (site: Site, indicator: IndicatorRow): string =>
  `${registersOf(site)}; ${sourceOf(indicator)}`;

/** Numbers and names of councils only: nothing here that a spreadsheet would run. */
const csvCell = (value: string | number | null): string => {
  const words = String(value ?? "");
  return /[",\r\n]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words;
};
