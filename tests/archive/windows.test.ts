import fc from "fast-check";
import {expect, test} from "vitest";
import {
  cut,
  days,
  endOf,
  halve,
  isSettled,
  londonDay,
  months,
  type Window,
  wholeDay
} from "../../pipeline/archive/windows.ts";

const at = (wall: string) => Date.parse(`${wall}Z`) / 1000;
const length = ({from, to}: Window) => at(to) - at(from) + 1;

/** Every window that asking a day down to the last cut would make. */
function leaves(window: Window, shortest: number): Window[] {
  const halves = halve(window, shortest);
  return halves === null ? [window] : halves.flatMap((half) => leaves(half, shortest));
}

const ordinaryDay = fc
  .date({min: new Date("2015-01-01"), max: new Date("2030-12-31"), noInvalidDate: true})
  .map((date) => date.toISOString().slice(0, 10));

test("fault 30: halves cover their window without gap and without overlap, to the second", () => {
  fc.assert(
    fc.property(ordinaryDay, fc.nat(86_000), fc.integer({min: 4, max: 80_000}), (day, start, span) => {
      const from = new Date(Date.parse(`${day}T00:00:00Z`) + start * 1000).toISOString().slice(0, 19);
      const to = new Date(Date.parse(`${from}Z`) + (span - 1) * 1000).toISOString().slice(0, 19);
      const halves = halve({from, to}, 2);
      if (halves === null) return isChangeDay(day) || isChangeDay(to.slice(0, 10));
      const [first, second] = halves;
      const gap = at(second.from) - at(first.to);
      return (
        first.from === from &&
        second.to === to &&
        length(first) >= 2 &&
        length(second) >= 2 &&
        (gap === 1 || gap === 3601)
      );
    })
  );
});

function isChangeDay(day: string): boolean {
  return /-(03|10)-(2[5-9]|3[01])$/.test(day) && new Date(`${day}T12:00:00Z`).getUTCDay() === 0;
}

/** Local time of an instant by the time zone database that comes with Node: an independent clock. */
const london = new Intl.DateTimeFormat("sv-SE", {timeZone: "Europe/London", dateStyle: "short", timeStyle: "medium"});

test.each([
  ["an ordinary day", "2024-05-07"],
  ["the day on which clocks go forward", "2024-03-31"],
  ["the day on which clocks go back", "2024-10-27"],
  ["a leap day", "2024-02-29"]
])("fault 30: on %s every instant lies in exactly one window of any split", (_name, day) => {
  const instants = Array.from(
    {length: 26 * 60},
    (_, minute) => new Date(Date.parse(`${day}T00:00:00Z`) + (minute - 60) * 60_000)
  );
  const local = instants
    .map((instant) => london.format(instant).replace(" ", "T"))
    .filter((wall) => wall.startsWith(day));
  for (const split of [leaves(wholeDay(day), 900), cut(wholeDay(day), 3, 2), cut(wholeDay(day), 7, 2)])
    for (const wall of local)
      expect(
        split.filter(({from, to}) => from <= wall && wall <= to),
        wall
      ).toHaveLength(1);
});

test("the hour that comes twice in autumn is one window, however often it is halved", () => {
  const inside = leaves(wholeDay("2024-10-27"), 2).filter(({from}) => from.startsWith("2024-10-27T01"));
  expect(inside).toEqual([{from: "2024-10-27T01:00:00", to: "2024-10-27T01:59:59"}]);
});

test("the hour that does not exist in spring is in no window", () => {
  const all = leaves(wholeDay("2024-03-31"), 900);
  expect(all.filter(({from, to}) => from.includes("T01:") || to.includes("T01:"))).toEqual([]);
});

test("an ordinary hour is halved at its middle; two seconds are the shortest, so three cannot be halved", () => {
  expect(halve({from: "2024-05-07T10:00:00", to: "2024-05-07T10:59:59"}, 2)).toEqual([
    {from: "2024-05-07T10:00:00", to: "2024-05-07T10:29:59"},
    {from: "2024-05-07T10:30:00", to: "2024-05-07T10:59:59"}
  ]);
  expect(halve({from: "2024-05-07T10:00:00", to: "2024-05-07T10:00:03"}, 2)?.map(length)).toEqual([2, 2]);
  expect(halve({from: "2024-05-07T10:00:00", to: "2024-05-07T10:00:02"}, 2)).toBeNull();
});

test("days and months go over leap days and year ends", () => {
  expect(days("2024-02-28", "2024-03-01")).toEqual(["2024-02-28", "2024-02-29", "2024-03-01"]);
  expect(days("2023-02-28", "2023-03-01")).toHaveLength(2);
  expect(months("2023-12-31", "2024-02-01")).toEqual(["2023-12", "2024-01", "2024-02"]);
  expect(endOf("2024-02")).toBe("2024-02-29T23:59:59");
  expect(endOf("2023-12")).toBe("2023-12-31T23:59:59");
});

test("an answer is settled a day after the window's end, so late publications are asked for again", () => {
  const day = wholeDay("2024-05-07");
  expect(isSettled(day, new Date("2024-05-08T23:59:58Z"))).toBe(false);
  expect(isSettled(day, new Date("2024-05-08T23:59:59Z"))).toBe(true);
});

test("a day is a day in London", () => {
  expect(londonDay(new Date("2024-05-07T23:30:00Z"))).toBe("2024-05-08");
  expect(londonDay(new Date("2024-12-07T23:30:00Z"))).toBe("2024-12-07");
});
