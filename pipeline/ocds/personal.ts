// Ways to reach a person that strangers write into titles and names: published texts go without them. Every repetition is bounded, so that no
// text, however long, takes more than a time in proportion to its length.

const WORD = "[\\p{L}\\p{N}_+%'\u2019\u00ad\u200b-\u200d\u2060\ufeff-]"; // with what is invisible, by which an address is hidden or broken
const NAME = `(?:"[^"\\s@]{1,64}"|(?:${WORD}|\\.){1,64})`;
const LABEL = `${WORD}{1,63}`;
const AT = "(?:\\s?@\\s?|%40|\\s?[[({<]\\s?at\\s?[\\])}>]\\s?|\\sat\\s(?=\\S{1,63}\\sdot\\s)|_at_)";
const DOT = "(?:\\.|\\s\\.\\s|\\s?[[({<]\\s?dot\\s?[\\])}>]\\s?|\\sdot\\s)";

/** E-mail addresses, also as people spell them out: "name (at) council dot org", "name @ council.org". */
const EMAIL = new RegExp(`${NAME}${AT}${LABEL}(?:${DOT}${LABEL}){0,8}${DOT}[\\p{L}\\p{N}-]{1,63}`, "giu");

const GAP = "(?:[\\s.-]|\\s-\\s)?";
const AREA = `(?:\\(0[1-35789]\\d{1,4}\\)${GAP}|0[1-35789]\\d{1,4}(?:${GAP}|/))`;

/** Telephone numbers as people write them: an area or mobile code, or one of a country, and groups of three digits or more; never a part of a longer word. */
const TELEPHONE = new RegExp(
  "(?:(?<![\\p{L}\\p{N}.,+/=_-])|(?<=(?<!\\p{L})(?:tel|telephone|phone|mob|mobile|fax|t|m)[.:]{0,2}))" +
    `(?:\\(?(?:\\+|00)44\\)?${GAP}(?:\\(0\\)${GAP})?\\d{2,5}${GAP}|\\+(?!44)[1-9]\\d{0,2}[\\s.-]\\(?\\d{1,4}\\)?${GAP}|${AREA}|07\\s(?=\\d{3}\\s)|44[\\s-]7\\d{3}${GAP})` +
    `\\d{3,8}(?:${GAP}\\d{3,4}){0,2}(?![\\p{L}\\p{N}_-]|/[\\p{L}\\p{N}]{3})`,
  "giu"
);

function isTelephone(number: string): boolean {
  const digits = number
    .replace("(0)", "")
    .replace(/^\(?(?:\+|00)44\)?|^44(?=[\s-]7)/, "0")
    .replaceAll(/\D/g, "").length;
  return number.startsWith("+") && !number.startsWith("+44")
    ? digits >= 9 && digits <= 13
    : digits === 10 || digits === 11;
}

const MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}";
const DAY = `(?:\\d{1,2}[\\s./-]\\d{1,2}[\\s./-]\\d{2,4}|\\d{4}-\\d{2}-\\d{2}|\\d{1,2}(?:st|nd|rd|th)?\\s${MONTH}\\s\\d{2,4})`;

/** What tells who a person is, where it is named: a date of birth, a National Insurance number, the number of a patient. */
const TELLING = {
  "date of birth": new RegExp(`\\b(?:d\\.?o\\.?b\\.?|date of birth|born(?: on)?)\\s?[:,-]?\\s?${DAY}`, "giu"),
  "National Insurance number":
    /\b(?:ni|nino|national insurance)(?:\s(?:no|number))?[.:]?\s?[a-z]{2}(?:\s?\d{2}){3}\s?[a-d]\b/giu,
  "NHS number": /\bnhs(?:\s(?:no|number))?[.:]?\s?\d{3}[\s-]?\d{3}[\s-]?\d{4}\b/giu
};

interface Span {
  readonly from: number;
  readonly to: number;
  readonly what: string;
}

const spansOf = (text: string, pattern: RegExp, what: string, holds = (_: string): boolean => true): Span[] =>
  [...text.matchAll(pattern)]
    .filter(([found]) => holds(found))
    .map(({index, 0: found}) => ({from: index, to: index + found.length, what}));

/** Where in a text people can be reached, or told, and how: `[from, to)`, in order. */
function personalSpans(text: string): Span[] {
  const plain = inPlainCharacters(text);
  const spans = [
    ...(MAY_HOLD_ADDRESS.test(plain) ? spansOf(plain, EMAIL, "e-mail address") : []),
    ...(MAY_HOLD_NUMBER.test(plain) ? spansOf(plain, TELEPHONE, "telephone number", isTelephone) : []),
    ...(MAY_TELL.test(plain) ? Object.entries(TELLING).flatMap(([what, pattern]) => spansOf(plain, pattern, what)) : [])
  ].sort((a, b) => a.from - b.from || b.to - a.to);
  const apart: Span[] = [];
  for (const span of spans) if (span.from >= (apart.at(-1)?.to ?? 0)) apart.push(span);
  return apart;
}

// Most texts hold none of them.
const MAY_HOLD_ADDRESS = /@|%40|_at_|\sdot\s|[[({<]\s?(?:at|dot)\s?[\])}>]/i;
const MAY_HOLD_NUMBER = /(?<!\d)(?:0(?:[1-35789]|044)|44[\s-]7)|\+\d/;
const MAY_TELL = /born |birth|dob|o\.b|nhs|nino| ni[ :]|^ni |insurance n/i;

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

/** What in a text would let a reader reach a person, or tell who one is, as it stands there. */
export const personalIn = (text: string): string[] => personalSpans(text).map(({from, to}) => text.slice(from, to));

/** A text without e-mail addresses, telephone numbers and what tells who a person is, saying that they were there. */
export function withoutPersonal(text: string): string {
  const spans = personalSpans(text);
  if (spans.length === 0) return text;
  const kept = spans.map(({from, what}, i) => `${text.slice(i === 0 ? 0 : spans[i - 1]!.to, from)}[${what} withheld]`);
  return kept.join("") + text.slice(spans.at(-1)!.to);
}
