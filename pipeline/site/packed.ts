import {readFileSync} from "node:fs";
import {unzipped} from "../formats/zip.ts";
import {Warehouse} from "../warehouse/warehouse.ts";

/** Files whose words no reader sees without a program. */
const PACKED = /\.(parquet|duckdb|zip)$/;

export const isPacked = (file: string): boolean => PACKED.test(file);

/**
 * The words in a packed file, one text after another: every different value of every column that holds text in Parquet and DuckDB, lists
 * and structures included, and every entry of a zip.
 *
 * @throws {Error} when the file cannot be read as what its name says: what nobody can look into is not published
 */
export async function* packedTexts(path: string): AsyncGenerator<string> {
  if (path.endsWith(".zip")) yield* zippedTexts(path);
  else if (path.endsWith(".duckdb")) yield* databaseTexts(path);
  else yield* parquetTexts(path);
}

function* zippedTexts(path: string): Generator<string> {
  for (const bytes of Object.values(unzipped(readFileSync(path), () => true))) yield new TextDecoder().decode(bytes);
}

async function* databaseTexts(path: string): AsyncGenerator<string> {
  const database = await Warehouse.openFile(path, {readOnly: true});
  try {
    const tables = await database.rows<{schema: string; name: string}>(
      "select schema_name as schema, table_name as name from duckdb_tables() where not internal order by all"
    );
    for (const {schema, name} of tables) yield* columnTexts(database, `${quoted(schema)}.${quoted(name)}`);
  } finally {
    database.close();
  }
}

async function* parquetTexts(path: string): AsyncGenerator<string> {
  const reader = await Warehouse.openFile(":memory:");
  try {
    yield* columnTexts(reader, `read_parquet('${path.replaceAll("'", "''")}')`);
  } finally {
    reader.close();
  }
}

async function* columnTexts(database: Warehouse, table: string): AsyncGenerator<string> {
  for (const {column, type} of await database.columns(`(from ${table})`)) {
    if (!/VARCHAR|JSON|BLOB/.test(type)) continue;
    const name = quoted(column);
    const rows = await database.rows<{words: string}>(
      `select distinct ${name}::varchar as words from ${table} where ${name} is not null order by 1`
    );
    yield rows.map(({words}) => words).join("\0"); // no white space: two numbers under each other are no telephone number
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
