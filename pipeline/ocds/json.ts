import {LayoutError} from "../formats/layoutError.ts";

/** Named repairs and how often each was made, such as {"number-too-large": 1}. */
export type Repairs = Readonly<Record<string, number>>;

/**
 * Parses JSON as registers send it, and says what had to be mended.
 *
 * Find a Tender has been seen to send `1e9999` and ` 000,` where a number belongs: such a number becomes null, for it says
 * nothing; it is neither infinite nor zero. Of a key that stands twice in one object the last is kept, as every parser does,
 * but counted.
 *
 * @throws {LayoutError} when the JSON is damaged in any other way
 */
export function parseJson(text: string): {value: unknown; repairs: Repairs} {
  const plain = attempt(text);
  if (plain !== undefined && keysIn(plain.parsed) === keysWritten(text)) return {value: plain.parsed, repairs: {}};
  const repeated = repeatedKeys(text);
  const counted: Repairs = repeated === 0 ? {} : {"repeated-key-last-kept": repeated};
  if (plain !== undefined && !Number.isNaN(keysIn(plain.parsed))) return {value: plain.parsed, repairs: counted};
  const {text: repaired, repairs} = repair(text);
  try {
    return {value: JSON.parse(repaired), repairs: {...repairs, ...counted}};
  } catch (error) {
    throw new LayoutError(`the JSON is damaged: ${(error as Error).message}`);
  }
}

function attempt(text: string): {parsed: unknown} | undefined {
  try {
    return {parsed: JSON.parse(text)};
  } catch {
    return undefined;
  }
}

const WORD = /[-+]?(?:\d[\w.+-]*|NaN|Infinity)/g;

function repair(text: string): {text: string; repairs: Repairs} {
  const repairs: Record<string, number> = {};
  const mended = (words: string): string =>
    words.replaceAll(WORD, (word) => {
      const rule = fault(word);
      if (rule === null) return word;
      repairs[rule] = (repairs[rule] ?? 0) + 1;
      return "null";
    });
  const pieces: string[] = [];
  let from = 0;
  for (let quote = text.indexOf('"'); quote >= 0; quote = text.indexOf('"', from)) {
    const end = endOfString(text, quote);
    pieces.push(mended(text.slice(from, quote)), text.slice(quote, end));
    from = end;
  }
  return {text: pieces.join("") + mended(text.slice(from)), repairs};
}

/**
 * The place behind the string that begins at a quotation mark. By hand, because a regular expression for it keeps a note of every
 * escape and runs out of memory on a string of a million.
 */
function endOfString(text: string, quote: number): number {
  for (let end = text.indexOf('"', quote + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let first = end;
    while (text[first - 1] === "\\") first -= 1;
    if ((end - first) % 2 === 0) return end + 1;
  }
  return text.length;
}

function fault(word: string): string | null {
  if (/^[-+]?(NaN|Infinity)$/.test(word)) return "not-a-number";
  if (/^-?0\d+$/.test(word)) return "number-with-leading-zeros";
  return /^-?[\d.]+[eE]\+?\d+$/.test(word) && !Number.isFinite(Number(word)) ? "number-too-large" : null;
}

/** How many keys stand in the text, at least: a colon behind a quotation mark, which inside a string would be escaped. */
function keysWritten(text: string): number {
  let keys = 0;
  for (let colon = text.indexOf(":"); colon >= 0; colon = text.indexOf(":", colon + 1)) {
    let before = colon - 1;
    while (isSpace(text.charCodeAt(before))) before -= 1;
    if (
      text.charCodeAt(before) === QUOTE &&
      (text.charCodeAt(before - 1) !== BACKSLASH || endsInBackslash(text, before))
    )
      keys += 1;
  }
  return keys;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

/** Whether the quotation mark at `quote` ends a string that ends in an escaped backslash, and is not escaped itself. */
function endsInBackslash(text: string, quote: number): boolean {
  let first = quote;
  while (text.charCodeAt(first - 1) === BACKSLASH) first -= 1;
  return (quote - first) % 2 === 0;
}

/**
 * How many keys are left in what was parsed: fewer than were written when one stood twice in an object. NaN when a number in it
 * was too large to be one.
 */
function keysIn(value: unknown): number {
  if (typeof value === "number") return value - value; // NaN for infinity
  if (typeof value !== "object" || value === null) return 0;
  let keys = 0;
  if (Array.isArray(value)) for (const item of value) keys += keysIn(item);
  else
    for (const key in value) {
      keys += 1;
      const inside = (value as Record<string, unknown>)[key];
      if (typeof inside !== "string") keys += keysIn(inside);
    }
  return keys;
}

function repeatedKeys(text: string): number {
  const open: (Set<string> | null)[] = []; // an object's keys so far; null for an array
  let last: string | null = null; // the string before, which a colon makes a key
  let repeated = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    const keys = open.at(-1);
    if (character === "{") open.push(new Set());
    else if (character === "[") open.push(null);
    else if (character === "}" || character === "]") open.pop();
    else if (character === ":" && last !== null && keys) {
      if (keys.has(last)) repeated += 1;
      keys.add(last);
    } else if (character === '"') {
      const end = endOfString(text, i);
      last = text.slice(i, end);
      i = end - 1;
      continue;
    } else continue; // white space, numbers, commas
    last = null;
  }
  return repeated;
}
