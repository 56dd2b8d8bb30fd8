import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {LayoutError} from "../../pipeline/formats/layoutError.ts";
import {recognise} from "../../pipeline/formats/recognise.ts";
import childrenInNeed from "../../pipeline/indicators/children-in-need.ts";
import type {Observation} from "../../pipeline/indicators/indicator.ts";
import {ROOT} from "../house/imports.ts";

const fixture = (name: string) => recognise(readFileSync(join(ROOT, "tests/fixtures/children-in-need", name)));
const read = async (name: string) => childrenInNeed.observations(fixture(name));
const of = (observations: readonly Observation[], gss: string, period: string) =>
  observations.find((one) => one.gss === gss && one.period === period);

const newest = await read("referrals-2013-to-2025.csv");
const onlyCouncils = (all: readonly Observation[]) => all.filter(({gss}) => gss !== "E92000001");
const councils = onlyCouncils(newest);

const HEADER =
  "time_period,time_identifier,geographic_level,new_la_code,referral_count,rereferral_count,rereferral_percent";
const file = (...lines: string[]) => recognise(new TextEncoder().encode([HEADER, ...lines].join("\n")));
const line = (counts: string, place = "2025,Reporting year,Local authority,E08000016") => `${place},${counts}`;
const first = async (counts: string) => (await childrenInNeed.observations(file(line(counts))))[0];

test("2025 is the year that ends on 31 March 2025", () => {
  expect(of(newest, "E06000047", "2024-25")).toEqual({
    indicatorId: "children-rereferrals",
    gss: "E06000047",
    period: "2024-25",
    periodStartOn: "2024-04-01",
    periodEndOn: "2025-03-31",
    value: 18.7,
    numerator: 1003,
    denominator: 5378,
    missingReason: null,
    position: "line 5"
  });
});

test("a year may be written 202425, and 202426 is none", async () => {
  const [one] = await childrenInNeed.observations(
    file(line("100,20,20", "202425,Financial year,Local authority,E08000016"))
  );
  expect(one?.period).toBe("2024-25");
  const wrong = file(line("100,20,20", "202426,Financial year,Local authority,E08000016"));
  expect(() => childrenInNeed.observations(wrong)).toThrow('line 2: "202426" is not a year such as 2025 or 202425');
});

test("a calendar year is refused: its period would be wrong by nine months", () => {
  const calendar = file(line("100,20,20", "2025,Calendar year,Local authority,E08000016"));
  expect(() => childrenInNeed.observations(calendar)).toThrow(/the year is a "Calendar year"/);
});

test("the regions are left out, and England's figure is kept as England's: rounded to ten, no sum of councils", () => {
  expect(councils).toHaveLength(14);
  expect(newest.filter(({numerator}) => numerator === 11500)).toEqual([]);
  expect(of(newest, "E92000001", "2024-25")).toMatchObject({value: 22.6, numerator: 142900, denominator: 632830});
});

test("a suppressed figure is unknown, not zero, and keeps its symbol beside what is still stated", () => {
  const scilly = of(newest, "E06000053", "2023-24");
  expect(scilly).toMatchObject({value: null, numerator: null, denominator: 22, missingReason: "c"});
  expect(of(newest, "E10000014", "2023-24")).toMatchObject({value: null, denominator: null, missingReason: "u"});
  expect(of(newest, "E06000019", "2022-23")).toMatchObject({value: null, denominator: 1569, missingReason: "u"});
  expect(of(newest, "E09000012", "2021-22")).toMatchObject({value: null, denominator: null, missingReason: "x"});
  expect(of(newest, "E06000058", "2019-20")).toMatchObject({value: null, denominator: 3416, missingReason: "x"});
});

test("a published zero is zero", () => {
  expect(of(newest, "E06000053", "2024-25")).toMatchObject({
    value: 0,
    numerator: 0,
    denominator: 32,
    missingReason: null
  });
});

test("a percentage is kept where its base is suppressed", () => {
  expect(of(newest, "E06000053", "2016-17")).toMatchObject({
    value: 0,
    numerator: 0,
    denominator: null,
    missingReason: null
  });
});

test("not applicable, capital letters and empty cells are reasons too", async () => {
  expect(await first("z,z,z")).toMatchObject({value: null, numerator: null, denominator: null, missingReason: "z"});
  expect(await first("31,Z,Z")).toMatchObject({value: null, denominator: 31, missingReason: "Z"});
  expect(await first(',"",')).toMatchObject({value: null, numerator: null, denominator: null, missingReason: "empty"});
});

test("the code is the one of the year: Somerset's changes in the year to March 2024", () => {
  expect(of(newest, "E10000027", "2022-23")?.value).toBe(21.4);
  expect(of(newest, "E06000066", "2023-24")?.value).toBe(23);
  expect(of(newest, "E08000016", "2024-25")?.value).toBe(25.5); // Barnsley's old code, which the Department still uses
});

test("a byte-order mark and Windows line ends change nothing", async () => {
  const marked = onlyCouncils(await read("referrals-with-byte-order-mark.csv"));
  const values = ({gss, period, value}: Observation) => [gss, period, value];
  expect(marked.map(values)).toEqual(councils.filter(({period}) => period === "2024-25").map(values));
  expect(marked).toHaveLength(4);
});

test("the column names of 2022 to 2024 are read like the newer ones", async () => {
  const older = onlyCouncils(await read("referrals-columns-of-2022-to-2024.csv"));
  const withoutLine = ({position, ...rest}: Observation) => rest;
  expect(older.map(withoutLine)).toEqual(councils.filter(({period}) => period !== "2024-25").map(withoutLine));
  expect(older).toHaveLength(10);
});

test("a percentage that is not that of its counts is refused with its line: a column was misread", () => {
  // 825 of 3,241 is 25.455 %: 25.5 when rounded
  expect(() => childrenInNeed.observations(file(line("3241,825,25.5")))).not.toThrow();
  expect(() => childrenInNeed.observations(file(line("3241,825,25.4")))).toThrow(
    "line 2: 825 of 3241 is 25.46 %, but the file says 25.4 %"
  );
});

test("half a tenth is rounding, whichever way: 1 of 16 is 6.25 %", () => {
  expect(() => childrenInNeed.observations(file(line("16,1,6.3")))).not.toThrow();
  expect(() => childrenInNeed.observations(file(line("16,1,6.2")))).not.toThrow();
  expect(() => childrenInNeed.observations(file(line("16,1,6.4")))).toThrow(LayoutError);
});

test("a symbol that no release has is refused with its line", () => {
  expect(() => childrenInNeed.observations(file(line("100,20,20"), line("?,?,?")))).toThrow(
    'line 3: "?" is neither a number nor one of the symbols c, u, x, z'
  );
});

test("a council without a code, and one that stands twice in a year, are refused", () => {
  const nameless = file(line("100,20,20", "2025,Reporting year,Local authority,"));
  expect(() => childrenInNeed.observations(nameless)).toThrow('line 2: "" is not a council\'s code such as E08000035');
  expect(() => childrenInNeed.observations(file(line("100,20,20"), line("100,20,20")))).toThrow(
    "line 3: E08000016 in 2024-25 stands on line 2 already"
  );
});

test("a file of the same family about something else is not taken for it", () => {
  const other =
    "time_period,time_identifier,geographic_level,new_la_code,CPP_At31,2_years_or_more,2_years_or_more_percent\n";
  expect(childrenInNeed.recognises(recognise(new TextEncoder().encode(other)))).toBe(false);
  expect(
    childrenInNeed.recognises(recognise(new TextEncoder().encode("about rereferral_count and time_period\n")))
  ).toBe(false);
});

const plans = await read("plans-2013-to-2025.csv");

test("second plans come from their own file, with their own counts and symbols", () => {
  expect(of(plans, "E06000047", "2024-25")).toMatchObject({
    indicatorId: "children-second-plans",
    value: 21.2,
    numerator: 155,
    denominator: 730
  });
  expect(of(plans, "E92000001", "2024-25")).toMatchObject({value: 24.5, numerator: 15130, denominator: 61840});
  const reasons = new Set(plans.map(({missingReason}) => missingReason));
  expect([...reasons].sort()).toEqual(["c", null, "z"]);
  expect(plans.every(({value, missingReason}) => (value === null) === (missingReason !== null))).toBe(true);
  expect(plans.filter(({gss}) => gss === "E12000001")).toEqual([]);
});

const FOLDER = join(ROOT, "../shared/data/indicators/dfe-csc-outcomes-enablers");
const WHOLE = join(FOLDER, "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv");
const absent = existsSync(WHOLE) ? "" : " (not run: the whole files are not at hand)";

test.skipIf(absent !== "")(
  `the whole file: 1,976 council rows of 13 years, 27 without a percentage${absent}`,
  async () => {
    const all = onlyCouncils(await childrenInNeed.observations(recognise(readFileSync(WHOLE))));
    expect(all).toHaveLength(1976);
    const years = [...new Set(all.map(({period}) => period))].sort();
    expect(years.map((year) => [year, all.filter(({period}) => period === year).length])).toEqual([
      ["2012-13", 152],
      ["2013-14", 152],
      ["2014-15", 152],
      ["2015-16", 152],
      ["2016-17", 152],
      ["2017-18", 152],
      ["2018-19", 152],
      ["2019-20", 151],
      ["2020-21", 151],
      ["2021-22", 152],
      ["2022-23", 152],
      ["2023-24", 153],
      ["2024-25", 153]
    ]);
    const withReason = (reason: string) => all.filter(({missingReason}) => missingReason === reason).length;
    expect([withReason("c"), withReason("x"), withReason("u")]).toEqual([12, 12, 3]);
    expect(all.filter(({value}) => value === null)).toHaveLength(27);
    expect(all.filter(({denominator}) => denominator === null)).toHaveLength(8);
  }
);

test.skipIf(absent !== "")(`the whole file: counts of 2025 add up to within 10 of England's${absent}`, async () => {
  const all = await childrenInNeed.observations(recognise(readFileSync(WHOLE)));
  const last = onlyCouncils(all).filter(({period}) => period === "2024-25");
  const sum = (of: "numerator" | "denominator") => last.reduce((total, one) => total + (one[of] ?? 0), 0);
  expect(sum("denominator")).toBe(632_828); // England: 632,830, rounded to ten
  expect(sum("numerator")).toBe(142_897); // England: 142,900
});

test.skipIf(absent !== "")(`the other files of the release are not taken for it${absent}`, () => {
  for (const name of [
    "b1_children_in_need_2013_to_2025.csv",
    "d5_cpps_at31march_by_duration_2013_to_2025.csv",
    "csww_indicators_2017_to_2025.csv"
  ])
    expect(childrenInNeed.recognises(recognise(readFileSync(join(FOLDER, name)))), name).toBe(false);
});

test.skipIf(absent !== "")(
  `the whole file of plans: 1,976 council rows, and England's figure of 2025${absent}`,
  async () => {
    const all = await childrenInNeed.observations(
      recognise(readFileSync(join(FOLDER, "d3_cpps_subsequent_plan_2013_to_2025.csv")))
    );
    expect(onlyCouncils(all)).toHaveLength(1976);
    const last = onlyCouncils(all).filter(({period}) => period === "2024-25");
    const sum = (of: "numerator" | "denominator") => last.reduce((total, one) => total + (one[of] ?? 0), 0);
    expect(Math.abs(sum("denominator") - 61_840)).toBeLessThanOrEqual(10);
    expect(Math.abs(sum("numerator") - 15_130)).toBeLessThanOrEqual(10);
  }
);
