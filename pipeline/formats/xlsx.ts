import type {SaxesTag} from "saxes";
import {LayoutError} from "./layoutError.ts";
import {CELLS_AT_MOST, COLUMNS_AT_MOST, type Sheet, type SheetRow} from "./sheet.ts";
import {attributeOf, readXml, unzipped} from "./zip.ts";

type Attributes = SaxesTag["attributes"];
type Entries = Readonly<Record<string, Uint8Array>>;

const ROWS_AT_MOST = 1_048_576;

/**
 * Reads the sheets of an Excel workbook (SpreadsheetML, ISO/IEC 29500) as text, hidden rows and sheets included.
 *
 * The same shape as `readOds`, and the same words where both formats can say a thing: a number is what the file stores, a
 * date "2025-03-31" or "2025-03-31T10:00:00", a time of day "PT10H30M00S", a truth value "true" or "false", an error its
 * name ("#N/A"); of merged cells only the first holds anything. Formulas are not run: the stored result is read.
 *
 * @param wanted which sheets to read, by name; the others are left out
 * @throws {LayoutError} when the zip is damaged or inflates beyond 256 MB or 200 times, a part is missing, not well-formed
 *   or declares a document type, or a cell lies where no spreadsheet has one
 */
export function readXlsx(bytes: Uint8Array, wanted: (name: string) => boolean = () => true): Sheet[] {
  const book = readBook(unzipped(bytes, (name) => BOOK_PARTS.includes(name)));
  const sheets = book.sheets.filter(({name}) => wanted(name));
  const entries = unzipped(bytes, (name) => sheets.some(({path}) => path === name));
  const budget = {cells: CELLS_AT_MOST};
  return sheets.map(({name, path}) => {
    const part = entries[path];
    if (part === undefined) throw new LayoutError(`the workbook names a sheet "${name}" but has no ${path}`);
    return {name, rows: new SheetReader(name, book, budget).read(path, part)};
  });
}

const WORKBOOK = "xl/workbook.xml";
const RELATIONS = "xl/_rels/workbook.xml.rels";
const STRINGS = "xl/sharedStrings.xml";
const STYLES = "xl/styles.xml";
const BOOK_PARTS: readonly string[] = [WORKBOOK, RELATIONS, STRINGS, STYLES];

/** What all sheets of a workbook share. */
interface Book {
  readonly sheets: readonly {readonly name: string; readonly path: string}[];
  readonly strings: readonly string[];
  readonly styles: readonly NumberStyle[]; // by the index that a cell has
  readonly epoch: number; // the day that a stored 0 means, in days since 1970
}

/** What a number in a cell with this style stands for. */
type NumberStyle = "number" | "date" | "time";

function readBook(parts: Entries): Book {
  const workbook = parts[WORKBOOK];
  if (workbook === undefined) throw new LayoutError(`the workbook has no ${WORKBOOK}`);
  const targets = readTargets(parts[RELATIONS]);
  const sheets: {name: string; path: string}[] = [];
  let epoch = DAYS_1900;
  elements(WORKBOOK, workbook, (name, attributes) => {
    if (name === "workbookPr" && isTrue(attributeOf(attributes, "date1904"))) epoch = DAYS_1904;
    if (name !== "sheet") return;
    const path = targets.get(prefixed(attributes, "id") ?? "");
    if (path !== undefined) sheets.push({name: attributeOf(attributes, "name") ?? "", path});
  });
  return {sheets, strings: readStrings(parts[STRINGS]), styles: readStyles(parts[STYLES]), epoch};
}

/** Calls back for each element, without the prefix that some producers give every name. */
function elements(part: string, bytes: Uint8Array, open: (name: string, attributes: Attributes) => void): void {
  readXml(part, bytes, {open: ({name, attributes}) => open(local(name), attributes), text: () => {}, close: () => {}});
}

const local = (name: string): string => name.slice(name.indexOf(":") + 1);
const isTrue = (text: string | undefined): boolean => text === "1" || text === "true";

/** The attribute that a relation is named by: `r:id`, whatever the prefix. */
function prefixed(attributes: Attributes, name: string): string | undefined {
  const key = Object.keys(attributes).find((attribute) => attribute.endsWith(`:${name}`));
  return key === undefined ? undefined : attributeOf(attributes, key);
}

function readTargets(bytes: Uint8Array | undefined): ReadonlyMap<string, string> {
  const targets = new Map<string, string>();
  if (bytes === undefined) throw new LayoutError(`the workbook has no ${RELATIONS}`);
  elements(RELATIONS, bytes, (name, attributes) => {
    const target = attributeOf(attributes, "Target") ?? "";
    const isWorksheet = attributeOf(attributes, "Type")?.endsWith("/worksheet") === true; // not a chart or a dialogue
    if (name === "Relationship" && isWorksheet && attributeOf(attributes, "TargetMode") !== "External")
      targets.set(attributeOf(attributes, "Id") ?? "", target.startsWith("/") ? target.slice(1) : `xl/${target}`);
  });
  return targets;
}

/** Texts that cells refer to by number; runs of one text are joined, guides to pronunciation left out. */
function readStrings(bytes: Uint8Array | undefined): string[] {
  const strings: string[] = [];
  if (bytes === undefined) return strings;
  const inside = new Set<string>();
  readXml(STRINGS, bytes, {
    open: ({name}) => {
      inside.add(local(name));
      if (local(name) === "si") strings.push("");
    },
    text: (text) => {
      if (inside.has("t") && !inside.has("rPh")) strings[strings.length - 1] += text;
    },
    close: (name) => inside.delete(local(name))
  });
  return strings.map(unescaped);
}

/** Characters that XML cannot hold are written _x000D_. */
const unescaped = (text: string): string =>
  text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

function readStyles(bytes: Uint8Array | undefined): NumberStyle[] {
  const formats = new Map<string, string>();
  const styles: NumberStyle[] = [];
  if (bytes === undefined) return styles;
  let isInCellFormats = false;
  readXml(STYLES, bytes, {
    open: ({name, attributes}) => {
      if (local(name) === "numFmt")
        formats.set(attributeOf(attributes, "numFmtId") ?? "", attributeOf(attributes, "formatCode") ?? "");
      if (local(name) === "cellXfs") isInCellFormats = true;
      if (local(name) === "xf" && isInCellFormats)
        styles.push(styleOf(attributeOf(attributes, "numFmtId") ?? "0", formats));
    },
    text: () => {},
    close: (name) => {
      if (local(name) === "cellXfs") isInCellFormats = false;
    }
  });
  return styles;
}

function styleOf(id: string, formats: ReadonlyMap<string, string>): NumberStyle {
  const code = formats.get(id);
  if (code !== undefined) return styleOfCode(code);
  const builtIn = Number(id);
  if ((builtIn >= 14 && builtIn <= 17) || builtIn === 22) return "date";
  return (builtIn >= 18 && builtIn <= 21) || (builtIn >= 45 && builtIn <= 47) ? "time" : "number";
}

/** Which letters of a format code stand for days and hours, once quoted text, escapes, colours and conditions are gone. */
function styleOfCode(code: string): NumberStyle {
  const letters = code
    .split(";")[0]!
    .replaceAll(/"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]/gi, "")
    .toLowerCase();
  if (letters.includes("general")) return "number";
  if (/[yd]/.test(letters)) return "date";
  if (/[hs]/.test(letters)) return "time";
  return letters.includes("m") ? "date" : "number"; // a month alone
}

const DAYS_1900 = -25_569; // 1899-12-30: right from March 1900 on, after the 29 February 1900 that never was
const DAYS_1904 = -24_107;
const MS_A_DAY = 86_400_000;

function dateText(serial: number, epoch: number): string {
  const afterTheDayThatNeverWas = epoch === DAYS_1900 && serial < 60 ? serial + 1 : serial;
  const ms = Math.round((afterTheDayThatNeverWas + epoch) * 86_400) * 1000;
  if (Number.isNaN(new Date(ms).getTime())) throw new LayoutError(`${serial} is not a day that a spreadsheet can mean`);
  const iso = new Date(ms).toISOString();
  return ms % MS_A_DAY === 0 ? iso.slice(0, 10) : iso.slice(0, 19);
}

function timeText(serial: number): string {
  const seconds = Math.round(serial * 86_400);
  const two = (n: number): string => String(n).padStart(2, "0");
  return `PT${two(Math.floor(seconds / 3600))}H${two(Math.floor(seconds / 60) % 60)}M${two(seconds % 60)}S`;
}

interface OpenCell {
  readonly column: number; // from 0
  readonly type: string; // s shared text, str and inlineStr text, b truth value, e error, d ISO date, n number
  readonly style: NumberStyle;
}

/** Builds one sheet's rows out of XML events. */
class SheetReader {
  private readonly rows: (Omit<SheetRow, "cells"> & {readonly cells: string[]})[] = [];
  private readonly covered: {first: Place; last: Place}[] = [];
  private readonly inside = new Set<string>();
  private rowNumber = 0;
  private isRowHidden = false;
  private cells: string[] = [];
  private nextColumn = 0;
  private cell: OpenCell | null = null;
  private text = "";

  constructor(
    private readonly name: string,
    private readonly book: Book,
    private readonly budget: {cells: number}
  ) {}

  read(path: string, part: Uint8Array): SheetRow[] {
    readXml(path, part, {
      open: (tag) => this.open(local(tag.name), tag.attributes),
      text: (text) => this.append(text),
      close: (name) => this.close(local(name))
    });
    for (const {first, last} of this.covered) this.uncover(first, last);
    return this.rows.map((row) => ({...row, cells: withoutBlankEnd(row.cells)})).filter(({cells}) => cells.length > 0);
  }

  private open(name: string, attributes: Attributes): void {
    this.inside.add(name);
    if (name === "row") this.openRow(attributes);
    else if (name === "c") this.openCell(attributes);
    else if (name === "mergeCell") this.covered.push(rangeOf(attributeOf(attributes, "ref") ?? ""));
  }

  private openRow(attributes: Attributes): void {
    this.rowNumber = Number(attributeOf(attributes, "r") ?? this.rowNumber + 1);
    this.isRowHidden = isTrue(attributeOf(attributes, "hidden"));
    this.cells = [];
    this.nextColumn = 0;
    if (!Number.isInteger(this.rowNumber) || this.rowNumber < 1 || this.rowNumber > ROWS_AT_MOST)
      throw new LayoutError(`${this.name}: "${attributeOf(attributes, "r")}" is not a row of a spreadsheet`);
  }

  private openCell(attributes: Attributes): void {
    const place = attributeOf(attributes, "r");
    const column = place === undefined ? this.nextColumn : placeOf(place).column;
    if (column >= COLUMNS_AT_MOST)
      throw new LayoutError(`${this.name} row ${this.rowNumber}: more than ${COLUMNS_AT_MOST} columns`);
    this.nextColumn = column + 1;
    const style = this.book.styles[Number(attributeOf(attributes, "s") ?? 0)] ?? "number";
    this.cell = {column, type: attributeOf(attributes, "t") ?? "n", style};
    this.text = "";
  }

  /** The value or the inline text of a cell; not its formula, not a guide to pronunciation. */
  private append(text: string): void {
    const isValue = this.inside.has("v") || (this.inside.has("is") && this.inside.has("t"));
    if (isValue && !this.inside.has("f") && !this.inside.has("rPh")) this.text += text;
  }

  private close(name: string): void {
    this.inside.delete(name);
    if (name === "c" && this.cell !== null) this.closeCell(this.cell);
    else if (name === "row") this.closeRow();
  }

  private closeCell(cell: OpenCell): void {
    this.cell = null;
    const value = this.valueOf(cell);
    if (value === "") return;
    this.spend(Math.max(0, cell.column + 1 - this.cells.length));
    while (this.cells.length < cell.column) this.cells.push("");
    this.cells[cell.column] = value;
  }

  private spend(cells: number): void {
    this.budget.cells -= cells;
    if (this.budget.cells < 0)
      throw new LayoutError(`${this.name} row ${this.rowNumber}: more than ${CELLS_AT_MOST} cells in the workbook`);
  }

  private valueOf({type, style}: OpenCell): string {
    if (this.text === "") return "";
    if (type === "s") return this.shared(this.text);
    if (type === "b") return isTrue(this.text) ? "true" : "false";
    if (type === "str" || type === "inlineStr") return unescaped(this.text);
    if (type !== "n" || style === "number") return this.text;
    const serial = Number(this.text);
    return style === "date" ? dateText(serial, this.book.epoch) : timeText(serial);
  }

  private shared(index: string): string {
    const text = this.book.strings[Number(index)];
    if (text === undefined)
      throw new LayoutError(
        `${this.name} row ${this.rowNumber}: refers to text number ${index} of ${this.book.strings.length}`
      );
    return text;
  }

  private closeRow(): void {
    const hidden = this.isRowHidden ? ({isHidden: true} as const) : {};
    if (this.cells.length > 0) this.rows.push({number: this.rowNumber, cells: this.cells, ...hidden});
  }

  /** Cells beneath a merged one keep what they held before, and nobody sees it. */
  private uncover(first: Place, last: Place): void {
    for (const {number, cells} of this.rows.filter((row) => row.number >= first.row && row.number <= last.row))
      for (let column = first.column; column <= Math.min(last.column, cells.length - 1); column++)
        if (number !== first.row || column !== first.column) cells[column] = "";
  }
}

interface Place {
  readonly row: number; // from 1
  readonly column: number; // from 0
}

/** "AB12" is row 12, column 27. */
function placeOf(text: string): Place {
  const [, letters, row] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(text) ?? [];
  if (letters === undefined) throw new LayoutError(`"${text}" is not a cell of a spreadsheet such as B7`);
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return {row: Number(row), column};
}

function rangeOf(text: string): {first: Place; last: Place} {
  const [first = "", last = first] = text.split(":");
  return {first: placeOf(first), last: placeOf(last)};
}

function withoutBlankEnd(cells: string[]): string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell !== "") + 1);
}
