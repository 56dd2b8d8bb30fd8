import {CsvError, parse} from "csv-parse/sync";
import {LayoutError} from "./layoutError.ts";
import type {SheetRow} from "./sheet.ts";

/** Text in columns, whatever separates them, in the same shape as a sheet of a workbook. */
export interface Delimited {
  readonly rows: readonly SheetRow[]; // blank rows left out
  readonly encoding: "utf-8" | "utf-16" | "windows-1252";
}

const DELIMITERS = [",", ";", "\t", "|"] as const;

/**
 * Reads text in columns as spreadsheet programs and councils save it: commas, semicolons, tabs or bars; UTF-8, UTF-16 with a
 * byte-order mark, or Windows-1252. Rows may differ in length: a title above the header is not an error.
 *
 * The delimiter is the one that gives the widest header; text that is no UTF-8 is Windows-1252, which is what programs that
 * do not write UTF-8 write in the United Kingdom, and the answer says so.
 *
 * @throws {LayoutError} when a quote is left open
 */
export function readDelimited(bytes: Uint8Array): Delimited {
  const {text, encoding} = decode(bytes);
  const records = read(text, delimiterOf(text)) as unknown as {record: string[]; info: {lines: number}}[];
  const rows = records
    .map(({record, info}) => ({number: info.lines, cells: withoutBlankEnd(record)}))
    .filter(({cells}) => cells.length > 0);
  return {rows, encoding};
}

function decode(bytes: Uint8Array): {text: string; encoding: Delimited["encoding"]} {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return {text: new TextDecoder("utf-16le").decode(bytes), encoding: "utf-16"};
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return {text: new TextDecoder("utf-16be").decode(bytes), encoding: "utf-16"};
  try {
    return {text: new TextDecoder("utf-8", {fatal: true}).decode(bytes), encoding: "utf-8"};
  } catch {
    return {text: new TextDecoder("windows-1252").decode(bytes), encoding: "windows-1252"};
  }
}

const ROWS_LOOKED_AT = 20;

/** The delimiter that gives the widest row among the first: a header is as wide as its table, a title is not. */
function delimiterOf(text: string): string {
  const beginning = text.slice(0, 65_536);
  const widths = DELIMITERS.map((delimiter) => ({delimiter, width: widestRow(beginning, delimiter)}));
  return widths.reduce((best, one) => (one.width > best.width ? one : best)).delimiter;
}

function widestRow(text: string, delimiter: string): number {
  try {
    const rows = parse(text, {...LENIENT, delimiter, to: ROWS_LOOKED_AT}) as string[][];
    return Math.max(0, ...rows.map((cells) => withoutBlankEnd(cells).length));
  } catch {
    return 0; // the beginning may end inside a quoted cell; read whole, the file is judged properly
  }
}

const LENIENT = {relax_column_count: true, relax_quotes: true, skip_empty_lines: true, bom: true} as const;

function read(text: string, delimiter: string): unknown[] {
  try {
    return parse(text, {...LENIENT, delimiter, info: true});
  } catch (error) {
    if (error instanceof CsvError) throw new LayoutError(`the text in columns is damaged: ${error.message}`);
    throw error;
  }
}

function withoutBlankEnd(cells: readonly string[]): string[] {
  const trimmed = cells.map((cell) => cell.trim());
  const last = trimmed.findLastIndex((cell) => cell !== "");
  return trimmed.slice(0, last + 1);
}
