import * as Plot from "@observablehq/plot";
import {logarithmic, moneyAxis, roomFor, straight} from "./axes.ts";
import {type ChartOptions, COLOUR, type Frame, figure, plot, plural, quantile} from "./figure.ts";
import {count, financialYear, money, moneyShort} from "./format.ts";
import {labelMark, wrapped} from "./labels.ts";
import {type RegimeBand, RIBBON_HEIGHT, regimeBands, regimeRibbon, ribbonInWords} from "./regimeRibbon.ts";
import type {CouncilScaleRow, RegimeRow} from "./rows.ts";

interface ByYearOptions extends ChartOptions {
  readonly serviceLabel: string; // "Adult social care"
  readonly among: string; // who the councils are: "unitary councils"
  readonly nation: string; // theirs, whose law of publication stands under the axis
  readonly regimes: readonly RegimeRow[];
}

/** The councils of one year that have a measure, in pounds a year. */
interface Year {
  readonly year: number; // 2025 is April 2024 to March 2025
  readonly n: number; // councils with a measure
  readonly unmeasured: number; // councils with too few contracts
  readonly half: {readonly low: number; readonly median: number; readonly high: number} | null; // null with fewer than five
}

const FEWEST_COUNCILS = 5;
const FEWEST_YEARS = 2;

/**
 * How large the contracts in force were, year by year, for one service: the typical pound of the middle council, and of the middle half.
 *
 * Logarithmic, so that a doubling is as high anywhere. The councils are not the same in every year, so a change of the line may be
 * a change of who is on it: their number stands under each year.
 * @param cells one council and year each, of one service line; those without a measure are counted
 */
export function scaleByYear(cells: readonly CouncilScaleRow[], options: ByYearOptions): HTMLElement {
  const {document, serviceLabel, among} = options;
  const years = byYear(cells);
  const drawn = years.filter(({half}) => half !== null);
  const isEnough = drawn.length >= FEWEST_YEARS;
  const [first, last] = [drawn[0], drawn.at(-1)];
  const measured = years.reduce((sum, {n}) => sum + n, 0);
  return figure({
    ...options,
    title: `${serviceLabel}, ${among}: size of contracts in force${isEnough ? `, ${financialYear(first!.year)} to ${financialYear(last!.year)}` : " by year"}`,
    subtitle:
      "Typical pound of the middle council and of the middle half of councils, £ a year, logarithmic, by financial year",
    chart: isEnough ? (frame) => draw(document, frame, years, drawn, bandsOf(years, options)) : null,
    caption: isEnough ? captionOf(years, bandsOf(years, options)) : tooLittle(years, measured),
    altText: isEnough
      ? `Median typical pound ${money(first!.half!.median)} a year in ${financialYear(first!.year)} (${plural(first!.n, "council")}), ${money(last!.half!.median)} in ${financialYear(last!.year)} (${plural(last!.n, "council")}).`
      : "Too little data for a chart.",
    numbers: {
      caption: `${serviceLabel}, ${among}: typical pound of councils with five or more contracts in force, £ a year`,
      rows: years,
      columns: [
        {heading: "Year", cell: ({year}) => financialYear(year)},
        {heading: "Councils measured", cell: ({n}) => count(n), isNumber: true},
        {heading: "With too few contracts", cell: ({unmeasured}) => count(unmeasured), isNumber: true},
        {heading: "Lower quartile", cell: ({half}) => amount(half?.low), isNumber: true},
        {heading: "Median", cell: ({half}) => amount(half?.median), isNumber: true},
        {heading: "Upper quartile", cell: ({half}) => amount(half?.high), isNumber: true}
      ]
    }
  });
}

const amount = (pounds: number | undefined): string => (pounds === undefined ? "too few councils" : money(pounds));

function byYear(cells: readonly CouncilScaleRow[]): Year[] {
  const ends = cells.map(({financial_year}) => financial_year);
  if (ends.length === 0) return [];
  const first = Math.min(...ends);
  return Array.from({length: Math.max(...ends) - first + 1}, (_, i) => {
    const year = first + i;
    const own = cells.filter(({financial_year}) => financial_year === year);
    const values = own
      .flatMap(({typical_pound_gbp: pounds}) => (pounds !== null && pounds > 0 ? [pounds] : []))
      .sort((a, b) => a - b);
    return {
      year,
      n: values.length,
      unmeasured: own.filter(({contract_count}) => contract_count > 0).length - values.length,
      half:
        values.length < FEWEST_COUNCILS
          ? null
          : {low: quantile(values, 0.25), median: quantile(values, 0.5), high: quantile(values, 0.75)}
    };
  });
}

const bandsOf = (years: readonly Year[], {regimes, nation}: ByYearOptions): RegimeBand[] =>
  regimeBands(regimes, nation, years[0]!.year, years.at(-1)!.year);

function captionOf(years: readonly Year[], bands: readonly RegimeBand[]): string {
  const thin = years.filter(({half}) => half === null);
  const unmeasured = years.reduce((sum, year) => sum + year.unmeasured, 0);
  return [
    "The councils are not the same in every year, so the line also moves with who is measured.",
    unmeasured === 0 ? "" : `Left out: ${plural(unmeasured, "council-year")} with one to four contracts.`,
    thin.length === 0
      ? ""
      : `Not drawn, with fewer than ${FEWEST_COUNCILS} councils measured: ${thin.map(({year}) => financialYear(year)).join(", ")}.`,
    ribbonInWords(bands),
    "In cash terms, not adjusted for inflation."
  ]
    .filter((words) => words !== "")
    .join(" ");
}

const tooLittle = (years: readonly Year[], measured: number): string =>
  `Too little data for a chart: it needs ${FEWEST_YEARS} years with ${FEWEST_COUNCILS} councils that have five contracts or more in force, and at hand ${measured === 1 ? "is" : "are"} ${plural(measured, "council-year")} measured in ${plural(years.length, "year")}.`;

function draw(
  document: Document,
  frame: Frame,
  years: readonly Year[],
  drawn: readonly Year[],
  bands: readonly RegimeBand[]
): Element {
  const {width, fontSize, isNarrow} = frame;
  const height = (isNarrow ? 320 : 340) + RIBBON_HEIGHT;
  const halves = drawn.map(({half}) => half!);
  const y = moneyAxis(
    halves.flatMap(({low, high}) => [low, high]),
    6
  );
  const margins = {
    marginLeft: roomFor(y.ticks, moneyShort, fontSize),
    marginRight: isNarrow ? 10 : 130,
    marginTop: isNarrow ? 40 : 30,
    marginBottom: 52 + RIBBON_HEIGHT
  };
  const [from, to] = [years[0]!.year, years.at(-1)!.year];
  const every = Math.max(
    1,
    Math.ceil(((to - from + 1) * fontSize * 4.9) / (width - margins.marginLeft - margins.marginRight))
  );
  const ticks = years.filter(({year}) => (to - year) % every === 0);
  const nOf = new Map(years.map(({year, n}) => [year, n]));
  const atY = logarithmic(y.domain, [height - margins.marginBottom, margins.marginTop]);
  const last = drawn.at(-1)!.half!;
  const x = width - margins.marginRight + 4;
  const insetRight = isNarrow ? 32 : 20;
  const drawing = plot(document, frame, {
    height,
    ...margins,
    x: {domain: [from, to], insetLeft: 32, insetRight, axis: null},
    y: {type: "log", domain: y.domain, axis: null},
    marks: [
      Plot.areaY(years, {
        x: "year",
        y1: ({half}: Year) => half?.low,
        y2: ({half}: Year) => half?.high,
        fill: COLOUR.band,
        className: "middle-half"
      }),
      Plot.gridY({ticks: y.ticks, stroke: COLOUR.grid, strokeOpacity: 1}),
      Plot.axisY({ticks: y.ticks, label: null, tickSize: 0, fill: COLOUR.quiet, tickFormat: moneyShort}),
      Plot.axisX({
        ticks: ticks.map(({year}) => year),
        label: null,
        tickSize: 5,
        fill: COLOUR.quiet,
        stroke: COLOUR.quiet,
        lineHeight: 1.3,
        tickFormat: (year: number) => `${financialYear(year)}\nn ${count(nOf.get(year) ?? 0)}`
      }),
      Plot.ruleX(
        bands.filter(({from}) => from > years[0]!.year - 0.5),
        {
          x: "from",
          stroke: COLOUR.quiet,
          strokeDasharray: "4 3",
          className: "change-of-law"
        }
      ),
      Plot.lineY(years, {
        x: "year",
        y: ({half}: Year) => half?.median,
        stroke: COLOUR.accent,
        strokeWidth: 2,
        className: "median-line"
      }),
      Plot.dot(drawn, {x: "year", y: ({half}: Year) => half!.median, r: 3.5, fill: COLOUR.accent, className: "median"}),
      ...(isNarrow
        ? [
            labelMark({words: "Median council", x: 0, y: 8, anchor: "start"}, margins, COLOUR.accent),
            labelMark({words: "Band: middle half of councils", x: width, y: 8, anchor: "end"}, margins, COLOUR.quiet)
          ]
        : [
            ...wrapped(`Median council ${moneyShort(last.median)}`, 14).map((words, i) =>
              labelMark({words, x, y: atY(last.median) + (i - 0.5) * 17, anchor: "start"}, margins, COLOUR.accent)
            ),
            labelMark(
              {words: "Middle half", x, y: Math.min(atY(last.high), atY(last.median) - 34), anchor: "start"},
              margins,
              COLOUR.quiet
            )
          ])
    ]
  });
  const ends: [number, number] = [margins.marginLeft, width - margins.marginRight];
  drawing.append(
    regimeRibbon(document, bands, {
      atX: straight([from, to], [ends[0] + 32, ends[1] - insetRight]),
      ends,
      y: height - RIBBON_HEIGHT,
      fontSize
    })
  );
  return drawing;
}
