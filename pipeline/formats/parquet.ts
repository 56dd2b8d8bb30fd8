import {parquetMetadata, parquetReadObjects, parquetSchema} from "hyparquet";
import {LayoutError} from "./layoutError.ts";

export type ParquetRow = Readonly<Record<string, unknown>>;

/**
 * The names of a Parquet file's columns, from its footer: nothing else is read.
 *
 * @throws {LayoutError} when the file is damaged
 */
export function parquetColumns(bytes: Uint8Array): string[] {
  try {
    return parquetSchema(parquetMetadata(ownBuffer(bytes))).children.map(({element}) => element.name);
  } catch (error) {
    throw new LayoutError(`the Parquet file is damaged: ${(error as Error).message}`);
  }
}

/**
 * The rows of a Parquet file, of some columns only, in the order of the file.
 *
 * One row group is in memory at a time, so a file of many years takes no more than its largest part.
 *
 * @throws {LayoutError} when a column is not there (with those that are) or the file is damaged
 */
export async function* parquetRows(bytes: Uint8Array, columns: readonly string[]): AsyncGenerator<ParquetRow> {
  const present = parquetColumns(bytes);
  const absent = columns.filter((name) => !present.includes(name));
  if (absent.length > 0)
    throw new LayoutError(
      `the Parquet file has no column ${absent.map((name) => `"${name}"`).join(", ")}; the columns are ${present.join(", ")}`
    );
  const file = ownBuffer(bytes);
  const metadata = parquetMetadata(file);
  let rowEnd = 0;
  for (const {num_rows} of metadata.row_groups) {
    const rowStart = rowEnd;
    rowEnd += Number(num_rows);
    let rows: ParquetRow[];
    try {
      rows = (await parquetReadObjects({file, metadata, columns: [...columns], rowStart, rowEnd})) as ParquetRow[];
    } catch (error) {
      throw new LayoutError(`the Parquet file cannot be read: ${(error as Error).message}`);
    }
    yield* rows;
  }
}

/** The reader wants a buffer of its own; small files from disk share one with others. */
function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
