import {mkdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {parse} from "csv-parse/sync";
import {afterAll, expect, test, vi} from "vitest";
import {sha256Of} from "../../pipeline/publish/checksums.ts";
import {
  parquetFiles,
  readParquet,
  withCrlf,
  writeCsvs,
  writeDuckDb,
  writeParquet
} from "../../pipeline/publish/tableFiles.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {newFolder} from "./released.ts";

vi.setConfig({testTimeout: 60_000, hookTimeout: 120_000}); // a machine may be busy; nothing here is about time

const folder = newFolder();
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const table = {file: "rows", title: "SYNTHETIC", key: ["id"], orderBy: [], year: "y", text: ["words"]} as const;

test("several row groups come out the same from one thread, two and four, in Parquet and CSV", async () => {
  const hashes: string[][] = [];
  for (const threads of [1, 2, 4]) {
    const place = join(folder, `threads-${threads}`);
    mkdirSync(place);
    const warehouse = await Warehouse.openFile(":memory:", {threads});
    const query =
      "select range as id, (range * 7919 % 977)::decimal(18, 2) as v, 2020 as y, 'w' || range % 13 as words from range(400000)";
    await writeParquet(warehouse, {...table, year: null, key: ["words", "v"]}, query, place);
    await writeDuckDb(place, [table], []);
    const bundle = await Warehouse.openFile(join(place, "contract-scale.duckdb"), {readOnly: true, threads});
    await writeCsvs(bundle, place, [table]);
    bundle.close();
    warehouse.close();
    hashes.push(["rows.parquet", "rows.csv", "rows.verbatim.csv"].map((name) => sha256Of(join(place, name))));
  }
  expect(hashes[1]).toEqual(hashes[0]);
  expect(hashes[2]).toEqual(hashes[0]);
}, 600_000);

test("a large table is one file a year, together the same rows as one file; a row without a year is kept", async () => {
  const place = join(folder, "partitioned");
  mkdirSync(place);
  const warehouse = await Warehouse.openFile(":memory:");
  const query =
    "select * from (values (1, 2023, 'a'), (2, 2022, 'b'), (3, 2023, 'c'), (4, null, 'd')) as t(id, y, words)";
  expect(await writeParquet(warehouse, table, query, place, 3)).toEqual([
    "rows/2022.parquet",
    "rows/2023.parquet",
    "rows/unknown.parquet"
  ]);
  expect(parquetFiles(place, "rows")).toEqual(["rows/2022.parquet", "rows/2023.parquet", "rows/unknown.parquet"]);
  expect(await warehouse.rows(readParquet(place, "rows"))).toEqual([
    {id: 2, y: 2022, words: "b"},
    {id: 1, y: 2023, words: "a"},
    {id: 3, y: 2023, words: "c"},
    {id: 4, y: null, words: "d"}
  ]);
  expect(await writeParquet(warehouse, table, query, place, 4)).toEqual(["rows.parquet"]);
  warehouse.close();
});

test("words that a spreadsheet would run are defused in one form and verbatim in the other; figures are the same in both", async () => {
  const place = join(folder, "csv");
  mkdirSync(place);
  const warehouse = await Warehouse.openFile(":memory:");
  const words = ["=HYPERLINK(1)", "+44 20", "-1", "@x", "\tx", "＝x", 'say "x", y', "two\nlines", "plain", "", null];
  await warehouse.run("create table rows (id integer, v decimal(18, 2), words varchar)");
  for (const [i, word] of words.entries()) await warehouse.run("insert into rows values ($i, -1.5, $word)", {i, word});
  await writeCsvs(warehouse, place, [table]);
  warehouse.close();
  const read = (name: string) => parse(readFileSync(join(place, name)), {columns: true}) as Record<string, string>[];
  expect(read("rows.verbatim.csv").map((row) => row.words)).toEqual(words.map((word) => word ?? ""));
  expect(read("rows.csv").map((row) => row.words)).toEqual([
    "'=HYPERLINK(1)",
    "'+44 20",
    "'-1",
    "'@x",
    "'\tx",
    "'＝x",
    'say "x", y',
    "two\nlines",
    "plain",
    "",
    ""
  ]);
  for (const name of ["rows.csv", "rows.verbatim.csv"])
    expect(read(name).map(({v}) => v)).toEqual(words.map(() => "-1.50"));
});

test("only line breaks between records become CR LF, also where a piece of the file ends inside a cell", () => {
  const cell = `"${"x".repeat((1 << 20) - 4)}\ny"`;
  writeFileSync(join(folder, "lf"), `a,b\n${cell},1\n`);
  withCrlf(join(folder, "lf"), join(folder, "crlf"));
  expect(readFileSync(join(folder, "crlf"), "utf8") === `a,b\r\n${cell},1\r\n`).toBe(true);
});
