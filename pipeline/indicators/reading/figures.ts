import {LayoutError} from "../../formats/layoutError.ts";

/** What a cell says: a number, or why there is none. Exactly one of the two is null. */
export interface Figure {
  readonly number: number | null;
  readonly symbol: string | null; // the publisher's own, or "empty"
  readonly decimals: number; // places after the point, as written
}

/**
 * In place of a number, in any of the publications: c confidential, u unreliable, x not available, z not applicable, k and
 * "low" rounds to nothing; also in brackets; "..", ".", "...", "…", ":" and "n/a" no data; a dash, "*" and "~" suppressed, or for
 * any reason.
 */
const SYMBOL = /^([cuxzk]|low|n\/?a|\.{1,3}|[-–—:*…~]|\[[a-z]+ ?\d*\])$/i;

/** Behind a number, in brackets: revised, provisional, estimated, a break in the series, or a note. The number stands. */
const MARKED = /^(\S+) ?\[(?:r|p|e|b|note \d+(?:, ?\d+)*)\]$/i;

const NUMBER = /^-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?(E[+-]?\d+)?$/i;

/**
 * Reads one cell.
 *
 * @throws {LayoutError} with the place and the cell, when it is neither a number nor a symbol that a publisher has used: a
 *   new symbol is a decision for a person, never a silent gap
 */
export function figure(cell: string | undefined, where: string): Figure {
  const text = cell?.trim().replace(MARKED, "$1") ?? "";
  if (text === "") return {number: null, symbol: "empty", decimals: 0};
  if (SYMBOL.test(text)) return {number: null, symbol: text, decimals: 0};
  if (!NUMBER.test(text))
    throw new LayoutError(
      `${where}: "${text}" is neither a number nor one of the symbols c, u, x, z, .., -, :, [x] and their like`
    );
  return {number: Number(text.replaceAll(",", "")), symbol: null, decimals: text.split(".")[1]?.length ?? 0};
}

/** The sum or difference of figures, unknown as soon as one of them is. */
export function combined(figures: readonly Figure[], of: (numbers: readonly number[]) => number): Figure {
  const missing = figures.find(({number}) => number === null);
  if (missing !== undefined) return missing;
  return {number: of(figures.map(({number}) => number!)), symbol: null, decimals: 0};
}

export const NO_CASES = "denominator is 0"; // no symbol of a publisher: there is nothing to divide by

/**
 * The rate of two counts, or the reason why there is none.
 *
 * @param per 100 for per cent, 1,000 for a rate per thousand
 */
export function rateOf(
  numerator: Figure,
  denominator: Figure,
  per: number
): {readonly value: number | null; readonly missingReason: string | null} {
  if (numerator.number === null) return {value: null, missingReason: numerator.symbol};
  if (denominator.number === null) return {value: null, missingReason: denominator.symbol};
  if (denominator.number === 0) return {value: null, missingReason: NO_CASES};
  return {value: (per * numerator.number) / denominator.number, missingReason: null};
}

/** A rate as its publisher states it, beside the counts that it should follow from. */
export interface Stated {
  readonly published: Figure;
  readonly numerator: Figure;
  readonly denominator: Figure;
  readonly where: string;
}

const DISAGREEING_AT_MOST = 0.05;

/**
 * That the published rates follow from the published counts, within the rounding of what is written: where more than one row
 * in twenty does not, a column was misread. Fewer are the publisher's own, and stay visible beside our rate.
 *
 * @param decimals to how many places the publisher rounds, at least (20.0 is written "20")
 * @throws {LayoutError} with the first row that does not agree
 */
export function assertRatesAgree(rows: readonly Stated[], per: number, decimals: number): void {
  const checked = rows.filter(({published, numerator, denominator}) => {
    return published.number !== null && numerator.number !== null && (denominator.number ?? 0) > 0;
  });
  const wrong = checked.filter((row) => !agrees(row, per, decimals));
  const [first] = wrong;
  if (first === undefined || wrong.length <= DISAGREEING_AT_MOST * checked.length) return;
  const {published, numerator, denominator, where} = first;
  const computed = (per * numerator.number!) / denominator.number!;
  const unit = per === 100 ? " %" : ` per ${per}`;
  throw new LayoutError(
    `${where}: ${numerator.number} of ${denominator.number} is ${computed.toFixed(2)}${unit}, but the file says ${published.number}${unit}`
  );
}

function agrees({published, numerator, denominator}: Stated, per: number, decimals: number): boolean {
  const computed = (per * numerator.number!) / denominator.number!;
  const rounding = 0.5 * 10 ** -Math.max(decimals, published.decimals) + 1e-9; // the last term for binary fractions
  return Math.abs(computed - published.number!) <= rounding;
}
