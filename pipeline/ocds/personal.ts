// Ways to reach a person that strangers write into titles and names: published texts go without them. Every repetition is bounded, so that no
// text, however long, takes more than a time in proportion to its length.

const WORD = "[\\p{L}\\p{N}_+%'\u2019\u00ad\u200b-\u200d\u2060\ufeff-]"; // with what is invisible, by which an address is hidden or broken
const NAME = `(?:${WORD}|\\.){1,64}`;
const LABEL = `${WORD}{1,63}`;
const AT = "(?:\\s?@\\s?|%40|\\s?[[({<]\\s?at\\s?[\\])}>]\\s?|\\sat\\s(?=\\S{1,63}\\sdot\\s))";
const DOT = "(?:\\.|\\s?[[({<]\\s?dot\\s?[\\])}>]\\s?|\\sdot\\s)";

/** E-mail addresses, also as people spell them out: "name (at) council dot org", "name @ council.org". */
const EMAIL = new RegExp(`${NAME}${AT}${LABEL}(?:${DOT}${LABEL}){0,8}${DOT}[\\p{L}\\p{N}-]{1,63}`, "giu");

const GAP = "(?:[\\s.-]|\\s-\\s)?";
const AREA = `(?:\\(0[1-35789]\\d{1,4}\\)${GAP}|0[1-35789]\\d{1,4}(?:${GAP}|/))`;

/** Telephone numbers as people write them: an area or mobile code, or one of a country, and groups of three digits or more; never a part of a longer word. */
const TELEPHONE = new RegExp(
  "(?:(?<![\\p{L}\\p{N}.,+/=_-])|(?<=(?<!\\p{L})(?:tel|telephone|phone|mob|mobile|fax|t|m)[.:]{0,2}))" +
    `(?:(?:\\+|00)44${GAP}(?:\\(0\\)${GAP})?\\d{2,5}${GAP}|\\+(?!44)[1-9]\\d{0,2}[\\s.-]\\(?\\d{1,4}\\)?${GAP}|${AREA}|07\\s(?=\\d{3}\\s))` +
    `\\d{3,8}(?:${GAP}\\d{3,4}){0,2}(?![\\p{L}\\p{N}_-]|/[\\p{L}\\p{N}]{3})`,
  "giu"
);

function isTelephone(number: string): boolean {
  const digits = number
    .replace("(0)", "")
    .replace(/^(?:\+|00)44/, "0")
    .replaceAll(/\D/g, "").length;
  return number.startsWith("+") && !number.startsWith("+44")
    ? digits >= 9 && digits <= 13
    : digits === 10 || digits === 11;
}

/** Where in a text people can be reached, and how: `[from, to)`, in order. */
function waysIn(text: string): {from: number; to: number; what: "e-mail address" | "telephone number"}[] {
  const plain = inPlainCharacters(text);
  const mayHoldAddress = MAY_HOLD_ADDRESS.test(plain);
  const mayHoldNumber = MAY_HOLD_NUMBER.test(plain);
  if (!mayHoldAddress && !mayHoldNumber) return [];
  const addresses = mayHoldAddress ? [...plain.matchAll(EMAIL)] : [];
  const numbers = mayHoldNumber ? [...plain.matchAll(TELEPHONE)].filter(([number]) => isTelephone(number)) : [];
  const spans = [
    ...addresses.map((match) => ({
      from: match.index,
      to: match.index + match[0].length,
      what: "e-mail address" as const
    })),
    ...numbers.map((match) => ({
      from: match.index,
      to: match.index + match[0].length,
      what: "telephone number" as const
    }))
  ].sort((a, b) => a.from - b.from);
  return spans.filter(({from}, i) => i === 0 || from >= spans[i - 1]!.to);
}

// Most texts hold neither.
const MAY_HOLD_ADDRESS = /@|%40|\sdot\s|[[({<]\s?(?:at|dot)\s?[\])}>]/i;
const MAY_HOLD_NUMBER = /(?<!\d)0(?:[1-35789]|044)|\+\d/;

const DIGIT_BLOCKS = [0xff10, 0x0660, 0x06f0]; // full width, Arabic, Persian

/** The same text, character for character, with signs that stand for others in their place: "＠" is "@". */
function inPlainCharacters(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII
  if (!/[^\x00-\x7f]/.test(text)) return text;
  return text
    .replaceAll(/[＠﹫]/g, "@")
    .replaceAll(/[．。｡]/g, ".")
    .replaceAll("＋", "+")
    .replaceAll(/[\u2010-\u2015\u2212]/g, "-")
    .replaceAll(/[０-９٠-٩۰-۹]/g, (digit) =>
      String(
        digit.charCodeAt(0) -
          DIGIT_BLOCKS.find((zero) => digit.charCodeAt(0) - zero < 10 && digit.charCodeAt(0) >= zero)!
      )
    );
}

/** The e-mail addresses and telephone numbers in a text. */
export const waysToReach = (text: string): string[] => waysIn(text).map(({from, to}) => text.slice(from, to));

/** A text without e-mail addresses and telephone numbers, saying that they were there. */
export function withoutWaysToReach(text: string): string {
  const ways = waysIn(text);
  if (ways.length === 0) return text;
  const kept = ways.map(({from, what}, i) => `${text.slice(i === 0 ? 0 : ways[i - 1]!.to, from)}[${what} withheld]`);
  return kept.join("") + text.slice(ways.at(-1)!.to);
}
