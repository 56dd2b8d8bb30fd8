import {existsSync, readdirSync, readFileSync, rmSync, statSync} from "node:fs";
import {join} from "node:path";
import {parse} from "csv-parse/sync";
import {afterAll, beforeAll, expect, test, vi} from "vitest";
import {checksumFaults, filesIn, sha256Of} from "../../pipeline/publish/checksums.ts";
import {CLOSED_CODES} from "../../pipeline/publish/codes.ts";
import {jsonRow, rowSchema} from "../../pipeline/publish/columns.ts";
import {publishedTables, sqlName} from "../../pipeline/publish/publishedTables.ts";
import {type Manifest, readManifest} from "../../pipeline/publish/release.ts";
import {DUCKDB_FILE, parquetFiles, readParquet} from "../../pipeline/publish/tableFiles.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import type {CodeRow, DictionaryRow} from "../../src/components/rows.ts";
import {embeddedWarehouse, fingerprints, newFolder, publishInto} from "./released.ts";

vi.setConfig({testTimeout: 60_000, hookTimeout: 120_000}); // a machine may be busy; nothing here is about time

// The embedded rows, published three times: by a warehouse of one thread, of two and of four.

const folders = [newFolder(), newFolder(), newFolder()] as const;
let release: string;
let manifest: Manifest;
let bundle: Warehouse;

beforeAll(async () => {
  for (const [i, threads] of [1, 2, 4].entries()) {
    const warehouse = await embeddedWarehouse(threads);
    await publishInto(warehouse, folders[i]!);
    warehouse.close();
  }
  release = join(folders[0], "release", "latest");
  manifest = readManifest(release);
  bundle = await Warehouse.openFile(join(release, DUCKDB_FILE), {readOnly: true});
}, 600_000);

afterAll(() => {
  bundle?.close();
  for (const folder of folders) rmSync(folder, {recursive: true, force: true});
});

const csv = (name: string): Record<string, string>[] =>
  parse(readFileSync(join(release, name)), {columns: true}) as Record<string, string>[];
const dictionary = (): DictionaryRow[] => csv("dictionary.csv") as unknown as DictionaryRow[];

/** DuckDB leaves unused parts of a block as memory was, so its file is the same in content only; two lists hold its hash. */
const withoutDuckDb = (folder: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fingerprints(folder)).flatMap(([path, sha256]) => {
      if (path.endsWith(DUCKDB_FILE)) return [];
      if (!/SHA256SUMS$|manifest\.json$/.test(path)) return [[path, sha256]];
      const place = path.startsWith("src/") ? join(folder, "src", "data") : join(folder, "release", "latest");
      const text = readFileSync(join(folder, path), "utf8")
        .replaceAll(sha256Of(join(place, DUCKDB_FILE)), "of DuckDB")
        .replaceAll(/"bytes": \d+(?=,\s+"sha256": "of DuckDB")/g, '"bytes": "of DuckDB"'); // its blocks, and so its size, vary
      return [[path, text.replace(/^.* manifest\.json$/m, "")]];
    })
  );

test("the same rows give the same bytes in every file, whatever the number of threads", () => {
  const [one, two, four] = folders.map(withoutDuckDb);
  expect(Object.keys(one!).length).toBeGreaterThan(900);
  expect(two).toEqual(one);
  expect(four).toEqual(one);
});

test("the DuckDB file holds the rows of the Parquet files in their order, in both", async () => {
  const other = await Warehouse.openFile(join(folders[1], "release", "latest", DUCKDB_FILE), {readOnly: true});
  for (const {file} of publishedTables) {
    const all = `select md5(string_agg(t::varchar, '|')) as rows from (select t from ${sqlName(file)} as t)`;
    const expected = await bundle.rows(
      `select md5(string_agg(t::varchar, '|')) as rows from (select t from (${readParquet(release, file)}) as t)`
    );
    expect(await bundle.rows(all), file).toEqual(expected);
    expect(await other.rows(all), file).toEqual(expected);
  }
  other.close();
});

test("every file has the hash, size and number of rows that the manifest gives, and none is unlisted", async () => {
  expect(checksumFaults(release)).toEqual([]);
  for (const {path, bytes, sha256, rows, format} of manifest.files) {
    expect(statSync(join(release, path)).size, path).toBe(bytes);
    expect(sha256Of(join(release, path)), path).toBe(sha256);
    if (format === "csv") expect(csv(path), path).toHaveLength(rows);
    if (format === "parquet")
      expect(
        await bundle.rows(`select count(*)::integer as n from read_parquet('${join(release, path)}')`),
        path
      ).toEqual([{n: rows}]);
  }
});

test("CSV, Parquet and DuckDB hold the same columns of the same types, and the dictionary no other", async () => {
  for (const {file} of publishedTables) {
    const documented = dictionary().filter(({table}) => table === file);
    const columns = documented.map(({column, type}) => ({column, type}));
    expect(await bundle.columns(sqlName(file)), file).toEqual(columns);
    expect(await bundle.columns(`(${readParquet(release, file)})`), file).toEqual(columns);
    const [header] = readFileSync(join(release, `${file}.csv`), "utf8").split("\r\n");
    expect(header, file).toBe(columns.map(({column}) => column).join(","));
    for (const {column, description} of documented) expect(description.length, `${file}.${column}`).toBeGreaterThan(5);
  }
  expect(new Set(dictionary().map(({table}) => table))).toEqual(new Set(publishedTables.map(({file}) => file)));
});

test("money is decimal in every typed form", async () => {
  for (const {table, column, type} of dictionary().filter(({column: name}) => /_gbp$|^value_published$/.test(name)))
    expect(type, `${table}.${column}`).toMatch(/^DECIMAL\(\d+,2\)$/);
});

test("every row fits the zod schema that the dictionary, the package and the API are made from", async () => {
  for (const {file} of publishedTables) {
    const columns = dictionary().filter(({table}) => table === file);
    const schema = rowSchema(columns);
    const dates = columns.filter(({type}) => type === "DATE").map(({column}) => `"${column}"::varchar as "${column}"`);
    const rows = await bundle.rows(
      `select * ${dates.length === 0 ? "" : `replace (${dates.join(", ")})`} from ${sqlName(file)}`
    );
    const faults = rows.flatMap((row) => {
      const read = schema.safeParse(jsonRow(row, columns));
      return read.success ? [] : [`${file}: ${JSON.stringify(read.error.issues[0])}`];
    });
    expect(faults.slice(0, 3)).toEqual([]);
  }
});

test("a key names one row, and a row that is named elsewhere is there", async () => {
  for (const {file, key, refersTo} of publishedTables) {
    if (key.length > 0)
      expect(
        await bundle.rows(`select ${key.join(", ")} from ${sqlName(file)} group by all having count(*) > 1`),
        file
      ).toEqual([]);
    for (const {column, table, key: other} of refersTo)
      expect(
        await bundle.rows(
          `select distinct ${column} from ${sqlName(file)} where ${column} is not null and ${column} not in (select ${other} from ${sqlName(table)})`
        ),
        `${file}.${column}`
      ).toEqual([]);
  }
});

test("every code in a coded column is explained, with the number of its rows", async () => {
  const codes = csv("codes.csv") as unknown as CodeRow[];
  for (const {table, column} of dictionary().filter(({column: name}) => name in CLOSED_CODES)) {
    const explained = codes.filter((code) => code.table === table && code.column === column);
    const found = await bundle.rows<{code: string; rows: string}>(
      `select ${column} as code, count(*)::varchar as rows from ${sqlName(table)} where ${column} is not null group by 1`
    );
    for (const {code, rows} of found)
      expect(
        explained.find((one) => one.code === code),
        `${table}.${column} ${code}`
      ).toMatchObject({rows});
  }
  for (const {meaning, code} of codes) expect(meaning.length, code).toBeGreaterThan(0);
});

test("every contract and observation leads to the hash of a file that source-files lists, and to a licence", async () => {
  for (const [table, hash, source] of [
    ["contracts", "raw_sha256", "register_id"],
    [
      "(select source_id, unnest(string_split(source_sha256, ' ')) as source_sha256 from observations join indicators using (indicator_id))",
      "source_sha256",
      "source_id"
    ]
  ])
    expect(
      await bundle.rows(
        `select count(*)::integer as n from ${table} where (${source}, ${hash}) not in (select (source_id, raw_sha256) from source_files)`
      ),
      table
    ).toEqual([{n: 0}]);
  expect(await bundle.rows("select source_id from sources where licence is null or attribution is null")).toEqual([]);
});

test("the DuckDB file says what each column means", async () => {
  const [row] = await bundle.rows<{comment: string}>(
    "select comment from duckdb_columns() where table_name = 'contracts' and column_name = 'vat_basis'"
  );
  expect(row?.comment).toContain("never derived by assuming a rate");
});

test("records end with CR LF, and an empty cell is missing, not zero", () => {
  const text = readFileSync(join(release, "contracts.verbatim.csv"), "utf8");
  expect(text.endsWith("\r\n")).toBe(true);
  expect(text.replaceAll("\r\n", "")).not.toContain("\n");
  expect(csv("contracts.verbatim.csv").filter(({max_ends_on}) => max_ends_on === "").length).toBeGreaterThan(0);
});

test("/data holds the release as it is kept, and beside it only what the contracts page reads", () => {
  const placed = Object.entries(fingerprints(join(folders[0], "src", "data")));
  expect(Object.fromEntries(placed.filter(([path]) => !path.startsWith("explorer/")))).toEqual(fingerprints(release));
  expect(readdirSync(join(folders[0], "src")).sort()).toEqual([
    "council",
    "data",
    "index.md",
    "redirects.csv",
    "status.json"
  ]);
});

test("publishing again when nothing changed changes no byte and adds no version", async () => {
  const before = fingerprints(folders[0]);
  const warehouse = await embeddedWarehouse();
  await publishInto(warehouse, folders[0]);
  warehouse.close();
  expect(fingerprints(folders[0])).toEqual(before);
}, 600_000);

test("the release names its parts where a reader looks first", () => {
  const readme = readFileSync(join(release, "README.txt"), "utf8");
  for (const {attribution} of csv("sources.csv")) expect(readme).toContain(attribution);
  expect(filesIn(release)).toContain("api/v1/index.json");
  expect(existsSync(join(release, parquetFiles(release, "contracts")[0]!))).toBe(true);
  expect(readFileSync(join(release, "CITATION.cff"), "utf8")).toContain(`version: "${manifest.version}"`);
});
