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
 * Reads whole columns of a Parquet file as rows, in the order of the file.
 *
 * @throws {LayoutError} when a column is not there (with those that are) or the file is damaged
 */
export async function readParquet(bytes: Uint8Array, columns: readonly string[]): Promise<ParquetRow[]> {
  const present = parquetColumns(bytes);
  const absent = columns.filter((name) => !present.includes(name));
  if (absent.length > 0)
    throw new LayoutError(
      `the Parquet file has no column ${absent.map((name) => `"${name}"`).join(", ")}; the columns are ${present.join(", ")}`
    );
  try {
    return (await parquetReadObjects({file: ownBuffer(bytes), columns: [...columns]})) as ParquetRow[];
  } catch (error) {
    throw new LayoutError(`the Parquet file cannot be read: ${(error as Error).message}`);
  }
}

/** The reader wants a buffer of its own; small files from disk share one with others. */
function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
