import {CsvError, parse} from "csv-parse/sync";
import {LayoutError} from "./layoutError.ts";

/** A CSV file with a header: its column names, and each row by column name with the line it ends on. */
export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly {readonly line: number; readonly cells: Readonly<Record<string, string>>}[];
}

interface WithInfo {
  readonly record: Record<string, string>;
  readonly info: {readonly lines: number};
}

/**
 * Reads comma-separated text (RFC 4180, UTF-8 with or without a byte-order mark) whose first line names the columns.
 *
 * @throws {LayoutError} when the text is not UTF-8, two columns share a name, a row has more or fewer cells than the
 *   header (with its line), or a quote is left open
 */
export function readCsv(bytes: Uint8Array): CsvTable {
  let header: string[] = [];
  const text = decode(bytes);
  const records = unlessDamaged(() =>
    parse(text, {
      columns: (names: string[]) => {
        header = distinct(names.map((name) => name.trim()));
        return header;
      },
      info: true,
      skip_empty_lines: true
    })
  ) as unknown as WithInfo[];
  return {header, rows: records.map(({record, info}) => ({line: info.lines, cells: record}))};
}

/**
 * Reads comma-separated text without taking its first line for a header: one row per line, blank lines left out.
 *
 * @param encoding what the publisher writes in; the default refuses anything that is not UTF-8
 * @throws {LayoutError} as `readCsv`, except that rows may differ in length
 */
export function csvRows(
  bytes: Uint8Array,
  encoding: "utf-8" | "windows-1252" = "utf-8"
): {readonly line: number; readonly cells: readonly string[]}[] {
  const text = decode(bytes, encoding);
  const records = unlessDamaged(() =>
    parse(text, {info: true, relax_column_count: true, skip_empty_lines: true})
  ) as unknown as {record: string[]; info: {lines: number}}[];
  return records.map(({record, info}) => ({line: info.lines, cells: record}));
}

/** The column names alone, to tell what a file is without reading it; null when its beginning is not the header of a CSV. */
export function csvHeader(bytes: Uint8Array): readonly string[] | null {
  const beginning = bytes.subarray(0, HEADER_BYTES_AT_MOST);
  const end = beginning.indexOf(0x0a);
  try {
    const firstLine = decode(end < 0 ? beginning : beginning.subarray(0, end));
    const [names] = unlessDamaged(() => parse(firstLine));
    return names?.map((name) => name.trim()) ?? null;
  } catch (error) {
    if (error instanceof LayoutError) return null;
    throw error;
  }
}

const HEADER_BYTES_AT_MOST = 64 * 1024;

/**
 * The name under which a file has a column, out of the names that publications have used for it.
 *
 * @throws {LayoutError} listing what was looked for and what is there
 */
export function columnNamed(table: CsvTable, ...names: readonly string[]): string {
  const found = columnIn(table.header, names);
  if (found !== undefined) return found;
  const wanted = names.map((name) => `"${name}"`).join(" or ");
  throw new LayoutError(`no column ${wanted}; the columns are ${table.header.join(", ")}`);
}

/** As `columnNamed`, of a header alone; capitals, blanks, hyphens and underscores make no other name. */
export const columnIn = (header: readonly string[], names: readonly string[]): string | undefined =>
  names.flatMap((name) => header.find((one) => plain(one) === plain(name)) ?? [])[0];

const plain = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]+/g, "");

function unlessDamaged<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof CsvError) throw new LayoutError(`the CSV is damaged: ${error.message}`);
    throw error;
  }
}

function decode(bytes: Uint8Array, encoding: "utf-8" | "windows-1252" = "utf-8"): string {
  try {
    return new TextDecoder(encoding, {fatal: true}).decode(bytes); // drops a byte-order mark
  } catch {
    throw new LayoutError(`the CSV is not valid ${encoding.toUpperCase()}`);
  }
}

const COLUMNS_AT_MOST = 16_384; // as many as a spreadsheet has

/** Rows are read by column name, so of two columns with one name the first would vanish without a word. */
function distinct(names: string[]): string[] {
  if (names.length > COLUMNS_AT_MOST)
    throw new LayoutError(
      `the CSV has ${names.length.toLocaleString("en-GB")} columns; at most ${COLUMNS_AT_MOST.toLocaleString("en-GB")} are read`
    );
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw new LayoutError(`the CSV has two columns "${name}"`);
    seen.add(name);
  }
  return names;
}
