// Ways to reach a person that strangers write into titles and names: published texts go without them. Every repetition is bounded, so that no
// text, however long, takes more than a time in proportion to its length.

const INVISIBLE = "\\u00ad\\u200b-\\u200f\\u2060\\ufeff"; // by which an address is hidden or broken
const WORD = `[\\p{L}\\p{N}_+%'\u2019${INVISIBLE}-]`;
const NAME = `(?:(?:${WORD}|\\.){1,64}|"[^"@]{1,64}")`;
const LABEL = `${WORD}{1,63}`;
const ENDINGS = "(?:uk|com|org|net|eu|info|wales|scot|london)(?![\\p{L}\\p{N}])"; // where "at" or a space alone would not tell an address
const SIGN = "@|%(?:25){0,2}40|&#0{0,4}64;|&#x0{0,4}40;|&commat;|\\\\u0040";
const AT =
  `(?:\\s?(?:${SIGN})\\s?|\\s?[[({<]\\s?at(?:[\\s-]sign)?\\s?[\\])}>]\\s?|\\sat\\s(?=\\S{1,63}\\sdot\\s)` +
  `|\\sat\\s(?=(?:[\\w-]{1,63}\\.){1,5}${ENDINGS})|[*_-]at[*_-](?=[\\w*-]{1,63}?(?:(?:\\.|[*_-]dot[*_-])[\\w-]{1,63}?){0,4}(?:\\.|[*_-]dot[*_-])${ENDINGS}))`;
const DOT = `(?:\\.|\\s?[[({<]\\s?dot\\s?[\\])}>]\\s?|\\sdot\\s|[*_-]dot[*_-]|\\s\\.\\s(?=(?:\\w{1,20}\\s?\\.\\s?){0,2}${ENDINGS}))`;

/** E-mail addresses, also as people spell them out: "name (at) council dot org", "name @ council.org". */
const EMAIL = new RegExp(
  `${NAME}${AT}(?:${LABEL}(?:${DOT}${LABEL}){0,8}${DOT}[\\p{L}\\p{N}-]{1,63}|\\[[\\da-f.:]{3,40}\\])`,
  "giu"
);

const GAP = `(?:[\\s._${INVISIBLE}-]|\\s-\\s)?`;
const AREA = `(?:\\(0[1-35789]\\d{1,4}\\)${GAP}|0[1-35789]\\d{1,4}(?:${GAP}|/))`;
const COUNTRY = `\\(?(?:\\+|00)44\\)?${GAP}(?:(?:\\(0\\)|0)${GAP})?\\d{2,5}${GAP}`;
const BARE_COUNTRY = "44\\s?(?=7\\d{3}\\s?\\d{3}\\s?\\d{3}(?!\\d))\\d{4}\\s?"; // a mobile number without its plus
const GROUPS = `\\d{3,8}(?:${GAP}\\d{3,4}){0,2}`;
const NUMBERS = [
  `(?:${COUNTRY}|${BARE_COUNTRY}|${AREA}|\\(0\\)\\s?[1-9]\\d{1,4}${GAP}|07\\s(?=\\d{3}\\s))${GROUPS}`,
  "\\+(?!44)[1-9](?:[\\s.()-]{0,2}\\d){7,13}", // abroad
  `0(?:[\\s${INVISIBLE}.-]{1,2}\\d){9,10}[${INVISIBLE}]?`, // digit by digit
  "07(?<pair>[\\s.-])\\d\\d(?:\\k<pair>\\d\\d){3}\\k<pair>?\\d",
  "[0O]7\\d{3}[\\s,_/-]?\\d{3}[\\s,_/-]?\\d{3}" // with a letter for a nought, or signs that other numbers are not parted by
];

/** Telephone numbers as people write them: an area or mobile code, or one of a country, and groups of digits; never a part of a longer word. */
const TELEPHONE = new RegExp(
  "(?:(?<![\\p{L}\\p{N}.,+/=_-])|(?<=(?<!\\p{L})(?:tel|telephone|phone|mob|mobile|fax|t|m)[.:]{0,2})|(?<=\\bwa\\.me/))" +
    `(?:${NUMBERS.join("|")})(?:\\s?(?:x|ext\\.?|extn\\.?)\\s?\\d{1,6})?(?![\\p{L}\\p{N}_-]|/[\\p{L}\\p{N}]{3})`,
  "giu"
);

const NOTICE = /^0\d{5}-20\d{2}$/; // "072960-2026", as Find a Tender numbers them

function isTelephone(found: string): boolean {
  if (NOTICE.test(found)) return false;
  const number = found.replace(/\s?(?:x|ext\.?|extn\.?)\s?\d+$/i, "");
  const digits = number
    .replace("(0)", "")
    .replace(/^(?:\(?(?:\+|00)44\)?\s?0?|44(?=\s?7))/, "0")
    .replace(/^O/i, "0")
    .replaceAll(/\D/g, "").length;
  return number.startsWith("+") && !number.startsWith("+44")
    ? digits >= 9 && digits <= 14
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
const MAY_HOLD_ADDRESS =
  /@|%(?:25){0,2}40|&#|&commat|\\u0040|\sdot\s|[[({<*_-]\s?(?:at|dot)(?:[\s-]sign)?\s?[\])}>*_-]|\sat\s[\w-]{1,63}\./i;
const MAY_HOLD_NUMBER = new RegExp(
  `(?<!\\d)0(?:[1-35789]|044|[\\s.${INVISIBLE}-]{1,2}\\d)|\\(0\\)|O7\\d|\\+\\d|(?<!\\d)44\\s?7`,
  "i"
);

const DIGIT_BLOCKS = [0x0660, 0x06f0]; // Arabic, Persian

/** The same text, character for character, with signs that stand for others in their place: "＠" is "@". */
function inPlainCharacters(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII
  if (!/[^\x00-\x7f]/.test(text)) return text;
  return text
    .replaceAll("ⓐ", "@")
    .replaceAll(/[。｡]/g, ".")
    .replaceAll(/[\u2010-\u2015\u2212]/g, "-")
    .replaceAll(/[٠-٩۰-۹]/g, (digit) =>
      String(
        digit.charCodeAt(0) -
          DIGIT_BLOCKS.find((zero) => digit.charCodeAt(0) - zero < 10 && digit.charCodeAt(0) >= zero)!
      )
    )
    .replaceAll(/[\u00a0\u2000-\u200a\u2460-\u24ff\ufe50-\uff5e\u{1d400}-\u{1d7ff}]/gu, asAscii);
}

/** "７" and "𝟕" as "7", as long as before: what is left over is filled up with what is invisible. */
function asAscii(sign: string): string {
  const plain = sign.normalize("NFKC");
  return /^[ -~]$/.test(plain) ? plain.padEnd(sign.length, "\u200b") : sign;
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
