import {expect, test} from "vitest";
import {publications, registers} from "../../pipeline/discover.ts";
import {filesBelow, importsOf, textOf} from "./imports.ts";

// The house has one direction: definitions know the shared language, the machinery knows no definition by name, the command
// line knows all, models build on models below them, pages know only the published data.

const PURE = ["pipeline/ocds/", "pipeline/geography/", "pipeline/formats/", "pipeline/statistics/"];
const inAny = (folders: readonly string[]) => (path: string) => folders.some((folder) => path.startsWith(folder));
const projectImports = (path: string) => importsOf(path).filter((imported) => /^(pipeline|src|tests)\//.test(imported));

test.each(["pipeline/registers/", "pipeline/indicators/", "pipeline/hypotheses/"])(
  "%s depends on the shared language only",
  (folder) => {
    const strangers = filesBelow(folder, ".ts").flatMap((path) =>
      projectImports(path)
        .filter((imported) => !inAny([folder, ...PURE])(imported))
        .map((imported) => `${path} -> ${imported}`)
    );
    expect(strangers).toEqual([]);
  }
);

test("the shared language depends on nothing else of the project, and touches no disk, network, clock or environment", () => {
  const files = PURE.flatMap((folder) => filesBelow(folder, ".ts"));
  expect(files.length).toBeGreaterThan(5);
  for (const path of files) {
    expect(
      projectImports(path).filter((imported) => !inAny(PURE)(imported)),
      path
    ).toEqual([]);
    expect(
      importsOf(path).filter((imported) => /^(node:(fs|net|https?|child_process)|undici)/.test(imported)),
      path
    ).toEqual([]);
    expect(textOf(path), path).not.toMatch(/process\.|new Date\(\)|Date\.now|fetch\(/);
  }
});

test("archive, warehouse, models and publish know no register and no publication by name", async () => {
  const ids = [...(await registers()), ...(await publications())].map(({id}) => id);
  const machinery = ["pipeline/archive/", "pipeline/warehouse/", "pipeline/publish/", "pipeline/models/"].flatMap(
    (folder) => filesBelow(folder, ".ts", ".sql")
  );
  expect(ids.length).toBeGreaterThan(1);
  const named = machinery.flatMap((path) =>
    ids
      .filter((id) => textOf(path).includes(`"${id}"`) || textOf(path).includes(`'${id}'`))
      .map((id) => `${path}: ${id}`)
  );
  expect(named).toEqual([]);
});

test("only the warehouse imports the DuckDB driver", () => {
  const others = filesBelow("pipeline", ".ts").filter((path) => !path.startsWith("pipeline/warehouse/"));
  expect(others.filter((path) => importsOf(path).some((imported) => imported.startsWith("@duckdb/")))).toEqual([]);
});

test("only the command line reads the arguments, the environment or the clock", () => {
  const others = filesBelow("pipeline", ".ts").filter((path) => path !== "pipeline/cli.ts");
  expect(others.filter((path) => /process\.argv|new Date\(\)|Date\.now\(/.test(textOf(path)))).toEqual([]);
  const readsEnvironment = others.filter((path) => /process\.env/.test(textOf(path)));
  expect(readsEnvironment.filter((path) => path !== "pipeline/site/build.ts")).toEqual([]); // passes it on to Framework's own process
});

test("models read only what lies below them: marts from core, core from staging, snapshot and reference", () => {
  const below = {core: ["core", "staging", "snapshot", "reference"], marts: ["marts", "core", "reference"]};
  for (const [schema, allowed] of Object.entries(below))
    for (const path of filesBelow(`pipeline/models/${schema}`, ".sql").filter(
      (file) => !file.endsWith(".checks.sql")
    )) {
      const code = textOf(path).replaceAll(/--.*$/gm, "");
      const read = [...code.matchAll(/\b(?:from|join)\s+(staging|snapshot|reference|core|marts)\./g)].map(
        ([, name]) => name!
      );
      expect(read.length, path).toBeGreaterThan(0);
      expect(
        read.filter((name) => !allowed.includes(name)),
        path
      ).toEqual([]);
    }
});

test("pages and charts know only the published data, never the pipeline", () => {
  const code = filesBelow("src", ".ts", ".js", ".md");
  expect(code.filter((path) => /from\s+"[^"]*pipeline\//.test(textOf(path)))).toEqual([]);
});
