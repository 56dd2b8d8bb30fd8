import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {DuckDBInstance} from "@duckdb/node-api";
import {parquetMetadata} from "hyparquet";
import {expect, test} from "vitest";
import {LayoutError} from "../../pipeline/formats/layoutError.ts";
import {type ParquetRow, parquetColumns, parquetRows} from "../../pipeline/formats/parquet.ts";

async function readParquet(bytes: Uint8Array, columns: readonly string[]): Promise<ParquetRow[]> {
  const rows: ParquetRow[] = [];
  for await (const row of parquetRows(bytes, columns)) rows.push(row);
  return rows;
}

async function parquet(query: string, options = ""): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), "contract-scale-parquet-"));
  try {
    const connection = await (await DuckDBInstance.create()).connect();
    await connection.run(`copy (${query}) to '${join(folder, "x.parquet")}' (format parquet${options})`);
    return readFileSync(join(folder, "x.parquet"));
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

const three = await parquet(
  "select * from (values (1.0::double, 'a', null), (2, '-', 'y'), (3, null, 'z')) t(n, v, w)"
);

test("reads the columns asked for, in the file's order, an absent cell apart from a dash", async () => {
  const rows = await readParquet(three, ["v", "n"]);
  expect(rows.map(({n, v}) => [n, v])).toEqual([
    [1, "a"],
    [2, "-"],
    [3, null]
  ]);
  expect(Object.keys(rows[0]!).sort()).toEqual(["n", "v"]);
});

test("reads every row group, one after the other", async () => {
  const bytes = await parquet("select range::integer as n from range(5000)", ", row_group_size 2048");
  expect(parquetMetadata(new Uint8Array(bytes).buffer).row_groups).toHaveLength(3);
  expect((await readParquet(bytes, ["n"])).map(({n}) => n)).toEqual(Array.from({length: 5000}, (_, n) => n));
});

test("reads a view into a larger buffer, as small files from disk are", async () => {
  const larger = new Uint8Array(three.length + 20);
  larger.set(three, 10);
  expect(await readParquet(larger.subarray(10, 10 + three.length), ["n"])).toHaveLength(3);
});

test("the columns are told from the footer", () => {
  expect(parquetColumns(three)).toEqual(["n", "v", "w"]);
});

test("a column that is not there is named, with those that are", async () => {
  await expect(readParquet(three, ["n", "Years", "Values"])).rejects.toThrow(
    'the Parquet file has no column "Years", "Values"; the columns are n, v, w'
  );
});

test("a cut and an overwritten file are refused in a sentence", async () => {
  await expect(readParquet(three.slice(0, three.length - 5), ["n"])).rejects.toThrow(LayoutError);
  const overwritten = three.slice();
  overwritten.fill(0xff, 4, 60);
  await expect(readParquet(overwritten, ["n", "v", "w"])).rejects.toThrow(LayoutError);
});
