import * as Plot from "@observablehq/plot";
import {COLOUR} from "./figure.ts";

/** A logarithmic axis of pounds: its ends, and the ticks that stand on it. */
export interface MoneyAxis {
  readonly domain: [low: number, high: number];
  readonly ticks: number[];
  readonly steps: number[]; // every round number from end to end, ticked or not
}

const STEPS = [1, 2, 5];

/**
 * An axis that holds all the amounts, from one round number to another at least ten times as large, with at most so many ticks.
 *
 * Round means 1, 2 or 5 times a power of ten; ticks are powers of ten when there are enough of them, else all round numbers.
 * @param amounts pounds, each above zero; at least one
 */
export function moneyAxis(amounts: readonly number[], mostTicks: number): MoneyAxis {
  const [least, most] = amounts.reduce(
    ([low, high], n) => [Math.min(low, n), Math.max(high, n)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  ); // a call with a million arguments fails
  const middle = Math.sqrt(least * most);
  const low = Math.min(least, middle / 3); // a few amounts that are close together are not spread over the page
  const high = Math.max(most, middle * 3);
  const round = roundNumbers(low, high);
  const domain: [number, number] = [round.filter((n) => n <= low * 0.95).at(-1)!, round.find((n) => n >= high * 1.05)!];
  const inside = round.filter((n) => n >= domain[0] && n <= domain[1]);
  const powers = inside.filter((n) => Number.isInteger(Math.log10(n)));
  const chosen = inside.length <= mostTicks ? inside : powers.length >= 2 ? powers : [inside[0]!, inside.at(-1)!];
  const every = Math.ceil(chosen.length / mostTicks);
  return {domain, ticks: chosen.filter((_, i) => i % every === 0), steps: inside};
}

/** A logarithmic axis of counts: the same round numbers, from one at or below the least to one at or above the most. */
export const acrossRound = (counts: readonly number[], mostTicks: number): MoneyAxis =>
  moneyAxis(
    counts.map((n) => Math.max(n, 1)),
    mostTicks
  );

function roundNumbers(low: number, high: number): number[] {
  const from = Math.floor(Math.log10(low)) - 1;
  const to = Math.ceil(Math.log10(high)) + 1;
  return Array.from({length: to - from + 1}, (_, i) =>
    STEPS.map((step) => (from + i < 0 ? step / 10 ** -(from + i) : step * 10 ** (from + i)))
  ).flat();
}

/** A straight axis: its ends, and the ticks that stand on it. */
export interface RoundAxis {
  readonly domain: [low: number, high: number];
  readonly ticks: number[];
}

/** A straight axis that holds both amounts, from one round number to another, in at most about so many steps of 1, 2 or 5. */
export function roundAxis(low: number, high: number, mostSteps = 6): RoundAxis {
  const span = high > low ? high - low : Math.abs(high) || 1;
  const power = 10 ** Math.floor(Math.log10(span / mostSteps));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => span / n <= mostSteps)!;
  const [from, last] = [Math.floor(low / step), Math.ceil((low + span) / step)];
  const ticks = Array.from({length: last - from + 1}, (_, i) => Number(((from + i) * step).toPrecision(12)));
  return {domain: [ticks[0]!, ticks.at(-1)!], ticks};
}

/** A straight axis that holds zero and every value, so that what is drawn keeps its proportions. */
export const valueAxis = (values: readonly number[]): RoundAxis =>
  roundAxis(Math.min(0, ...values), Math.max(0, ...values));

type Ends = readonly [number, number];

/** Where a straight axis puts a value, for what is placed by hand beside what the library draws. */
export const straight =
  ([low, high]: Ends, [from, to]: Ends) =>
  (value: number): number =>
    from + ((value - low) / (high - low)) * (to - from);

/** Where a logarithmic axis puts a value above zero. */
export const logarithmic = ([low, high]: Ends, range: Ends) => {
  const at = straight([Math.log(low), Math.log(high)], range);
  return (value: number): number => at(Math.log(value));
};

/** Room left of a frame for the widest number of its upward axis, in pixels, in the widest of the usual fonts. */
export const roomFor = (ticks: readonly number[], write: (value: number) => string, fontSize: number): number =>
  Math.ceil(Math.max(...ticks.map((tick) => digitsWide(write(tick)))) * fontSize) + 10;

const digitsWide = (words: string): number => words.length * 0.64 + (words.includes("%") ? 0.32 : 0);

/** An upward axis: quiet lines across, a number on each, and the line of zero. */
export const upAxis = (ticks: number[], write: (value: number) => string): Plot.Markish[] => [
  Plot.gridY({ticks, stroke: COLOUR.grid, strokeOpacity: 1}),
  Plot.axisY({ticks, label: null, tickSize: 0, fill: COLOUR.quiet, tickFormat: write}),
  Plot.ruleY([0], {stroke: COLOUR.quiet})
];

/** An axis along the foot, its numbers under short ticks. */
export const acrossAxis = (ticks: number[], write: (value: number) => string): Plot.Markish =>
  Plot.axisX({ticks, label: null, tickSize: 5, fill: COLOUR.quiet, stroke: COLOUR.quiet, tickFormat: write});

/** What an upward axis measures, above its numbers and level with the title. */
export const upTitle = (words: string, marginLeft: number): Plot.Markish =>
  Plot.text([`↑ ${words}`], {
    frameAnchor: "top-left",
    textAnchor: "start",
    dx: -marginLeft,
    dy: -26,
    fill: COLOUR.quiet
  });

/** What an axis along the foot measures, under its numbers. */
export const acrossTitle = (words: string): Plot.Markish =>
  Plot.text([words], {frameAnchor: "bottom-right", textAnchor: "end", dy: 38, fill: COLOUR.quiet});
