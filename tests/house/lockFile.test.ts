import {expect, test} from "vitest";
import {textOf} from "./imports.ts";

const packages = Object.keys((JSON.parse(textOf("package-lock.json")) as {packages: Record<string, unknown>}).packages);

// A lock made where a registry lacks some platform's newest build leaves that platform out without a word, and "npm ci" fails there.
test.each([
  ["@rollup/rollup-", 26],
  ["@duckdb/node-bindings-", 8]
])("the lock file carries %s for all %i platforms", (prefix, platforms) => {
  expect(packages.filter((name) => name.startsWith(`node_modules/${prefix}`))).toHaveLength(platforms);
});

test("versions are exact, so that a build tomorrow is the build of today", () => {
  const {dependencies, devDependencies} = JSON.parse(textOf("package.json")) as Record<string, Record<string, string>>;
  for (const version of Object.values({...dependencies, ...devDependencies})) expect(version).toMatch(/^\d/);
});
