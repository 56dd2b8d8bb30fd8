import {spawnSync} from "node:child_process";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, expect, test} from "vitest";
import {copyWrittenSource} from "../../pipeline/site/source.ts";
import {ROOT} from "../house/imports.ts";

const folder = mkdtempSync(join(tmpdir(), "contract-scale-source-")); // outside every package
afterAll(() => rmSync(folder, {recursive: true, force: true}));

test("the settings are read as a module wherever they were copied to, as the site generator reads them", () => {
  copyWrittenSource(ROOT, folder);
  const code = `import(process.argv[1]).then((read) => console.log(read.default.title))`;
  const {stdout} = spawnSync(
    process.execPath,
    ["--import", join(ROOT, "node_modules/tsx/dist/loader.mjs"), "-e", code, join(folder, "observablehq.config.ts")],
    {encoding: "utf8"}
  );
  expect(stdout.trim()).toBe("Contract Scale");
});
