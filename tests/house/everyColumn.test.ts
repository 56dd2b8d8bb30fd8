import {afterAll, beforeAll, expect, test} from "vitest";
import {modelDoc} from "../../pipeline/publish/dictionary.ts";
import {publishedTables} from "../../pipeline/publish/publishedTables.ts";
import {modelsIn, type Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {worldOf} from "../warehouse/world.ts";

const models = (["staging", "snapshot", "core", "marts"] as const).flatMap(modelsIn);
let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await worldOf([]);
});
afterAll(() => warehouse.close());

test.each(models.map((model) => [model.name, model] as const))(
  "%s: every column is documented, and nothing else is",
  async (name, model) => {
    const documented = modelDoc(model.sql).columns;
    const columns = (await warehouse.columns(name)).map(({column}) => column);
    expect(documented.map(({column}) => column)).toEqual(columns);
    for (const {column, description} of documented) expect(description.length, column).toBeGreaterThan(5);
  }
);

test.each(models.map((model) => [model.name, model] as const))("%s says at its top what a row is", (_name, model) => {
  expect(modelDoc(model.sql).description.length).toBeGreaterThan(20);
});

test("the same column name means the same type everywhere it is published", async () => {
  const types = new Map<string, Set<string>>();
  for (const {model} of publishedTables)
    for (const {column, type} of await warehouse.columns(model))
      types.set(column, (types.get(column) ?? new Set()).add(type));
  expect(
    [...types].filter(([, found]) => found.size > 1).map(([column, found]) => `${column}: ${[...found].join(", ")}`)
  ).toEqual([]);
});

test("every published table is made by a model", () => {
  for (const {model, file} of publishedTables)
    expect(
      models.map(({name}) => name),
      file
    ).toContain(model);
});

test("money is decimal, never floating point", async () => {
  for (const {name} of models.filter((model) => !model.name.startsWith("snapshot")))
    for (const {column, type} of (await warehouse.columns(name)).filter(({column}) =>
      /_gbp$|^value_(published|amount)/.test(column)
    ))
      expect(type, `${name}.${column}`).toMatch(/^DECIMAL\(\d+,2\)$/);
});
