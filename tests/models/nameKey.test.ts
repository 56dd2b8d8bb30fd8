import {afterAll, beforeAll, expect, test} from "vitest";
import {nameKey} from "../../pipeline/geography/nameKey.ts";
import type {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {worldOf} from "../warehouse/world.ts";

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await worldOf([]);
});
afterAll(() => warehouse.close());

test.each([
  ["The  Royal Borough of Windsor & Maidenhead", "royal borough of windsor and maidenhead"],
  [".East Riding Of Yorkshire Council", "east riding of yorkshire council"],
  ["Cyngor Sir Ynys Môn", "cyngor sir ynys mon"],
  ["Bristol City Council (BCC)", "bristol city council bcc"]
])("%s is compared as %s, in the models as in the script that writes the names", async (name, key) => {
  const [row] = await warehouse.rows<{key: string}>("select name_key($name) as key", {name});
  expect(row?.key).toBe(key);
  expect(nameKey(name)).toBe(key);
});
