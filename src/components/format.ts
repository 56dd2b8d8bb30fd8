// How numbers, money and dates are written in British English: the one place, for charts and pages alike.
// No `Intl` compact notation: its letters change with the version of the runtime, and a published picture must not.

const formatters = new Map<number, Intl.NumberFormat>(); // by digits: making one takes longer than thousands of uses

function grouped(n: number, digits = 0): string {
  const made = formatters.get(digits);
  const formatter =
    made ?? new Intl.NumberFormat("en-GB", {minimumFractionDigits: digits, maximumFractionDigits: digits});
  if (!made) formatters.set(digits, formatter);
  return formatter.format(Math.abs(n));
}

/** The sign as typesetters draw it, and none for what rounds to zero. */
const signed = (n: number, written: string) => (n < 0 && /[1-9]/.test(written) ? `−${written}` : written);

function finite(n: number): number {
  if (!Number.isFinite(n))
    throw new RangeError(`${n} cannot be written as a number: leave out what is not known first`);
  return n;
}

/** 1234 as "1,234". */
export const count = (n: number): string => signed(finite(n), grouped(n));

/** Pounds as "£375,200": whole pounds, and pence only below a hundred pounds that are not whole. */
export function money(pounds: number): string {
  const pence = Math.abs(finite(pounds)) < 100 && !Number.isInteger(pounds);
  return signed(pounds, `£${grouped(pounds, pence ? 2 : 0)}`);
}

/** Pounds for axes and labels: "£950", "£9,500", "£375k", "£1.2m", "£123m", "£2.4bn". Three figures at most, so never for a citation. */
export function moneyShort(pounds: number): string {
  const size = Math.abs(finite(pounds));
  if (size < 9_999.5) return signed(pounds, `£${grouped(size)}`);
  if (size < 999_500) return signed(pounds, `£${grouped(size / 1e3)}k`);
  const [unit, letters] = size < 999_500_000 ? [1e6, "m"] : [1e9, "bn"];
  const scaled = size / unit;
  return signed(pounds, `£${grouped(scaled, scaled < 99.95 ? 1 : 0).replace(/\.0$/, "")}${letters}`);
}

/** A score or an index with so many digits after the point: 23.45 as "23.5", as a reader rounds. */
export const decimal = (n: number, digits = 1): string => signed(finite(n), grouped(n, digits));

/** A number that is already in per cent: 21.34 as "21.3%". */
export const percent = (n: number, digits = 1): string => `${decimal(n, digits)}%`;

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December"
];

/** "2025-01-23" as "23 January 2025". @throws {RangeError} when it does not start with an ISO date */
export function dayMonthYear(iso: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso) ?? [];
  const name = MONTHS[Number(month) - 1];
  if (name === undefined) throw new RangeError(`"${iso}" is not a date such as 2025-01-23`);
  return `${Number(day)} ${name} ${year}`;
}

/** The financial year that ends on 31 March of `endYear`: 2025 as "2024-25". */
export const financialYear = (endYear: number): string => `${endYear - 1}-${String(endYear % 100).padStart(2, "0")}`;

interface Unit {
  readonly label: string; // of the published figures, as in "Children re-referred within 12 months, per cent"
  readonly drawn: string; // of an axis, whose numbers are written short
  readonly exact: (n: number) => string; // with the published digits, in a table or a sentence
  readonly short: (n: number) => string; // on an axis or beside a dot
}

const UNITS: Readonly<Record<string, Unit>> = {
  percent: {
    label: "per cent",
    drawn: "per cent",
    exact: (n) => percent(n),
    short: (n) => percent(n, Number.isInteger(n) ? 0 : 1)
  },
  "pounds-per-week": {label: "£ a week", drawn: "£ a week", exact: (n) => `${money(n)} a week`, short: money},
  "pounds-thousand": {
    label: "£ thousand",
    drawn: "£",
    exact: (n) => `${signed(n, `£${grouped(n)}`)} thousand`,
    short: (n) => moneyShort(n * 1000)
  },
  "pounds-per-resident": {
    label: "£ per resident",
    drawn: "£ per resident",
    exact: (n) => `${money(n)} per resident`,
    short: money
  },
  "pounds-per-incident": {
    label: "£ per incident",
    drawn: "£ per incident",
    exact: (n) => `${money(n)} per incident`,
    short: money
  },
  "per-thousand-households": {
    label: "per thousand households",
    drawn: "per thousand households",
    exact: (n) => `${grouped(n, 1)} per thousand households`,
    short: (n) => grouped(n, Number.isInteger(n) ? 0 : 1)
  }
};

function unitOf(unit: string): Unit {
  const found = UNITS[unit];
  if (!found) throw new RangeError(`no way to write the unit "${unit}" is known: add it to src/components/format.ts`);
  return found;
}

/** An indicator's unit in words: "percent" as "per cent". @throws {RangeError} for a unit that no indicator has */
export const unitLabel = (unit: string): string => unitOf(unit).label;

/** What the numbers on an axis count: thousands of pounds are drawn as pounds, "£45m". */
export const drawnUnit = (unit: string): string => unitOf(unit).drawn;

/** A value with its unit, for sentences and tables: "21.3%", "£1,204 a week", "£45,231 thousand". */
export const valueIn = (unit: string, n: number): string => unitOf(unit).exact(n);

/** A value with its unit as short as it stays true, for axes and labels: "20%", "£1,204", "£45.2m". */
export const valueShort = (unit: string, n: number): string => unitOf(unit).short(n);
