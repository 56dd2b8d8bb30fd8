import {type ChartOptions, COLOUR, type Frame, figure, plural, svgElement} from "./figure.ts";
import {count, money, percent} from "./format.ts";
import {picture, words} from "./picture.ts";
import type {LocalShareRow} from "./rows.ts";

interface LocalBarsOptions extends ChartOptions {
  readonly name: string;
  readonly period: string; // "2024-25"
}

/** The money of one council and year under one definition of local, over all its services. */
export interface LocalTotal {
  readonly definition: LocalShareRow["definition"];
  readonly contract_count: number;
  readonly total_in_year_gbp: number; // above zero
  readonly local_gbp: number;
  readonly partly_gbp: number;
  readonly elsewhere_gbp: number;
  readonly unknown_gbp: number;
}

const DEFINITIONS: readonly (readonly [LocalShareRow["definition"], string])[] = [
  ["same-council", "In the council’s own area"],
  ["same-area", "In its county or combined authority"],
  ["same-region", "In its region or nation"]
];

const PARTS = [
  {key: "local_gbp", words: "local", fill: COLOUR.accent, opacity: 1},
  {key: "partly_gbp", words: "partly local", fill: COLOUR.accent, opacity: 0.5},
  {key: "elsewhere_gbp", words: "elsewhere", fill: COLOUR.quiet, opacity: 0.45},
  {key: "unknown_gbp", words: "not known", fill: COLOUR.paper, opacity: 1}
] as const;

/**
 * How much of a council's money goes to local suppliers, under every definition of local at once, with what is not known.
 *
 * All definitions together, because none of them is right and a reader who sees one takes it for the answer.
 */
export function localBars(totals: readonly LocalTotal[], options: LocalBarsOptions): HTMLElement {
  const {document, name, period} = options;
  const rows = DEFINITIONS.flatMap(([definition, said]) => {
    const total = totals.find((row) => row.definition === definition);
    return total && total.total_in_year_gbp > 0 ? [{...total, said}] : [];
  });
  const share = (row: (typeof rows)[number], key: (typeof PARTS)[number]["key"]): number =>
    (100 * row[key]) / row.total_in_year_gbp;
  const first = rows[0];
  return figure({
    ...options,
    title: `${name}: money by where suppliers are, ${period}, under ${plural(rows.length, "definition")} of local`,
    subtitle: `Per cent of ${first ? money(first.total_in_year_gbp) : "money"} in the year, ${plural(first?.contract_count ?? 0, "contract")} in force`,
    chart: rows.length === 0 ? null : (frame) => draw(document, frame, rows, share),
    caption:
      rows.length === 0
        ? "No contract in force in the year has a supplier that could be placed or not: there is nothing to show."
        : "An address is mostly a head office: a national firm with a branch next door counts as elsewhere, a local office of one as local. The true share lies between local alone and local with what is partly local and not known. A contract with several suppliers is never split.",
    altText: rows
      .map(
        (row) => `${row.said}: ${PARTS.map(({key, words: said}) => `${said} ${percent(share(row, key))}`).join(", ")}`
      )
      .join(". ")
      .concat("."),
    numbers: {
      caption: `${name}: money by where suppliers are, ${period}`,
      rows,
      columns: [
        {heading: "Local means", cell: ({said}) => said},
        {heading: "Contracts", cell: ({contract_count}) => count(contract_count), isNumber: true},
        ...PARTS.map(({key, words: said}) => ({
          heading: said,
          cell: (row: (typeof rows)[number]) => `${money(row[key])} (${percent(share(row, key))})`,
          isNumber: true
        }))
      ]
    }
  });
}

function draw<Row extends LocalTotal & {readonly said: string}>(
  document: Document,
  frame: Frame,
  rows: readonly Row[],
  share: (row: Row, key: (typeof PARTS)[number]["key"]) => number
): Element {
  const {width, fontSize} = frame;
  const [step, bar] = [54, 20];
  const top = frame.isNarrow ? 44 : 24;
  const parts: Element[] = [];
  let x = 0;
  let y = 8;
  for (const part of PARTS) {
    const wide = 18 + part.words.length * fontSize * 0.56 + 14;
    if (x > 0 && x + wide > width) [x, y] = [0, y + fontSize + 6];
    parts.push(block(document, x, y - 6, 12, 12, part), words(document, {x: x + 18, y}, part.words));
    x += wide;
  }
  for (const [i, row] of rows.entries()) {
    const at = top + i * step;
    parts.push(words(document, {x: 0, y: at + 12}, `${row.said}: local ${percent(share(row, "local_gbp"))}`));
    let from = 0;
    for (const part of PARTS) {
      const wide = (share(row, part.key) / 100) * (width - 1);
      if (wide > 0) parts.push(block(document, from, at + 22, wide, bar, part));
      from += wide;
    }
  }
  return picture(document, frame, top + rows.length * step, ...parts);
}

const block = (
  document: Document,
  x: number,
  y: number,
  width: number,
  height: number,
  {fill, opacity, words: said}: (typeof PARTS)[number]
): Element =>
  svgElement(document, "rect", {
    x: x + 0.5,
    y: y + 0.5,
    width: Math.max(width - 1, 0.5),
    height,
    fill,
    "fill-opacity": opacity,
    stroke: COLOUR.quiet,
    ...(said === "not known" ? {"stroke-dasharray": "3 2"} : {"stroke-opacity": 0.6})
  });
