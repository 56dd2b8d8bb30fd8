import {expect, test} from "vitest";
import {isBankHoliday} from "../../pipeline/gates/bankHolidays.ts";
import {type GateResult, judge, type Measures, withAccepted, worst} from "../../pipeline/gates/gates.ts";

const NOW = new Date("2024-06-12T05:00:00Z"); // a Wednesday

const QUIET: Measures = {
  live: [],
  counts: [],
  keys: [],
  nulls: [],
  months: [],
  councils: {before: null, now: 12},
  is_same_code: true
};
const judged = (measures: Partial<Measures>, accepted: readonly string[] = []): GateResult[] =>
  judge({...QUIET, ...measures}, NOW, accepted);
const levelOf = (results: readonly GateResult[], gate: string): string | undefined =>
  results.find((result) => result.gate === gate)?.level;

/** Thirty days up to yesterday, each with the same number of releases, the last one with another. */
function days(each: number, last: number): {day: string; releases: number}[] {
  return Array.from({length: 30}, (_, i) => {
    const day = new Date(Date.parse("2024-05-13") + i * 86_400_000).toISOString().slice(0, 10);
    return {day, releases: i === 29 ? last : each};
  });
}
const live = (last_whole_at: string | null, last = 160): Pick<Measures, "live"> => ({
  live: [{source: "r", kind: "register", last_whole_at, days: days(160, last)}]
});

test("without history nothing is judged by history, and that lets a first version through", () => {
  const results = judged({live: [{source: "r", kind: "register", last_whole_at: null, days: []}]});
  for (const gate of ["freshness", "volume", "null-rates", "closed-months", "councils"])
    expect(levelOf(results, gate), gate).toBe("not applicable");
  expect(worst(results)).toBe("green");
});

test.each([
  ["2024-06-14T05:00:00Z", "amber"], // two days from now: a clock was wrong
  ["2024-06-12T04:00:00Z", "green"], // an hour ago
  ["2024-06-09T05:00:00Z", "green"], // exactly three days
  ["2024-06-09T04:00:00Z", "amber"],
  ["2024-06-05T05:00:00Z", "amber"], // exactly seven
  ["2024-06-05T04:00:00Z", "red"]
])("a source last fetched whole at %s is %s", (at, level) => {
  expect(levelOf(judged(live(at)), "freshness")).toBe(level);
});

test.each([
  ["2024-05-08T05:00:00Z", "green"], // exactly 35 days
  ["2024-05-08T04:00:00Z", "amber"],
  ["2023-05-09T05:00:00Z", "amber"], // exactly 400: 366 from 12 June 2023 over the leap day, and 34 more
  ["2023-05-09T04:00:00Z", "red"]
])("a publication last looked for at %s is %s, and has no daily volume", (at, level) => {
  const results = judged({live: [{source: "p", kind: "publication", last_whole_at: at, days: []}]});
  expect(levelOf(results, "freshness")).toBe(level);
  expect(levelOf(results, "volume")).toBeUndefined();
});

test.each([
  [160, "green"],
  [80, "green"], // half of the median is the limit
  [79, "amber"],
  [241, "amber"],
  [17, "amber"],
  [16, "red"], // a tenth of 160
  [0, "red"],
  [16_000, "amber"] // too much is looked at, and published
])("%i releases on the last working day, where 160 are the median, are %s", (releases, level) => {
  expect(levelOf(judged(live("2024-06-12T04:00:00Z", releases)), "volume")).toBe(level);
});

test("weekends and bank holidays are quiet: neither judged nor in the median", () => {
  const quiet = (day: string, releases: number) => [...days(160, 160).filter((one) => one.day < day), {day, releases}];
  const of = (list: {day: string; releases: number}[]) =>
    levelOf(judged({live: [{source: "r", kind: "register", last_whole_at: NOW.toISOString(), days: list}]}), "volume");
  expect(of(quiet("2024-05-27", 0))).toBe("not applicable"); // the Monday is a holiday: ten working days before, one of them last
  expect(of(quiet("2024-06-08", 0))).toBe("green"); // a Saturday: the Friday before is judged
  expect(of(quiet("2024-06-10", 0))).toBe("red"); // an ordinary Monday
});

test.each(["2024-03-29", "2024-04-01", "2024-05-06", "2024-05-27", "2024-08-26", "2024-12-25", "2024-12-26"])(
  "%s was a bank holiday",
  (day) => expect(isBankHoliday(day)).toBe(true)
);
test.each([
  ["2021-12-27", true], // Christmas Day was a Saturday, Boxing Day a Sunday
  ["2021-12-28", true],
  ["2022-12-27", true], // Christmas Day was a Sunday
  ["2022-12-28", false],
  ["2022-01-03", true], // New Year's Day was a Saturday
  ["2024-05-07", false]
])("%s is a bank holiday: %s", (day, is) => expect(isBankHoliday(day)).toBe(is));

const counts = (overrides: object) => ({
  counts: [
    {
      source: "r",
      seen: 1000,
      different: 990,
      repeated: 5,
      rejected: 5,
      seen_new: 1000,
      rejected_new: 5,
      problem_files: 0,
      ...overrides
    }
  ]
});

test("in = out + repeated + rejected, or nothing is published", () => {
  expect(levelOf(judged(counts({})), "balance")).toBe("green"); // 990 + 5 + 5
  expect(levelOf(judged(counts({different: 989})), "balance")).toBe("red");
  expect(levelOf(judged(counts({problem_files: 1})), "balance")).toBe("amber");
});

test.each([
  [5, "green"], // 0.5 % of 1000
  [6, "amber"],
  [100, "amber"], // 10 %
  [101, "red"],
  [600, "red"]
])("%i rejects among 1000 new releases are %s", (rejected_new, level) => {
  expect(levelOf(judged(counts({rejected_new})), "rejects")).toBe(level);
});

test("one reject among three is said aloud and no reason to stop", () => {
  expect(levelOf(judged(counts({seen_new: 3, rejected_new: 1})), "rejects")).toBe("amber");
});

test("a key that stands twice stops the publication", () => {
  expect(levelOf(judged({keys: [{table: "contracts", repeated: 1}]}), "keys")).toBe("red");
});

const rate = (null_before: number, null_now: number, rows = 100) => ({
  nulls: [{table: "contracts", column: "value_gbp", rows_before: rows, rows_now: rows, null_before, null_now}]
});
test.each([
  [0.1, 0.15, "green"],
  [0.1, 0.16, "amber"],
  [0.3, 0.24, "amber"], // a column that fills up has changed too
  [0.1, 0.31, "red"]
])("a column %d empty that is now %d empty is %s", (before, now, level) => {
  expect(levelOf(judged(rate(before, now)), "null-rates")).toBe(level);
});
test("a share of few rows says nothing", () => {
  expect(levelOf(judged(rate(0, 1, 29)), "null-rates")).toBe("not applicable");
});

const month = (overrides: object) => ({
  months: [{month: "2024-04", contracts_before: 1000, contracts_now: 1000, gbp_before: 100, gbp_now: 100, ...overrides}]
});
test.each([
  ["as it was", {}, "green"],
  ["one in a thousand gone", {contracts_now: 999}, "green"],
  ["two in a thousand gone", {contracts_now: 998}, "red"],
  ["worth a tenth more", {gbp_now: 110}, "green"],
  ["worth more than a tenth less", {gbp_now: 89}, "red"]
])("a month that is over, %s, is judged", (_name, change, level) => {
  expect(levelOf(judged(month(change)), "closed-months")).toBe(level);
});
test("a month that other rules have changed is said aloud and published", () => {
  expect(levelOf(judged({...month({gbp_now: 50}), is_same_code: false}), "closed-months")).toBe("amber");
});

test.each([
  [100, "green"],
  [101, "green"],
  [99, "amber"],
  [95, "amber"],
  [94, "red"]
])("of 100 councils %i are left: %s", (now, level) => {
  expect(levelOf(judged({councils: {before: 100, now}}), "councils")).toBe(level);
});

test("what a person has looked at no longer stops or warns, and nothing else is let through with it", () => {
  const measures = {keys: [{table: "contracts", repeated: 1}], ...counts({rejected_new: 600})};
  expect(worst(judged(measures, ["rejects:r"]))).toBe("red");
  expect(worst(judged(measures, ["rejects:r", "keys"]))).toBe("green");
  expect(judged(measures, ["rejects:r"]).find(({gate}) => gate === "rejects")).toMatchObject({
    level: "red",
    is_accepted: true
  });
});

test("what the fetch itself found is accepted like any other gate, by its name alone or with its source", () => {
  const fetched = {
    gate: "fetched",
    subject: "find-a-tender",
    level: "red",
    because: "12 of 20 releases were rejected"
  } as const;
  const worstWith = (...accepted: string[]) => worst(withAccepted([fetched], accepted));
  expect(worstWith()).toBe("red");
  expect(worstWith("fetched:contracts-finder")).toBe("red");
  expect(worstWith("fetched:find-a-tender")).toBe("green");
  expect(worstWith("fetched")).toBe("green");
});
