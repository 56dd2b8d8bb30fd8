import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {strFromU8, strToU8, unzipSync, zipSync} from "fflate";
import {expect, test} from "vitest";
import {recognise} from "../../pipeline/formats/recognise.ts";
import type {Observation} from "../../pipeline/indicators/indicator.ts";
import revenueOutturn from "../../pipeline/indicators/revenue-outturn.ts";
import {ROOT} from "../house/imports.ts";

const FIXTURE = join(ROOT, "tests/fixtures/revenue-outturn/rsx-2024-25.ods");
const withEngland = await revenueOutturn.observations(recognise(readFileSync(FIXTURE)));
const onlyCouncils = (all: readonly Observation[]) => all.filter(({gss}) => gss !== "E92000001");
const observations = onlyCouncils(withEngland);
const of = (gss: string, indicatorId: string) =>
  observations.find((one) => one.gss === gss && one.indicatorId === indicatorId);
const value = (gss: string, indicatorId: string) => of(gss, indicatorId)?.value;

/** The recorded workbook with one piece of its XML replaced, wherever it stands. */
function changed(from: string, to: string) {
  const entries = unzipSync(readFileSync(FIXTURE));
  const xml = strFromU8(entries["content.xml"]!);
  expect(xml).toContain(from);
  return recognise(
    zipSync({mimetype: [entries.mimetype!, {level: 0}], "content.xml": strToU8(xml.replaceAll(from, to))})
  );
}

const reading = (from: string, to: string) => () => revenueOutturn.observations(changed(from, to));

test("three indicators for each of 13 service lines, declared from one map, four per child and seven per resident", () => {
  const ids = revenueOutturn.indicators.map(({id}) => id);
  expect(ids).toHaveLength(3 * 13 + 4 + 7);
  for (const prefix of ["running-expenses-", "total-spend-", "net-spend-"])
    expect(ids.filter((id) => id.startsWith(prefix) && !/per-(child|resident)/.test(id))).toHaveLength(13);
  for (const {id, serviceLine, unit, kind, derivedFrom} of revenueOutturn.indicators) {
    expect(id.endsWith(`-${serviceLine}`), id).toBe(true);
    expect(unit).toBe(derivedFrom === undefined ? "pounds-thousand" : "pounds-per-resident");
    expect(kind).toBe(id.startsWith("running-expenses-") ? "context" : "cost");
  }
});

test("what is per child is worked out of a total that is read, in pounds", () => {
  const derived = revenueOutturn.indicators.filter(({derivedFrom}) => derivedFrom !== undefined);
  expect(derived.map(({id, derivedFrom}) => [id, derivedFrom])).toContainEqual([
    "net-spend-per-child-childrens-social-care",
    {indicatorId: "net-spend-childrens-social-care", times: 1000, population: "under-18"}
  ]);
  expect(withEngland.filter(({indicatorId}) => indicatorId.includes("per-child"))).toEqual([]);
});

test("England's line is kept as England's, far above any council's", () => {
  expect(
    withEngland.find(({gss, indicatorId}) => gss === "E92000001" && indicatorId === "running-expenses-education")
  ).toMatchObject({
    value: 27_489_977.33089
  });
});

test("running expenses and net expenditure come from their own columns of the service", () => {
  expect(of("E10000014", "running-expenses-childrens-social-care")).toEqual({
    indicatorId: "running-expenses-childrens-social-care",
    gss: "E10000014",
    period: "2024-25",
    periodStartOn: "2024-04-01",
    periodEndOn: "2025-03-31",
    value: 277_526,
    numerator: null,
    denominator: null,
    missingReason: null,
    position: "RSX_LA_Data_202425!row 14"
  });
  expect(value("E10000014", "net-spend-childrens-social-care")).toBe(314_552);
  expect(value("E10000014", "total-spend-childrens-social-care")).toBe(89_612 + 277_526);
});

test("every service line reads its own service: Sheffield, all thirteen", () => {
  const running = Object.fromEntries(
    observations
      .filter(({gss, indicatorId}) => gss === "E08000019" && indicatorId.startsWith("running-expenses-"))
      .map((one) => [one.indicatorId.replace("running-expenses-", ""), one.value])
  );
  expect(running).toEqual({
    education: 255_483,
    "highways-transport": 78_783,
    "childrens-social-care": 101_575,
    "adult-social-care": 305_545,
    "public-health": 33_677,
    "housing-homelessness": 25_774,
    cultural: 31_233,
    environmental: 65_002,
    planning: 22_541,
    police: 0,
    fire: 0,
    "central-support": 35_876,
    other: 0
  });
});

test("a return that did not come in time is missing with the publisher's symbol, never zero", () => {
  const birmingham = observations.filter(({gss}) => gss === "E08000025");
  expect(birmingham).toHaveLength(39);
  for (const one of birmingham) expect(one).toMatchObject({value: null, missingReason: "[x]"});
});

test("a district's zero for a service it does not run stays the zero it published", () => {
  expect(of("E07000224", "running-expenses-adult-social-care")).toMatchObject({value: 0, missingReason: null});
});

test("negative and fractional figures are read with all their digits", () => {
  expect(value("E07000224", "net-spend-highways-transport")).toBe(-1073.1);
  expect(value("E09000001", "net-spend-highways-transport")).toBe(-2284);
  expect(value("E09000001", "running-expenses-cultural")).toBe(54_145.48);
});

test("councils only: not England, a class, the Greater London Authority or a combined authority", () => {
  expect([...new Set(observations.map(({gss}) => gss))].sort()).toEqual([
    "E06000053",
    "E07000032",
    "E07000223",
    "E07000224",
    "E08000012",
    "E08000019",
    "E08000025",
    "E09000001",
    "E10000014"
  ]);
});

test("the table ends at the second header row: what stands below it is another table, whatever its codes", async () => {
  // The Greater London Authority stands above and below the second header row; here it gets a council's code.
  const all = await revenueOutturn.observations(changed("E12000007", "E09000033"));
  const positions = new Set(all.filter(({gss}) => gss === "E09000033").map(({position}) => position));
  expect([...positions]).toEqual(["RSX_LA_Data_202425!row 13"]);
});

test("the sheet is found by its header row, whatever it is called", async () => {
  const renamed = await revenueOutturn.observations(changed("RSX_LA_Data_202425", "Data"));
  expect(onlyCouncils(renamed)).toHaveLength(9 * 39);
  expect(renamed[0]?.position).toBe("Data!row 8");
});

test("the financial year is the one in the title, and two different ones are refused", async () => {
  const later = await revenueOutturn.observations(changed("2024-25", "2025-26"));
  expect(later[0]).toMatchObject({period: "2025-26", periodStartOn: "2025-04-01", periodEndOn: "2026-03-31"});
  expect(reading("returns 2024-25 - RSX", "returns 2023-24 - RSX")).toThrow(
    /names 2024-25 and 2023-24 above its table/
  );
  expect(reading("2024-25", "this year")).toThrow(/names no financial year above its table/);
  expect(reading("2024-25", "2024-26")).toThrow('"2024-26" is not a year such as 2025');
});

test("figures that are not said to be in £ thousand are refused", () => {
  expect(reading("£ thousand", "£ million")).toThrow(/does not say above its table that figures are in £ thousand/);
});

test("a service that is not there, or stands there twice, is refused with what is there", () => {
  expect(reading("Planning and development services", "Planning")).toThrow(
    /has 0 columns "Planning and development services - Running Expenses", not one; they are E-code; ONS Code/
  );
  expect(reading("Fire and rescue services", "Police services")).toThrow(/has 2 columns "Police services - Running/);
});

test("a note mark in a heading does not hide its column", async () => {
  const marked = changed(
    "Central services - Running Expenses (C2)",
    "Central services [note 2] - Running  Expenses (C2)"
  );
  expect(onlyCouncils(await revenueOutturn.observations(marked))).toHaveLength(9 * 39);
});

test("a word for a figure, and a council that stands there twice, are refused with their row", () => {
  expect(reading('office:value="277526"', 'office:value="277.526.1"')).toThrow(
    'RSX_LA_Data_202425!row 14, Children Social Care - Running Expenses (C2): "277.526.1" is neither a number'
  );
  expect(reading("E07000224", "E07000223")).toThrow(
    "RSX_LA_Data_202425!row 10: E07000223 in 2024-25 stands on RSX_LA_Data_202425!row 8 already"
  );
});

test("a spreadsheet without the table is not taken for it, and says what it has when read all the same", () => {
  const other = changed("ONS Code", "Code");
  expect(revenueOutturn.recognises(other)).toBe(false);
  expect(() => revenueOutturn.observations(other)).toThrow(
    'no sheet has a row with "ONS Code" and "Education services"; the sheets are Front_Page, Notes, LA_drop-down, RSX_LA_Data_202425'
  );
});

const older = await revenueOutturn.observations(
  recognise(readFileSync(join(ROOT, "tests/fixtures/revenue-outturn/rs-2017-18.xlsx")))
);
const ofOlder = (gss: string, indicatorId: string) =>
  older.find((one) => one.gss === gss && one.indicatorId === indicatorId);

test("the older summary in Excel has net expenditure only, one column a service under hidden helper rows", () => {
  expect(new Set(older.map(({indicatorId}) => indicatorId.split("-")[0]))).toEqual(new Set(["net"]));
  expect(ofOlder("E10000020", "net-spend-childrens-social-care")).toMatchObject({
    period: "2017-18",
    value: 131_266,
    position: "RS LA Data 2017-18!row 45"
  });
});

test("a code that the older summary misprints is the council's whose number stands beside it: North Yorkshire", () => {
  expect(ofOlder("E10000023", "net-spend-education")?.value).toBe(412_241);
  expect(older.filter(({gss}) => gss === "E10000022")).toEqual([]);
});

test("in the older summary an ellipsis is a return that did not come, and England has no code", () => {
  expect(ofOlder("E07000029", "net-spend-planning")).toMatchObject({value: null, missingReason: "…"});
  expect(ofOlder("E92000001", "net-spend-education")?.value).toBeCloseTo(32_264_970.299, 3);
  expect(older.filter(({value}) => (value ?? 0) > 6_000_000 && (value ?? 0) < 7_000_000)).toEqual([]); // London boroughs, a class
});

const FOLDER = join(ROOT, "../shared/data/indicators/dfe-csc-outcomes-enablers");
const WHOLE = join(FOLDER, "RSX_LA_Data_2024-25_data_by_LA.ods");
const absent = existsSync(WHOLE) ? "" : " (not run: the whole files are not at hand)";

test.skipIf(absent !== "")(`the whole workbook: 317 councils, 9 without a return${absent}`, async () => {
  const all = onlyCouncils(await revenueOutturn.observations(recognise(readFileSync(WHOLE))));
  expect(all).toHaveLength(317 * 39);
  const missing = new Set(all.filter(({missingReason}) => missingReason === "[x]").map(({gss}) => gss));
  expect([missing.size, all.filter(({value}) => value === null).length]).toEqual([9, 9 * 39]);
  const childrens = all.filter(({indicatorId}) => indicatorId === "running-expenses-childrens-social-care");
  expect(childrens.filter(({value}) => value === 0)).toHaveLength(149); // districts, which do not run it
});

test.skipIf(absent !== "")(`the whole workbook: the lines add up to its own column of totals${absent}`, async () => {
  const all = onlyCouncils(await revenueOutturn.observations(recognise(readFileSync(WHOLE))));
  const sum = (prefix: string) =>
    all.filter(({indicatorId}) => indicatorId.startsWith(prefix)).reduce((total, one) => total + (one.value ?? 0), 0);
  expect(sum("running-expenses-")).toBeCloseTo(97_287_022.3, 2);
  expect(sum("net-spend-")).toBeCloseTo(105_708_028.5, 2);
});

test.skipIf(absent !== "")(`the sub-line workbook of the same year (RO3) is not taken for it${absent}`, () => {
  const file = recognise(readFileSync(join(FOLDER, "RO3_LA_Data_2024-25_data_by_LA.ods")));
  expect(revenueOutturn.recognises(file)).toBe(false);
});

// SYNTHETIC rows under the column names of the data set of many years, as another project gives them
const SERVICES = ["edu", "trans", "csc", "asc", "phs", "hous", "cul", "env", "plan", "pol", "frs", "cen", "oth"];
const variables = SERVICES.flatMap((name) => [`RSX_${name}_run_exp`, `RSX_${name}_tot_exp`, `RS_${name}_net_exp`]);
const series = (...rows: readonly string[]) =>
  recognise(
    new TextEncoder().encode(
      [`year_ending,ONS_code,LA_LGF_code,LA_name,status,LA_class,${variables.join(",")}`, ...rows].join("\n")
    )
  );
const row = (year: string, gss: string, cells: readonly string[]) =>
  `${year},${gss},E0,SYNTHETIC,certified,MD,${cells.join(",")}`;
const cells = (first: string) => variables.map((_, i) => (i === 0 ? first : String(i)));

test("the data set of many years is read by the variables' names: councils and England, year by year", async () => {
  const file = series(
    row("201803", "E08000035", cells("1000")),
    row("202503", "E08000035", cells("[x]")),
    row("202503", "E92000001", cells("70000000")),
    row("202503", "E31000040", cells("5"))
  );
  expect(revenueOutturn.recognises(file)).toBe(true);
  const read = await revenueOutturn.observations(file);
  expect(read).toHaveLength(3 * 39);
  const education = read.filter(({indicatorId}) => indicatorId === "running-expenses-education");
  expect(education).toMatchObject([
    {gss: "E08000035", period: "2017-18", value: 1000},
    {gss: "E08000035", period: "2024-25", value: null, missingReason: "[x]"},
    {gss: "E92000001", period: "2024-25", value: 70_000_000}
  ]);
  expect(read.find(({indicatorId}) => indicatorId === "net-spend-education")?.value).toBe(2);
});

test("a data set in pounds, a year that is none and a variable that is not there are refused", () => {
  const read = (file: ReturnType<typeof series>) => () => revenueOutturn.observations(file);
  expect(read(series(row("202503", "E08000035", cells("450000000"))))).toThrow(/the file may be in pounds/);
  expect(read(series(row("2025", "E08000035", cells("1"))))).toThrow(
    'line 2: "2025" is not a year ending such as 202503'
  );
  const without = recognise(new TextEncoder().encode("year_ending,ONS_code,RSX_edu_run_exp\n202503,E08000035,1\n"));
  expect(read(without)).toThrow('no column "RSX_edu_tot_exp"');
});
