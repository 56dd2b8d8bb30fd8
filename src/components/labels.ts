import * as Plot from "@observablehq/plot";
import {COLOUR, textWidth} from "./figure.ts";

/** Where a label may stand, in the picture's pixels. */
interface Room {
  readonly fontSize: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A label in its place: `x` is the edge that `anchor` names, `y` its middle. */
export interface Box {
  readonly words: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "middle" | "end";
}

const GAP = 8; // between a dot's centre and its label

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Puts each label right of its dot, else left, above or below, wherever it covers the fewest of the other dots. A name that
 * would cover another one, or leave the room, is not printed.
 */
export function placed(
  points: readonly (Point & {readonly words: string})[],
  room: Room,
  dots: readonly Point[] = []
): Box[] {
  const boxes: Box[] = [];
  for (const {words, x, y} of points) {
    const middle = Math.min(Math.max(y, room.top + room.fontSize / 2), room.bottom - room.fontSize / 2);
    const half = textWidth(words, room.fontSize) / 2;
    const inside = Math.min(Math.max(x, room.left + half), room.right - half); // near an edge, above or below and a little aside
    const candidates: Box[] = [
      {words, x: x + GAP, y: middle, anchor: "start"},
      {words, x: x - GAP, y: middle, anchor: "end"},
      {words, x: inside, y: y - room.fontSize * 1.3, anchor: "middle"},
      {words, x: inside, y: y + room.fontSize * 1.3, anchor: "middle"}
    ];
    const free = candidates.filter(
      (box) => fits(box, room) && boxes.every((other) => !overlap(box, other, room.fontSize))
    );
    const covered = (box: Box) => dots.filter((dot) => covers(box, dot, room.fontSize)).length;
    const [best] = free.sort((a, b) => covered(a) - covered(b)); // a stable sort: right of the dot where nothing is in the way
    if (best) boxes.push(best);
  }
  return boxes;
}

/** A label as a mark, with a rim of paper so that it reads on top of dots. */
export const labelMark = (
  {words, x, y, anchor}: Box,
  {marginLeft, marginTop}: {readonly marginLeft: number; readonly marginTop: number},
  fill: string = COLOUR.ink
): Plot.Markish =>
  Plot.text([words], {
    frameAnchor: "top-left",
    textAnchor: anchor,
    lineAnchor: "middle",
    dx: x - marginLeft,
    dy: y - marginTop,
    fill,
    stroke: COLOUR.paper,
    strokeWidth: 4
  });

function span({words, x, anchor}: Box, fontSize: number): [from: number, to: number] {
  const width = textWidth(words, fontSize);
  const from = {start: x, middle: x - width / 2, end: x - width}[anchor];
  return [from, from + width];
}

function fits(box: Box, {fontSize, left, right, top, bottom}: Room): boolean {
  const [from, to] = span(box, fontSize);
  return from >= left && to <= right && box.y >= top && box.y <= bottom;
}

function covers(box: Box, {x, y}: Point, fontSize: number): boolean {
  const [from, to] = span(box, fontSize);
  return Math.abs(y - box.y) < fontSize && x > from - GAP / 2 && x < to + GAP / 2;
}

function overlap(a: Box, b: Box, fontSize: number): boolean {
  const [fromA, toA] = span(a, fontSize);
  const [fromB, toB] = span(b, fontSize);
  return Math.abs(a.y - b.y) < fontSize * 1.2 && fromA < toB + GAP && fromB < toA + GAP;
}

/** Words broken into lines of at most so many letters; a longer word has a line of its own. */
export function wrapped(words: string, letters: number): string[] {
  const broken: string[] = [];
  for (const word of words.split(" ")) {
    const last = broken.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= letters) broken[broken.length - 1] = `${last} ${word}`;
    else broken.push(word);
  }
  return broken;
}
