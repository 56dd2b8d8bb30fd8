import {type ChartOptions, COLOUR, type Frame, figure, plural, svgElement} from "./figure.ts";
import {count} from "./format.ts";
import {text} from "./html.ts";

/** A council in force, and how many of its contracts count in a scale measure. */
export interface CoverageSquare {
  readonly gss: string;
  readonly name: string;
  readonly region: string; // the nation's name outside England
  readonly nation: string;
  readonly contract_count: number;
}

interface CoverageOptions extends ChartOptions {
  /** The page of a council; with it the table lists every council as a link. */
  readonly hrefFor?: (gss: string) => string;
}

interface Band {
  readonly from: number;
  readonly words: string;
  readonly opacity: number; // of the filling
  readonly inset: number; // how far the filling stays from the outline, so that few contracts look unlike many in print too
}

const GATE = 5; // contracts that a scale measure needs

const BANDS: readonly Band[] = [
  {from: 100, words: "100 or more", opacity: 1, inset: 0},
  {from: 20, words: "20 to 99", opacity: 0.7, inset: 0},
  {from: GATE, words: "5 to 19", opacity: 0.4, inset: 0},
  {from: 1, words: "1 to 4, too few to measure", opacity: 1, inset: 4},
  {from: 0, words: "none", opacity: 0, inset: 0}
];

const bandOf = (contracts: number): Band => BANDS.find(({from}) => contracts >= from)!;

/** How much of one region is at hand: a row of the chart and of its table. */
interface Region {
  readonly name: string;
  readonly councils: readonly CoverageSquare[]; // most contracts first
  readonly withAny: number;
  readonly measurable: number;
  readonly contracts: number;
}

/**
 * Which councils have contracts at hand: a small square for each, in rows by region, darker the more contracts count.
 *
 * Squares and no map, because a map shows area and the question is how many councils. The squares are not links: four hundred
 * stops of the tab key stand between a reader and the rest of the page, so the links are in the table, which is closed at first.
 * Drawn by hand, for rows that wrap are no scale.
 */
export function coverageGrid(councils: readonly CoverageSquare[], options: CoverageOptions): HTMLElement {
  const regions = byRegion(councils);
  const withAny = councils.filter(({contract_count}) => contract_count > 0).length;
  const measurable = councils.filter(({contract_count}) => contract_count >= GATE).length;
  const contracts = councils.reduce((sum, {contract_count}) => sum + contract_count, 0);
  const found = `${count(withAny)} of ${plural(councils.length, "council")} ${withAny === 1 ? "has" : "have"} at least one contract at hand that counts`;
  return figure({
    ...options,
    title:
      councils.length === 0
        ? "Contracts at hand"
        : `Contracts at hand: ${count(withAny)} of ${plural(councils.length, "council")} with at least one`,
    subtitle: `One square a council in force, by region and nation; ${plural(contracts, "contract")} counted in scale measures`,
    chart: councils.length === 0 ? null : (frame) => draw(options.document, frame, regions),
    caption:
      councils.length === 0
        ? "No council is known to this dataset, so there is nothing to show."
        : `${found}; ${count(measurable)} ${measurable === 1 ? "has" : "have"} ${GATE} or more over all services and years, where a measure needs ${GATE} within one of each. ${plural(councils.length - withAny, "council")} without a contract at hand may well buy: the registers at hand do not show it.`,
    altText: `${found}. ${regions.map((region) => `${region.name} ${region.withAny} of ${region.councils.length}`).join(", ")}.`,
    numbers: {
      caption: "Councils in force by number of contracts that count in scale measures",
      rows: regions,
      columns: [
        {heading: "Region or nation", cell: ({name}) => text(name)},
        {heading: "Councils", cell: (region) => count(region.councils.length), isNumber: true},
        ...BANDS.toReversed().map((band) => ({
          heading: band.words,
          cell: (region: Region) =>
            count(region.councils.filter(({contract_count}) => bandOf(contract_count) === band).length),
          isNumber: true
        })),
        {heading: "Contracts", cell: (region) => count(region.contracts), isNumber: true},
        ...namesColumn(options.hrefFor)
      ]
    }
  });
}

function namesColumn(hrefFor: CoverageOptions["hrefFor"]) {
  if (!hrefFor) return [];
  const link = ({gss, name, contract_count}: CoverageSquare) =>
    `<a href="${text(hrefFor(gss))}">${text(name)}</a> ${count(contract_count)}`;
  return [{heading: "Each council", cell: ({councils}: Region) => councils.map(link).join(", ")}];
}

const NATIONS = ["England", "Scotland", "Wales", "Northern Ireland"];

function byRegion(councils: readonly CoverageSquare[]): Region[] {
  const rank = ({nation}: CoverageSquare) => (NATIONS.indexOf(nation) + 5) % 5; // an unknown nation comes last
  const ordered = [...councils].sort((a, b) => rank(a) - rank(b) || order(a.region, b.region));
  const names = [...new Set(ordered.map(({region}) => region))];
  return names.map((name) => {
    const own = councils
      .filter(({region}) => region === name)
      .sort((a, b) => b.contract_count - a.contract_count || order(a.name, b.name));
    return {
      name,
      councils: own,
      withAny: own.filter(({contract_count}) => contract_count > 0).length,
      measurable: own.filter(({contract_count}) => contract_count >= GATE).length,
      contracts: own.reduce((sum, {contract_count}) => sum + contract_count, 0)
    };
  });
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const SIDE = 12; // pixels of a square
const STEP = 15;

function draw(document: Document, {width, fontSize, isNarrow}: Frame, regions: readonly Region[]): Element {
  const labelWidth = isNarrow ? 0 : 275; // on a telephone the name stands above its squares
  const perRow = Math.floor((width - labelWidth) / STEP);
  const {parts, bottom: top} = legend(document, width, fontSize);
  const places: Place[] = [];
  let y = top + 14;
  for (const region of regions) {
    const baseline = y + fontSize * 0.86;
    const name = svgElement(document, "text", {x: 0, y: baseline}, region.name);
    const share = `${region.withAny} of ${region.councils.length}`;
    const right = isNarrow ? width : labelWidth - 18;
    parts.push(
      name,
      svgElement(document, "text", {x: right, y: baseline, "text-anchor": "end", fill: COLOUR.quiet}, share)
    );
    if (isNarrow) y += fontSize + 6;
    for (const [i, council] of region.councils.entries())
      places.push({x: labelWidth + (i % perRow) * STEP, y: y + Math.floor(i / perRow) * STEP, council});
    y += Math.ceil(region.councils.length / perRow) * STEP + (isNarrow ? 12 : 9);
  }
  for (const band of BANDS) {
    const own = places.filter(({council}) => bandOf(council!.contract_count) === band);
    parts.push(...squares(document, band, own, "councils", !isNarrow));
  }
  return svgElement(document, "svg", {width, height: y, viewBox: `0 0 ${width} ${y}`, fill: "currentColor"}, ...parts);
}

/** Where a square stands, its upper left corner, and whose it is; nobody's in the legend. */
interface Place {
  readonly x: number;
  readonly y: number;
  readonly council?: CoverageSquare;
}

/** The squares of one band in a group that has its colours, for four hundred squares each with their own are half of a page's weight. */
function squares(document: Document, band: Band, places: readonly Place[], name: string, isNamed: boolean): Element[] {
  const isEmpty = band.opacity === 0;
  const isFull = !isEmpty && band.inset === 0;
  const rect =
    (inset: number, isTitled: boolean) =>
    ({x, y, council}: Place) => {
      const side = SIDE - 2 * inset;
      const title = isTitled && council ? [svgElement(document, "title", {}, wordsOf(council))] : [];
      return svgElement(document, "rect", {x: x + inset, y: y + inset, width: side, height: side}, ...title);
    };
  const edge = {
    class: name,
    fill: isFull ? COLOUR.accent : "none",
    "fill-opacity": band.opacity,
    stroke: isEmpty ? COLOUR.quiet : COLOUR.accent,
    "stroke-opacity": isEmpty ? 0.6 : 1,
    "pointer-events": "all" // so that an empty square, too, tells its name
  };
  const outlines = svgElement(document, "g", edge, ...places.map(rect(0.5, isNamed)));
  if (isEmpty || isFull) return [outlines];
  const fillings = {class: "too-few", fill: COLOUR.accent, "pointer-events": "none"};
  return [outlines, svgElement(document, "g", fillings, ...places.map(rect(band.inset, false)))];
}

const wordsOf = ({name, contract_count}: CoverageSquare): string => `${name}: ${plural(contract_count, "contract")}`;

/** The legend is words beside a square, in the picture, so that it goes wherever the picture goes. */
function legend(document: Document, width: number, fontSize: number): {parts: Element[]; bottom: number} {
  const parts: Element[] = [];
  let x = 0;
  let y = 2;
  for (const band of BANDS.toReversed()) {
    const wide = 18 + band.words.length * fontSize * 0.56 + 14;
    if (x > 0 && x + wide > width) {
      x = 0;
      y += fontSize + 8;
    }
    parts.push(
      ...squares(document, band, [{x, y: y + 1}], "legend", false),
      svgElement(document, "text", {x: x + 18, y: y + fontSize * 0.86}, band.words)
    );
    x += wide;
  }
  return {parts, bottom: y + fontSize + 6};
}
