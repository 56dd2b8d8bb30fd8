import {spawn, spawnSync} from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync
} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, test as everywhere, expect} from "vitest";
import {ROOT} from "../house/imports.ts";

// What a container runs every day, with a refresh in place of npm that publishes, refuses or fails as the test wants it.

const test = everywhere.skipIf(process.platform !== "linux"); // the script is for a container

let folder: string;
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "contract-scale-ci-"));
  for (const name of [".ci", "bin", "data"]) mkdirSync(at(name));
  copyFileSync(join(ROOT, ".ci/refresh"), at(".ci/refresh"));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

const status = (when: string, outcome: string): string => JSON.stringify({level: "green", at: when, outcome}, null, 1);

/** Puts a refresh in npm's place. */
function refreshIs(script: string): void {
  writeFileSync(at("bin/npm"), `#!/bin/sh\n${script}\n`);
  chmodSync(at("bin/npm"), 0o755);
}
const publishes = (day: string, code = 0): string =>
  `mkdir -p dist; echo '${status(day, "published")}' | tee data/status.json > dist/status.json; echo ${day} > dist/index.html; exit ${code}`;
const run = () => {
  const {status: code, stderr} = spawnSync("bash", [at(".ci/refresh"), at("data"), at("site")], {
    env: {...process.env, PATH: `${at("bin")}:${process.env.PATH}`},
    encoding: "utf8"
  });
  return {code, stderr};
};
const shown = (): string => readFileSync(at("site/current/index.html"), "utf8").trim();
const copies = (): string[] => readdirSync(at("site")).filter((name) => name.startsWith("built-"));

test("what was published is shown, also when a source failed, and one copy before it is kept", () => {
  refreshIs(publishes("2024-06-01"));
  expect(run().code).toBe(0);
  refreshIs(publishes("2024-06-02", 1));
  expect(run().code).toBe(1);
  expect(shown()).toBe("2024-06-02");
  expect(copies()).toHaveLength(2);
});

test.each([
  [
    "a refresh that publishes nothing",
    `echo '${status("2024-06-02", "nothing was published: volume")}' > data/status.json; exit 1`
  ],
  ["one that fails before it can say so", "exit 1"],
  [
    "one that publishes and then cannot build the site",
    `echo '${status("2024-06-02", "published")}' > data/status.json; exit 1`
  ]
])("%s leaves what is shown as it was", (_name, script) => {
  refreshIs(publishes("2024-06-01"));
  run();
  refreshIs(script);
  expect(run().code).toBe(1);
  expect(shown()).toBe("2024-06-01");
});

test("a copy that fails is told by the exit code, and what is shown stays", () => {
  refreshIs(publishes("2024-06-01"));
  run();
  const before = readlinkSync(at("site/current"));
  refreshIs(publishes("2024-06-02"));
  writeFileSync(at("bin/cp"), "#!/bin/sh\necho 'cp: No space left on device' >&2\nexit 1\n");
  chmodSync(at("bin/cp"), 0o755);
  const {code, stderr} = run();
  expect(code).toBe(1);
  expect(stderr).toContain("the site is not copied");
  expect(readlinkSync(at("site/current"))).toBe(before);
  rmSync(at("bin/cp"));
  expect(run().code).toBe(0);
  expect(shown()).toBe("2024-06-02");
});

test("a second run while one is under way says so and touches nothing", async () => {
  refreshIs(`touch started; while [ ! -e go ]; do sleep 0.02; done; ${publishes("2024-06-01")}`);
  const first = spawn("bash", [at(".ci/refresh"), at("data"), at("site")], {
    env: {...process.env, PATH: `${at("bin")}:${process.env.PATH}`},
    stdio: "ignore"
  });
  const ended = new Promise((resolve) => first.on("exit", resolve));
  while (!existsSync(at("started"))) await new Promise((resolve) => setTimeout(resolve, 10));
  const {code, stderr} = run();
  expect(code).toBe(1);
  expect(stderr).toContain("another run copies to");
  writeFileSync(at("go"), "");
  expect(await ended).toBe(0);
  expect(shown()).toBe("2024-06-01");
});
