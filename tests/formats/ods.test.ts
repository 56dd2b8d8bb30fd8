import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {strToU8, type Zippable, zipSync} from "fflate";
import {expect, test} from "vitest";
import {LayoutError} from "../../pipeline/formats/layoutError.ts";
import {readOds} from "../../pipeline/formats/ods.ts";
import {ROOT} from "../house/imports.ts";

const NAMESPACES = ["office", "table", "text", "draw"]
  .map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .join(" ");

const document = (tables: string, prolog = "") =>
  `<?xml version="1.0" encoding="UTF-8"?>${prolog}<office:document-content ${NAMESPACES}><office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document-content>`;

const ods = (content: string | Uint8Array, more: Zippable = {}) =>
  zipSync({
    mimetype: [strToU8("application/vnd.oasis.opendocument.spreadsheet"), {level: 0}],
    "content.xml": typeof content === "string" ? strToU8(content) : content,
    ...more
  });

const rowsOf = (rows: string) => readOds(ods(document(`<table:table table:name="S">${rows}</table:table>`)))[0]!.rows;
const row = (cells: string, attributes = "") => `<table:table-row ${attributes}>${cells}</table:table-row>`;
const text = (words: string, attributes = "") =>
  `<table:table-cell office:value-type="string" ${attributes}><text:p>${words}</text:p></table:table-cell>`;
const number = (value: string, shown: string) =>
  `<table:table-cell office:value-type="float" office:value="${value}"><text:p>${shown}</text:p></table:table-cell>`;
const blanks = (count: number) => `<table:table-cell table:number-columns-repeated="${count}"/>`;

test("a number is what the file stores, not the rounded one it shows", () => {
  expect(rowsOf(row(number("1101.9000000000001", "1,102")))).toEqual([{number: 1, cells: ["1101.9000000000001"]}]);
});

test("a date and a truth value are what the file stores", () => {
  const date = `<table:table-cell office:value-type="date" office:date-value="2025-03-31"><text:p>31 Mar</text:p></table:table-cell>`;
  const truth = `<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>WAHR</text:p></table:table-cell>`;
  expect(rowsOf(row(date + truth))[0]?.cells).toEqual(["2025-03-31", "true"]);
});

test("repeated cells are written out, and repeated blanks only where something follows them", () => {
  const cells = text("a", 'table:number-columns-repeated="2"') + blanks(3) + text("b") + blanks(16_378);
  expect(rowsOf(row(cells))[0]?.cells).toEqual(["a", "a", "", "", "", "b"]);
});

test("repeated rows are written out, blank rows are left out, and each row keeps the number a spreadsheet shows", () => {
  const rows = rowsOf(
    row(text("a")) +
      row(blanks(4), 'table:number-rows-repeated="3"') +
      row(text("b"), 'table:number-rows-repeated="2"') +
      row(text("c")) +
      row(blanks(16_384), 'table:number-rows-repeated="1048569"')
  );
  expect(rows).toEqual([
    {number: 1, cells: ["a"]},
    {number: 5, cells: ["b"]},
    {number: 6, cells: ["b"]},
    {number: 7, cells: ["c"]}
  ]);
});

test("a covered cell keeps its place and hides what it holds", () => {
  const covered = `<table:covered-table-cell office:value-type="string"><text:p>unseen</text:p></table:covered-table-cell>`;
  expect(rowsOf(row(text("merged") + covered + text("next")))[0]?.cells).toEqual(["merged", "", "next"]);
});

test("paragraphs are joined by a newline; spans, links and counted spaces are part of the text", () => {
  const rich = `<text:p>Running <text:span>Expenses</text:span></text:p><text:p>(C2)<text:s text:c="2"/><text:a>link</text:a></text:p>`;
  expect(rowsOf(row(`<table:table-cell office:value-type="string">${rich}</table:table-cell>`))[0]?.cells).toEqual([
    "Running Expenses\n(C2)  link"
  ]);
});

test("a comment and a drawing in a cell are not its text", () => {
  const cell = `<table:table-cell office:value-type="string"><office:annotation><text:p>checked?</text:p></office:annotation><draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame><text:p>[x]</text:p></table:table-cell>`;
  expect(rowsOf(row(cell))[0]?.cells).toEqual(["[x]"]);
});

test("character references and the five named entities are read, white space in the XML is not text", () => {
  expect(rowsOf(row(text("St Helens &amp; Wigan\n      &#163;1")))[0]?.cells).toEqual(["St Helens & Wigan £1"]);
});

test("hidden rows and grouped rows are read like others, and sheets by name", () => {
  const grouped = `<table:table-header-rows>${row(text("h"))}</table:table-header-rows><table:table-row-group>${row(text("g"), 'table:visibility="collapse"')}</table:table-row-group>`;
  const file = ods(
    document(
      `<table:table table:name="A">${grouped}</table:table><table:table table:name="B">${row(text("b"))}</table:table>`
    )
  );
  expect(readOds(file).map(({name, rows}) => [name, rows.flatMap(({cells}) => cells)])).toEqual([
    ["A", ["h", "g"]],
    ["B", ["b"]]
  ]);
  expect(readOds(file, (name) => name === "B").map(({name}) => name)).toEqual(["B"]);
});

test("a document type is refused, and with it every entity a file might declare", () => {
  const bomb = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>`;
  expect(() => readOds(ods(document("", bomb)))).toThrow(/declares a document type/);
  expect(() => rowsOf(row(text("&b;")))).toThrow(/content\.xml is not well-formed: .*entity/);
});

test("a zip entry that inflates more than 200 times is refused before it is inflated", () => {
  const bomb = ods(new Uint8Array(8 * 1024 * 1024));
  expect(bomb.length).toBeLessThan(20_000);
  expect(() => readOds(bomb)).toThrow(/"content\.xml" would inflate from \d+ to 8388608 bytes, more than 200 times/);
  expect(() => readOds(ods(document(""), {"Thumbnails/t.png": new Uint8Array(8 * 1024 * 1024)}))).toThrow(
    /"Thumbnails\/t\.png" would inflate/
  );
});

test("an entry that declares more than 256 MB, or less than it holds, is refused", () => {
  const declaring = (size: number) => {
    const file = ods(
      document(`<table:table table:name="S">${row(text("words to deflate ".repeat(40)))}</table:table>`)
    );
    const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
    const entry = file.length - 22 - (46 + "content.xml".length); // the directory's last entry, before the 22 bytes that end a zip
    expect(view.getUint32(entry, true)).toBe(0x02014b50);
    view.setUint32(entry + 24, size, true);
    return file;
  };
  expect(() => readOds(declaring(256 * 1024 * 1024 + 1))).toThrow(/would inflate to 268435457 bytes; at most 256 MB/);
  expect(() => readOds(declaring(100))).toThrow(LayoutError);
});

test("cells beyond the last column of a spreadsheet, and counts that are none, are refused with their row", () => {
  expect(() => rowsOf(row(text("a")) + row(text("a", 'table:number-columns-repeated="16385"')))).toThrow(
    'S row 2: more than 16384 columns ("a")'
  );
  expect(() => rowsOf(row(text("a", 'table:number-columns-repeated="-1"')))).toThrow(
    'S row 1: table:number-columns-repeated is "-1", not a number of times'
  );
  expect(() => rowsOf(row(text("a"), 'table:number-rows-repeated="20000001"'))).toThrow(/more than 20000000 cells/);
});

test("a damaged zip, a zip without content.xml, cut XML and text that is not UTF-8 are each refused in a sentence", () => {
  expect(() => readOds(ods(document("")).slice(0, 200))).toThrow(/zip is damaged/);
  expect(() => readOds(zipSync({mimetype: strToU8("x")}))).toThrow("the spreadsheet has no content.xml");
  expect(() => readOds(ods(document("").slice(0, -10)))).toThrow(/not well-formed/);
  expect(() => readOds(ods(Uint8Array.from([0x3c, 0x61, 0x3e, 0xff])))).toThrow("content.xml is not valid UTF-8");
});

const WHOLE = join(ROOT, "../shared/data/indicators/dfe-csc-outcomes-enablers/RSX_LA_Data_2024-25_data_by_LA.ods");
const absent = existsSync(WHOLE) ? "" : " (not run: the whole workbook is not at hand)";

test.skipIf(absent !== "")(`a whole workbook of 47,457 cells is read in less than 2 seconds${absent}`, () => {
  const from = performance.now();
  const sheets = readOds(readFileSync(WHOLE));
  expect(performance.now() - from).toBeLessThan(2000);
  expect(sheets.map(({name, rows}) => [name, rows.at(-1)?.number])).toEqual([
    ["Front_Page", 11],
    ["Notes", 10],
    ["LA_drop-down", 424],
    ["RSX_LA_Data_202425", 431]
  ]);
});
