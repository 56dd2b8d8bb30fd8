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
  const repeated = repeatedKeys(text);
  const counted: Repairs = repeated === 0 ? {} : {"repeated-key-last-kept": repeated};
  const plain = MAY_BE_INFINITE.test(text) ? undefined : attempt(text);
  if (plain !== undefined) return {value: plain.parsed, repairs: counted};
  const {text: repaired, repairs} = repair(text);
  try {
    return {value: JSON.parse(repaired), repairs: {...repairs, ...counted}};
  } catch (error) {
    throw new LayoutError(`the JSON is damaged: ${(error as Error).message}`);
  }
}

/** An exponent of three digits or more: rare, and the only way for a number to become infinite in a short space. */
const MAY_BE_INFINITE = /[eE]\+?\d{3}/;

function attempt(text: string): {parsed: unknown} | undefined {
  try {
    return {parsed: JSON.parse(text)};
  } catch {
    return undefined;
  }
}

const STRING_OR_WORD = /"(?:[^"\\]|\\.)*"|[-+]?(?:\d[\w.+-]*|NaN|Infinity)/g;

function repair(text: string): {text: string; repairs: Repairs} {
  const repairs: Record<string, number> = {};
  const repaired = text.replaceAll(STRING_OR_WORD, (token) => {
    const rule = token.startsWith('"') ? null : fault(token);
    if (rule === null) return token;
    repairs[rule] = (repairs[rule] ?? 0) + 1;
    return "null";
  });
  return {text: repaired, repairs};
}

function fault(word: string): string | null {
  if (/^[-+]?(NaN|Infinity)$/.test(word)) return "not-a-number";
  if (/^-?0\d+$/.test(word)) return "number-with-leading-zeros";
  return /^-?[\d.]+[eE]\+?\d+$/.test(word) && !Number.isFinite(Number(word)) ? "number-too-large" : null;
}

function repeatedKeys(text: string): number {
  const open: (Set<string> | null)[] = []; // an object's keys so far; null for an array
  let last: string | null = null; // the string before, which a colon makes a key
  let repeated = 0;
  for (const [token] of text.matchAll(STRUCTURE)) {
    const keys = open.at(-1);
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(null);
    else if (token === "}" || token === "]") open.pop();
    else if (token === ":" && last !== null && keys) {
      if (keys.has(last)) repeated += 1;
      keys.add(last);
    }
    last = token.startsWith('"') ? token : null;
  }
  return repeated;
}

const STRUCTURE = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g;
