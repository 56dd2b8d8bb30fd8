import * as Plot from "@observablehq/plot";
import {acrossAxis, roundAxis, straight} from "./axes.ts";
import {type ChartOptions, COLOUR, type Frame, figure, nameDots, plot, plural, quantile, textWidth} from "./figure.ts";
import {count, drawnUnit, valueIn, valueShort} from "./format.ts";
import {text} from "./html.ts";
import {type Box, labelMark} from "./labels.ts";
import {missingInWords} from "./missing.ts";
import type {IndicatorRow, ObservationRow} from "./rows.ts";

interface DistributionOptions extends ChartOptions {
  readonly indicator: IndicatorRow;
  readonly nameOf: (gss: string) => string;
  readonly highlight?: string; // the GSS code of the council to label
  readonly among?: string; // who the councils are, "metropolitan boroughs"; councils when it is not given
}

interface Given extends ObservationRow {
  readonly value: number;
}

/**
 * All councils of one class in one period, each a dot at its value, with one council and the middle one named.
 *
 * Dots and no ranking: the order of neighbours means nothing where intervals overlap, so nothing is sorted into a table of winners.
 * @throws {RangeError} when the rows are of several periods, which may not share a picture
 */
export function outcomeDistribution(rows: readonly ObservationRow[], options: DistributionOptions): HTMLElement {
  const {document, indicator, highlight, nameOf, among = "councils"} = options;
  const {unit, title} = indicator;
  const period = onePeriod(rows);
  const given = rows.filter((row): row is Given => row.value !== null).sort((a, b) => a.value - b.value);
  const values = given.map(({value}) => value);
  const lit = given.find(({gss}) => gss === highlight);
  const middle = values.length === 0 ? null : quantile(values, 0.5);
  const named = lit ? `${nameOf(lit.gss)} ${valueIn(unit, lit.value)}${interval(lit, unit)}` : null;
  const ends = [given[0], ...(lit ? [lit] : []), given.at(-1)].filter((row) => row !== undefined);
  const heading = `${title}: ${given.length === 1 ? "1 council" : `${count(given.length)} ${among}`}${period === null ? "" : `, ${period}`}`;
  return figure({
    ...options,
    title: heading,
    subtitle: `One dot a council, by its figure (${drawnUnit(unit)})`,
    chart: middle === null ? null : (frame) => draw(document, frame, {given, middle, lit, named, unit, nameOf}),
    caption: captionOf(rows, lit, options),
    altText:
      middle === null
        ? "No figure is published."
        : `${named === null ? "" : `${named}. `}${count(given.length)} ${among} from ${valueIn(unit, values[0]!)} to ${valueIn(unit, values.at(-1)!)}, median ${valueIn(unit, middle)}, middle half ${valueIn(unit, quantile(values, 0.25))} to ${valueIn(unit, quantile(values, 0.75))}.`,
    numbers: {
      caption: heading, // names the class too: a page may hold one for each, and a table's name is to be its own
      rows: byName(given, nameOf),
      labelled: [...new Set(ends)],
      columns: [
        {heading: "Council", cell: ({gss}) => text(nameOf(gss))},
        {heading: "Figure", cell: ({value}) => valueIn(unit, value), isNumber: true},
        {
          heading: "95% interval",
          cell: (row) => interval(row, unit).slice(" (95% interval ".length, -1) || "none",
          isNumber: true
        }
      ]
    }
  });
}

function onePeriod(rows: readonly ObservationRow[]): string | null {
  const periods = [...new Set(rows.map(({period}) => period))];
  if (periods.length > 1)
    throw new RangeError(
      `a distribution shows one period, and these rows are of ${periods.length}: ${periods.join(", ")}`
    );
  return periods[0] ?? null;
}

const interval = ({low_95, high_95}: ObservationRow, unit: string): string =>
  low_95 === null || high_95 === null ? "" : ` (95% interval ${valueIn(unit, low_95)} to ${valueIn(unit, high_95)})`;

const byName = (given: readonly Given[], nameOf: (gss: string) => string): Given[] =>
  given.toSorted((a, b) => (nameOf(a.gss) < nameOf(b.gss) ? -1 : 1));

const FEW = 100; // cases, below which councils are not compared (the funnel limits have the same minimum)

/** A share of so few cases that one of them moves it visibly; money and rates of a population are none. */
const isOfFew = ({value, low_95, denominator}: ObservationRow): boolean =>
  value !== null && low_95 !== null && denominator !== null && denominator < FEW;

function captionOf(
  rows: readonly ObservationRow[],
  lit: Given | undefined,
  {highlight, nameOf, indicator}: DistributionOptions
): string {
  const missing = rows.filter(({value}) => value === null);
  const reasons = [...new Set(missing.map(({missing_reason}) => missing_reason))].map(
    (reason) =>
      `${count(missing.filter(({missing_reason}) => missing_reason === reason).length)} ${missingInWords(reason)}`
  );
  const own = missing.find(({gss}) => gss === highlight);
  const few = rows.filter(isOfFew).length;
  const hasIntervals = rows.some(({low_95}) => low_95 !== null);
  return [
    rows.length === 0 ? "No row of the publication is at hand for these councils." : "",
    missing.length === 0 && rows.length > 0 ? "Every council in the publication is shown." : "",
    missing.length === 0
      ? ""
      : `${count(missing.length)} of ${plural(rows.length, "council")} ${missing.length === 1 ? "has" : "have"} no figure, which is not zero: ${reasons.join("; ")}.`,
    own ? `${nameOf(own.gss)} is one of them.` : "",
    highlight !== undefined && !own && !lit ? `${nameOf(highlight)} is not in the publication.` : "",
    few === 0
      ? ""
      : `${few === 1 ? "One figure is" : `${count(few)} figures are`} of fewer than ${FEW} cases and pale: one case more or less moves such a figure by more than a point.`,
    lit && lit.low_95 !== null ? "The bar under the name is its 95% interval." : "",
    rows.length === missing.length
      ? ""
      : hasIntervals
        ? "Councils whose intervals overlap cannot be told apart, so the order of dots is no ranking."
        : "The order of dots is no ranking: councils count and buy differently.",
    indicator.unit === "percent" ? "" : "In cash terms."
  ]
    .filter((words) => words !== "")
    .join(" ");
}

interface Drawing {
  readonly given: readonly Given[];
  readonly middle: number;
  readonly lit: Given | undefined;
  readonly named: string | null;
  readonly unit: string;
  readonly nameOf: (gss: string) => string;
}

const LINE = 18; // pixels from one line of words to the next

function draw(document: Document, frame: Frame, {given, middle, lit, named, unit, nameOf}: Drawing): Element {
  const {width, fontSize, isNarrow} = frame;
  const values = given.map(({value}) => value);
  const x = roundAxis(
    Math.min(values[0]!, lit?.low_95 ?? values[0]!),
    Math.max(values.at(-1)!, lit?.high_95 ?? values.at(-1)!),
    isNarrow ? 4 : 8
  );
  const sides = {marginLeft: 26, marginRight: 26};
  const atX = straight(x.domain, [sides.marginLeft, width - sides.marginRight]);
  const {radius, swarm} = room(values.map(atX), isNarrow ? 200 : 240);
  const lanes = lit ? 2 * LINE + 12 : LINE; // the council's label and interval, then the label of the median
  const margins = {...sides, marginTop: lanes + 6, marginBottom: 30};
  const height = margins.marginTop + swarm + margins.marginBottom;
  const up = (y: number) => y - margins.marginTop; // from the top of the picture to an offset from the frame
  const isLit = ({gss}: Given) => gss === lit?.gss;
  const look =
    lit || given.some(isOfFew)
      ? {
          fill: (row: Given) => (isLit(row) || (!lit && !isOfFew(row)) ? COLOUR.accent : COLOUR.quiet),
          fillOpacity: (row: Given) => (isLit(row) ? 1 : isOfFew(row) ? 0.45 : lit ? 0.55 : 0.85),
          stroke: (row: Given) => (isLit(row) ? COLOUR.ink : "none")
        }
      : {fill: COLOUR.accent, fillOpacity: 0.85}; // once for all dots, not once for each
  const hasMiddle = given.length >= 3; // the middle of fewer is one of them, or half-way between two
  const goesRight = lit ? lit.value <= middle : true; // away from the council's own line
  const picture = plot(document, frame, {
    height,
    ...margins,
    x: {domain: x.domain, axis: null},
    y: {type: "identity", axis: null}, // pixels from the top
    marks: [
      acrossAxis(x.ticks, (value) => valueShort(unit, value)),
      Plot.ruleX(hasMiddle ? [middle] : [], {
        stroke: COLOUR.quiet,
        strokeDasharray: "4 3",
        insetTop: up(lanes),
        className: "median"
      }),
      Plot.ruleX(lit ? [lit] : [], {x: "value", stroke: COLOUR.accent, insetTop: up(LINE + 2)}),
      Plot.ruleY(lit && lit.low_95 !== null ? [lit] : [], {
        x1: "low_95",
        x2: "high_95",
        y: () => LINE + 6,
        stroke: COLOUR.accent,
        strokeWidth: 3,
        strokeOpacity: 0.5,
        className: "intervals"
      }),
      Plot.dot(
        given,
        Plot.dodgeY({
          x: "value",
          r: radius,
          anchor: "middle",
          padding: 1,
          ...look,
          title: isNarrow
            ? null
            : (row: Given) => `${nameOf(row.gss)}: ${valueIn(unit, row.value)}${interval(row, unit)}`,
          className: "councils"
        })
      ),
      ...(hasMiddle
        ? [
            labelMark(
              beside(`median ${valueIn(unit, middle)}`, atX(middle), lanes - LINE / 2, goesRight, frame),
              margins,
              COLOUR.quiet
            )
          ]
        : []),
      ...(lit && named
        ? [
            labelMark(
              above(
                isNarrow ? `${nameOf(lit.gss)} ${valueIn(unit, lit.value)}` : named,
                atX(lit.value),
                fontSize,
                width
              ),
              margins,
              COLOUR.accent
            )
          ]
        : [])
    ]
  });
  nameDots(picture, "councils", given);
  return picture;
}

/** A label right of a line, or left of it where there is no room on that side. */
function beside(words: string, x: number, y: number, isRight: boolean, {width, fontSize}: Frame): Box {
  const wide = textWidth(words, fontSize) + 6;
  const goesRight = isRight ? x + wide <= width : x - wide < 0;
  return {words, x: goesRight ? x + 6 : x - 6, y, anchor: goesRight ? "start" : "end"};
}

/** A label above a line, moved inwards where it would leave the picture. */
function above(words: string, x: number, fontSize: number, width: number): Box {
  const half = textWidth(words, fontSize) / 2 + 4;
  return {words, x: Math.min(Math.max(x, half), Math.max(width - half, half)), y: LINE / 2, anchor: "middle"};
}

/** The largest dots whose tallest pile keeps within so many pixels, and how many it needs. */
function room(xs: readonly number[], most: number): {readonly radius: number; readonly swarm: number} {
  const needed = (radius: number) => {
    const reach = 2 * radius + 1;
    const tallest = Math.max(...xs.map((x) => xs.filter((other) => other >= x && other < x + reach).length));
    return (tallest + 1) * reach + 8;
  };
  const radius = [4.5, 4, 3.5, 3, 2.5, 2].find((size) => needed(size) <= most) ?? 1.5;
  return {radius, swarm: Math.max(60, needed(radius))};
}
