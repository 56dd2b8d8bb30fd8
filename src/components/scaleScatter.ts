import * as Plot from "@observablehq/plot";
import {
  acrossAxis,
  acrossTitle,
  logarithmic,
  moneyAxis,
  roomFor,
  roundAxis,
  straight,
  upAxis,
  upTitle,
  valueAxis
} from "./axes.ts";
import {type ChartOptions, COLOUR, type Frame, figure, inSentence, nameDots, plot, plural} from "./figure.ts";
import {count, drawnUnit, financialYear, money, moneyShort, percent, valueIn, valueShort} from "./format.ts";
import {text} from "./html.ts";
import {labelMark, placed} from "./labels.ts";
import type {IndicatorRow, ScaleAndOutcomeRow} from "./rows.ts";
import {classLabel} from "./services.ts";

/**
 * A council's contract scale in one service and year, beside its outcome a year later. One for every council that could have
 * both, with nulls where there is none: the caption counts them.
 */
export interface ScatterPoint
  extends Pick<
    ScaleAndOutcomeRow,
    | "gss"
    | "financial_year"
    | "scale_value"
    | "scale_value_below_gate"
    | "contract_count"
    | "outcome_period"
    | "outcome_value"
    | "low_95"
    | "high_95"
  > {
  readonly name: string;
  readonly class: string;
}

/** A measure of scale, as it is named on an axis, in a sentence and in an address. */
export interface ScaleMeasure {
  readonly id: "typical_pound_gbp" | "median_annual_gbp" | "largest_pct" | "supplier_hhi";
  readonly title: string;
  readonly inSentence: string;
  readonly path: string; // after the indicator's address
  readonly unit: string; // of its axis
  readonly most: number | null; // the end of its axis, which begins at nought; null for pounds, on a logarithmic one
  readonly write: (value: number) => string; // in a table or a sentence
  readonly short: (value: number) => string; // on an axis
  readonly lacking: string; // what a council without it has not
}

const pounds = {
  unit: "£ a year",
  most: null,
  write: money,
  short: moneyShort,
  lacking: "without a contract at hand in this service and year"
};

export const scaleMeasures: readonly ScaleMeasure[] = [
  {...pounds, id: "typical_pound_gbp", title: "Typical pound", inSentence: "typical pound", path: ""},
  {
    ...pounds,
    id: "median_annual_gbp",
    title: "Median contract",
    inSentence: "median contract",
    path: "/median-contract"
  },
  {
    id: "largest_pct",
    title: "Largest share",
    inSentence: "share of the largest contract",
    path: "/largest-share",
    unit: "per cent of the year’s money",
    most: 100,
    write: (value) => percent(value),
    short: (value) => percent(value, 0),
    lacking: pounds.lacking
  },
  {
    id: "supplier_hhi",
    title: "Supplier concentration",
    inSentence: "supplier concentration",
    path: "/supplier-concentration",
    unit: "index, 1 when one supplier holds all",
    most: 1,
    write: (value) => value.toFixed(2),
    short: (value) => value.toFixed(1),
    lacking: "without a contract that one supplier holds alone in this service and year"
  }
];

/**
 * Where a council stands on the axis of a measure, or null.
 *
 * A size below the gate may be seen, hollow. A share may not: among four contracts the largest has a quarter whatever is bought.
 */
export const scaleOf = (
  {scale_value, scale_value_below_gate}: Pick<ScatterPoint, "scale_value" | "scale_value_below_gate">,
  {most}: ScaleMeasure
): number | null => scale_value ?? (most === null ? scale_value_below_gate : null);

interface ScatterOptions extends ChartOptions {
  readonly indicator: IndicatorRow;
  readonly measure?: ScaleMeasure; // the typical pound when not given
  readonly among: string; // the class of all points, "unitary councils"
  readonly highlight?: string; // the GSS code of the council to label; else those at the edges are
}

/** A council that can be drawn: both coordinates are there, and the horizontal one has a logarithm. */
interface Drawn extends ScatterPoint {
  readonly x: number; // in the measure's unit, > 0
  readonly y: number; // in the indicator's unit
  readonly isMeasured: boolean; // five contracts or more; otherwise hollow
}

/**
 * How large a council's contracts are, against what it costs or how often people return a year later; one dot a council.
 *
 * The horizontal axis of a size is logarithmic, because sizes span orders of magnitude; that of a share is straight. Cells below the gate of five contracts are hollow:
 * they are seen and never analysed. There is no line through the dots: what they say together is a test's business, not the eye's.
 * @throws {RangeError} when the points are of several years, or of several classes of council, which run different services: neither
 *   may share a picture
 */
export function scaleScatter(points: readonly ScatterPoint[], options: ScatterOptions): HTMLElement {
  const {document, indicator, highlight, measure = scaleMeasures[0]!, among} = options;
  assertOneClass(points);
  const drawn = points.flatMap((point) => drawable(point, measure));
  const solid = drawn.filter(({isMeasured}) => isMeasured);
  const period = onePeriod(drawn);
  const isSize = measure.most === null;
  const few = isSize ? `, ${count(drawn.length - solid.length)} with one to four` : "";
  const counts = `${plural(solid.length, "council")} with five or more contracts${few}`;
  return figure({
    ...options,
    title: titleOf(indicator, drawn.length, among, measure),
    subtitle: `Across, ${measure.inSentence} (${measure.unit}${isSize ? ", logarithmic" : ""}); up, ${inSentence(indicator.title)} (${drawnUnit(indicator.unit)}). ${[plural(drawn.length, "council"), ...period].join("; ")}`,
    chart: drawn.length === 0 ? null : (frame) => draw(document, frame, drawn, {indicator, highlight, measure}),
    caption: `${drawn.length === 0 ? "" : `${counts}. ${isSize ? DOTS : ""}${drawn.some(({low_95}) => low_95 !== null) ? INTERVALS : ""}${READING} `}${leftOut(points, measure)}`,
    altText: `${counts}.${extremes(drawn, indicator, measure)}`,
    numbers: {
      caption: `${capital(among)}: ${measure.title} and ${inSentence(indicator.title)}${period.length === 0 ? "" : `; ${period.join("; ")}`}`,
      rows: byName(drawn),
      labelled: labelledOf(drawn, highlight),
      columns: [
        {heading: "Council", cell: ({name}) => text(name)},
        {heading: "Class", cell: (point) => text(classLabel(point.class))},
        {heading: "Contracts", cell: ({contract_count}) => count(contract_count), isNumber: true},
        {
          heading: `${measure.title}, ${measure.unit}`,
          cell: ({x, isMeasured}) => `${measure.write(x)}${isMeasured ? "" : " (hollow)"}`,
          isNumber: true
        },
        {heading: "Outcome", cell: ({y}) => valueIn(indicator.unit, y), isNumber: true},
        {heading: "95% interval", cell: (point) => intervalOf(point, indicator.unit), isNumber: true}
      ]
    }
  });
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function titleOf({title}: IndicatorRow, n: number, among: string, measure: ScaleMeasure): string {
  const scale = measure.path === "" ? "contract scale" : measure.inSentence;
  return `${capital(among)}: ${scale} and ${inSentence(title)}, ${plural(n, "council")} with both`;
}

const DOTS = "Solid dots are measured; hollow ones have too few contracts to measure and are in no analysis. ";
const INTERVALS = "Thin lines are 95% intervals. ";
const READING = "A pattern among councils does not say what happens to a person, or why.";

function drawable(point: ScatterPoint, measure: ScaleMeasure): Drawn[] {
  const x = scaleOf(point, measure);
  const {outcome_value: y} = point;
  return x === null || x <= 0 || y === null ? [] : [{...point, x, y, isMeasured: point.scale_value !== null}];
}

function onePeriod(drawn: readonly Drawn[]): string[] {
  const periods = new Set(
    drawn.map(
      ({financial_year, outcome_period}) =>
        `contracts in force in ${financialYear(financial_year)}, outcome of ${outcome_period}`
    )
  );
  if (periods.size > 1)
    throw new RangeError(
      `a scatter shows one year, and these points are of ${periods.size}: ${[...periods].join("; ")}`
    );
  return [...periods];
}

function assertOneClass(points: readonly ScatterPoint[]): void {
  const classes = new Set(points.map((point) => point.class));
  if (classes.size > 1)
    throw new RangeError(
      `a scatter shows one class of council, and these points are of ${classes.size}: ${[...classes].join(", ")}`
    );
}

/** Everything that is not drawn, each council once, by the first thing it lacks. */
function leftOut(points: readonly ScatterPoint[], measure: ScaleMeasure): string {
  const at = (point: ScatterPoint) => scaleOf(point, measure);
  const withoutScale = points.filter((point) => at(point) === null);
  const few = withoutScale.filter(({scale_value_below_gate}) => scale_value_below_gate !== null);
  const zero = points.filter((point) => (at(point) ?? 1) <= 0);
  const withoutOutcome = points.filter((point) => (at(point) ?? 0) > 0 && point.outcome_value === null);
  const parts = [
    [withoutScale.length - few.length, measure.lacking],
    [few.length, "with fewer than the five contracts that a share needs"],
    [withoutOutcome.length, "with contracts but without a published outcome"],
    [zero.length, "whose contracts are published at £0, which this axis cannot show"]
  ] as const;
  const said = parts.filter(([n]) => n > 0).map(([n, words]) => `${count(n)} ${words}`);
  const all = plural(points.length, "council");
  if (points.length === 0) return "No council has contracts and an outcome in one service and year at hand.";
  return said.length === 0 ? "No council is left out." : `Left out of ${all}: ${said.join(", ")}.`;
}

function extremes(drawn: readonly Drawn[], {unit}: IndicatorRow, {title, most, write}: ScaleMeasure): string {
  if (drawn.length === 0) return "";
  const xs = drawn.map(({x}) => x);
  const ys = drawn.map(({y}) => y);
  return ` ${title}: from ${write(Math.min(...xs))} to ${write(Math.max(...xs))}${most === null ? " a year" : ""}; outcomes from ${valueIn(unit, Math.min(...ys))} to ${valueIn(unit, Math.max(...ys))}.`;
}

const intervalOf = ({low_95, high_95}: Drawn, unit: string): string =>
  low_95 === null || high_95 === null ? "none" : `${valueIn(unit, low_95)} to ${valueIn(unit, high_95)}`;

const byName = (drawn: readonly Drawn[]): Drawn[] => [...drawn].sort((a, b) => (a.name < b.name ? -1 : 1));

/** The councils with a name beside their dot: the one asked for, else those at the four edges of the cloud. */
function labelledOf(drawn: readonly Drawn[], highlight: string | undefined): Drawn[] {
  if (highlight !== undefined) return drawn.filter(({gss}) => gss === highlight);
  const by = (pick: (point: Drawn) => number) =>
    drawn.reduce((best, point) => (pick(point) > pick(best) ? point : best));
  if (drawn.length === 0) return [];
  return [...new Set([by(({x}) => x), by(({y}) => y), by(({x}) => -x), by(({y}) => -y)])];
}

function draw(
  document: Document,
  frame: Frame,
  drawn: readonly Drawn[],
  {
    indicator: {unit},
    highlight,
    measure
  }: {
    readonly indicator: IndicatorRow;
    readonly highlight: string | undefined;
    readonly measure: ScaleMeasure;
  }
): Element {
  const {width, fontSize, isNarrow} = frame;
  const height = isNarrow ? 340 : 440;
  const isSize = measure.most === null;
  const x =
    measure.most === null
      ? moneyAxis(
          drawn.map((point) => point.x),
          isNarrow ? 5 : 7
        )
      : roundAxis(0, measure.most, 5);
  const y = valueAxis(drawn.flatMap((point) => [point.y, point.low_95 ?? point.y, point.high_95 ?? point.y]));
  const write = (value: number) => valueShort(unit, value);
  const margins = {marginLeft: roomFor(y.ticks, write, fontSize), marginRight: 26, marginTop: 36, marginBottom: 44};
  const atX = (isSize ? logarithmic : straight)(x.domain, [margins.marginLeft, width - margins.marginRight]);
  const atY = straight(y.domain, [height - margins.marginBottom, margins.marginTop]);
  const labels = placed(
    labelledOf(drawn, highlight).map((point) => ({
      words: point.name,
      x: atX(point.x),
      y: atY(point.y)
    })),
    {
      fontSize,
      left: margins.marginLeft,
      right: width - margins.marginRight,
      top: margins.marginTop,
      bottom: height - margins.marginBottom
    },
    drawn.map((point) => ({x: atX(point.x), y: atY(point.y)}))
  );
  const picture = plot(document, frame, {
    height,
    ...margins,
    x: {type: isSize ? "log" : "linear", domain: x.domain, axis: null},
    y: {domain: y.domain, axis: null},
    marks: [
      ...upAxis(y.ticks, write),
      acrossAxis(x.ticks, measure.short),
      upTitle(`Outcome, ${drawnUnit(unit)}`, margins.marginLeft),
      acrossTitle(`${measure.title}, ${measure.unit}${isNarrow || !isSize ? "" : " (logarithmic)"}`),
      ...dots(drawn, unit, measure, highlight, isNarrow),
      ...labels.map((label) => labelMark(label, margins))
    ]
  });
  nameDots(
    picture,
    "solid",
    drawn.filter(({isMeasured}) => isMeasured)
  );
  nameDots(
    picture,
    "hollow",
    drawn.filter(({isMeasured}) => !isMeasured)
  );
  return picture;
}

/** Intervals first, then hollow, then solid dots; with a council to look for in colour and on top, all others are grey. */
function dots(
  drawn: readonly Drawn[],
  unit: string,
  {title: measured, most, write}: ScaleMeasure,
  highlight: string | undefined,
  isNarrow: boolean
): Plot.Markish[] {
  const isLit = ({gss}: Drawn) => gss === highlight;
  const colour = drawn.some(isLit) ? (point: Drawn) => (isLit(point) ? COLOUR.accent : COLOUR.quiet) : COLOUR.accent; // once for all dots, not once for each
  const isCrowded = drawn.length > 60;
  const title = (point: Drawn) =>
    `${point.name}: ${most === null ? `${write(point.x)} a year` : `${measured.toLowerCase()} ${write(point.x)}`} from ${plural(point.contract_count, "contract")}, ${valueIn(unit, point.y)}`;
  const dot = {
    x: "x",
    y: "y",
    r: isCrowded ? 3.5 : 4.5,
    sort: (a: Drawn, b: Drawn) => Number(isLit(a)) - Number(isLit(b)),
    title: isNarrow ? null : title // a telephone has no pointer to hover with
  };
  return [
    Plot.ruleX(
      drawn.filter(({low_95, high_95}) => low_95 !== null && high_95 !== null),
      {
        x: "x",
        y1: "low_95",
        y2: "high_95",
        stroke: colour,
        strokeOpacity: isCrowded ? 0.25 : 0.45,
        className: "intervals"
      }
    ),
    Plot.dot(
      drawn.filter(({isMeasured}) => !isMeasured),
      {...dot, fill: COLOUR.paper, stroke: colour, strokeWidth: 1.3, className: "hollow"}
    ),
    Plot.dot(
      drawn.filter(({isMeasured}) => isMeasured),
      {...dot, fill: colour, fillOpacity: 0.75, className: "solid"}
    )
  ];
}
