import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import fc from "fast-check";
import {strToU8, zipSync} from "fflate";
import {expect, test, vi} from "vitest";
import {csvRows, readCsv} from "../../pipeline/formats/csv.ts";
import {readDelimited} from "../../pipeline/formats/delimited.ts";
import {LayoutError} from "../../pipeline/formats/layoutError.ts";
import {readOds} from "../../pipeline/formats/ods.ts";
import {parquetColumns, parquetRows} from "../../pipeline/formats/parquet.ts";
import {recognise} from "../../pipeline/formats/recognise.ts";
import {readXlsx} from "../../pipeline/formats/xlsx.ts";
import {readRelease} from "../../pipeline/ocds/release.ts";
import {stageReleases} from "../../pipeline/ocds/stage.ts";
import {readDay, readMoney} from "../../pipeline/registers/council-registers/cells.ts";
import {readRegisterFile} from "../../pipeline/registers/register.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {syntheticRelease} from "../register-server/registerServer.ts";
import {registerWith} from "./world.ts";

// Whatever comes: the same rows, or a refusal that says why. Never a crash, and never a row that is neither staged nor rejected.

vi.setConfig({testTimeout: 120_000}); // a machine may be busy; nothing here is about time
const SEED = Number(process.env.FUZZ_SEED ?? 20_240_610); // the same every time, unless another is asked for
fc.configureGlobal({seed: SEED});
const RUNS = {numRuns: 300};

/** What a reader made of bytes; any error but a refusal is a crash, and fails the test. */
function refusedOr<T>(read: () => T): T | "refused" {
  try {
    return read();
  } catch (error) {
    if (error instanceof LayoutError && error.message.length > 10) return "refused";
    throw error;
  }
}
const register = registerWith({});
const bodiesOf = (bytes: Uint8Array) => readRegisterFile(register, recognise(bytes), {origin: "fuzz"}).bodies;
const stage = (bodies: readonly unknown[]) => stageReleases(bodies, {register_id: "r", raw_sha256: "0"}, () => null);
const good = (): Record<string, unknown> => structuredClone(syntheticRelease("2024-05-07-0001", "2024-05-07T09:00:00"));

/** Every place of a value, as the keys that lead there. */
function placesOf(value: unknown, path: readonly string[] = []): string[][] {
  const inside = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return [...(path.length > 0 ? [[...path]] : []), ...inside.flatMap(([key, item]) => placesOf(item, [...path, key]))];
}

const strange = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    "",
    0,
    -1,
    -0,
    1e308,
    1e15,
    1e16,
    5e-324,
    Number.MAX_SAFE_INTEGER + 2,
    true,
    [],
    {},
    [[]],
    {0: {}},
    "\0",
    "\ud800",
    "\u202e",
    "0000-00-00",
    "2024-02-30",
    "2024-02-29T25:00:00Z",
    "9999-12-31",
    "+1e5",
    "x".repeat(100_000)
  ),
  fc.string({unit: "binary"}),
  fc.double(),
  fc.jsonValue(),
  fc.date({noInvalidDate: true}).map((at) => at.toISOString())
);

function changed(release: Record<string, unknown>, path: readonly string[], how: string, value: unknown): unknown {
  let holder: Record<string, unknown> = release;
  for (const key of path.slice(0, -1)) holder = holder[key] as Record<string, unknown>;
  const last = path.at(-1)!;
  if (how === "drop") delete holder[last];
  else if (how === "wrap in a list") holder[last] = [holder[last]];
  else if (how === "wrap in an object") holder[last] = {value: holder[last]};
  else if (how === "double") holder[`${last}2`] = holder[last];
  else holder[last] = value;
  return release;
}

test("a release with one thing changed is staged or rejected with its place, and a good one beside it is always staged", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...placesOf(good())),
      fc.constantFrom("drop", "wrap in a list", "wrap in an object", "double", "replace"),
      strange,
      (path, how, value) => {
        const body = changed(good(), path, how, value);
        const staged = stage([body, good()]);
        expect(staged.releases.length + staged.rejects.length).toBe(2);
        expect(staged.releases.at(-1)).toMatchObject({position: 1});
        expect("fault" in readRelease(body)).toBe(staged.rejects.length === 1);
        for (const {reason} of staged.rejects as {reason: string}[]) expect(reason.length).toBeGreaterThan(5);
        for (const award of staged.awards as Record<string, unknown>[])
          if (award.value_amount !== null) expect(Number(award.value_amount)).toBeLessThanOrEqual(1e15);
      }
    ),
    {numRuns: 600}
  );
});

test("any JSON in place of a release is rejected or staged, never lost", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), {maxLength: 8}), (bodies) => {
      const staged = stage(bodies);
      expect(staged.releases.length + staged.rejects.length).toBe(bodies.length);
    }),
    RUNS
  );
});

const page = Buffer.from(JSON.stringify({releases: [good(), good()]}));
const mutation = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom("flip", "cut", "insert", "double", "zero"),
  byte: fc.integer({min: 0, max: 255})
});
function mutated(bytes: Uint8Array, {at, kind, byte}: {at: number; kind: string; byte: number}): Uint8Array {
  const place = at % Math.max(1, bytes.length);
  const copy = Buffer.from(bytes);
  if (kind === "flip") copy[place]! ^= byte || 1;
  if (kind === "cut") return copy.subarray(0, place);
  if (kind === "insert") return Buffer.concat([copy.subarray(0, place), Buffer.from([byte]), copy.subarray(place)]);
  if (kind === "double") return Buffer.concat([copy, copy.subarray(place)]);
  if (kind === "zero") copy.fill(0, place, Math.min(copy.length, place + 64));
  return copy;
}

test.each([
  ["JSON", page],
  ["gzip", gzipSync(page)]
])("%s with bytes changed: the releases that can still be read, or a refusal", (_name, bytes) => {
  fc.assert(
    fc.property(mutation, (how) => {
      const bodies = refusedOr(() => bodiesOf(mutated(bytes, how)));
      if (bodies === "refused") return;
      const staged = stage(bodies);
      expect(staged.releases.length + staged.rejects.length).toBe(bodies.length);
    }),
    RUNS
  );
});

test("any bytes at all are recognised or refused", () => {
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 2000}), (bytes) => {
      refusedOr(() => bodiesOf(bytes));
      refusedOr(() => readCsv(bytes));
      refusedOr(() => csvRows(bytes));
      refusedOr(() => readDelimited(bytes));
      refusedOr(() => readXlsx(bytes));
      refusedOr(() => readOds(bytes));
      refusedOr(() => parquetColumns(bytes));
    }),
    RUNS
  );
});

const RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const xlsx = (sheet: string, doctype = ""): Uint8Array =>
  zipSync({
    "[Content_Types].xml": strToU8("<Types/>"),
    "xl/workbook.xml": strToU8(
      `${doctype}<workbook xmlns:r="${RELATION}"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>`
    ),
    "xl/_rels/workbook.xml.rels": strToU8(
      `<Relationships><Relationship Id="r1" Type="${RELATION}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`
    ),
    "xl/worksheets/sheet1.xml": strToU8(sheet)
  });
const SHEET = `<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>word</t></is></c><c r="B1"><v>12.5</v></c></row></sheetData></worksheet>`;
const ods = (content: string): Uint8Array =>
  zipSync({
    mimetype: [strToU8("application/vnd.oasis.opendocument.spreadsheet"), {level: 0}],
    "content.xml": strToU8(content)
  });
const TABLE = `<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><table:table table:name="S"><table:table-row><table:table-cell office:value-type="float" office:value="12.5"><text:p>12.5</text:p></table:table-cell></table:table-row></table:table></office:document-content>`;

test.each([
  ["xlsx", xlsx(SHEET), (bytes: Uint8Array) => readXlsx(bytes)],
  ["ods", ods(TABLE), (bytes: Uint8Array) => readOds(bytes)]
])("a workbook (%s) with bytes changed: its cells, or a refusal", (_name, bytes, read) => {
  expect(JSON.stringify(read(bytes))).toContain("12.5");
  fc.assert(
    fc.property(mutation, (how) => void refusedOr(() => read(mutated(bytes, how)))),
    RUNS
  );
});

const LAUGHS = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "${"ha".repeat(50)}">${Array.from({length: 9}, (_, i) => `<!ENTITY ${"bcdefghij"[i]} "${`&${"abcdefghi"[i]};`.repeat(10)}">`).join("")}]>`;
const OUTSIDE = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>`;
test.each([
  ["entities that multiply", LAUGHS, "&j;"],
  ["an entity from outside", OUTSIDE, "&secret;"]
])("%s are refused in a workbook of either kind", (_name, doctype, use) => {
  expect(() => readXlsx(xlsx(`${doctype}${SHEET.replace("word", use)}`))).toThrow("declares a document type");
  expect(() => readXlsx(xlsx(SHEET, doctype))).toThrow("declares a document type");
  expect(() => readOds(ods(`${doctype}${TABLE.replace(">12.5<", `>${use}<`)}`))).toThrow("declares a document type");
});

test("bombs are refused before they go off: gzip, gzip in gzip, and a sheet of nothing", () => {
  const zeros = Buffer.alloc(64 * 1024 * 1024);
  const before = process.memoryUsage().rss;
  expect(() => recognise(gzipSync(zeros))).toThrow(/inflates beyond 256 MB or 100 times/);
  expect(() => recognise(gzipSync(gzipSync(page)))).toThrow("the gzip data hold gzip data again");
  expect(() => readXlsx(xlsx(`<worksheet>${" ".repeat(32 * 1024 * 1024)}</worksheet>`))).toThrow(/more than 200 times/);
  expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
});

test.each([
  ["lists in lists", `${"[".repeat(200_000)}${"]".repeat(200_000)}`],
  ["objects in objects", `${'{"a":'.repeat(200_000)}1${"}".repeat(200_000)}`],
  [
    "a release with a well of lists",
    JSON.stringify({releases: [good()]}).replace('"tag":', `"deep":${"[".repeat(100_000)}${"]".repeat(100_000)},"tag":`)
  ],
  ["a string of escapes", `{"releases":[{"ocid":"${'\\"'.repeat(3_000_000)}"}]}`],
  ["numbers without an end", `{"releases":[{"ocid":"a","x":${"9".repeat(500_000)}}]}`]
])(
  "%s: read, rejected or refused, and over soon",
  (_name, text) => {
    const bodies = refusedOr(() => bodiesOf(Buffer.from(text)));
    if (bodies !== "refused") expect(stage(bodies).rejects.length + stage(bodies).releases.length).toBe(bodies.length);
  },
  20_000
);

test("CSV: what was written is what is read, whatever is in the cells", () => {
  const cell = fc.string({unit: "grapheme", maxLength: 30}).map((text) => text.replaceAll(/[\r\0]/g, ""));
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), {minLength: 1, maxLength: 10}), (rows) => {
      const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
      const text = `a,b\r\n${rows.map((row) => row.map(quoted).join(",")).join("\r\n")}\r\n`;
      expect(readCsv(Buffer.from(text)).rows.map(({cells}) => [cells.a, cells.b])).toEqual(rows);
    }),
    RUNS
  );
});

test("money and days in cells: a number or a day, or nothing; never another one", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({unit: fc.constantFrom(..."£$,.0123456789()-+ mMkKbn/")})), (text) => {
      const money = refusedOr(() => readMoney(text));
      if (money !== "refused" && money !== null) expect(JSON.stringify(money)).not.toMatch(/NaN|Infinity/);
      refusedOr(() => readDay(text));
    }),
    {numRuns: 1000}
  );
});

test("Parquet with bytes changed: its columns and rows, or a refusal", async () => {
  const folder = mkdtempSync(join(tmpdir(), "contract-scale-fuzz-"));
  const writer = await Warehouse.openFile(":memory:");
  await writer.writeParquet("select i as a, 'word ' || i as b from range(50) as t(i)", join(folder, "x.parquet"));
  writer.close();
  const bytes = readFileSync(join(folder, "x.parquet"));
  rmSync(folder, {recursive: true});
  await fc.assert(
    fc.asyncProperty(mutation, async (how) => {
      const columns = refusedOr(() => parquetColumns(mutated(bytes, how)));
      if (columns === "refused") return;
      try {
        for await (const row of parquetRows(mutated(bytes, how), columns))
          expect(Object.keys(row).sort()).toEqual([...columns].sort());
      } catch (error) {
        expect(error).toBeInstanceOf(LayoutError);
      }
    }),
    RUNS
  );
});
