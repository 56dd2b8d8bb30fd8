import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {strToU8, type Zippable, zipSync} from "fflate";
import {expect, test} from "vitest";
import {LayoutError} from "../../pipeline/formats/layoutError.ts";
import {readOds} from "../../pipeline/formats/ods.ts";
import {readXlsx} from "../../pipeline/formats/xlsx.ts";
import {ROOT} from "../house/imports.ts";

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

interface Parts {
  readonly sheet?: string; // the XML of its only sheet
  readonly strings?: string; // <si> elements
  readonly styles?: string; // inside <styleSheet>
  readonly workbook?: string; // before <sheets>
  readonly target?: string;
  readonly more?: Zippable;
}

function xlsx({
  sheet = "",
  strings = "",
  styles = "",
  workbook = "",
  target = "worksheets/sheet1.xml",
  more = {}
}: Parts) {
  return zipSync({
    "[Content_Types].xml": strToU8("<Types/>"),
    "xl/workbook.xml": strToU8(
      `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}">${workbook}<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`
    ),
    "xl/_rels/workbook.xml.rels": strToU8(
      `<Relationships><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="${target}"/></Relationships>`
    ),
    "xl/sharedStrings.xml": strToU8(`<sst xmlns="${MAIN}">${strings}</sst>`),
    "xl/styles.xml": strToU8(`<styleSheet xmlns="${MAIN}">${styles}</styleSheet>`),
    "xl/worksheets/sheet1.xml": strToU8(`<worksheet xmlns="${MAIN}">${sheet}</worksheet>`),
    ...more
  });
}

const data = (rows: string, after = "") => `<sheetData>${rows}</sheetData>${after}`;
const rowsOf = (rows: string, parts: Parts = {}, after = "") =>
  readXlsx(xlsx({...parts, sheet: data(rows, after)}))[0]!.rows;
const cellsOf = (cells: string, parts: Parts = {}) => rowsOf(`<row r="1">${cells}</row>`, parts)[0]?.cells;

test("a number is what the file stores, with all its digits", () => {
  expect(cellsOf('<c r="A1"><v>3.5973673506315285</v></c><c r="B1"><v>-1E-2</v></c>')).toEqual([
    "3.5973673506315285",
    "-1E-2"
  ]);
});

test("a formula is not run: its stored result is read, and no formula text", () => {
  expect(cellsOf('<c r="A1"><f>SUM(B1:B2)</f><v>7</v></c><c r="B1" t="str"><f>A2</f><v>seven</v></c>')).toEqual([
    "7",
    "seven"
  ]);
});

test("shared text is found by number, its runs joined, guides to pronunciation and marks of encoding gone", () => {
  const strings = `<si><t xml:space="preserve"> a</t></si><si><r><t>Owed</t></r><r><rPr/><t>1,2</t></r><rPh><t>oud</t></rPh></si><si><t>x_x000D_y</t></si>`;
  const cell = (place: string, index: number) => `<c r="${place}" t="s"><v>${index}</v></c>`;
  expect(cellsOf(cell("A1", 1) + cell("B1", 0) + cell("C1", 2), {strings})).toEqual(["Owed1,2", " a", "x\ry"]);
  expect(() => cellsOf(cell("A1", 3), {strings})).toThrow("S row 1: refers to text number 3 of 3");
});

test("inline text, truth values, errors and ISO dates are read as text", () => {
  const cells =
    '<c r="A1" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c><c r="B1" t="b"><v>1</v></c>' +
    '<c r="C1" t="e"><v>#N/A</v></c><c r="D1" t="d"><v>2025-03-31</v></c><c r="E1" t="b"><v>0</v></c>';
  expect(cellsOf(cells)).toEqual(["inline", "true", "#N/A", "2025-03-31", "false"]);
});

// Day numbers from the standard: 1 is 1 January 1900, 60 the 29 February 1900 that never was, 45747 is 31 March 2025.
test("a number with a date's format is a day, one with a time's format a time", () => {
  const styles = `<numFmts><numFmt numFmtId="164" formatCode="[$-809]d\\ mmmm\\ yyyy"/><numFmt numFmtId="165" formatCode="#,##0&quot; days&quot;"/><numFmt numFmtId="166" formatCode="[h]:mm"/></numFmts>
    <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="22"/><xf numFmtId="166"/></cellXfs>`;
  const cell = (place: string, style: number, value: string) => `<c r="${place}" s="${style}"><v>${value}</v></c>`;
  const cells =
    cell("A1", 0, "45747") +
    cell("B1", 1, "45747") +
    cell("C1", 2, "45747") +
    cell("D1", 3, "45747") +
    cell("E1", 4, "45747.4375") +
    cell("F1", 5, "1.5") +
    cell("G1", 1, "1") +
    cell("H1", 1, "61");
  expect(cellsOf(cells, {styles})).toEqual([
    "45747",
    "2025-03-31",
    "2025-03-31",
    "45747",
    "2025-03-31T10:30:00",
    "PT36H00M00S",
    "1900-01-01",
    "1900-03-01"
  ]);
  const mac = {styles, workbook: '<workbookPr date1904="1"/>'};
  expect(cellsOf(cell("A1", 1, "44285"), mac)).toEqual(["2025-03-31"]); // 1,462 days fewer
});

test("a cell stands where it says, blanks before it are kept and those at the end left out", () => {
  expect(rowsOf('<row r="3"><c r="C3"><v>1</v></c><c r="F3" t="str"><v></v></c></row><row r="9"/>')).toEqual([
    {number: 3, cells: ["", "", "1"]}
  ]);
});

test("rows and cells without a place follow the one before", () => {
  expect(
    rowsOf('<row><c><v>1</v></c><c><v>2</v></c></row><row r="7"><c><v>3</v></c></row><row><c><v>4</v></c></row>')
  ).toEqual([
    {number: 1, cells: ["1", "2"]},
    {number: 7, cells: ["3"]},
    {number: 8, cells: ["4"]}
  ]);
});

test("hidden rows are read, and say that they are hidden", () => {
  const rows =
    '<row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="false"><c r="A2"><v>2</v></c></row>';
  expect(rowsOf(rows)).toEqual([
    {number: 1, cells: ["1"], isHidden: true},
    {number: 2, cells: ["2"]}
  ]);
});

test("of merged cells only the first holds anything, whatever the file kept beneath", () => {
  const rows =
    '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row><row r="2"><c r="A2"><v>4</v></c><c r="B2"><v>5</v></c></row>';
  const merged = '<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>';
  expect(rowsOf(rows, {}, merged)).toEqual([{number: 1, cells: ["1", "", "3"]}]);
});

test("names with a prefix and targets from the root are understood", () => {
  const sheet = `<x:worksheet xmlns:x="${MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>`;
  const file = xlsx({target: "/xl/worksheets/other.xml", more: {"xl/worksheets/other.xml": strToU8(sheet)}});
  expect(readXlsx(file)).toEqual([{name: "S", rows: [{number: 1, cells: ["5"]}]}]);
});

test("only the wanted sheets are read, by name", () => {
  expect(readXlsx(xlsx({sheet: data("")}), (name) => name === "T")).toEqual([]);
});

test("a sheet on another machine is not asked for", () => {
  const rels = `<Relationships><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="https://example.org/s.xml" TargetMode="External"/></Relationships>`;
  expect(readXlsx(xlsx({more: {"xl/_rels/workbook.xml.rels": strToU8(rels)}}))).toEqual([]);
});

test("a document type is refused in every part: no entity multiplies, none is fetched", () => {
  const bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>';
  const outside = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>';
  for (const part of ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"])
    for (const xml of [bomb, outside])
      expect(() => readXlsx(xlsx({more: {[part]: strToU8(xml)}})), part).toThrow(`${part} declares a document type`);
  expect(() => readXlsx(xlsx({sheet: data("&b;")}))).toThrow(/not well-formed: .*entity/);
});

test("an entry that inflates more than 200 times is refused before it is inflated, wanted or not", () => {
  const zeros = new Uint8Array(8 * 1024 * 1024);
  expect(() => readXlsx(xlsx({more: {"xl/worksheets/sheet1.xml": zeros}}))).toThrow(
    /"xl\/worksheets\/sheet1\.xml" would inflate from \d+ to 8388608 bytes, more than 200 times/
  );
  expect(() => readXlsx(xlsx({more: {"xl/media/image1.png": zeros}}))).toThrow(
    /"xl\/media\/image1\.png" would inflate/
  );
});

test("cells where no spreadsheet has one are refused with their place", () => {
  expect(() => cellsOf('<c r="XFE1"><v>1</v></c>')).toThrow("S row 1: more than 16384 columns");
  expect(() => cellsOf('<c r="1A"><v>1</v></c>')).toThrow('"1A" is not a cell of a spreadsheet such as B7');
  expect(() => rowsOf('<row r="1048577"><c><v>1</v></c></row>')).toThrow('"1048577" is not a row of a spreadsheet');
});

test("a damaged zip, missing parts, cut XML and text that is not UTF-8 are each refused in a sentence", () => {
  expect(() => readXlsx(xlsx({}).slice(0, 300))).toThrow(/zip is damaged/);
  expect(() => readXlsx(zipSync({"xl/other.xml": strToU8("<x/>")}))).toThrow("the workbook has no xl/workbook.xml");
  expect(() => readXlsx(xlsx({target: "worksheets/gone.xml"}))).toThrow(
    'the workbook names a sheet "S" but has no xl/worksheets/gone.xml'
  );
  expect(() => readXlsx(xlsx({sheet: "<sheetData><row>"}))).toThrow(/sheet1\.xml is not well-formed/);
  const wrong = {"xl/worksheets/sheet1.xml": Uint8Array.from([0x3c, 0x61, 0x3e, 0xff])};
  expect(() => readXlsx(xlsx({more: wrong}))).toThrow(LayoutError);
});

const FOLDER = join(ROOT, "../shared/data/indicators/mhclg-homelessness-hclic");
const NAME = "Statutory_Homelessness_Detailed_Local_Authority_Data_202512";
const absent = existsSync(FOLDER) ? "" : " (not run: the whole workbooks are not at hand)";

test.skipIf(absent !== "")(
  `a real workbook in both formats holds the same in 44 sheets, cell by cell${absent}`,
  () => {
    const asExcel = readXlsx(readFileSync(join(FOLDER, `${NAME}.xlsx`)));
    const asOpenDocument = readOds(readFileSync(join(FOLDER, `${NAME}.ods`)));
    expect(asExcel.map(({name}) => name)).toEqual(asOpenDocument.map(({name}) => name));
    const plain = (cell: string) =>
      /^-?[\d.]+(E-?\d+)?$/.test(cell) ? String(Number(Number(cell).toPrecision(9))) : cell;
    const midnight = (cell: string) => cell.replace("T00:00:00", "");
    for (const [i, {name, rows}] of asExcel.entries()) {
      const seen = rows.map(({cells, ...row}) => ({...row, cells: cells.map(plain).map(midnight)}));
      expect(seen, name).toEqual(
        asOpenDocument[i]!.rows.map(({cells, ...row}) => ({...row, cells: cells.map(plain).map(midnight)}))
      );
    }
  },
  60_000
);
