/**
 * Whether registers are quiet on a day because England and Wales have a bank holiday: the days of the Banking and Financial
 * Dealings Act 1971 and the customary ones, with substitutes for those on a weekend. Days proclaimed once only (a coronation)
 * are not known here; such a day shows as a quiet one.
 *
 * @param day an ISO date
 */
export const isBankHoliday = (day: string): boolean => bankHolidays(Number(day.slice(0, 4))).has(day);

function bankHolidays(year: number): ReadonlySet<string> {
  const easter = easterSunday(year);
  return new Set([
    firstFreeWeekday(date(year, 1, 1)),
    plus(easter, -2),
    plus(easter, 1),
    mondayOnOrAfter(date(year, 5, 1)),
    mondayOnOrAfter(date(year, 5, 25)),
    mondayOnOrAfter(date(year, 8, 25)),
    ...christmas(year)
  ]);
}

/** Both days of Christmas keep two days free, whatever weekday they fall on. */
function christmas(year: number): string[] {
  const first = firstFreeWeekday(date(year, 12, 25));
  const second = firstFreeWeekday(date(year, 12, 26));
  return first === second ? [first, plus(first, 1)] : [first, second];
}

/**
 * The Sunday after the first full moon of spring.
 * Source: the anonymous Gregorian algorithm (Nature, 20 April 1876), valid for every year of the calendar.
 */
function easterSunday(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = Math.floor((a + 11 * d + 22 * e) / 451);
  const monthAndDay = d + e - 7 * f + 114;
  return date(year, Math.floor(monthAndDay / 31), (monthAndDay % 31) + 1);
}

const date = (year: number, month: number, day: number): string =>
  new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
const plus = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
const weekdayOf = (day: string): number => new Date(day).getUTCDay(); // 0 is Sunday
const mondayOnOrAfter = (day: string): string => plus(day, (8 - weekdayOf(day)) % 7);
const firstFreeWeekday = (day: string): string =>
  weekdayOf(day) === 6 ? plus(day, 2) : weekdayOf(day) === 0 ? plus(day, 1) : day;
