import * as Plot from "@observablehq/plot";
import {count} from "./format.ts";
import {type Column, table} from "./html.ts";

/** The two pictures of every chart: one for a column of text, one for a telephone. The stylesheet shows one of them. */
export interface Frame {
  readonly width: number; // of the drawing, in its own pixels
  readonly fontSize: number; // at least 12 px wherever the stylesheet shows this picture
  readonly isNarrow: boolean;
}

export const FRAMES: readonly Frame[] = [
  {width: 680, fontSize: 14, isNarrow: false}, // shown from 600 px, where its text is 12.3 px
  {width: 340, fontSize: 13, isNarrow: true} // shown below
];

/**
 * The colours of charts: custom properties of `charts.css`, so that one picture serves light and dark, each with the light
 * colour behind it for a picture that has left the page. Blue and grey of unlike lightness: they part for every kind of sight.
 */
export const COLOUR = {
  accent: "var(--chart-accent, #0b5c8c)", // what the chart is about
  ink: "var(--chart-ink, #1a1a1a)",
  quiet: "var(--chart-quiet, #5b6168)", // axes and comparison, still 4.5 to 1
  band: "var(--chart-band, #dde1e6)",
  grid: "var(--chart-grid, #e4e6e9)",
  paper: "var(--chart-paper, #ffffff)"
} as const;

/** The numbers behind a chart, exactly those that are drawn. */
export interface Numbers<Row> {
  readonly caption: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly labelled?: readonly Row[]; // what is printed in place of a table that is too long for a page
}

/** Where a reader gets all rows of a table too long to print. */
export interface Download {
  readonly href: string;
  readonly name: string; // "observations.csv"
}

export interface FigureOptions<Row> {
  readonly document: Document;
  readonly id: string; // unique on the page; every id inside starts with it
  readonly title: string; // what is seen, not what to think of it
  readonly subtitle: string; // measure, unit, number of councils or contracts, period
  readonly chart: ((frame: Frame) => Element) | null; // null when there is nothing to draw: say why in `caption`
  readonly caption: string; // counts what is left out
  readonly altText: string; // what someone who does not see the picture needs, with its numbers
  readonly numbers: Numbers<Row> | null;
  readonly source?: string | undefined;
  readonly download?: Download | undefined;
  readonly longestTable?: number | undefined;
  readonly embed?: string | undefined;
}

/** What every chart of this site is called with, beside its data. */
export interface ChartOptions {
  readonly document: Document;
  readonly id: string;
  readonly source?: string;
  readonly download?: Download; // all rows, where the table is too long to print
  readonly longestTable?: number; // rows printed before the download stands in their place
  readonly embed?: string; // address of the chart by itself, frozen with its version
}

const LONGEST_TABLE = 60;

/**
 * The frame that every chart stands in: title, subtitle, the picture in two widths, a caption that counts what is left out,
 * and the numbers behind the picture. Everything is text and attributes: no script, no `style`, nothing for a policy to refuse.
 */
export function figure<Row>(options: FigureOptions<Row>): HTMLElement {
  const {document, id, title, subtitle, chart, caption, source} = options;
  const el = builder(document);
  const pictures = FRAMES.flatMap((frame) => (chart === null ? [] : [finished(chart(frame), frame, options)]));
  return el(
    "figure",
    {class: chart === null ? "chart-figure chart-empty" : "chart-figure", id, "aria-labelledby": `${id}-title`},
    el("p", {class: "chart-title", id: `${id}-title`}, title),
    el("p", {class: "chart-subtitle"}, subtitle),
    ...pictures,
    el(
      "figcaption",
      {},
      el("p", {class: "chart-caption"}, caption),
      ...(source === undefined ? [] : [el("p", {class: "chart-source"}, `Source: ${source}`)]),
      ...numbersBehind(options),
      ...(options.embed === undefined || chart === null
        ? []
        : [el("p", {class: "chart-alone"}, el("a", {href: options.embed}, "This chart alone"))])
    )
  ) as HTMLElement;
}

/** A picture by itself, as it may be downloaded: named, described, without the library's style element and labels of groups. */
function finished<Row>(svg: Element, frame: Frame, {document, id, title, altText}: FigureOptions<Row>): Element {
  const own = `${id}-${frame.isNarrow ? "narrow" : "wide"}`;
  for (const style of svg.querySelectorAll("style")) style.remove(); // its rules are in charts.css
  for (const element of svg.querySelectorAll("*")) tidy(element);
  svg.setAttribute("class", `chart ${frame.isNarrow ? "chart-narrow" : "chart-wide"}`);
  svg.setAttribute("font-size", String(frame.fontSize));
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-labelledby", `${own}-title`);
  svg.setAttribute("aria-describedby", `${own}-desc`);
  svg.prepend(
    svgElement(document, "title", {id: `${own}-title`}, title),
    svgElement(document, "desc", {id: `${own}-desc`}, altText)
  );
  return svg;
}

/** A tenth of a pixel is enough; a label on a group that has no role is not allowed. */
function tidy(element: Element): void {
  for (const name of element.getAttributeNames()) {
    if (name.startsWith("aria-")) element.removeAttribute(name);
    else if (/^(x|y|x1|x2|y1|y2|cx|cy|r|width|height|transform|d|points)$/.test(name)) {
      const value = element.getAttribute(name) ?? "";
      if (value.includes("."))
        element.setAttribute(
          name,
          value.replaceAll(/-?\d+\.\d+(?![\d.]*em)/g, (digits) => String(Number(Number(digits).toFixed(1))))
        );
    }
  }
}

function numbersBehind<Row>({document, numbers, download, longestTable}: FigureOptions<Row>): Element[] {
  if (numbers === null || numbers.rows.length === 0) return [];
  const el = builder(document);
  const {caption, rows, columns, labelled} = numbers;
  const isLong = download !== undefined && rows.length > (longestTable ?? LONGEST_TABLE);
  const printed = isLong ? (labelled ?? []) : rows;
  const holder = el("details", {class: "chart-numbers"}, el("summary", {}, "The numbers behind this chart"));
  if (printed.length > 0) {
    const body = el("div", {});
    body.innerHTML = table(caption, printed, columns);
    holder.append(...body.childNodes);
  }
  if (isLong)
    holder.append(
      el(
        "p",
        {},
        `${printed.length === 0 ? "" : `Above are the rows that the chart labels. `}All ${count(rows.length)} rows are in `,
        el("a", {href: download.href}, download.name),
        "."
      )
    );
  return [holder];
}

/**
 * A figure as HTML for a page that the site generator compiles: that runs `${…}` as code wherever it stands, and a blank line
 * would end the block. What comes from a register is text in the figure, and must stay text on the page.
 */
export const figureHtml = (drawn: Element): string =>
  drawn.outerHTML.replaceAll("${", "&#36;{").replaceAll(/\s*\n\s*/g, " ");

/** Plot, drawn with this site's document and measures, as the bare picture. */
export const plot = (document: Document, frame: Frame, options: Plot.PlotOptions): Element =>
  Plot.plot({document, className: "chart", width: frame.width, ...options});

/**
 * Gives the dots of a mark the codes of their councils, so that the one in the page's address can be found among them.
 * The library binds to each dot the place of its row, whatever the order in which it drew them.
 */
export function nameDots(picture: Element, mark: string, rows: readonly {readonly gss: string}[]): void {
  for (const dot of picture.querySelectorAll(`.${mark} circle, circle.${mark}`)) {
    const row = rows[(dot as Element & {__data__?: number}).__data__ ?? -1];
    if (row) dot.setAttribute("data-gss", row.gss);
  }
}

type Child = Node | string;

/** Makes HTML elements from a name, attributes and children; strings become text, never markup. */
const builder =
  (document: Document) =>
  (name: string, attributes: Readonly<Record<string, string>>, ...children: Child[]): Element =>
    filled(document.createElement(name), attributes, children);

/** An SVG element from a name, attributes and children; strings become text. */
export const svgElement = (
  document: Document,
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  ...children: Child[]
): Element => filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);

function filled(
  element: Element,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly Child[]
): Element {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** Roughly how wide a line of text is, for keeping labels apart: an average letter is a little over half its size. */
export const textWidth = (words: string, fontSize: number): number => words.length * fontSize * 0.56;

/** A title inside a sentence: its first letter small, unless the word is an abbreviation. */
export const inSentence = (title: string): string =>
  /^\p{Lu}\p{Ll}/u.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;

/** "1 council", "3 councils". */
export const plural = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;

/**
 * The value below which a share `p` of sorted numbers lies, between neighbours in proportion (R type 7, as DuckDB's quantile_cont),
 * without the dust of binary fractions: midway between 69.6 and 69.7 is 69.65, which a reader rounds to 69.7.
 */
export function quantile(sorted: readonly number[], p: number): number {
  const at = (sorted.length - 1) * p;
  const below = sorted[Math.floor(at)]!;
  return Number((below + (sorted[Math.ceil(at)]! - below) * (at - Math.floor(at))).toPrecision(12));
}
