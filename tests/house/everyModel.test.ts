import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {ROOT} from "./imports.ts";

const SQL = readdirSync(join(ROOT, "pipeline"), {recursive: true, encoding: "utf8"})
  .filter((path) => /\.(sql|ts)$/.test(path))
  .map((path) => ({path, text: readFileSync(join(ROOT, "pipeline", path), "utf8")}));

// DuckDB 1.5.5 fails now and then on a window over all rows with several threads ("Attempted to access index 0 within vector of size 0",
// https://github.com/duckdb/duckdb/issues/25713); a total in a subquery says the same and does not.
test("no statement has a window over all rows", () => {
  expect(SQL.length).toBeGreaterThan(100);
  expect(SQL.filter(({text}) => /\bover\s*\(\s*\)/i.test(text)).map(({path}) => path)).toEqual([]);
});
