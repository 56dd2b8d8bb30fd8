import * as Plot from "@observablehq/plot";
import {acrossAxis, roomFor, straight, upAxis, valueAxis} from "./axes.ts";
import {type ChartOptions, COLOUR, type Frame, figure, plot, plural, quantile} from "./figure.ts";
import {count, dayMonthYear, drawnUnit, financialYear, valueIn, valueShort} from "./format.ts";
import {text} from "./html.ts";
import {labelMark, wrapped} from "./labels.ts";
import {missingInWords} from "./missing.ts";
import type {CouncilRow, IndicatorRow, ObservationRow} from "./rows.ts";
import {classLabel, classLabelPlural} from "./services.ts";

interface HistoryOptions extends ChartOptions {
  readonly indicator: IndicatorRow;
  readonly council: Pick<CouncilRow, "gss" | "short_name" | "class" | "valid_from">;
}

/** One year of the chart: the council's figure, or why there is none, and the figures of its class. */
interface Year {
  readonly year: number; // in which the period ends
  readonly period: string; // "2024-25"
  readonly own: ObservationRow | null; // null when there is no single row for the year
  readonly value: number | null;
  readonly state: "given" | "withheld" | "several" | "absent";
  readonly isBeforeBreak: boolean; // of an area that another council answered for
  readonly peers: {readonly n: number; readonly low: number; readonly median: number; readonly high: number} | null;
}

const FEWEST_PEERS = 5;

/**
 * One council's indicator through the years, with its intervals, against the middle half of its class.
 *
 * A year that is withheld is a gap with a cross, never a zero and never bridged by a line; where the council began or its area
 * changed the line breaks. The vertical axis starts at zero, so that a small change looks small.
 * @param own every row of the council for the indicator; several in one year are predecessors' and are not drawn
 * @param peers rows of the councils of the same class; the council's own are ignored
 */
export function outcomeHistory(
  own: readonly ObservationRow[],
  peers: readonly ObservationRow[],
  options: HistoryOptions
): HTMLElement {
  const {document, indicator, council} = options;
  const {unit, title} = indicator;
  const name = council.short_name;
  const years = yearsOf(
    own,
    peers.filter(({gss}) => gss !== council.gss),
    council.valid_from
  );
  const given = years.filter(({state}) => state === "given");
  const first = given[0];
  const latest = given.at(-1);
  const compared = years.findLast((year) => year.peers !== null);
  const others = compared ? othersOf(compared.peers!.n, council.class) : null;
  const between = first && latest ? `, ${first === latest ? first.period : `${first.period} to ${latest.period}`}` : "";
  return figure({
    ...options,
    title: `${title}: ${name}${between}`,
    subtitle: `${unitWords(unit)}, by financial year${others ? `; beside the middle half of ${others}` : ""}`,
    chart: latest
      ? (frame) => draw(document, frame, {years, latest, name, unit, others, validFrom: council.valid_from})
      : null,
    caption: captionOf(years, council, indicator),
    altText: latest
      ? `${name}: ${sentence(latest, unit)}${first && first !== latest ? `; ${sentence(first, unit)}` : ""}.${others ? ` Median of ${others}: ${valueIn(unit, compared!.peers!.median)} in ${compared!.period}.` : ""}`
      : `No figure of ${name} is published.`,
    numbers: {
      caption: `${title}: ${name}${others ? ` and ${others}` : ""}`,
      rows: years,
      columns: [
        {heading: "Year", cell: ({period}) => text(period)},
        {heading: name, cell: (year) => text(ownWords(year, unit)), isNumber: true},
        {heading: "95% interval", cell: ({own}) => intervalWords(own, unit), isNumber: true},
        {heading: "Lower quartile of class", cell: (year) => peerWords(year, unit, "low"), isNumber: true},
        {heading: "Median of class", cell: (year) => peerWords(year, unit, "median"), isNumber: true},
        {heading: "Upper quartile of class", cell: (year) => peerWords(year, unit, "high"), isNumber: true},
        {heading: "Councils of class", cell: (year) => (year.peers ? count(year.peers.n) : "–"), isNumber: true}
      ]
    }
  });
}

const unitWords = (unit: string): string => {
  const label = drawnUnit(unit);
  return label.charAt(0).toUpperCase() + label.slice(1);
};

const othersOf = (n: number, councilClass: string): string =>
  `${count(n)} other ${n === 1 ? classLabel(councilClass) : classLabelPlural(councilClass)}`;

function yearsOf(own: readonly ObservationRow[], peers: readonly ObservationRow[], validFrom: string): Year[] {
  const published = peers.filter(({value}) => value !== null);
  const known = [...own, ...published].map(endYear).sort((a, b) => a - b);
  if (known.length === 0) return [];
  const all = Array.from({length: known.at(-1)! - known[0]! + 1}, (_, i) => known[0]! + i);
  return all.map((year) => {
    const rows = own.filter((row) => endYear(row) === year);
    const others = published.filter((row) => endYear(row) === year);
    const row = rows.length === 1 ? rows[0]! : null;
    const any = rows[0] ?? others[0];
    return {
      year,
      period: any?.period ?? financialYear(year),
      own: row,
      value: row?.value ?? null,
      state: rows.length > 1 ? "several" : row === null ? "absent" : row.value === null ? "withheld" : "given",
      isBeforeBreak: rows.some(({period_end_on}) => period_end_on < validFrom),
      peers: middleHalf(others.map(({value}) => value!))
    };
  });
}

const endYear = ({period_end_on}: ObservationRow): number => Number(period_end_on.slice(0, 4));

function middleHalf(values: readonly number[]): Year["peers"] {
  if (values.length < FEWEST_PEERS) return null;
  const sorted = values.toSorted((a, b) => a - b);
  return {n: sorted.length, low: quantile(sorted, 0.25), median: quantile(sorted, 0.5), high: quantile(sorted, 0.75)};
}

function sentence({value, own, period}: Year, unit: string): string {
  const interval = intervalWords(own, unit);
  return `${valueIn(unit, value!)} in ${period}${interval === "none" ? "" : ` (95% interval ${interval})`}`;
}

const intervalWords = (own: ObservationRow | null, unit: string): string =>
  own === null || own.low_95 === null || own.high_95 === null
    ? "none"
    : `${valueIn(unit, own.low_95)} to ${valueIn(unit, own.high_95)}`;

function ownWords({state, value, own}: Year, unit: string): string {
  if (state === "given") return valueIn(unit, value!);
  if (state === "withheld") return missingInWords(own!.missing_reason);
  return state === "several" ? "more than one predecessor" : "no row in the publication";
}

const peerWords = ({peers}: Year, unit: string, which: "low" | "median" | "high"): string =>
  peers ? valueIn(unit, peers[which]) : "–";

function captionOf(years: readonly Year[], council: HistoryOptions["council"], {unit}: IndicatorRow): string {
  const inState = (state: Year["state"]) => years.filter((year) => year.state === state);
  const given = inState("given");
  const withheld = [...new Set(inState("withheld").map(({own}) => own!.missing_reason))].map((reason) => {
    const alike = inState("withheld").filter(({own}) => own!.missing_reason === reason);
    return `${inRuns(alike)}, ${missingInWords(reason)}`;
  });
  const listed = (state: Year["state"]) => inRuns(inState(state));
  const thin = years.filter((year) => year.peers === null).length;
  return [
    `${council.short_name} has a figure for ${count(given.length)} of ${plural(years.length, "year")}.`,
    withheld.length === 0
      ? ""
      : `${given.length === 0 ? "There is" : "A cross marks"} a year without a figure, which is not zero: ${withheld.join("; ")}.`,
    inState("absent").length === 0 ? "" : `Not in the publication: ${listed("absent")}.`,
    inState("several").length === 0
      ? ""
      : `Not drawn, for several councils answered for the area: ${listed("several")}.`,
    lastBeforeBreak(years, council.valid_from) === null
      ? ""
      : `The line breaks where the council of today began, on ${dayMonthYear(council.valid_from)}.`,
    given.some(({own}) => own!.low_95 !== null)
      ? "Upright lines are 95% intervals: years whose lines overlap cannot be told apart."
      : given.length > 0
        ? unit === "percent"
          ? "No intervals: the publisher gives no counts."
          : "No intervals: these are administrative totals."
        : "",
    unit === "percent" || given.length === 0 ? "" : "In cash terms, not adjusted for inflation.",
    thin === 0 || thin === years.length
      ? ""
      : `Years with fewer than ${FEWEST_PEERS} other councils have no band: ${count(thin)}.`
  ]
    .filter((words) => words !== "")
    .join(" ");
}

/** Years as a reader lists them: "2012-13 to 2014-15, 2020-21". */
function inRuns(years: readonly Year[]): string {
  const runs: Year[][] = [];
  for (const year of years) {
    const run = runs.at(-1);
    if (run?.at(-1)?.year === year.year - 1) run.push(year);
    else runs.push([year]);
  }
  return runs
    .map((run) => (run.length === 1 ? run[0]!.period : `${run[0]!.period} to ${run.at(-1)!.period}`))
    .join(", ");
}

/** The last financial year before the council of today began, when the chart has figures from before. */
function lastBeforeBreak(years: readonly Year[], validFrom: string): number | null {
  if (!years.some(({isBeforeBreak}) => isBeforeBreak)) return null;
  const year = Number(validFrom.slice(0, 4));
  return validFrom.slice(5) > "03-31" ? year : year - 1;
}

interface Drawing {
  readonly years: readonly Year[];
  readonly latest: Year;
  readonly name: string;
  readonly unit: string;
  readonly others: string | null;
  readonly validFrom: string;
}

function draw(document: Document, frame: Frame, drawing: Drawing): Element {
  const {years, latest, name, unit, others} = drawing;
  const {width, fontSize, isNarrow} = frame;
  const height = isNarrow ? 290 : 330;
  const write = (value: number) => valueShort(unit, value);
  const y = valueAxis(years.flatMap(everyValue));
  const ownLines = wrapped(`${name}: ${write(latest.value!)} in ${latest.period}`, LETTERS_ABOVE);
  const peerLines = others ? wrapped(`Line and band: median and middle half of ${others}`, LETTERS_ABOVE) : [];
  const margins = {
    marginLeft: roomFor(y.ticks, write, fontSize),
    marginRight: isNarrow ? 8 : 190,
    marginTop: isNarrow ? 30 + (ownLines.length + peerLines.length) * LINE : 20,
    marginBottom: 30
  };
  const [from, to] = [years[0]!.year, years.at(-1)!.year];
  const room = width - margins.marginLeft - margins.marginRight - 60;
  const every = Math.max(1, Math.ceil(((to - from) * fontSize * 4.8) / room));
  const periodOf = new Map(years.map(({year, period}) => [year, period]));
  const atY = straight(y.domain, [height - margins.marginBottom, margins.marginTop]);
  return plot(document, frame, {
    height,
    ...margins,
    x: {
      domain: from === to ? [from - 1, to + 1] : [from, to],
      insetLeft: 30,
      insetRight: isNarrow ? 30 : 14,
      axis: null
    },
    y: {domain: y.domain, axis: null},
    marks: [
      peersBand(years),
      ...upAxis(y.ticks, write),
      acrossAxis(
        years.map(({year}) => year).filter((year) => (to - year) % every === 0),
        (year) => periodOf.get(year) ?? ""
      ),
      peersMedian(years),
      ...gaps(years, fontSize),
      ...ownMarks(years, lastBeforeBreak(years, drawing.validFrom)),
      ...(isNarrow
        ? [
            ...lines(ownLines, {x: 0, y: 10, fill: COLOUR.accent}, margins),
            ...lines(peerLines, {x: 0, y: 10 + ownLines.length * LINE, fill: COLOUR.quiet}, margins)
          ]
        : sideLabels(drawing, atY, width - margins.marginRight + 2, margins, height))
    ]
  });
}

const everyValue = ({value, own, peers}: Year): number[] =>
  [value, own?.low_95, own?.high_95, peers?.low, peers?.high].filter((n) => n !== null && n !== undefined);

const peersBand = (years: readonly Year[]): Plot.Markish =>
  Plot.areaY(years, {
    x: "year",
    y1: ({peers}: Year) => peers?.low,
    y2: ({peers}: Year) => peers?.high,
    fill: COLOUR.band,
    className: "peers-band"
  });

const peersMedian = (years: readonly Year[]): Plot.Markish =>
  Plot.lineY(years, {
    x: "year",
    y: ({peers}: Year) => peers?.median,
    stroke: COLOUR.quiet,
    strokeWidth: 1.5,
    className: "peers-median"
  });

/** A cross at the top of a dotted line for each year that is withheld: far from zero, where it could be taken for a figure. */
function gaps(years: readonly Year[], fontSize: number): Plot.Markish[] {
  const withheld = years.filter(({state}) => state === "withheld");
  const cross = {frameAnchor: "top", dy: 2, fontSize: fontSize + 4, fill: COLOUR.ink, stroke: COLOUR.paper} as const;
  return [
    Plot.ruleX(withheld, {x: "year", stroke: COLOUR.quiet, strokeDasharray: "1 4", className: "gap"}),
    Plot.text(withheld, {x: "year", text: () => "×", ...cross, className: "gap-mark"})
  ];
}

function ownMarks(years: readonly Year[], breakAt: number | null): Plot.Markish[] {
  const withInterval = years.filter(({own}) => own !== null && own.low_95 !== null && own.high_95 !== null);
  return [
    Plot.ruleX(breakAt === null ? [] : [breakAt + 0.5], {
      stroke: COLOUR.ink,
      strokeDasharray: "4 3",
      className: "break"
    }),
    Plot.lineY(years, {
      x: "year",
      y: "value",
      z: ({year}: Year) => breakAt !== null && year <= breakAt,
      stroke: COLOUR.accent,
      strokeWidth: 1.5,
      strokeOpacity: 0.6,
      className: "own-line"
    }),
    Plot.ruleX(withInterval, {
      x: "year",
      y1: ({own}: Year) => own!.low_95,
      y2: ({own}: Year) => own!.high_95,
      stroke: COLOUR.accent,
      strokeWidth: 2.5,
      strokeOpacity: 0.45,
      className: "intervals"
    }),
    Plot.dot(
      years.filter(({state}) => state === "given"),
      {x: "year", y: "value", r: 3.5, fill: COLOUR.accent, className: "own"}
    )
  ];
}

const LINE = 17; // pixels from one line of words to the next

interface Margins {
  readonly marginLeft: number;
  readonly marginTop: number;
  readonly marginBottom: number;
}

/** Words in lines, the first with its middle at `y`. */
const lines = (
  words: readonly string[],
  {x, y, fill}: {readonly x: number; readonly y: number; readonly fill: string},
  margins: Margins
): Plot.Markish[] =>
  words.map((line, i) => labelMark({words: line, x, y: y + i * LINE, anchor: "start"}, margins, fill));

/** The names of the two lines, each beside its end, pushed apart where they would touch. */
function sideLabels(
  {years, latest, name, unit, others}: Drawing,
  atY: (value: number) => number,
  x: number,
  margins: Margins,
  height: number
): Plot.Markish[] {
  const own = [...wrapped(name, LETTERS_ASIDE), `${valueShort(unit, latest.value!)} in ${latest.period}`];
  const compared = years.findLast(({peers}) => peers !== null)?.peers;
  const peers = compared ? wrapped(`Median, middle half of ${others}`, LETTERS_ASIDE) : [];
  const ends = [atY(latest.value!), compared ? atY(compared.median) : Number.POSITIVE_INFINITY] as const;
  const isOwnAbove = ends[0] <= ends[1];
  const [upper, lower] = isOwnAbove ? [own, peers] : [peers, own];
  const [upperEnd, lowerEnd] = isOwnAbove ? ends : [ends[1], ends[0]];
  const top = margins.marginTop;
  const bottom = height - margins.marginBottom - LINE / 2;
  let upperTop = Math.max(top, upperEnd - ((upper.length - 1) * LINE) / 2);
  let lowerTop = compared ? lowerEnd - ((lower.length - 1) * LINE) / 2 : bottom;
  const overlap = upperTop + upper.length * LINE + 4 - lowerTop;
  if (overlap > 0) {
    upperTop = Math.max(top, upperTop - overlap / 2);
    lowerTop = upperTop + upper.length * LINE + 4;
  }
  const below = lowerTop + (lower.length - 1) * LINE - bottom;
  if (below > 0) {
    lowerTop -= below;
    upperTop = Math.min(upperTop, lowerTop - upper.length * LINE - 4);
  }
  const [ownTop, peersTop] = isOwnAbove ? [upperTop, lowerTop] : [lowerTop, upperTop];
  return [
    ...lines(own, {x, y: ownTop, fill: COLOUR.accent}, margins),
    ...lines(peers, {x, y: peersTop, fill: COLOUR.quiet}, margins)
  ];
}

const LETTERS_ASIDE = 21; // that fit right of the wide picture
const LETTERS_ABOVE = 40; // that fit across the narrow one
