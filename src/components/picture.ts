import {COLOUR, type Frame, svgElement} from "./figure.ts";

// Charts with hundreds of dots on hundreds of pages are drawn by hand: all dots of one look are one path, a tenth of the bytes
// and of the time of an element each.

export interface Margins {
  readonly marginLeft: number;
  readonly marginRight: number;
  readonly marginTop: number;
  readonly marginBottom: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const whole = (n: number): string => String(Math.round(n)); // a pixel is enough for what is drawn by the hundred

/** The bare picture of a frame. */
export const picture = (document: Document, {width}: Frame, height: number, ...parts: Element[]): Element =>
  svgElement(document, "svg", {width, height, viewBox: `0 0 ${width} ${height}`, fill: "currentColor"}, ...parts);

/** Straight lines of one look as one path. */
export const rules = (
  document: Document,
  ends: readonly (readonly [from: Point, to: Point])[],
  attributes: Readonly<Record<string, string | number>>
): Element =>
  svgElement(document, "path", {
    d: ends.map(([from, to]) => `M${whole(from.x)},${whole(from.y)}L${whole(to.x)},${whole(to.y)}`).join(""),
    ...attributes
  });

/** Numbers along an axis: what they share is said once. */
export const numbers = (
  document: Document,
  labels: readonly (Point & {readonly words: string})[],
  anchor: "middle" | "end"
): Element =>
  svgElement(
    document,
    "g",
    {fill: COLOUR.quiet, "text-anchor": anchor, "dominant-baseline": "central"},
    ...labels.map(({x, y, words: said}) => svgElement(document, "text", {x: whole(x), y: whole(y)}, said))
  );

/** A line through points, in the order given; a point closer to the one before than `apart` pixels is passed over, but for the last. */
export const line = (
  document: Document,
  points: readonly Point[],
  attributes: Readonly<Record<string, string | number>>,
  apart = 0
): Element =>
  svgElement(document, "path", {
    d: spaced(points, apart)
      .map(({x, y}, i) => `${i === 0 ? "M" : "L"}${whole(x)},${whole(y)}`)
      .join(""),
    fill: "none",
    ...attributes
  });

function spaced(points: readonly Point[], apart: number): Point[] {
  const kept: Point[] = [];
  for (const [i, point] of points.entries()) {
    const last = kept.at(-1);
    if (last === undefined || i === points.length - 1 || Math.hypot(point.x - last.x, point.y - last.y) >= apart)
      kept.push(point);
  }
  return kept;
}

/** Dots of one look as one path: strokes of no length with round ends. */
export const dots = (
  document: Document,
  points: readonly Point[],
  attributes: Readonly<Record<string, string | number>>
): Element =>
  svgElement(document, "path", {
    d: points.map(({x, y}) => `M${whole(x)},${whole(y)}h0`).join(""),
    fill: "none",
    "stroke-linecap": "round",
    "stroke-width": 7,
    ...attributes
  });

export const words = (
  document: Document,
  {x, y}: Point,
  text: string,
  attributes: Readonly<Record<string, string | number>> = {}
): Element =>
  svgElement(document, "text", {x: whole(x), y: whole(y), "dominant-baseline": "central", ...attributes}, text);

/** Words with a rim of paper, so that they read on top of dots and lines. */
export const label = (
  document: Document,
  at: Point,
  text: string,
  attributes: Readonly<Record<string, string | number>> = {}
): Element =>
  words(document, at, text, {
    stroke: COLOUR.paper,
    "stroke-width": 4,
    "stroke-linejoin": "round",
    "paint-order": "stroke",
    ...attributes
  });
