import {expect, test} from "vitest";
import type {Sheet} from "../../pipeline/formats/sheet.ts";
import {assertRatesAgree, figure, rateOf, type Stated} from "../../pipeline/indicators/reading/figures.ts";
import {columnOf, headedTable, heading} from "../../pipeline/indicators/reading/headedTable.ts";
import {financialYear, lastYearOf, quarterIn} from "../../pipeline/indicators/reading/periods.ts";

test.each([
  "c",
  "u",
  "x",
  "z",
  "k",
  "low",
  "..",
  ".",
  "-",
  ":",
  "[x]",
  "[z]",
  "[c]",
  "[low]",
  "…",
  "...",
  "*",
  "~",
  "—",
  "n/a"
])("the symbol %s is a reason beside no number, never a zero", (symbol) => {
  expect(figure(symbol, "row 1")).toEqual({number: null, symbol, decimals: 0});
  expect(figure(` ${symbol} `, "row 1").symbol).toBe(symbol);
});

test("numbers are read whole: signs, fractions, powers of ten and grouped thousands", () => {
  expect(["0", "-12.50", "1.5E-3", "1,234,567.8"].map((cell) => figure(cell, "").number)).toEqual([
    0, -12.5, 0.0015, 1234567.8
  ]);
  expect(figure("20.0", "").decimals).toBe(1);
});

test.each(["1,23", "12%", "£5", "?", "#N/A", "1 234", "5 [z]", "[?]"])(
  "%s is refused with its place: a new symbol is for a person",
  (cell) => {
    expect(() => figure(cell, "S!row 9")).toThrow(`S!row 9: "${cell}" is neither a number nor one of the symbols`);
  }
);

test("a mark behind a number leaves the number: revised, provisional, estimated, with a note", () => {
  expect(
    ["1,204 [r]", "7[p]", "0.5 [e]", "3 [b]", "12 [note 4]", "12 [Note 4, 5]"].map((cell) => figure(cell, "").number)
  ).toEqual([1204, 7, 0.5, 3, 12, 12]);
});

test("an empty cell says that it is empty", () => {
  expect([figure("", ""), figure(undefined, ""), figure("  ", "")].map(({symbol}) => symbol)).toEqual([
    "empty",
    "empty",
    "empty"
  ]);
});

test("a rate of what is withheld takes its reason from there, the numerator's first; of nothing there is none", () => {
  const [withheld, none, ten, zero] = ["c", "..", "10", "0"].map((cell) => figure(cell, ""));
  expect(rateOf(withheld!, none!, 100)).toEqual({value: null, missingReason: "c"});
  expect(rateOf(ten!, none!, 100)).toEqual({value: null, missingReason: ".."});
  expect(rateOf(zero!, zero!, 100)).toEqual({value: null, missingReason: "denominator is 0"});
  expect(rateOf(zero!, ten!, 100)).toEqual({value: 0, missingReason: null});
});

test("one odd rate in twenty is the publisher's, more is a column misread", () => {
  const row = (published: string, i: number): Stated => ({
    published: figure(published, ""),
    numerator: figure("1", ""),
    denominator: figure("4", ""),
    where: `line ${i}`
  });
  const rows = (wrong: number) => Array.from({length: 40}, (_, i) => row(i < wrong ? "26" : "25", i + 1));
  expect(() => assertRatesAgree(rows(2), 100, 0)).not.toThrow();
  expect(() => assertRatesAgree(rows(3), 100, 0)).toThrow("line 1: 1 of 4 is 25.00 %, but the file says 26 %");
});

test.each([
  ["2025", 2025],
  ["202425", 2025],
  ["2024-25", 2025],
  ["2024 to 2025", 2025],
  ["2024–2025", 2025],
  ["2024/25", 2025],
  ["2024-2025", 2025],
  ["1999-00", null],
  ["2024-26", null],
  ["latest", null]
])("the year %s ends in %s", (text, end) => {
  expect(lastYearOf(text)).toBe(end);
});

test("a year that is none is refused with its place", () => {
  expect(() => financialYear("2024-26", "row 3")).toThrow('row 3: "2024-26" is not a year such as 2025 or 202425');
});

test.each([
  ["England, October to December 2018", "2018-Q4"],
  ["England, April to\nJune 2018 (revised)", "2018-Q2"],
  ["England, 31st March 2025", "2025-Q1"],
  ["England, 30 September 2024", "2024-Q3"],
  ["England, 30 March 2024", null],
  ["England, 31 October 2024", null],
  ["England, 2024", null]
])("%s is %s", (title, period) => {
  expect(quarterIn(title)?.period ?? null).toBe(period);
});

test.each([
  ["Total initial assessments1,2,6", "Total initial assessments"],
  ["Homeless - \nRelief duty owed4", "Homeless - Relief duty owed"],
  ["Number of households\n in area5 (000s)", "Number of households in area (000s)"],
  [
    "Number of households (2016-based household projections for 2018)3  (000s)",
    "Number of households (2016-based household projections for 2018) (000s)"
  ],
  ["Care leaver aged 21+ years", "Care leaver aged 21+ years"],
  ["Secured \naccommodation for 6+ months3", "Secured accommodation for 6+ months"],
  ["Central services [note 2] - Running  Expenses (C2)", "Central services - Running Expenses (C2)"]
])("the heading %j without its marks is %j", (printed, plain) => {
  expect(heading(printed)).toBe(plain);
});

const sheet = (...rows: Sheet["rows"]): Sheet => ({name: "A3", rows});
const place = {number: 9, cells: ["E92000001", "ENGLAND", "5"]};

test("what stands above a column is what a reader sees there, top to bottom", () => {
  const table = headedTable(
    sheet(
      {number: 1, cells: ["Table A3  of things"]},
      {number: 2, cells: ["", "", "Helper word"], isHidden: true},
      {number: 3, cells: ["", "", "Assessed as owed a duty"]},
      {number: 4, cells: ["", "", "Total1,2"]},
      place
    )
  );
  expect(table).toMatchObject({
    title: "Table A3 of things",
    above: "Table A3 of things Assessed as owed a duty Total1,2",
    codeColumn: 0
  });
  expect(table?.headings[2]).toEqual(["Assessed as owed a duty", "Total"]);
  expect(columnOf(table!, /owed a duty total/i)).toBe(2);
  expect(() => columnOf(table!, /helper/i)).toThrow(
    /A3 has 0 columns whose heading fits helper, not one; the headings are "Assessed/
  );
});

test("a sheet without a place is no table", () => {
  expect(headedTable(sheet({number: 1, cells: ["Notes"]}))).toBe(null);
});

test("a hidden row's words above another column are no heading", () => {
  const sheet: Sheet = {
    name: "A3",
    rows: [
      {number: 1, cells: ["Table A3"]},
      {number: 2, cells: ["", "", "Repeat homelessness", ""], isHidden: true},
      {number: 3, cells: ["", "", "Something else", "Repeat homelessness"]},
      {number: 4, cells: ["E08000035", "Leeds", "1", "2"]}
    ]
  };
  expect(columnOf(headedTable(sheet)!, /repeat homelessness/i)).toBe(3);
});
