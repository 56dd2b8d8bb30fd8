import {COLOUR, svgElement, textWidth} from "./figure.ts";
import {dayMonthYear, money} from "./format.ts";
import type {RegimeRow} from "./rows.ts";

/** A stretch of an axis of financial years under one law of publication. */
export interface RegimeBand {
  readonly from: number; // on the axis, where 2025 is the middle of April 2024 to March 2025
  readonly to: number;
  readonly floor: string; // "from £25,000"
  readonly sentence: string; // the law with its days
}

const DAY = 24 * 60 * 60 * 1000;

/** Where a day stands on an axis of financial years: 1 April 2024 at 2024.5, 31 March 2025 just below 2025.5. */
export function onYearAxis(iso: string): number {
  const day = Date.parse(`${iso}T00:00:00Z`);
  const year = Number(iso.slice(0, 4)) + (iso.slice(5) >= "04-01" ? 1 : 0);
  const [start, end] = [Date.UTC(year - 1, 3, 1), Date.UTC(year, 3, 1)];
  return year - 0.5 + (day - start) / (end - start);
}

/** The laws of one nation that an axis from one year to another touches, oldest first. */
export function regimeBands(regimes: readonly RegimeRow[], nation: string, first: number, last: number): RegimeBand[] {
  const [start, end] = [first - 0.5, last + 0.5];
  return regimes
    .filter((row) => row.nation === nation)
    .map((row) => ({
      from: Math.max(start, row.valid_from === null ? start : onYearAxis(row.valid_from)),
      to: Math.min(end, row.valid_to === null ? end : onYearAxis(dayAfter(row.valid_to))),
      floor: row.publication_floor_gbp === null ? "floor not at hand" : `from ${money(row.publication_floor_gbp)}`,
      sentence: sentenceOf(row)
    }))
    .filter(({from, to}) => to > from)
    .sort((a, b) => a.from - b.from);
}

const dayAfter = (iso: string): string => new Date(Date.parse(`${iso}T00:00:00Z`) + DAY).toISOString().slice(0, 10);

function sentenceOf({law, valid_from, valid_to, publication_floor_gbp, floor_vat}: RegimeRow): string {
  const days = [
    valid_from === null ? "" : `since ${dayMonthYear(valid_from)}`,
    valid_to === null ? "" : `until ${dayMonthYear(valid_to)}`
  ].filter((said) => said !== "");
  const floor =
    publication_floor_gbp === null
      ? "floor not at hand"
      : `notices from ${money(publication_floor_gbp)}${floor_vat === "included" ? " with VAT" : ""}`;
  return `${law} (${[...days, floor].join(", ")})`;
}

export const RIBBON_HEIGHT = 24; // pixels that a picture leaves below its axis

/**
 * The ribbon under a time axis: which law said from what value contracts have to be published. A chart of contracts through time
 * is partly a chart of the law.
 *
 * @param atX where the axis puts a year, in pixels
 * @param ends the pixels between which the axis runs
 * @param y of the ribbon's upper edge
 */
export function regimeRibbon(
  document: Document,
  bands: readonly RegimeBand[],
  place: {
    readonly atX: (year: number) => number;
    readonly ends: readonly [number, number];
    readonly y: number;
    readonly fontSize: number;
  }
): Element {
  const {atX, ends, y, fontSize} = place;
  const within = (x: number) => Math.min(Math.max(x, ends[0]), ends[1]);
  const parts = bands.flatMap(({from, to, floor}, i) => {
    const [left, right] = [within(atX(from)), within(atX(to))];
    if (right - left < 1) return [];
    const said = `${i + 1}: ${floor}`;
    const short = textWidth(said, fontSize - 1) + 8 <= right - left ? said : String(i + 1);
    return [
      svgElement(document, "rect", {
        x: left.toFixed(1),
        y,
        width: (right - left - 1).toFixed(1),
        height: RIBBON_HEIGHT - 4,
        fill: COLOUR.band,
        "fill-opacity": i % 2 === 0 ? 1 : 0.55
      }),
      ...(textWidth(short, fontSize - 1) > right - left
        ? []
        : [
            svgElement(
              document,
              "text",
              {
                x: ((left + right) / 2).toFixed(1),
                y: y + (RIBBON_HEIGHT - 4) / 2,
                "text-anchor": "middle",
                "dominant-baseline": "central",
                "font-size": fontSize - 1,
                fill: COLOUR.ink
              },
              short
            )
          ])
    ];
  });
  return svgElement(document, "g", {class: "regimes"}, ...parts);
}

/** What the ribbon says, for the caption. */
export const ribbonInWords = (bands: readonly RegimeBand[]): string =>
  bands.length === 0
    ? ""
    : `Ribbon, the law on publishing contracts: ${bands.map(({sentence}, i) => `${i + 1}, ${sentence}`).join("; ")}.`;
