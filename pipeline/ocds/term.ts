/**
 * What a notice says in words about how long a contract can run: its extension options and its core term.
 *
 * Registers have a field for the end of the period and, until 2025, none for extensions: "3+1+1", "2 x 12 months" and "option to
 * extend for a further two years" stand in the description. Each reading names its rule, and where two statements disagree
 * nothing is chosen.
 */
import {rememberingLast} from "./rememberingLast.ts";
import {singleSpaced} from "./singleSpaced.ts";

/** Optional extension stated in the text, in months; 0 when the text says that there is none. */
export interface StatedExtension {
  readonly months: number;
  readonly rule: ExtensionRule;
}

export type ExtensionRule =
  | "says-none" // "no option to extend"
  | "plus-chain" // "3+1+1", "2 years + 1 + 1", "possible 1+1 year extension"
  | "periods-of" // "2 x 12 months", "two further periods of 12 months each"
  | "in-total" // "extend by periods of up to a year, up to a maximum of 24 months"
  | "to-total-term" // "extended to a total maximum term of 8 years", less the published period
  | "extend-by" // "option to extend for a further 2 years"
  | "length-before-word" // "a possible 2 year extension"
  | "until-date"; // "option to extend until 31 March 2031"

const ONES =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split(" ");
const WORDS = new Map([
  ...ONES.map((word, i) => [word, i] as const),
  ["eighteen", 18] as const,
  ["twenty", 20] as const,
  ["thirty", 30] as const,
  ["forty", 40] as const,
  ["sixty", 60] as const
]);
const NUMBER_WORD = new RegExp(
  `\\b(?=[zotfsen])(?:(twenty|thirty|forty|sixty)[ -](one|two|three|four|five|six|seven|eight|nine)|(${[...WORDS.keys()].join("|")}))\\b`,
  "g"
);

const UNIT = "(years?|months?|weeks?)";
const FILLER =
  "(?:a|an|the|up to|possible|potential|optional|further|additional|another|extra|maximum of|period of|option of|extension of|of|for|by|to extend|extend|option)";
const EXTENDS = "(?:extend(?:ed|able|ing)?|extensions?|renew(?:ed|able)?|renewals?|optional|options?)";
const SPEAKS_OF_EXTENDING = new RegExp(EXTENDS);
// Up to the end of the sentence, not into money: "extend … at £60,000 a year" states no length.
const SAME_SENTENCE = "(?:(?!\\. |;|£).)";

const SPEAKS_OF_MORE = /exten[ds]|extension|renew|option|\+|plus|x \d+ month|maximum term/i;

/** One spelling after another, each as what every match of it holds, the pattern, and what is put in its place. */
const SPELLINGS: readonly (readonly [cue: string, written: RegExp, as: string | ((...match: string[]) => string)])[] = [
  ["", /[‐-―]|â€["“”]/g, "-"],
  ["", NUMBER_WORD, numberOf],
  ["(", /(\d+)\s*\(\s*\1\s*\)/g, "$1"],
  ["y", /\b(\d+(?:\.\d+)?)\s*-?\s*(?:year's|years'|yrs?|years?)\b/g, "$1 years"],
  ["m", /\b(\d+(?:\.\d+)?)\s*-?\s*(?:month's|months'|mths?|mnths?|months?)\b/g, "$1 months"],
  [
    "",
    /\b(?:an?|another) (further|additional|extra|optional|possible|potential|more)? ?(year|month)\b(?! on| by)/g,
    "1 $2s"
  ],
  ["ext", /\bexts?\b\.?/g, "extension"],
  ["exten", /\b(extend(?:ed)?|extension) (for|by|of) (?:an? )?(year|month)\b/g, "$1 $2 1 $3s"],
  ["", /\b(\d{1,2}) (?:further|additional|extra|more) (years?|months?)\b/g, "$1 $2"],
  [
    "extend for ",
    /\b(\d+) (years|months)(\W(?:(?!\. ).){0,60}\bextend for (?:up to )?a further \d{1,2})(?! ?(?:\d|\w*year|month|x|week|term|period))/g,
    "$1 $2$3 $2"
  ],
  ["plus", /\bplus\b|&plus;/g, "+"],
  ["", /[‘’“”"*]/g, ""]
];

function numberOf(_all: string, tens: string | undefined, ones: string | undefined, alone: string | undefined): string {
  return String(alone === undefined ? (WORDS.get(tens!) ?? 0) + (WORDS.get(ones!) ?? 0) : WORDS.get(alone));
}

/** Lower case, digits for number words, one spelling of units, so that the rules below stay short. */
const normalised = rememberingLast((text: string) => {
  let words = text.toLowerCase();
  for (const [cue, written, as] of SPELLINGS) if (words.includes(cue)) words = words.replaceAll(written, as as string); // the overloads take one of both, not either
  return singleSpaced(words);
});

const inMonths = (count: string | number, unit: string): number =>
  unit.startsWith("year") ? Number(count) * 12 : unit.startsWith("week") ? Number(count) / 4.345 : Number(count);

/** First and last day of the published period, `2029-03-31`, as far as they are published. */
export interface PublishedPeriod {
  readonly startsOn: string | null;
  readonly endsOn: string | null;
}

/**
 * The optional extension that a notice states in words.
 *
 * @param text title and description as published
 * @param period the published period, for options that name a last day or a total term
 * @returns null when the text states none, or states several that disagree
 */
export function statedExtension(text: string, {startsOn, endsOn}: PublishedPeriod): StatedExtension | null {
  return extensionIn(text, startsOn, endsOn);
}

const extensionIn = rememberingLast((text: string, startsOn: string | null, endsOn: string | null) => {
  if (!SPEAKS_OF_MORE.test(text)) return null; // most notices: spared the reading below
  const words = normalised(text);
  const period = {startsOn, endsOn};
  for (const [rule, read] of READINGS) {
    const plausible = read(words, period)
      .map(Math.round)
      .filter((months) => months > 0 && months <= 360);
    if (plausible.length === 0) continue;
    return new Set(plausible).size === 1 ? {months: plausible[0]!, rule} : null;
  }
  return saysNone(words) ? ({months: 0, rule: "says-none"} as const) : null;
});

/** In the order in which they are tried; the first that finds anything decides. */
const READINGS: readonly (readonly [ExtensionRule, (words: string, period: PublishedPeriod) => number[]])[] = [
  ["plus-chain", (words) => (words.includes("+") ? plusChains(words) : [])],
  ["periods-of", (words) => periodsOf(words)],
  ["to-total-term", (words, period) => (/max|total/.test(words) ? toTotalTerm(words, period, TOTAL_TERM) : [])],
  ["in-total", (words) => (/max|total|aggregate|cumulative/.test(words) ? inTotal(words) : [])],
  ["extend-by", (words) => extendBy(words)],
  ["length-before-word", (words) => lengthBeforeWord(words)],
  ["until-date", (words, {endsOn}) => untilDate(words, endsOn)],
  ["to-total-term", (words, period) => toTotalTerm(words, period, INCLUSIVE_TERM)]
];

const NONE =
  /\b(?:no|without(?: any| an?| the)?|nor any|not include(?: any| an?)?|not have(?: any| an?)?)\s(?:further |additional |other |available )?(?:options? (?:to|for|of) (?:extend|extension|renew)|extensions?(?: options?| periods?)?\b|provisions? (?:to extend|for extension)|renewals?\b)/;

const saysNone = (words: string): boolean =>
  NONE.test(words) ||
  /\b(?:cannot|will not|may not|not) be (?:extended|renewed)\b|\boption to extend:? ?(?:no\b|none|n\/a)/.test(words);

const LINK = new RegExp(`,?\\s*(?:and )?\\+\\s*(?:${FILLER}\\s)*(\\d{1,3})(?:\\s*${UNIT})?`, "g");
const CHAIN = new RegExp(
  `(?<![\\d£.+])\\b(\\d{1,3})(?:\\s*${UNIT})?((?:,?\\s*(?:and )?\\+\\s*(?:${FILLER}\\s)*\\d{1,3}(?:\\s*${UNIT})?)+)(?![\\d%])`,
  "g"
);

/** "3+1+1": the first number is the core term, unless the words around say that all of it is extension. */
function plusChains(words: string): number[] {
  return [...words.matchAll(CHAIN)].flatMap((match) => {
    const before = words.slice(Math.max(0, match.index - 70), match.index);
    const after = words.slice(match.index + match[0].length, match.index + match[0].length + 40);
    const links = [...match[3]!.matchAll(LINK)].map(([, count, unit]) => ({count: Number(count), unit}));
    const parts = [{count: Number(match[1]), unit: match[2]}, ...links];
    const unit =
      parts.findLast((part) => part.unit !== undefined)?.unit ?? /^\s*\)?\s*(years?|months?)/.exec(after)?.[1];
    if (unit === undefined && !/(contract|term|period|duration|extend|extension|option|years?)/.test(before + after))
      return [];
    if (unit === undefined && parts.some(({count}) => count > 15 || count === 0)) return [];
    const months = parts.map((part) =>
      inMonths(part.count, part.unit ?? unit ?? (parts.some(({count}) => count > 10) ? "months" : "years"))
    );
    const isRestated =
      /\($/.test(before.trimEnd()) &&
      new RegExp(`\\b${parts[0]!.count} (?:years|months)\\b`).test(before) &&
      (parts.length > 2 || new RegExp(`\\b${parts[1]!.count} (?:years|months)\\b`).test(before));
    const saysForSoLong = new RegExp(`\\bfor ${parts[0]!.count} years\\b`).test(before);
    const startsWithCore =
      (saysForSoLong || isRestated || coreStatements(words).includes(months[0]!)) &&
      !/(?:possible|potential|optional)\s*\(?$/.test(before);
    const isTotal = /(?:total|includ\w+)[^.;]{0,60}$/.test(before); // "five years including extension (3+2)"
    const isAllExtension =
      !startsWithCore &&
      !isTotal &&
      (FOLLOWS_EXTENSION.test(before) || (match[2] === undefined && PRECEDES_EXTENSION.test(after)));
    return [sum(isAllExtension ? months : months.slice(1))];
  });
}

const FOLLOWS_EXTENSION = /(?:extend\w*|extensions?|options?|further|additional|possible|potential)[^.;]{0,45}$/;
const PRECEDES_EXTENSION = /^\)?\s*(?:years?|months?)?\s*(?:extension|option)/;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

const TIMES = new RegExp(
  `\\b(\\d{1,2})(?!\\d)\\s*(?:x|\\*|×|(?:(?!years|months|weeks)\\w+ ){0,4}?(?:periods?|terms?|extensions?|options?|increments?|occasions?)(?:,? each)?(?: of| for|,)?(?: up to)?(?: a)?(?: further| additional)?)\\s*(\\d{1,2})\\s*${UNIT}`,
  "g"
);
const BARE = new RegExp(
  `(?<![-\\d.])\\b([1-9]) (?:(?:further|additional|optional|possible|more|separate|consecutive|extra) )*(\\d{1,2}) ${UNIT}(?: optional| extension)*(?: (?:extensions?|options?|optional|periods?|terms?))`,
  "g"
);

/** "2 x 12 months", "2 further periods of 12 months", "one two year option", with the word extension or option near by. */
function periodsOf(words: string): number[] {
  return [...words.matchAll(TIMES), ...words.matchAll(BARE)].flatMap((match) => {
    const near = words.slice(Math.max(0, match.index - 110), match.index + match[0].length + 60);
    if (!SPEAKS_OF_EXTENDING.test(near)) return [];
    return [Number(match[1]) * inMonths(match[2]!, match[3]!)];
  });
}

const TOTAL_TERM =
  /(?:to|up to|of) (?:an? )?(?:total maximum|maximum total|overall maximum|maximum overall|maximum contract|total contract|maximum) (?:contract )?(?:term|period|duration|length)(?: of| being|:)?(?: up to)? (\d{1,2}) years(?: and (\d{1,2}) months)?/g;

// Says how long the whole contract can be: read last, for the published period may hold the extension already.
const INCLUSIVE_TERM =
  /(?:(?:maximum|total|overall|full)(?: possible| potential)?(?: contract| framework| agreement)? (?:term|period|duration|length|contract)(?:,? \(?(?:including|inclusive of|with)(?: \w+){0,4}? extensions?(?: options?| periods?)?\)?,?)?(?: is| will be| would be| of| being|:| shall be)* (?:up to )?|extend\w*(?: \w+){0,3} to an? (?:total|maximum|overall)(?: \w+)? of )(\d{1,2}) years(?: and (\d{1,2}) months)?(?: in total)?/g;

/** "may be extended … to a total maximum term of 9 years and 10 months", less the months of the published period. */
function toTotalTerm(words: string, {startsOn, endsOn}: PublishedPeriod, total: RegExp): number[] {
  if (startsOn === null || endsOn === null) return [];
  return [...words.matchAll(total)].flatMap((match) => {
    const near = words.slice(Math.max(0, match.index - 160), match.index + match[0].length + 60);
    const beyond = Number(match[1]) * 12 + Number(match[2] ?? 0) - monthsBetween(startsOn, endsOn);
    return SPEAKS_OF_EXTENDING.test(near) && beyond > 0 ? [beyond] : [];
  });
}

/** Whole months of a period with both ends inclusive: 1 June 2022 to 31 March 2026 has 46. */
function monthsBetween(first: string, last: string): number {
  const days = (Date.parse(last.slice(0, 10)) - Date.parse(first.slice(0, 10))) / 86_400_000 + 1;
  return Math.round(days / (365.25 / 12));
}

const IN_TOTAL = new RegExp(
  `${EXTENDS}${SAME_SENTENCE}{0,160}?(?:max(?:imum)?(?: total)?(?: period| extension)? of|totalling|total of|aggregate of|in total up to|cumulative (?:period|total) of)\\s(?:up to )?(?:an? )?(?:further |additional )?(\\d{1,3}) ${UNIT}(?! from| contract| term| duration| in total from)`,
  "g"
);
const TOTAL_AFTERWARDS = new RegExp(
  `${EXTENDS}${SAME_SENTENCE}{0,120}?\\b(\\d{1,3}) ${UNIT} (?:in total|in aggregate|maximum)\\b(?! from)`,
  "g"
);

/** "extend … by periods of up to 12 months, up to a maximum of 24 months in total". */
function inTotal(words: string): number[] {
  const found = [...words.matchAll(IN_TOTAL), ...words.matchAll(TOTAL_AFTERWARDS)].filter(
    ([all]) => !EXTENDED_TO_ALL.test(all)
  );
  return found.map(([, count, unit]) => inMonths(count!, unit!));
}

const EXTENDED_BY = new RegExp(
  `\\b(?:extend(?:ed|able)?|extensions?|renew(?:ed|able)?|renewals?|options? (?:for|of))\\b${SAME_SENTENCE}{0,110}?(?<![-\\d.])\\b(\\d{1,3}) ${UNIT}\\b(?! old| of age| notice| from)`,
  "g"
);
const EXTENDED_AGAIN = new RegExp(
  `^,?\\s*(?:and|then|followed by|with|or)?\\s*(?:and|then|subsequently|after\\w*)?,?\\s*(?:an? |the )?(?:option (?:for|of|to extend (?:for|by)) )?(?:possible |potential |optional )?(?:further|additional|another|final|second)\\s(?:and final )?(?:extension |period |option |term )*(?:of |for )?(?:up to )?(?:an? )?(?:another |further |additional )?(\\d{1,3}) ${UNIT}`
);
const THEN_ANOTHER = new RegExp(
  `^ (?:and|then|followed by|\\+)(?: then)? (\\d{1,2}) ${UNIT}\\b(?! notice| old| of age| from| contract)`
);

/** "extend for a further 2 years", with what follows on: "and then another 12 months". */
function extendBy(words: string): number[] {
  let readUpTo = 0; // what a statement has added up already is not read again as another one
  return [...words.matchAll(EXTENDED_BY)].flatMap((match) => {
    if (match.index < readUpTo) return [];
    const before = words.slice(Math.max(0, match.index - 60), match.index);
    if (
      WHOLE_TERM.test(match[0]) ||
      EXTENDED_TO_ALL.test(match[0]) ||
      NOT_AN_OPTION.test(words.slice(Math.max(0, match.index - 20), match.index + match[0].length)) ||
      /(?:total|maximum|including|inclusive of|if all)\s[^.;]{0,50}$/.test(before)
    )
      return [];
    let months = inMonths(match[1]!, match[2]!);
    let rest = words.slice(match.index + match[0].length);
    for (
      let follow = EXTENDED_AGAIN.exec(rest) ?? THEN_ANOTHER.exec(rest);
      follow;
      follow = EXTENDED_AGAIN.exec(rest) ?? THEN_ANOTHER.exec(rest)
    ) {
      months += inMonths(follow[1]!, follow[2]!);
      rest = rest.slice(follow[0].length);
    }
    readUpTo = words.length - rest.length;
    // "in 2 year blocks" is the length of a step, not of what can be added.
    return /^ (?:blocks|increments|intervals|steps|tranches)\b/.test(words.slice(match.index + match[0].length))
      ? []
      : [months];
  });
}

const EXTENDED_TO_ALL = /extend\w*(?: \w+){0,2} to an? (?:maximum|total|overall)/; // "extended to a maximum of 5 years in total"

/** A length after these words is of the whole contract, not of the extension. */
const WHOLE_TERM =
  /maximum (?:contract |total )?(?:duration|term)|taken up|exercised|\bfull\b|total (?:contract|term|duration|value)|entire|overall|whole|contract (?:term|period|duration|is for|will be for)\b|commenc|initial/;

/** A building that is extended, longer hours, or an old contract that this notice prolongs: no option of this one. */
const NOT_AN_OPTION =
  /\b(?:storey|rear|side|classroom|building|cemetery|network|line) extension|\bextensions? (?:to|at|of) (?:the |an? |our )?(?:existing|current|previous|incumbent|school|building|hall|library|depot|site|house|cemetery)|\bextended (?:hours|opening|day|days|family|famil|care|warrant|school|range|service hours|access|provision)/;

const LENGTH_BEFORE = new RegExp(
  `\\b(\\d{1,3}) ${UNIT}(?: (?!no\\b|with|and\\b|includ|inclusive)\\w+){0,2}? (?:extensions?|options?|optional|renewals?)\\b`,
  "g"
);

/** "a possible 2 year extension", "2 years optional". */
function lengthBeforeWord(words: string): number[] {
  return [...words.matchAll(LENGTH_BEFORE)].map(([, count, unit]) => inMonths(count!, unit!));
}

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

const AHEAD = String.raw`(?<!\b(?:has|have|had|was|were|been|is|will be|further) )\b(?:extend\w*|extension|option)[^.;]{0,100}?(?:until|to|till)\s(?:the )?`;
const UNTIL_NAMED = new RegExp(
  `${AHEAD}(\\d{1,2})(?:st|nd|rd|th)?\\s(?:of )?(${MONTHS.join("|")})\\w*,?\\s(20\\d\\d)`,
  "g"
);
const UNTIL_NUMERIC = new RegExp(`${AHEAD}(\\d{1,2})[/.](\\d{1,2})[/.](20\\d\\d)\\b`, "g");

/** "option to extend until 31st March 2031", counted from the end of the published period. */
function untilDate(words: string, endsOn: string | null): number[] {
  if (endsOn === null) return [];
  const end = new Date(`${endsOn.slice(0, 10)}T00:00:00Z`);
  const until = (year: string, month: number) =>
    Number(year) * 12 + month - (end.getUTCFullYear() * 12 + end.getUTCMonth());
  return [
    ...[...words.matchAll(UNTIL_NAMED)].map(([, , month, year]) => until(year!, MONTHS.indexOf(month!))),
    ...[...words.matchAll(UNTIL_NUMERIC)].map(([, , month, year]) => until(year!, Number(month) - 1))
  ];
}

/**
 * The core term that a notice states in words, in months: "for an initial period of four years", "a 3 year contract", "3+1+1".
 *
 * It tells whether the published period already contains the extension.
 *
 * @returns null when the text states none, or several that disagree
 */
export const statedCoreMonths = rememberingLast((text: string): number | null => {
  const words = normalised(text);
  const found = coreStatements(words);
  const chain = /(?<![\d£.+])\b(\d{1,2})(?: years?)?(?: ?\+ ?\d{1,2}(?: years?)?)+\s?(?:years?)?/.exec(words);
  if (found.length === 0 && chain && Number(chain[1]) <= 15) return Number(chain[1]) * 12;
  return new Set(found).size === 1 ? found[0]! : null;
});

const CORE_TERM = new RegExp(
  `(?:(?:initial|core|fixed|minimum)(?: contract)?(?: term| period| duration)?(?: will be| is|:)?(?: of| for)?|(?:for )?(?:an? )?(?:term|period|duration) (?:of|will be|is)|(?:contract|framework|agreement|service) (?:is |will be |shall be |be )?(?:let |awarded |established |proposed to be )?for|contract duration:?|contract term:?|awarded for)\\s(?:an? )?(?:initial )?(?:period of |term of |duration of )?(\\d{1,3}) ${UNIT}(?: and (\\d{1,2}) months)?`,
  "g"
);
const TERM_BEFORE_WORD = new RegExp(
  `\\b(\\d{1,2}) ${UNIT} (?:fixed |initial )?(?:contract|term|agreement|framework)\\b`,
  "g"
);

function coreStatements(words: string): number[] {
  return [...words.matchAll(CORE_TERM), ...words.matchAll(TERM_BEFORE_WORD)]
    .filter((match) => !FOLLOWS_EXTENSION.test(words.slice(Math.max(0, match.index - 45), match.index)))
    .map(([, count, unit, more]) => Math.round(inMonths(count!, unit!) + Number(more ?? 0)));
}
