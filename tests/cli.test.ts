import {spawnSync} from "node:child_process";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {ROOT} from "./house/imports.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "contract-scale-cli-"));
  writeFileSync(join(folder, "cut.json"), '{"releases":[\0\0\0');
  writeFileSync(
    join(folder, "page.json"),
    JSON.stringify({
      releases: [
        {ocid: "ocds-b5fd17-1", id: "1", date: "2024-04-30"},
        {ocid: "ocds-b5fd17-2", id: 2}
      ]
    })
  );
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

function pipeline(...words: string[]): {code: number | null; out: string; err: string} {
  const data = ["import", "fetch", "build", "check", "publish", "trace", "status"].includes(words[0] ?? "")
    ? ["--data", join(folder, "data")]
    : [];
  const run = spawnSync(process.execPath, ["--import", "tsx", "pipeline/cli.ts", ...words, ...data], {
    cwd: ROOT,
    encoding: "utf8",
    env: {...process.env, CONTRACT_SCALE_CONTACT: ""}
  });
  return {code: run.status, out: run.stdout, err: run.stderr};
}

test("import says what became of every file and release; a refused file is exit code 1 and no stack trace", () => {
  const {code, out, err} = pipeline("import", "contracts-finder", join(folder, "cut.json"), join(folder, "page.json"));
  expect(code).toBe(1);
  expect(err).toContain("cut.json: the JSON is damaged: 3 NUL bytes stand at byte 13");
  expect(err).toContain("2 files given, 2 different: 1 read, 0 already there, 1 refused");
  expect(err).toContain("2 seen = 1 staged + 1 rejected");
  expect(err).not.toMatch(/\n\s+at /);
  expect(out).toBe("");
});

test("the same file again is already there, and that is no error", () => {
  const {code, err} = pipeline("import", "contracts-finder", join(folder, "page.json"));
  expect(code).toBe(0);
  expect(err).toContain("1 files given, 1 different: 0 read, 1 already there, 0 refused");
});

test("build, check and status go on from what was imported", () => {
  expect(pipeline("build", "--no-snapshot")).toMatchObject({code: 0});
  expect(pipeline("check")).toMatchObject({code: 0});
  const {out, code} = pipeline("status", "--json");
  expect(code).toBe(0);
  const {sources, last_attempt} = JSON.parse(out) as {sources: {source_id: string}[]; last_attempt: unknown};
  expect(last_attempt).toBeNull(); // nothing was published yet
  expect(sources.find(({source_id}) => source_id === "contracts-finder")).toMatchObject({
    files: 2,
    refused_files: 1,
    seen: 2,
    staged: 1,
    rejected: 1,
    embedded_rows: 0
  });
}, 60_000);

test.each([
  [
    "an unknown source",
    ["import", "contract-finder", "x"],
    'there is no register or publication "contract-finder"; there are '
  ],
  [
    "a path that is not there",
    ["import", "contracts-finder", "nowhere.json"],
    "there is no file or folder nowhere.json"
  ],
  ["a fetch without a contact", ["fetch", "find-a-tender"], "set CONTRACT_SCALE_CONTACT to an e-mail or web address"],
  [
    "another pace for a real register",
    ["fetch", "find-a-tender", "--pace", "find-a-tender=600"],
    "is for a server on this machine only"
  ],
  ["a day that is none", ["fetch", "--from", "2024-02-30"], '"2024-02-30" is not a day such as 2024-05-07'],
  ["an unknown verb", ["improt"], "unknown command 'improt'"],
  [
    "a check that there is none of",
    ["publish", "--accept", "volumes:find-a-tender"],
    "there is no check of that name; there are fetched, "
  ],
  ["a port that is no port", ["start", "--port", "http"], "a port is a whole number from 1 to 65535"]
])("%s is wrong usage: exit code 2 and a sentence", (_name, words, sentence) => {
  const {code, err} = pipeline(...words);
  expect(err).toContain(sentence);
  expect(code).toBe(2);
});

test("an amount of memory that is none is wrong usage, whatever the verb", () => {
  for (const megabytes of ["lots", "12"]) {
    const run = spawnSync(process.execPath, ["--import", "tsx", "pipeline/cli.ts", "status"], {
      cwd: ROOT,
      encoding: "utf8",
      env: {...process.env, CONTRACT_SCALE_MEMORY_MB: megabytes}
    });
    expect(run.stderr).toContain(`CONTRACT_SCALE_MEMORY_MB is "${megabytes}": it must be a whole number of megabytes`);
    expect(run.status).toBe(2);
  }
}, 60_000);

test("a contract that is not there is exit code 1 and a sentence", () => {
  const {code, err} = pipeline("trace", "0000");
  expect(err).toContain('no contract has the id "0000"');
  expect(code).toBe(1);
});
