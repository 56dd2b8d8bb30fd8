import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync
} from "node:fs";
import {join} from "node:path";
import {zipSync} from "fflate";
import type {DictionaryRow} from "../../src/components/rows.ts";
import {linkFile} from "../linkTree.ts";
import {Warehouse} from "../warehouse/warehouse.ts";
import {sqlName} from "./publishedTables.ts";
import {type Takedown, withheld} from "./takedowns.ts";

/** A table of a release as its files need it; what publishedTables declares, without the query. */
export interface ReleaseTable {
  readonly file: string;
  readonly title: string;
  readonly description: string; // the model's own words
  readonly key: readonly string[];
  readonly orderBy: readonly string[];
  readonly text: readonly string[];
  readonly refersTo: readonly {readonly column: string; readonly table: string; readonly key: string}[];
  readonly year: string | null;
  readonly licence: string;
  readonly rows: number;
}

/** A table above this many rows is cut into one Parquet file a year: a file of about 20 MB, and a year is all that most questions need. */
export const PARTITION_ABOVE_ROWS = 250_000;

export const DUCKDB_FILE = "contract-scale.duckdb";
export const SPREADSHEETS = "spreadsheets.zip";

/** DuckDB's smallest: most published tables are small, and each column takes whole blocks. Halves the file. */
const SMALL_BLOCKS = 16_384;

type Ordered = Pick<ReleaseTable, "file" | "key" | "orderBy" | "year">;

/**
 * Writes one table as Parquet: `<file>.parquet`, or `<file>/<year>.parquet` when it is large.
 *
 * The order is total (the key, then every other column), so the same rows give the same bytes whatever the number of threads. The
 * year is no Hive folder, because a column that stands only in a path is missing from the file that somebody copies.
 *
 * @returns paths inside the folder, in order
 */
export async function writeParquet(
  from: Warehouse,
  table: Ordered,
  query: string,
  folder: string,
  partitionAbove = PARTITION_ABOVE_ROWS
): Promise<string[]> {
  const columns = (await from.columns(`(${query})`)).map(({column}) => column);
  const order = totalOrder(table, columns);
  const [counted] = await from.rows<{n: string}>(`select count(*)::varchar as n from (${query})`);
  if (table.year === null || Number(counted?.n) <= partitionAbove) {
    await from.writeParquet(`select * from (${query}) order by ${order}`, join(folder, `${table.file}.parquet`));
    return [`${table.file}.parquet`];
  }
  mkdirSync(join(folder, table.file), {recursive: true});
  const years = await from.rows<{y: number | null}>(
    `select distinct (${table.year})::integer as y from (${query}) order by y nulls last`
  );
  const paths: string[] = [];
  for (const {y} of years) {
    const path = `${table.file}/${y ?? "unknown"}.parquet`;
    await from.writeParquet(
      `select * from (${query}) where ${table.year} is not distinct from ${y ?? "null"} order by ${order}`,
      join(folder, path)
    );
    paths.push(path);
  }
  return paths;
}

function totalOrder({key, orderBy}: Ordered, columns: readonly string[]): string {
  const first = [...key, ...orderBy];
  return [...first, ...columns.filter((column) => !first.includes(column))]
    .map((column) => `"${column}" nulls last`)
    .join(", ");
}

/** The Parquet files of a table inside a release folder, oldest year first. */
export function parquetFiles(folder: string, file: string): string[] {
  const parts = readdirSync(folder, {withFileTypes: true}).find((entry) => entry.name === file && entry.isDirectory());
  if (!parts) return [`${file}.parquet`];
  return readdirSync(join(folder, file))
    .filter((name) => name.endsWith(".parquet"))
    .sort()
    .map((name) => `${file}/${name}`);
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** SQL that reads a table of a release from its Parquet files, in the order they were written. */
export function readParquet(folder: string, file: string): string {
  const paths = parquetFiles(folder, file).map((path) => quoted(join(folder, path)));
  return `select * from read_parquet([${paths.join(", ")}])`;
}

/**
 * Makes the DuckDB file of a release from the release's Parquet files, never from the warehouse, with every column's meaning as a comment.
 *
 * The same rows give the same content; the bytes may differ, because DuckDB leaves unused parts of a block as memory was.
 */
export async function writeDuckDb(
  folder: string,
  tables: readonly Pick<ReleaseTable, "file" | "title">[],
  dictionary: readonly DictionaryRow[]
): Promise<void> {
  const path = join(folder, DUCKDB_FILE);
  rmSync(path, {force: true});
  const bundle = await Warehouse.openFile(path, {blockBytes: SMALL_BLOCKS});
  try {
    for (const {file, title} of tables) {
      await bundle.run(`create table ${sqlName(file)} as ${readParquet(folder, file)}`);
      await bundle.run(`comment on table ${sqlName(file)} is ${quoted(title)}`);
    }
    await bundle.inTransaction(async () => {
      for (const {table, column, description} of dictionary)
        await bundle.run(`comment on column ${sqlName(table)}."${column}" is ${quoted(description)}`);
    });
    await bundle.run("checkpoint");
  } finally {
    bundle.close();
  }
}

/** Both CSV forms of every table: `<file>.csv` that a spreadsheet cannot be made to run, `<file>.verbatim.csv` exactly as held. */
export async function writeCsvs(
  bundle: Warehouse,
  folder: string,
  tables: readonly Pick<ReleaseTable, "file" | "text">[]
): Promise<void> {
  for (const {file, text} of tables) {
    await writeCrlfCsv(bundle, `select * from ${sqlName(file)}`, join(folder, `${file}.verbatim.csv`));
    if (text.length === 0) {
      linkFile(join(folder, `${file}.verbatim.csv`), join(folder, `${file}.csv`)); // no word of others in it: nothing to defuse
      continue;
    }
    const defused = text.map((column) => `${DEFUSED.replaceAll("cell", `"${column}"`)} as "${column}"`).join(", ");
    await writeCrlfCsv(bundle, `select * replace (${defused}) from ${sqlName(file)}`, join(folder, `${file}.csv`));
  }
}

/** Every spreadsheet-safe CSV in one archive, for what a version keeps for good; the bytes depend on the content alone. */
export function writeSpreadsheets(folder: string, tables: readonly Pick<ReleaseTable, "file">[]): void {
  const members = [...tables.map(({file}) => `${file}.csv`), "dictionary.csv", "codes.csv"];
  const files = Object.fromEntries(members.map((name) => [name, readFileSync(join(folder, name))]));
  writeFileSync(join(folder, SPREADSHEETS), zipSync(files, {mtime: new Date(1980, 0, 1)})); // the earliest day that zip can write
}

// The macro `defused` of the models, written out: a release is read without the models at hand.
const DEFUSED = `case when regexp_matches(cell, '^[\\s]*[=+\\-@＝＋－＠\\t\\r]') then '''' || cell else cell end`;

async function writeCrlfCsv(bundle: Warehouse, query: string, path: string): Promise<void> {
  const plain = `${path}.lf`;
  await bundle.writeCsv(query, plain);
  withCrlf(plain, path);
  rmSync(plain);
}

const CHUNK = 1 << 20;
const [QUOTE, LF, CR] = [0x22, 0x0a, 0x0d];

/** RFC 4180 ends a record with CR LF, which DuckDB does not write; a line break inside quotes is a cell's own and stays. */
export function withCrlf(from: string, to: string): void {
  const [input, output] = [openSync(from, "r"), openSync(to, "w")];
  const chunk = Buffer.alloc(CHUNK);
  const changed = Buffer.alloc(CHUNK * 2);
  let isQuoted = false;
  try {
    for (let read = readSync(input, chunk); read > 0; read = readSync(input, chunk)) {
      let size = 0;
      for (let i = 0; i < read; i += 1) {
        const byte = chunk[i]!;
        if (byte === QUOTE) isQuoted = !isQuoted;
        else if (byte === LF && !isQuoted) changed[size++] = CR;
        changed[size++] = byte;
      }
      writeSync(output, changed, 0, size);
    }
  } finally {
    closeSync(input);
    closeSync(output);
  }
}

/** Writes the Parquet form of a table again, in place, with what was taken down withheld. */
export async function rewriteParquet(
  reader: Warehouse,
  table: Ordered,
  from: string,
  to: string,
  takedowns: readonly Takedown[]
): Promise<string[]> {
  const columns = (await reader.columns(`(${readParquet(from, table.file)})`)).map(({column}) => column);
  const contracts = readParquet(from, "contracts");
  const suppliers = readParquet(from, "contract-suppliers");
  const query = withheld(readParquet(from, table.file), columns, takedowns, {contracts, suppliers});
  return writeParquet(reader, table, query, to);
}
