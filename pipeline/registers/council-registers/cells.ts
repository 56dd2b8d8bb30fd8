/** What a cell for money says: an amount, in words that it is for one year, or that there is no amount to be had. */
export type MoneyCell =
  | {readonly amount: number; readonly isPerYear: boolean}
  | {readonly none: true} // blank, a range, withheld: the contract stands, its value does not
  | {readonly unreadable: string}; // something that looks like an amount and is none

const NUMBER = /^\(?-?\s*[£]?\s*-?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*(k|m|bn|thousand|million|billion)?\)?$/i;
const TIMES: Readonly<Record<string, number>> = {k: 1e3, thousand: 1e3, m: 1e6, million: 1e6, bn: 1e9, billion: 1e9};
const PER_YEAR = /\s*(?:\(?\s*(?:per annum|per year|p\.?a\.?|annually|a year)\s*\)?)\s*$/i;
const NO_AMOUNT =
  /^(?:-|n\/?a|nil stated|tbc|tba|various|as required|not disclosed|commercially (?:sensitive|confidential)|withheld|unknown)?$/i;
const RANGE = /^[^a-z]*\d[\d,.]*\s*(?:k|m)?\s*(?:-|–|to)\s*£?\s*\d[\d,.]*\s*(?:k|m)?[^a-z]*$/i;

/** Reads £1,234.50, 1234.5, (500), 1.2m, £50k per annum, and knows a range or "various" for no amount. */
export function readMoney(text: string): MoneyCell {
  const isPerYear = PER_YEAR.test(text);
  const bare = text.replace(PER_YEAR, "").trim();
  if (NO_AMOUNT.test(bare) || RANGE.test(bare)) return {none: true};
  const [whole, digits = "", fraction = "", unit = ""] = NUMBER.exec(bare) ?? [];
  if (whole === undefined) return {unreadable: text};
  const size = Number(digits.replaceAll(",", "") + fraction) * (TIMES[unit.toLowerCase()] ?? 1);
  const isNegative = bare.startsWith("(") || bare.includes("-");
  return {amount: Math.round(size * (isNegative ? -100 : 100)) / 100, isPerYear};
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const NO_DATE = /^(?:-|n\/?a|tbc|tba|ongoing|rolling|open ended|open-ended|continuous|none|unknown)?$/i;

/**
 * A day as it stands in a council's register, day first, as 2024-03-31; null where the register says that there is none; the
 * text itself where it is no day, for the schema to reject with its place.
 */
export function readDay(text: string): string | null {
  const bare = text.trim();
  if (NO_DATE.test(bare)) return null;
  const [iso] = /^\d{4}-\d{2}-\d{2}/.exec(bare) ?? [];
  if (iso !== undefined) return iso;
  const [, day, month, year] =
    /^(\d{1,2})[/.-](\d{1,2}|[A-Za-z]{3,9})[/.-](\d{2}|\d{4})(?:\s.*)?$/.exec(
      bare
        .replaceAll(/(\d)(?:st|nd|rd|th)\b/g, "$1")
        .replaceAll(/\s+/g, "/")
        .replace(/\/00:00.*$/, "")
    ) ?? [];
  if (day === undefined || month === undefined || year === undefined) return bare;
  const monthNumber = /^\d+$/.test(month) ? Number(month) : MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  if (monthNumber < 1 || monthNumber > 12 || Number(day) < 1 || Number(day) > 31) return bare;
  return `${year.length === 2 ? `20${year}` : year}-${String(monthNumber).padStart(2, "0")}-${day.padStart(2, "0")}`;
}

export const readYesNo = (text: string): boolean | null =>
  /^(y|yes|true|1)$/i.test(text.trim()) ? true : /^(n|no|false|0)$/i.test(text.trim()) ? false : null;
