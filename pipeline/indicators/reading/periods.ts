import {LayoutError} from "../../formats/layoutError.ts";
import type {Observation} from "../indicator.ts";

export type Period = Pick<Observation, "period" | "periodStartOn" | "periodEndOn">;

/** The year from 1 April to 31 March of `end`: 2025 is "2024-25". */
export function financialYearEnding(end: number): Period {
  return {
    period: `${end - 1}-${String(end).slice(2)}`,
    periodStartOn: `${end - 1}-04-01`,
    periodEndOn: `${end}-03-31`
  };
}

export const calendarYear = (year: number): Period => ({
  period: String(year),
  periodStartOn: `${year}-01-01`,
  periodEndOn: `${year}-12-31`
});

/**
 * "2024-25", "2024/25", "2024-2025", "2024 to 2025", "202425" or, where a publication means the year that ends in it, "2025".
 *
 * @returns the year it ends in; null when it is not a financial year
 */
export function lastYearOf(text: string): number | null {
  if (/^20\d\d$/.test(text)) return Number(text);
  const [, first, last] = /^(20\d\d)(?:[-/–]| to )?(?:20)?(\d\d)$/.exec(text) ?? [];
  return first !== undefined && (Number(first) + 1) % 100 === Number(last) ? Number(first) + 1 : null;
}

/** @throws {LayoutError} when the text is not a financial year */
export function financialYear(text: string, where: string): Period & {readonly year: number} {
  const year = lastYearOf(text.trim());
  if (year === null) throw new LayoutError(`${where}: "${text}" is not a year such as 2025 or 202425`);
  return {year, ...financialYearEnding(year)};
}

const QUARTERS = ["January to March", "April to June", "July to September", "October to December"];
const SHORT = ["Jan-Mar", "Apr-Jun", "Jul-Sep", "Oct-Dec"]; // with or without the months' other letters
const LAST_DAYS = ["03-31", "06-30", "09-30", "12-31"];
const FIRST_DAYS = ["01-01", "04-01", "07-01", "10-01"];
const MONTHS = "january february march april may june july august september october november december".split(" ");

/** The third quarter of 2025 is "2025-Q3", from 1 July to 30 September. */
export function quarterOf(year: number, quarter: number): Period {
  return {
    period: `${year}-Q${quarter}`,
    periodStartOn: `${year}-${FIRST_DAYS[quarter - 1]}`,
    periodEndOn: `${year}-${LAST_DAYS[quarter - 1]}`
  };
}

const BETWEEN = "\\s*(?:to|-|–)\\s*";

/**
 * The quarter that a title names in words ("October to December 2018") or by its last day ("31st March 2025").
 *
 * @returns null when it names none
 */
export function quarterIn(title: string): Period | null {
  for (const [i, words] of QUARTERS.entries()) {
    const [first, last] = SHORT[i]!.split("-");
    const months = `${words.replace(" to ", BETWEEN)}|\\b${first}t?\\.?${BETWEEN}${last}t?\\.?`;
    const pattern = new RegExp(`(?:${months})\\s+(20\\d\\d)`, "i");
    const year = pattern.exec(title)?.[1];
    if (year !== undefined) return quarterOf(Number(year), i + 1);
  }
  const [, day, month, year] = /\b(\d\d?)(?:st|th)?\s+([a-z]+)\s+(20\d\d)/i.exec(title) ?? [];
  const number = MONTHS.indexOf(month?.toLowerCase() ?? "") + 1;
  if (number === 0 || number % 3 !== 0) return null;
  const period = quarterOf(Number(year), number / 3);
  return period.periodEndOn.endsWith(`-${day!.padStart(2, "0")}`) ? period : null;
}
