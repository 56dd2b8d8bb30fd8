import * as Plot from "@observablehq/plot";
import {roomFor, straight, upAxis, valueAxis} from "./axes.ts";
import {type ChartOptions, COLOUR, type Frame, figure, plot, plural, quantile} from "./figure.ts";
import {count, drawnUnit, valueIn, valueShort} from "./format.ts";
import {text} from "./html.ts";
import {missingInWords} from "./missing.ts";
import type {IndicatorRow, ObservationRow} from "./rows.ts";

interface ByYearOptions extends ChartOptions {
  readonly indicator: IndicatorRow;
  readonly among: string; // who the councils are, "metropolitan boroughs"
}

/** The figures of one period. */
interface Period {
  readonly period: string; // "2024-25"
  readonly at: number; // the year in which it ends, as a position; a quarter's end is a fraction of it
  readonly n: number; // councils with a figure
  readonly without: string; // why others have none, in words
  readonly half: {readonly low: number; readonly median: number; readonly high: number} | null; // null with fewer than five
}

const FEWEST = 5;

/**
 * An indicator through the years among the councils of one class: the median, and the middle half around it.
 *
 * A period with fewer than five figures, or none, is a gap that no line bridges. The councils are not the same in every year
 * where some were reorganised, and their number stands in the table.
 * @param rows of one class of councils, all periods
 */
export function outcomeByYear(rows: readonly ObservationRow[], options: ByYearOptions): HTMLElement {
  const {document, indicator, among} = options;
  const {unit, title} = indicator;
  const periods = byPeriod(rows);
  const drawn = periods.filter(({half}) => half !== null);
  const [first, last] = [drawn[0], drawn.at(-1)];
  const isEnough = drawn.length >= 2;
  const heading = `${title}: ${among}${isEnough ? `, ${first!.period} to ${last!.period}` : " by year"}`;
  return figure({
    ...options,
    title: heading,
    subtitle: `Median of ${among} and their middle half, by period (${drawnUnit(unit)})`,
    chart: isEnough ? (frame) => draw(document, frame, periods, unit) : null,
    caption: captionOf(periods, unit, isEnough),
    altText: isEnough
      ? `Median ${valueIn(unit, first!.half!.median)} in ${first!.period} (${plural(first!.n, "council")}), ${valueIn(unit, last!.half!.median)} in ${last!.period} (${plural(last!.n, "council")}).`
      : "Too few periods for a chart.",
    numbers: {
      caption: heading,
      rows: periods.toReversed(),
      columns: [
        {heading: "Period", cell: ({period}) => text(period)},
        {heading: "With a figure", cell: ({n}) => count(n), isNumber: true},
        {heading: "Lower quarter", cell: ({half}) => amount(unit, half?.low), isNumber: true},
        {heading: "Median", cell: ({half}) => amount(unit, half?.median), isNumber: true},
        {heading: "Upper quarter", cell: ({half}) => amount(unit, half?.high), isNumber: true},
        {heading: "Without a figure", cell: ({without}) => text(without)}
      ]
    }
  });
}

const amount = (unit: string, value: number | undefined): string =>
  value === undefined ? "too few" : valueIn(unit, value);

function byPeriod(rows: readonly ObservationRow[]): Period[] {
  const ends = [...new Set(rows.map(({period_end_on}) => period_end_on))].sort();
  return ends.map((end) => {
    const own = rows.filter(({period_end_on}) => period_end_on === end);
    const values = own.flatMap(({value}) => value ?? []).sort((a, b) => a - b);
    const half = {low: quantile(values, 0.25), median: quantile(values, 0.5), high: quantile(values, 0.75)};
    return {
      period: own[0]!.period,
      at: Number(end.slice(0, 4)) + (Number(end.slice(5, 7)) - 3) / 12,
      n: values.length,
      without: reasonsOf(own),
      half: values.length < FEWEST ? null : half
    };
  });
}

function reasonsOf(rows: readonly ObservationRow[]): string {
  const missing = rows.filter(({value}) => value === null).map(({missing_reason}) => missingInWords(missing_reason));
  const reasons = [...new Set(missing)].map((one) => `${count(missing.filter((it) => it === one).length)} ${one}`);
  return reasons.length === 0 ? "none" : reasons.join("; ");
}

function captionOf(periods: readonly Period[], unit: string, isEnough: boolean): string {
  const thin = periods.filter(({half}) => half === null).map(({period}) => period);
  const sizes = periods.map(({n}) => n);
  const range = `${count(Math.min(...sizes))} to ${count(Math.max(...sizes))} councils a period have a figure.`;
  return [
    isEnough ? range : `Too few periods for a chart: it needs two with ${FEWEST} figures or more.`,
    thin.length === 0 ? "" : `Fewer than ${FEWEST} figures, so nothing is drawn: ${thin.join(", ")}.`,
    unit.startsWith("pounds") ? "In cash terms, not adjusted for inflation." : ""
  ]
    .filter((words) => words !== "")
    .join(" ");
}

function draw(document: Document, frame: Frame, periods: readonly Period[], unit: string): Element {
  const {width, fontSize, isNarrow} = frame;
  const halves = periods.flatMap(({half}) => half ?? []);
  const y = valueAxis(halves.flatMap(({low, high}) => [low, high]));
  const margins = {
    marginLeft: roomFor(y.ticks, (value) => valueShort(unit, value), fontSize),
    marginRight: 34,
    marginTop: 16,
    marginBottom: 30
  };
  const ends: [number, number] = [periods[0]!.at, periods.at(-1)!.at];
  const atX = straight(ends, [margins.marginLeft, width - margins.marginRight]);
  const ticks = apart(periods, ({at}) => atX(at), fontSize * 4.9);
  const nameOf = new Map(periods.map(({at, period}) => [at, period]));
  const steps = periods.slice(1).map(({at}, i) => (at - periods[i]!.at).toFixed(2));
  const isWhole = ["1.00", "0.25"].some((step) => steps.every((one) => one === step)); // where periods are left out, no line bridges them
  const points = periods.map(({at, half}) => ({at, low: half?.low, median: half?.median, high: half?.high}));
  return plot(document, frame, {
    height: isNarrow ? 220 : 240,
    ...margins,
    x: {domain: ends, axis: null},
    y: {domain: y.domain, axis: null},
    marks: [
      ...upAxis(y.ticks, (value) => valueShort(unit, value)),
      Plot.axisX(
        ticks.map(({at}) => at),
        {label: null, tickSize: 4, fill: COLOUR.quiet, tickFormat: (at: number) => nameOf.get(at) ?? ""}
      ),
      isWhole
        ? Plot.areaY(points, {
            x: "at",
            y1: "low",
            y2: "high",
            fill: COLOUR.accent,
            fillOpacity: 0.18,
            className: "half"
          })
        : Plot.ruleX(points, {
            x: "at",
            y1: "low",
            y2: "high",
            stroke: COLOUR.accent,
            strokeOpacity: 0.3,
            strokeWidth: 8,
            className: "half"
          }),
      ...(isWhole
        ? [Plot.lineY(points, {x: "at", y: "median", stroke: COLOUR.accent, strokeWidth: 2, className: "medians"})]
        : []),
      Plot.dot(
        points.filter(({median}) => median !== undefined),
        {x: "at", y: "median", r: 3, fill: COLOUR.accent, className: "median-dots"}
      )
    ]
  });
}

/** The newest, and those before it that leave room for their names. */
function apart(periods: readonly Period[], xOf: (period: Period) => number, room: number): Period[] {
  const kept: Period[] = [];
  for (const period of periods.toReversed()) {
    const last = kept.at(-1);
    if (last === undefined || xOf(last) - xOf(period) >= room) kept.push(period);
  }
  return kept;
}
