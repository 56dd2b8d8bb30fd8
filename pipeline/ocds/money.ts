/**
 * What a notice says in words about its amounts: with or without VAT, a year or the whole contract.
 *
 * Registers publish one number and rarely its basis. Words count only where they stand with money, and where they contradict
 * each other only those beside the published amount itself decide. A rate of VAT is never assumed.
 */
import {rememberingLast} from "./rememberingLast.ts";

/** An amount written in a text, in pounds, and where it stands. */
interface WrittenAmount {
  readonly pounds: number;
  readonly start: number;
  readonly end: number;
}

export type VatStatement = "excluded" | "included";

const SCALE: Readonly<Record<string, number>> = {
  k: 1e3,
  thousand: 1e3,
  m: 1e6,
  mil: 1e6,
  mn: 1e6,
  million: 1e6,
  bn: 1e9,
  billion: 1e9
};
const AMOUNT =
  /(?:£|\bgbp)\s?(\d{1,3}(?:[, ]\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d+)?)\s?(k|thousand|million|billion|mil|mn|bn|m)?(?=pa\b|(?:ex|inc)\W?v|[^a-z\d]|$)/gi;

const writtenAmounts = rememberingLast((text: string): readonly WrittenAmount[] =>
  [...text.matchAll(AMOUNT)].map((match) => ({
    pounds: Number(match[1]!.replaceAll(/[, ]/g, "")) * (SCALE[match[2]?.toLowerCase() ?? ""] ?? 1),
    start: match.index,
    end: match.index + match[0].length
  }))
);

// "1.2m" and "£1,200,000" are the same figure; a rounded one may lie half a per cent away.
const isSame = (a: number, b: number): boolean => Math.abs(a - b) <= Math.max(1, 0.005 * Math.max(a, b));

const VAT = String.raw`(?:v\.?a\.?t\.?\b|value[ -]added tax)`;
const NOT = String.raw`(?:\bnot |\bnor |n't |n’t )(?:be |been )?`;
const WITHOUT = new RegExp(
  [
    String.raw`\b(?:ex(?:c|cl|cludes?|cluding|clusive)?\.?(?: of)?(?: any)?|nett? of|before|without|less)[ -]?${VAT}`,
    String.raw`(?<=\d)ex\.?[ -]?${VAT}`,
    String.raw`(?:\bplus|\+)[ -]?(?:\d+(?:\.\d+)? ?% ?|applicable |any |the )?${VAT}`,
    String.raw`\b${VAT}[ -]?(?:is )?(?:exclusive|excluded|exc?l?|(?:to be |will be )added)\b`,
    String.raw`${NOT}inc(?:l|lud(?:es?|ing)|lusive)?\.?(?: of)?(?: any)?[ -]?${VAT}`,
    String.raw`\b${VAT}(?: is)? not included\b`
  ].join("|"),
  "gi"
);
const WITH = new RegExp(
  String.raw`(?<!${NOT})\b(?:inc(?:l|ludes?|luding|lusive)?\.?(?: of)?|gross of|with)[ -]?${VAT}|\b${VAT}[ -]?(?:is )?(?:inclusive|included|inc?l?)\b`,
  "gi"
);
const SPEAKS_OF_VAT = /v\.?a\.?t\b|value[ -]added/i;
const ABOUT_MONEY =
  /£|\bgbp\b|\bvalues?\b|\bprices?\b|\bcosts?\b|\bbudget\b|\bsums?\b|\bamounts?\b|\bfees?\b|\btotal\b|\bper annum\b/i;
// Sentences about thresholds, and about how bids are to be written, say nothing of the published value.
const ABOUT_ANOTHER_THING =
  /threshold|quoted|quote |bids? (?:must|should)|invoice|pric(?:es|ing) (?:must|should|shall)|(?:tenderers|bidders|suppliers) (?:must|should|shall|are) |exempt|in the partner country/i;

/**
 * Whether the published amount is said to be without or with VAT.
 *
 * @param text title and description as published
 * @param amount the published value in pounds, to tell two stated bases apart; null when there is none
 * @returns null when nothing is said, or both are and neither stands beside the amount
 */
export function statedVat(text: string, amount: number | null): VatStatement | null {
  const statements = statementsOfVat(text);
  const beside = statements.filter(({start, end}) => amount !== null && standsBeside(text, amount, start, end));
  if (beside.length > 0) return onlyOne(beside);
  return onlyOne(statements.filter(({start, end}) => !isOtherBasis(amountBeside(text, start, end), amount)));
}

const statementsOfVat = rememberingLast((text: string): readonly Mention[] =>
  SPEAKS_OF_VAT.test(text) ? [...mentions(text, WITHOUT, "excluded"), ...mentions(text, WITH, "included")] : []
);

interface Mention {
  readonly basis: VatStatement;
  readonly start: number;
  readonly end: number;
}

function mentions(text: string, pattern: RegExp, basis: VatStatement): Mention[] {
  return [...text.matchAll(pattern)]
    .map((match) => ({basis, start: match.index, end: match.index + match[0].length}))
    .filter(({start, end}) => {
      const near = text.slice(Math.max(0, start - 90), end + 45);
      return ABOUT_MONEY.test(near) && !ABOUT_ANOTHER_THING.test(near);
    });
}

function onlyOne(found: readonly Mention[]): VatStatement | null {
  const bases = new Set(found.map(({basis}) => basis));
  return bases.size === 1 ? [...bases][0]! : null;
}

/** The nearest amount to the words, within a few words, is the published one. */
function standsBeside(text: string, amount: number, start: number, end: number): boolean {
  const nearest = amountBeside(text, start, end);
  return nearest !== null && isSame(nearest, amount);
}

/** "£78,000 (£65,000 + VAT)": what is said of 65,000 is not said of a published 78,000, a rate of VAT away. */
function isOtherBasis(beside: number | null, amount: number | null): boolean {
  if (beside === null || amount === null || Math.min(beside, amount) <= 0) return false;
  const ratio = Math.max(beside, amount) / Math.min(beside, amount);
  return ratio >= 1.15 && ratio <= 1.26; // 20 % as it is worked out, rightly and wrongly
}

function amountBeside(text: string, start: number, end: number): number | null {
  const distance = (written: WrittenAmount) => (written.end <= start ? start - written.end : written.start - end);
  const near = writtenAmounts(text)
    .filter((written) => distance(written) >= 0 && distance(written) <= 40)
    .sort((a, b) => distance(a) - distance(b));
  return near[0]?.pounds ?? null;
}

const PER_YEAR_AFTER =
  /^\W{0,3}(?:\(?(?:ex|inc)\w*\.? (?:of )?vat\)?,? ?)?(?:is |are )?(?:per[ -](?:annum|(?:financial |contract )?year)|p\.?a\.?\b|a year\b|each year|annually|yearly|\/ ?(?:annum|year|yr)|pa\b|every year)/i;
const PER_YEAR_BEFORE =
  /(?:annual(?:ised)?|yearly)(?: (?:contract|estimated|total|maximum|indicative|approximate))* (?:value|budget|cost|price|spend|amount|sum|funding|envelope|expenditure)[^£.]{0,30}$/i;

/**
 * Whether the published amount is said to be for one year.
 *
 * True only when the text gives the very figure that was published and says "a year" of it: "£120,000 per annum" beside a
 * published 120,000. Beside a published 360,000 it says the opposite, that the value is for the whole contract.
 *
 * @param amount the published value in pounds
 */
export function isStatedPerYear(text: string, amount: number | null): boolean {
  if (amount === null || amount <= 0) return false;
  const same = writtenAmounts(text).filter(({pounds}) => isSame(pounds, amount));
  const perYear = same.filter(
    ({start, end}) =>
      PER_YEAR_AFTER.test(text.slice(end, end + 45)) || PER_YEAR_BEFORE.test(text.slice(Math.max(0, start - 90), start))
  );
  return perYear.length > 0 && perYear.length === same.length;
}

/**
 * The amounts a text states, largest first, to compare with the published one: a digit too many shows when the words hold
 * the same figures at another power of ten.
 */
export function statedAmounts(text: string): number[] {
  return [...new Set(writtenAmounts(text).map(({pounds}) => pounds))]
    .filter((pounds) => pounds > 0)
    .sort((a, b) => b - a);
}
