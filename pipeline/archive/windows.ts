/**
 * Spans of local time, to ask a register piece by piece. Times are UK wall-clock seconds such as 2024-05-07T23:59:59,
 * both ends inclusive; arithmetic treats them as if they were UTC, which is exact except on the two days of the clock change.
 */
export interface Window {
  readonly from: string;
  readonly to: string;
}

const DAY = 86_400;
const HOUR = 3_600;

/** The local calendar days from one to another, both included. */
export function days(from: string, until: string): string[] {
  const list: string[] = [];
  for (let second = seconds(`${from}T00:00:00`); second <= seconds(`${until}T00:00:00`); second += DAY)
    list.push(wallTime(second).slice(0, 10));
  return list;
}

/** The calendar months that a span of days touches, as 2024-05. */
export const months = (from: string, until: string): string[] => [
  ...new Set(days(from, until).map((day) => day.slice(0, 7)))
];

export const wholeDay = (day: string): Window => ({from: `${day}T00:00:00`, to: `${day}T23:59:59`});

/** The last second of a day or month. */
export function endOf(period: string): string {
  if (period.length === 10) return wholeDay(period).to;
  const [year, month] = period.split("-").map(Number) as [number, number];
  return wallTime(Date.UTC(year, month, 1) / 1000 - 1);
}

/**
 * Cuts a window into two that cover the same time and do not overlap, [a, m] and [m + 1 s, b]; null when it cannot be cut.
 *
 * Never inside the hour that comes twice in autumn: which of the two an address means is anybody's guess, so that hour is
 * one piece. The hour that does not exist in spring lies between two windows and in neither.
 *
 * @param shortestSeconds the least that each half must hold, both ends counted
 */
export function halve(window: Window, shortestSeconds: number): [Window, Window] | null {
  const [first, ...rest] = cut(window, 2, shortestSeconds);
  return first !== undefined && rest[0] !== undefined ? [first, rest[0]] : null;
}

/** The same for any number of parts: as many as fit, at least one. */
export function cut(window: Window, parts: number, shortestSeconds: number): Window[] {
  const start = seconds(window.from);
  const end = seconds(window.to);
  if (parts < 2) return [window];
  const wanted = start + Math.floor((end - start + 1) / parts) - 1; // the last second of the first part
  const last = [wanted, ...aroundTheChange(wanted)].find(
    (second) => second - start + 1 >= shortestSeconds && end - second >= shortestSeconds && !isInsideTheChange(second)
  );
  if (last === undefined) return [window];
  return [
    {from: window.from, to: wallTime(last)},
    ...cut({from: wallTime(afterTheGap(last + 1)), to: window.to}, parts - 1, shortestSeconds)
  ];
}

/** A cut after this second would fall inside the hour from 01:00 of a day on which the clocks change. */
function isInsideTheChange(second: number): boolean {
  const hour = changingHour(second);
  return hour !== null && second >= hour && second + 1 < hour + HOUR;
}

/** The seconds just before that hour and at its end, where a cut may be made instead. */
function aroundTheChange(second: number): number[] {
  const hour = changingHour(second);
  return hour === null ? [] : [hour - 1, hour + HOUR - 1];
}

/** In spring nothing happens between 01:00 and 02:00: a window that would begin there begins at 02:00. */
function afterTheGap(second: number): number {
  const hour = changingHour(second);
  return hour !== null && isSpring(second) && second >= hour && second < hour + HOUR ? hour + HOUR : second;
}

/** The start (01:00) of the hour that is skipped or repeated on the day of a second; null on other days. */
function changingHour(second: number): number | null {
  const date = new Date(second * 1000);
  const month = date.getUTCMonth();
  const isLastSunday = date.getUTCDay() === 0 && date.getUTCDate() > 24;
  if (!isLastSunday || (month !== 2 && month !== 9)) return null;
  return Math.floor(second / DAY) * DAY + HOUR;
}

const isSpring = (second: number): boolean => new Date(second * 1000).getUTCMonth() === 2;

/** Whether the answer came long enough after the window's end that nothing more is to be expected in it. */
export function isSettled(window: Window, receivedAt: Date): boolean {
  return receivedAt.getTime() / 1000 >= seconds(window.to) + DAY;
}

/** The UK calendar day of an instant. */
export const londonDay = (instant: Date): string =>
  new Intl.DateTimeFormat("sv-SE", {timeZone: "Europe/London"}).format(instant);

const seconds = (wall: string): number => Date.parse(`${wall}Z`) / 1000;
const wallTime = (second: number): string => new Date(second * 1000).toISOString().slice(0, 19);
