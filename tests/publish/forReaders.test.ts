import {spawnSync} from "node:child_process";
import {createHash} from "node:crypto";
import {existsSync, readdirSync, readFileSync, rmSync, statSync} from "node:fs";
import {join} from "node:path";
import {Ajv2020} from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import {unzipSync} from "fflate";
import {JSDOM} from "jsdom";
import {afterAll, beforeAll, expect, test, vi} from "vitest";
import {atomFeed} from "../../pipeline/publish/feed.ts";
import {permalinkPages, placeReleases} from "../../pipeline/publish/permalinkPages.ts";
import {publishedTables} from "../../pipeline/publish/publishedTables.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {embeddedWarehouse, fingerprints, newFolder, publishInto} from "./released.ts";

vi.setConfig({testTimeout: 60_000, hookTimeout: 120_000}); // a machine may be busy; nothing here is about time

// What a reader meets without the project's own programs: the API, the examples, the feed, the pages behind permalinks.

const folder = newFolder();
let release: string;
let version: string;
let counted: Map<string, string>; // service line -> pounds, from SQL

beforeAll(async () => {
  const warehouse = await embeddedWarehouse();
  version = (await publishInto(warehouse, folder)).version;
  release = join(folder, "release", version);
  const rows = await warehouse.rows<{line: string; gbp: string}>(
    "select service_line as line, sum(value_gbp)::varchar as gbp from core.contracts where left_out_because is null group by 1 order by 1"
  );
  counted = new Map(rows.map(({line, gbp}) => [line, gbp]));
  warehouse.close();
}, 600_000);
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const json = (path: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(release, path), "utf8")) as Record<string, unknown>;

test("every document of the API fits its JSON Schema and leads to the others", () => {
  const ajv = new Ajv2020({strict: false});
  addFormats.default(ajv);
  for (const [name, place] of [
    ["index", ""],
    ["council", "councils"],
    ["indicator", "indicators"],
    ["contracts", "contracts"]
  ]) {
    const check = ajv.compile(json(`api/v1/schema/${name}.schema.json`));
    const files =
      place === "" ? ["index.json"] : readdirSync(join(release, "api/v1", place!)).map((file) => `${place}/${file}`);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(check(json(`api/v1/${file}`)) ? [] : check.errors, file).toEqual([]);
  }
  const index = json("api/v1/index.json") as {
    councils: {address: string}[];
    indicators: {address: string}[];
    tables: string;
  };
  for (const {address} of [...index.councils, ...index.indicators])
    expect(existsSync(join(release, "api/v1", address)), address).toBe(true);
  expect(existsSync(join(release, "api/v1", index.tables))).toBe(true);
});

test("every council’s document has its contracts, each once; one without any has an empty list", async () => {
  const reader = await Warehouse.openFile(":memory:");
  const rows = await reader.rows<{gss: string; n: number; ids: string}>(
    `select councils.gss, count(contract_id)::integer as n, coalesce(string_agg(contract_id, ' ' order by contract_id), '') as ids
     from '${join(release, "councils.parquet")}' as councils
     left join '${join(release, "contracts.parquet")}' as contracts on contracts.council_gss = councils.gss
     group by councils.gss`
  );
  reader.close();
  expect(rows.filter(({n}) => n > 0).length).toBeGreaterThan(50);
  expect(rows.filter(({n}) => n === 0).length).toBeGreaterThan(50);
  for (const {gss, ids} of rows) {
    const {contracts} = json(`api/v1/contracts/${gss}.json`) as {contracts: {contract_id: string}[]};
    expect(
      contracts
        .map(({contract_id}) => contract_id)
        .sort()
        .join(" "),
      gss
    ).toBe(ids);
  }
});

test("a schema is no rubber stamp: a document with a wrong kind of value does not fit", () => {
  const ajv = new Ajv2020({strict: false});
  addFormats.default(ajv);
  const check = ajv.compile(json("api/v1/schema/contracts.schema.json"));
  const document = json("api/v1/contracts/E08000012.json") as {contracts: Record<string, unknown>[]};
  expect(check(document)).toBe(true);
  document.contracts[0]!.value_kind = "spend";
  expect(check(document)).toBe(false);
});

function run(command: string, ...words: string[]): string {
  const {status, stdout, stderr} = spawnSync(command, words, {encoding: "utf8"});
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

const hasPython = spawnSync("python3", ["--version"]).status === 0;
test.skipIf(!hasPython)(
  `the Python example prints the sums that SQL gives${hasPython ? "" : " (skipped: no python3 here)"}`,
  () => {
    const lines = run("python3", join(release, "examples/read_csv.py")).trim().split("\n");
    expect(new Map(lines.map((line) => line.split("\t") as [string, string]))).toEqual(counted);
  }
);

const hasR = spawnSync("Rscript", ["--version"]).status === 0;
test.skipIf(!hasR)(`the R example prints the sums that SQL gives${hasR ? "" : " (skipped: no Rscript here)"}`, () => {
  const lines = run("Rscript", join(release, "examples/read_csv.R")).trim().split("\n");
  expect(new Map(lines.map((line) => line.split("\t") as [string, string]))).toEqual(counted);
});

const hasPythonDuckDb = spawnSync("python3", ["-c", "import duckdb"]).status === 0;
test.skipIf(!hasPythonDuckDb)(
  `the example for Python's duckdb prints the sums${hasPythonDuckDb ? "" : " (skipped: no duckdb for python3 here)"}`,
  () => {
    const lines = run("python3", join(release, "examples/read_duckdb.py")).trim().split("\n");
    expect(new Map(lines.map((line) => line.split("\t") as [string, string]))).toEqual(counted);
  }
);

test("the SQL in the example for Python's duckdb gives the sums, whatever runs it", async () => {
  const text = readFileSync(join(release, "examples/read_duckdb.py"), "utf8");
  const query = /query = f"""(.*?)"""/s.exec(text)![1]!.replace("{release}", release);
  const reader = await Warehouse.openFile(":memory:");
  const rows = await reader.rows<{line: string; gbp: string}>(
    `select service_line as line, #2::varchar as gbp from (${query.replace("{contracts}", "contracts.parquet")})`
  );
  reader.close();
  expect(new Map(rows.map(({line, gbp}) => [line, gbp]))).toEqual(counted);
});

test("the JavaScript example prints one council's sums", () => {
  const lines = run(process.execPath, join(release, "examples/read_api.mjs"), "E08000012").trim().split("\n");
  const {contracts} = json("api/v1/contracts/E08000012.json") as {
    contracts: {left_out_because: string | null; value_gbp: number}[];
  };
  const sum = contracts
    .filter(({left_out_because}) => left_out_because === null)
    .reduce((total, {value_gbp}) => total + value_gbp, 0);
  expect(lines.reduce((total, line) => total + Number(line.split("\t")[1]), 0)).toBeCloseTo(sum, 2);
  expect(sum).toBeGreaterThan(0);
});

test("the release works its own figures out again with Node alone, from any folder", () => {
  const words = run(process.execPath, join(release, "reproduce.mjs"));
  expect(words).toContain(`Contract Scale ${version}`);
  expect(words.trim().split("\n").at(-1)).toMatch(/^MATCH: every file has the bytes it was released with/);
});

test("on a council's page every figure has an id of its own and a link to itself; the page says its version", () => {
  const pages = new Map(permalinkPages(release, version));
  const {document} = new JSDOM(pages.get("council/E08000012/index.html")).window;
  const cells = [...document.querySelectorAll("td[id]")];
  expect(cells.length).toBeGreaterThan(50);
  expect(new Set(cells.map(({id}) => id)).size).toBe(cells.length);
  for (const cell of cells.filter(
    ({id, textContent}) => textContent !== "" && !/\/(low_95|high_95|numerator|denominator)$/.test(id)
  ))
    expect(cell.querySelector("a")!.getAttribute("href")).toBe(`#${cell.id}`);
  expect(document.querySelector("h1")!.textContent).toContain(version);
  expect(document.querySelector(".notice")).toBeNull();
});

test("a page of an old version keeps its number and says that newer data exist", () => {
  const page = new Map(permalinkPages(release, "2030-01-01-ffffffff")).get("council/E08000012/index.html")!;
  const {document} = new JSDOM(page).window;
  expect(document.querySelector(".notice")!.textContent).toContain("Newer data exist: version 2030-01-01-ffffffff");
  expect(document.querySelector(".notice a")!.getAttribute("href")).toBe("../../../2030-01-01-ffffffff/");
});

test("a built site gets every table as released, as Parquet and as CSV, large ones in the archive, with their proof and the feed", () => {
  const site = join(folder, "dist");
  placeReleases(join(folder, "release"), site);
  const placed = fingerprints(join(site, "v", version));
  const released = fingerprints(release);
  const archive = unzipSync(readFileSync(join(site, "v", version, "spreadsheets.zip")));
  for (const {file} of publishedTables) {
    expect(placed[`${file}.parquet`], file).toBe(released[`${file}.parquet`]);
    expect(sha256(archive[`${file}.csv`]!), file).toBe(released[`${file}.csv`]);
    if (statSync(join(release, `${file}.csv`)).size <= 1_000_000)
      expect(placed[`${file}.csv`], file).toBe(released[`${file}.csv`]);
  }
  expect(placed["observations.csv"]).toBeUndefined(); // 10 MB that the archive and the Parquet file hold too
  for (const path of ["dictionary.csv", "codes.csv", "SHA256SUMS", "manifest.json", "provenance.json"])
    expect(placed[path], path).toBe(released[path]);
  expect(Object.keys(placed).filter((path) => /verbatim|duckdb|^api/.test(path))).toEqual([]);
  const {document} = new JSDOM(readFileSync(join(site, "v", version, "index.html"), "utf8")).window;
  for (const link of document.querySelectorAll("tbody a")) {
    const path = link.getAttribute("href")!;
    expect(path in placed || existsSync(join(release, path.replace("../../data/", ""))), path).toBe(true);
  }
  expect(existsSync(join(site, "feed.xml"))).toBe(true);
});

test("the feed is well-formed, newest first, with releases and corrections told apart and words of others escaped", () => {
  const common = {schema_version: "1.0.0", data_cut_off_on: "2025-01-23"};
  const xml = atomFeed(
    [
      {
        ...common,
        version: "one",
        note: ["First version."],
        notices: [{decided_on: "2025-03-01", reason: "r", text: "withheld <b>&"}]
      },
      {...common, version: "two", data_cut_off_on: "2025-02-01", note: ["a", "b"], notices: []}
    ],
    "https://example.org"
  );
  const {document} = new JSDOM(xml, {contentType: "application/xml"}).window;
  const text = (selector: string): (string | null)[] =>
    [...document.querySelectorAll(selector)].map((element) => element.textContent);
  expect(text("entry > title")).toEqual(["Data version two", "Notice on data version one", "Data version one"]);
  expect(text("entry > content")).toEqual(["a\nb", "withheld <b>&", "First version."]);
  expect(text("feed > updated")).toEqual(["2025-03-01T00:00:00Z"]);
  expect(new Set(text("id")).size).toBe(4);
  for (const id of text("id"))
    expect(id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
});
