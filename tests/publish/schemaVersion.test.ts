import {rmSync} from "node:fs";
import {join} from "node:path";
import {afterAll, expect, test, vi} from "vitest";
import {publishedTables} from "../../pipeline/publish/publishedTables.ts";
import {readDictionary} from "../../pipeline/publish/release.ts";
import {
  lastReleasedSchema,
  nextSchemaVersion,
  releaseSchema,
  type Shape,
  shapeChanges,
  shapeOf
} from "../../pipeline/publish/schemaVersion.ts";
import {ROOT} from "../house/imports.ts";
import {worldOf} from "../warehouse/world.ts";
import {newFolder} from "./released.ts";

vi.setConfig({testTimeout: 60_000, hookTimeout: 120_000}); // a machine may be busy; nothing here is about time

const folder = newFolder();
afterAll(() => rmSync(folder, {recursive: true, force: true}));

test("nothing that a reader's program relies on has gone since the last released schema", async () => {
  const warehouse = await worldOf([]);
  const now = shapeOf(publishedTables, await readDictionary(warehouse));
  warehouse.close();
  const last = lastReleasedSchema(join(ROOT, "data/schema"));
  const breaking = shapeChanges(last.tables, now).filter(({level}) => level === "major");
  expect(
    breaking,
    'a breaking change is released on purpose: build, then "npm run schema" writes the next major version'
  ).toEqual([]);
});

const before: Shape = {contracts: {key: ["id"], columns: {id: "VARCHAR", value_gbp: "DECIMAL(18,2)"}}};
const columns = (changed: Record<string, string>): Shape => ({contracts: {key: ["id"], columns: changed}});

test.each<[string, Shape, string, string]>([
  ["nothing", before, "1.4.0", ""],
  ["a new column", columns({...before.contracts!.columns, title: "VARCHAR"}), "1.5.0", "contracts.title is new"],
  ["a new table", {...before, buyers: {key: [], columns: {}}}, "1.5.0", "the table buyers is new"],
  ["a column gone", columns({id: "VARCHAR"}), "2.0.0", "contracts.value_gbp is gone or has another name"],
  [
    "a column renamed",
    columns({id: "VARCHAR", value: "DECIMAL(18,2)"}),
    "2.0.0",
    "contracts.value_gbp is gone or has another name; contracts.value is new"
  ],
  [
    "another type",
    columns({id: "VARCHAR", value_gbp: "DOUBLE"}),
    "2.0.0",
    "contracts.value_gbp was DECIMAL(18,2) and is DOUBLE"
  ],
  ["a table gone", {}, "2.0.0", "the table contracts is gone"],
  [
    "another key",
    {contracts: {...before.contracts!, key: ["id", "value_gbp"]}},
    "2.0.0",
    "a row of contracts was named by id and is by id, value_gbp"
  ]
])("%s makes the next version what semantic versioning says", (_name, after, version, words) => {
  expect(nextSchemaVersion({version: "1.4.0", tables: before}, after)).toBe(version);
  expect(
    shapeChanges(before, after)
      .map(({text}) => text)
      .join("; ")
  ).toBe(words);
});

test("versions are compared as numbers: 1.10.0 is later than 1.9.0", () => {
  expect(() => lastReleasedSchema(folder)).toThrow('write one with "npm run schema"');
  expect(releaseSchema(folder, before)).toBe("1.0.0");
  let shape = before;
  for (let i = 1; i <= 10; i += 1) {
    shape = columns({...shape.contracts!.columns, [`added_${i}`]: "VARCHAR"});
    releaseSchema(folder, shape);
  }
  expect(lastReleasedSchema(folder).version).toBe("1.10.0");
});
