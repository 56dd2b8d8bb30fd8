import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {strFromU8, strToU8, unzipSync, zipSync} from "fflate";
import {expect, test, vi} from "vitest";
import {recognise} from "../../pipeline/formats/recognise.ts";
import type {Observation} from "../../pipeline/indicators/indicator.ts";
import homelessness from "../../pipeline/indicators/statutory-homelessness.ts";
import {ROOT} from "../house/imports.ts";

const path = (name: string) => join(ROOT, "tests/fixtures/statutory-homelessness", name);
const read = async (name: string) => homelessness.observations(recognise(readFileSync(path(name))));
const [in2018, in2024, in2025, in2025ods] = await Promise.all(
  ["2018-q4.xlsx", "2024-q1.xlsx", "2025-q4.xlsx", "2025-q4.ods"].map(read)
);

const of = (all: readonly Observation[] | undefined, indicatorId: string, gss: string) =>
  all?.find((one) => one.indicatorId === indicatorId && one.gss === gss);

const REPEAT = "homelessness-repeat-history";
const PREVENTION = "homelessness-prevention-failed";
const RELIEF = "homelessness-relief-failed";
const TEMPORARY = "homelessness-temporary-accommodation";

/** A recorded workbook with one piece of its XML replaced, wherever it stands. */
function changed(name: string, from: string, to: string) {
  const entries = unzipSync(readFileSync(path(name)));
  const texts = Object.entries(entries).map(([entry, bytes]) => [entry, strFromU8(bytes)] as const);
  expect(
    texts.some(([, xml]) => xml.includes(from)),
    from
  ).toBe(true);
  return recognise(
    zipSync(Object.fromEntries(texts.map(([entry, xml]) => [entry, strToU8(xml.replaceAll(from, to))])))
  );
}
const reading = (name: string, from: string, to: string) => () => homelessness.observations(changed(name, from, to));

test("one workbook carries four measures of one quarter: Leeds, October to December 2025", () => {
  expect(of(in2025, REPEAT, "E08000035")).toEqual({
    indicatorId: REPEAT,
    gss: "E08000035",
    period: "2025-Q4",
    periodStartOn: "2025-10-01",
    periodEndOn: "2025-12-31",
    value: (100 * 28) / 1330,
    numerator: 28,
    denominator: 1330,
    missingReason: null,
    position: "A3!row 156"
  });
  expect(of(in2025, PREVENTION, "E08000035")).toMatchObject({
    value: (100 * 154) / 677,
    numerator: 154,
    denominator: 677
  });
  expect(of(in2025, RELIEF, "E08000035")).toMatchObject({numerator: 836 - 221, denominator: 836});
  expect(of(in2025, TEMPORARY, "E08000035")).toMatchObject({
    value: 2.06345403035984,
    numerator: 732,
    denominator: 354_745
  });
});

test("a column is found by its words wherever it moves: AB in 2018, AD since 2023", () => {
  expect(of(in2018, REPEAT, "E08000035")).toMatchObject({numerator: 68, denominator: 1260, period: "2018-Q4"});
  expect(of(in2024, REPEAT, "E08000035")).toMatchObject({numerator: 25, denominator: 1476, period: "2024-Q1"});
});

test("the quarter comes from the titles, which name it in words or by its last day, and all tables must agree", () => {
  expect(new Set(in2018?.map(({period, periodEndOn}) => `${period} ${periodEndOn}`))).toEqual(
    new Set(["2018-Q4 2018-12-31"])
  );
  expect(new Set(in2024?.map(({period}) => period))).toEqual(new Set(["2024-Q1"]));
  expect(reading("2024-q1.xlsx", "England, 31 March 2024", "England, 30 June 2024")).toThrow(
    "A1 is of 2024-Q1, but TA1 of 2024-Q2: one workbook holds one quarter"
  );
  expect(reading("2024-q1.xlsx", "England, 31 March 2024", "England, 30 March 2024")).toThrow(
    /TA1: the title names no quarter .*: "Table TA1/
  );
});

test("the same quarter in the other format reads the same", () => {
  const rounded = ({value, ...rest}: Observation) => ({...rest, value: value === null ? null : value.toPrecision(12)});
  expect(in2025ods?.map(rounded)).toEqual(in2025?.map(rounded));
});

test("two dots are a council without a return, a dash a breakdown withheld; what is stated beside them stays", () => {
  expect(of(in2018, REPEAT, "E06000053")).toMatchObject({value: null, denominator: null, missingReason: ".."});
  expect(of(in2018, REPEAT, "E07000193")).toMatchObject({
    value: null,
    numerator: null,
    denominator: 70,
    missingReason: "-"
  });
  expect(of(in2018, TEMPORARY, "E08000035")).toMatchObject({value: null, denominator: 331_633, missingReason: ".."});
});

test("a published zero is zero, and a rate of nothing is no rate", () => {
  expect(of(in2018, REPEAT, "E07000223")).toMatchObject({value: 0, numerator: 0, denominator: 38});
  expect(of(in2024, RELIEF, "E06000053")).toMatchObject({
    value: null,
    numerator: 0,
    denominator: 0,
    missingReason: "denominator is 0"
  });
  expect(of(in2024, TEMPORARY, "E06000053")).toMatchObject({value: 0, numerator: 0, denominator: 800});
});

test("England's published figures are kept as England's; regions and the rest of England are left out", () => {
  expect(of(in2025, REPEAT, "E92000001")).toMatchObject({numerator: 6890, denominator: 76_270});
  expect(of(in2025, TEMPORARY, "E92000001")?.value).toBe(5.49134461634646);
  expect(in2025?.every(({gss}) => /^E(0[6-9]|10|92)/.test(gss))).toBe(true);
});

test("helper rows with other headings, hidden or shown by whoever saved the file, and a sheet with a list of tables, change nothing", async () => {
  // Hidden rows call the same columns "Grand Total" and "Secured accommodation", and some of them twice.
  const shown = await homelessness.observations(changed("2024-q1.xlsx", 'hidden="1"', 'hidden="0"'));
  expect(shown).toEqual(in2024);
});

test("a renamed sheet is found by the title in it, a wrong title not by its sheet's name", async () => {
  const renamed = await homelessness.observations(changed("2025-q4.xlsx", 'name="A3"', 'name="Table_A3_(new)"'));
  expect(of(renamed, REPEAT, "E08000035")?.position).toBe("Table_A3_(new)!row 156");
  const wrong = changed("2025-q4.xlsx", "Table A3 ", "Table A9 ");
  expect(homelessness.recognises(wrong)).toBe(false);
  expect(() => homelessness.observations(wrong)).toThrow('no sheet is titled "Table A3" with councils in it');
});

test("a heading that is not there, or twice, is refused with the sheet and what stands there", () => {
  expect(reading("2025-q4.xlsx", "History of repeat homelessness", "Homeless before")).toThrow(
    /^A3 has 0 columns whose heading fits history of repeat homelessness, not one; the headings are .*"Homeless before"/
  );
  expect(reading("2025-q4.xlsx", "History of rough sleeping", "History of repeat homelessness")).toThrow(
    /^A3 has 2 columns whose heading fits/
  );
});

test("a council that stands twice in a table is refused with its row", () => {
  expect(reading("2025-q4.xlsx", "E07000224", "E07000223")).toThrow(/A1!row \d+: E07000223 stands there a second time/);
});

test("a table without many of the councils that the others have is refused: it was cut or misread", () => {
  const entries = unzipSync(readFileSync(path("2025-q4.xlsx")));
  const part = "xl/worksheets/sheet3.xml"; // P1
  const cut = strFromU8(entries[part]!).replace(/<row r="(?:20|21|101|147|157|314)"[^>]*>.*?<\/row>/gs, "");
  const file = recognise(zipSync({...entries, [part]: strToU8(cut)}));
  expect(() => homelessness.observations(file)).toThrow(/^P1 has \d+ councils, the other tables have \d+/);
});

test("a workbook that names no quarter above its tables is refused", async () => {
  const below = changed("2025-q4.xlsx", "England, October to December 2025", "England").bytes;
  expect(() => homelessness.observations(recognise(below))).toThrow(/names no quarter/);
});

test("a rate of the publisher that does not follow from its counts is a column misread", () => {
  expect(
    reading("2018-q4.xlsx", "Total number of households in TA with children", "Total number of households in TA")
  ).toThrow(/TA1 - Oct-Dec 18 has 2 columns/);
});

vi.setConfig({testTimeout: 60_000}); // whole workbooks of two megabytes each

const FOLDER = join(ROOT, "../shared/data/indicators/mhclg-homelessness-hclic");
const absent = existsSync(FOLDER) ? "" : " (not run: the whole workbooks are not at hand)";

test.skipIf(absent !== "")(`whole workbooks of six quarters: every council, and what is missing${absent}`, async () => {
  const counts: Record<string, number[]> = {};
  for (const name of readdirSync(FOLDER).filter((file) => file.endsWith(".xlsx"))) {
    const all = await homelessness.observations(recognise(readFileSync(join(FOLDER, name))));
    const repeat = all.filter(({indicatorId, gss}) => indicatorId === REPEAT && gss !== "E92000001");
    const reasons = ["..", "-"].map((symbol) => repeat.filter(({missingReason}) => missingReason === symbol).length);
    counts[repeat[0]!.period] = [repeat.length, ...reasons];
  }
  // councils, without a return, withheld: counted by another reader of the same files
  expect(counts).toEqual({
    "2018-Q4": [326, 7, 9],
    "2024-Q1": [296, 4, 3],
    "2024-Q3": [296, 5, 3],
    "2025-Q1": [296, 2, 4],
    "2025-Q3": [296, 5, 2],
    "2025-Q4": [296, 2, 2]
  });
});

test.skipIf(absent !== "")(
  `England is not the sum of its councils: 6,890 against 6,725 at the end of 2025${absent}`,
  async () => {
    const name = "Statutory_Homelessness_Detailed_Local_Authority_Data_202512.xlsx";
    const all = await homelessness.observations(recognise(readFileSync(join(FOLDER, name))));
    const councils = all.filter(({indicatorId, gss}) => indicatorId === REPEAT && gss !== "E92000001");
    expect(councils.reduce((sum, {numerator}) => sum + (numerator ?? 0), 0)).toBe(6725);
  }
);
