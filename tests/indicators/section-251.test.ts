import {existsSync, mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {DuckDBInstance} from "@duckdb/node-api";
import {expect, test} from "vitest";
import {readCsv} from "../../pipeline/formats/csv.ts";
import {recognise} from "../../pipeline/formats/recognise.ts";
import section251 from "../../pipeline/indicators/section-251.ts";
import {ROOT} from "../house/imports.ts";

const read = (path: string) => section251.observations(recognise(readFileSync(path)));
const observations = await read(join(ROOT, "tests/fixtures/section-251/unit-costs.parquet"));
const residential = observations.filter(({indicatorId}) => indicatorId === "residential-weekly-cost");
const of = (gss: string) =>
  Object.fromEntries(residential.filter((one) => one.gss === gss).map(({period, value}) => [period, value]));
const every = await read(join(ROOT, "tests/fixtures/section-251/all-series.parquet"));
const series = (indicatorId: string, gss: string) =>
  Object.fromEntries(
    every.filter((one) => one.indicatorId === indicatorId && one.gss === gss).map(({period, value}) => [period, value])
  );

/** A file of the tool's layout with the rows given as SQL values: short description, year, value, number. */
async function file(...rows: string[]): Promise<ReturnType<typeof recognise>> {
  const folder = mkdtempSync(join(tmpdir(), "contract-scale-s251-"));
  try {
    const connection = await (await DuckDBInstance.create()).connect();
    await connection.run(
      `copy (select * from (values ${rows.join(", ")}) t("Short Desc", "Years", "Values", "LA Number")) to '${join(folder, "x.parquet")}' (format parquet)`
    );
    return recognise(readFileSync(join(folder, "x.parquet")));
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

const reading = async (...rows: string[]) => section251.observations(await file(...rows));

test("an outturn year is the financial year it names, the cost is as published and has no counts", () => {
  expect(residential.find(({gss, period}) => gss === "E08000025" && period === "2024-25")).toMatchObject({
    indicatorId: "residential-weekly-cost",
    periodStartOn: "2024-04-01",
    periodEndOn: "2025-03-31",
    value: 6020,
    numerator: null,
    denominator: null,
    missingReason: null
  });
  expect(of("E08000025")["2016-17"]).toBe(3415);
});

test("a dash is a figure that is missing, not zero", () => {
  const wandsworth = observations.find(({gss, period}) => gss === "E09000032" && period === "2024-25");
  expect(wandsworth).toMatchObject({value: null, missingReason: "-"});
  expect(of("E09000001")).toMatchObject({"2019-20": null, "2020-21": 2845});
});

test("other lines of the tool and the regions are left out; England's own figure is kept as England's", () => {
  expect(of("E09000007")["2024-25"]).toBe(8935); // Camden's residential care, not its fostering
  expect(observations.filter(({value}) => value === 7095)).toEqual([]); // North East
  expect(of("E92000001")["2024-25"]).toBe(7385);
});

test("four unit costs, youth re-offending and appeals each come from their own line: Birmingham", () => {
  expect(series("fostering-weekly-cost", "E08000025")).toEqual({
    "2016-17": 600,
    "2019-20": 615,
    "2023-24": 615,
    "2024-25": 630
  });
  expect(series("social-work-weekly-cost", "E08000025")).toEqual({
    "2016-17": 140,
    "2019-20": 150,
    "2023-24": 180,
    "2024-25": 195
  });
  expect(series("youth-reoffending", "E08000025")).toEqual({"2015-16": 38.97, "2020-21": 25.53, "2023-24": 30.5});
  expect(series("send-appeals", "E08000025")).toEqual({"2016": 2.1, "2021": 3.3000000000000003, "2024": 4.8});
  expect(series("looked-after-weekly-cost", "E08000025")).toEqual({
    "2016-17": 1060,
    "2019-20": 1175,
    "2023-24": 1465,
    "2024-25": 1525
  });
});

test("appeals are of calendar years: West Northamptonshire, of 1 April 2021, has 2021", () => {
  expect(series("send-appeals", "E06000062")).toEqual({"2021": 1.7999999999999998, "2024": 4.2});
  expect(every.find(({indicatorId, period}) => indicatorId === "send-appeals" && period === "2021")).toMatchObject({
    periodStartOn: "2021-01-01",
    periodEndOn: "2021-12-31"
  });
});

test("a calendar year is of the council that ran most of it: North Yorkshire's number in 2022 and in 2023", async () => {
  const row = (year: number) => `('SEN_AppealableDec', '${year}', '1.5', 815.0)`;
  expect((await reading(row(2022), row(2023))).map(({gss}) => gss)).toEqual(["E10000023", "E06000065"]);
});

test("youth justice counts in councils that are gone, the tribunal in one before it came: each keeps its own code", () => {
  expect(series("youth-reoffending", "E10000009")).toEqual({"2015-16": 32.67, "2020-21": 26.39, "2023-24": 28.36}); // Dorset's county
  expect(series("send-appeals", "E06000059")["2016"]).toBe(0.8999999999999999); // today's Dorset
  expect(series("youth-reoffending", "E06000059")["2023-24"]).toBe(null);
});

test("England is the line numbered 970, and no region", () => {
  expect(series("social-work-weekly-cost", "E92000001")["2024-25"]).toBe(170);
  expect(every.filter(({value, period}) => value === 150 && period === "2024-25")).toEqual([]); // North West, 981
});

test("one number, two codes: North Yorkshire from the year to March 2024 on", () => {
  expect(Object.keys(of("E10000023"))).toEqual(
    expect.arrayContaining(["2016-17", "2017-18", "2018-19", "2019-20", "2020-21", "2021-22", "2022-23"])
  );
  expect(Object.keys(of("E10000023"))).toHaveLength(7);
  expect(Object.keys(of("E06000065")).sort()).toEqual(["2023-24", "2024-25"]);
});

test("the dash of a council that did not exist in a year is no observation", () => {
  expect(of("E06000061")).toEqual({"2021-22": 5650, "2022-23": 6910, "2023-24": 7525, "2024-25": 8085}); // North Northamptonshire
  expect(Object.keys(of("E10000021")).sort()).toEqual(["2016-17", "2017-18", "2018-19", "2019-20", "2020-21"]); // Northamptonshire
  expect(of("E06000063")).toEqual({"2023-24": null, "2024-25": 6750}); // Cumberland existed in 2023-24, without a figure
  expect(Object.keys(of("E10000009")).sort()).toEqual(["2016-17", "2017-18", "2018-19"]); // Dorset as a county
});

test("the position is the row of the file", async () => {
  const [one] = await reading(
    "('ReReferral', '2024', '20', 330.0)",
    "('RescareFinance', '2024-25 (OT)', '6020', 330.0)"
  );
  expect(one?.position).toBe("row 2");
});

test("a council's number may be text", async () => {
  const [one] = await reading("('RescareFinance', '2024-25 (OT)', '6020', '330')");
  expect(one?.gss).toBe("E08000025");
});

test("a figure for a council that the code table does not have in that year is refused", async () => {
  await expect(reading("('RescareFinance', '2024-25 (OT)', '6020', 909.0)")).rejects.toThrow(
    "row 1: council number 909 has a figure for 2024-25, but no code in data/reference/dfe_la_codes.csv"
  );
  await expect(reading("('RescareFinance', '2025-26 (OT)', '6020', 330.0)")).rejects.toThrow(
    /number 330 has a figure for 2025-26/
  );
});

test("a planned budget, a word for a figure and a missing number are refused with their row", async () => {
  await expect(reading("('RescareFinance', '2024-25 (PL)', '6020', 330.0)")).rejects.toThrow(
    'row 1: "2024-25 (PL)" is not the outturn of a financial year such as 2016-17 (OT)'
  );
  await expect(reading("('RescareFinance', '2024-25 (OT)', 'dear', 330.0)")).rejects.toThrow(
    'row 1: "dear" is neither a number nor one of the symbols'
  );
  await expect(reading("('RescareFinance', '2024-25 (OT)', '6020', null)")).rejects.toThrow(
    'row 1: "" is not a council\'s number'
  );
});

test("a council that stands twice in a year, and a file without the line, are refused", async () => {
  const row = "('RescareFinance', '2024-25 (OT)', '6020', 330.0)";
  await expect(reading(row, row)).rejects.toThrow("row 2: E08000025 in 2024-25 stands on row 1 already");
  await expect(reading("('ReReferral', '2024', '20', 330.0)")).rejects.toThrow(
    /no rows with a short description of RescareFinance, /
  );
});

test("a Parquet file of other columns is not taken for it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "contract-scale-s251-"));
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(
    `copy (select 'Short Desc' as x, 1 as "Years") to '${join(folder, "x.parquet")}' (format parquet)`
  );
  expect(section251.recognises(recognise(readFileSync(join(folder, "x.parquet"))))).toBe(false);
  rmSync(folder, {recursive: true, force: true});
});

test("in the code table a number means one code in a year, and a code one number", () => {
  const {rows} = readCsv(readFileSync(join(ROOT, "data/reference/dfe_la_codes.csv")));
  const spans = rows
    .map(({cells}) => cells)
    .map(({la_number, gss, first_year, last_year}) => ({
      la_number,
      gss,
      first: Number(first_year),
      last: Number(last_year)
    }));
  const overlaps = spans.flatMap((one, i) =>
    spans
      .slice(i + 1)
      .filter(
        (other) =>
          (one.la_number === other.la_number || one.gss === other.gss) &&
          one.first <= other.last &&
          other.first <= one.last
      )
  );
  expect(overlaps).toEqual([]);
  const inYear = (year: number) => spans.filter(({first, last}) => first <= year && year <= last).length;
  expect([2013, 2019, 2020, 2021, 2022, 2023, 2024, 2025].map(inYear)).toEqual([
    152, 152, 151, 151, 152, 152, 153, 153
  ]);
});

const INDICATORS = join(ROOT, "../shared/data/indicators");
const WHOLE = join(INDICATORS, "dfe-lait/bds_long_0.parquet");
const REFERRALS = join(
  INDICATORS,
  "dfe-csc-outcomes-enablers/c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv"
);
const absent = existsSync(WHOLE) ? "" : " (not run: the whole files are not at hand)";

test.skipIf(absent !== "")(`the whole file: councils, figures and their sum, year by year${absent}`, async () => {
  const all = (await read(WHOLE)).filter(
    ({gss, indicatorId}) => gss !== "E92000001" && indicatorId === "residential-weekly-cost"
  );
  const years = [...new Set(all.map(({period}) => period))].sort();
  const summary = years.map((year) => {
    const rows = all.filter(({period}) => period === year);
    const values = rows.flatMap(({value}) => value ?? []);
    return [year, rows.length, values.length, values.reduce((sum, value) => sum + value, 0)];
  });
  expect(summary).toEqual([
    ["2016-17", 152, 150, 517_535],
    ["2017-18", 152, 150, 544_225],
    ["2018-19", 152, 150, 584_820],
    ["2019-20", 151, 149, 625_880],
    ["2020-21", 151, 150, 687_310],
    ["2021-22", 152, 151, 775_945],
    ["2022-23", 152, 151, 938_725],
    ["2023-24", 153, 150, 1_064_615],
    ["2024-25", 153, 150, 1_154_615]
  ]);
});

test.skipIf(absent !== "")(`the code table is what the Department's own file says, year by year${absent}`, () => {
  const published = readCsv(readFileSync(REFERRALS))
    .rows.filter(({cells}) => cells.geographic_level === "Local authority")
    .map(({cells}) => `${cells.old_la_code} ${cells.time_period} ${cells.new_la_code}`);
  const ours = readCsv(readFileSync(join(ROOT, "data/reference/dfe_la_codes.csv"))).rows.flatMap(({cells}) => {
    const years = Array.from(
      {length: Number(cells.last_year) - Number(cells.first_year) + 1},
      (_, i) => Number(cells.first_year) + i
    );
    return years.map((year) => `${cells.la_number} ${year} ${cells.gss}`);
  });
  expect(ours.sort()).toEqual(published.sort());
});
