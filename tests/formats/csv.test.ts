import {expect, test} from "vitest";
import {columnNamed, csvHeader, readCsv} from "../../pipeline/formats/csv.ts";
import {LayoutError} from "../../pipeline/formats/layoutError.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test("reads rows by column name and tells the line each ends on", () => {
  const table = readCsv(bytes('gss,name\nE08000016,Barnsley\nE06000019,"Herefordshire, County of"\n'));
  expect(table.header).toEqual(["gss", "name"]);
  expect(table.rows).toEqual([
    {line: 2, cells: {gss: "E08000016", name: "Barnsley"}},
    {line: 3, cells: {gss: "E06000019", name: "Herefordshire, County of"}}
  ]);
});

test("a byte-order mark is not part of the first column's name", () => {
  const table = readCsv(bytes("\ufefftime_period,x\r\n2025,1\r\n"));
  expect(table.header).toEqual(["time_period", "x"]);
  expect(table.rows[0]?.cells).toEqual({time_period: "2025", x: "1"});
});

test("a quoted cell may hold a line break: the rows after it keep the lines they stand on", () => {
  expect(readCsv(bytes('a,b\n"1\n2",3\n4,5\n')).rows.map(({line}) => line)).toEqual([3, 4]);
});

test("a quoted empty cell and an empty cell are both an empty text", () => {
  expect(readCsv(bytes('a,b,c\n"",,1\n')).rows[0]?.cells).toEqual({a: "", b: "", c: "1"});
});

test("a header without rows is a table without rows", () => {
  expect(readCsv(bytes("a,b\n"))).toEqual({header: ["a", "b"], rows: []});
});

test("a ragged row is refused with its line, whether too short or too long", () => {
  expect(() => readCsv(bytes("a,b\n1,2\n1\n"))).toThrow(/columns length is 2, got 1 on line 3/);
  expect(() => readCsv(bytes("a,b\n1,2,3\n"))).toThrow(/columns length is 2, got 3 on line 2/);
  expect(() => readCsv(bytes("a,b\n1,2,3\n"))).toThrow(LayoutError);
});

test("an open quote is refused, not read to the end of the file", () => {
  expect(() => readCsv(bytes('a,b\n"1,2\n3,4\n'))).toThrow(/the CSV is damaged: Quote Not Closed/);
});

test("bytes that are not UTF-8 are refused, not replaced", () => {
  const latin1 = Uint8Array.from([...bytes("name\nRh"), 0xf4, ...bytes("ne\n")]);
  expect(() => readCsv(latin1)).toThrow(new LayoutError("the CSV is not valid UTF-8"));
});

test("two columns of one name are refused: the first would vanish", () => {
  expect(() => readCsv(bytes("gss,value,value\nE08000016,1,2\n"))).toThrow('the CSV has two columns "value"');
});

test("the header alone is read from a file whose later rows are damaged, and is null for what is no CSV", () => {
  expect(csvHeader(bytes('\ufeffa,"b c"\r\n1\n'))).toEqual(["a", "b c"]);
  expect(csvHeader(Uint8Array.from([0x61, 0xff, 0x0a]))).toBeNull();
  expect(csvHeader(bytes('a,"b\n1,2\n'))).toBeNull();
});

test("a column is found under any of its names, and a missing one lists what is there", () => {
  const table = readCsv(bytes("time_period,Referrals\n"));
  expect(columnNamed(table, "referral_count", "Referrals")).toBe("Referrals");
  expect(columnNamed(table, "Time Period")).toBe("time_period"); // as another release would write it
  expect(() => columnNamed(table, "referral", "count")).toThrow(
    'no column "referral" or "count"; the columns are time_period, Referrals'
  );
});

test("more columns than a spreadsheet has are refused before anything is made of them", () => {
  const header = Array.from({length: 16_385}, (_, i) => `c${i}`).join(",");
  expect(() => readCsv(new TextEncoder().encode(`${header}\n${header}\n`))).toThrow(
    "the CSV has 16,385 columns; at most 16,384 are read"
  );
});
