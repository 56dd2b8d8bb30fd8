import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {ROOT} from "./imports.ts";

// What comes from others: packages with a licence that lets them be used here and no program that runs when they are installed,
// workflow steps that cannot change under our feet.

interface Locked {
  readonly license?: string;
  readonly hasInstallScript?: boolean;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly inBundle?: boolean; // its bytes are inside another package's
}
const lock = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as {
  readonly packages: Readonly<Record<string, Locked>>;
};
const packages = Object.entries(lock.packages).filter(([path]) => path !== "");

/** Permissive ones, and MPL-2.0, which binds only changes to the package's own files; of "A OR B" one is enough. */
const ALLOWED = [
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BSL-1.0",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "CC-BY-4.0",
  "ISC",
  "MIT",
  "MIT-0",
  "MPL-2.0",
  "Python-2.0",
  "Unlicense",
  "Zlib"
];
const isAllowed = (licence: string): boolean =>
  licence
    .replaceAll(/[()]/g, "")
    .split(" OR ")
    .some((choice) => choice.split(" AND ").every((one) => ALLOWED.includes(one)));

test("every package has a licence that is allowed", () => {
  expect(packages.length).toBeGreaterThan(200);
  expect(
    packages
      .filter(([, {license}]) => license === undefined || !isAllowed(license))
      .map(([path, {license}]) => `${path}: ${license}`)
  ).toEqual([]);
  expect(isAllowed("GPL-3.0-or-later")).toBe(false);
  expect(isAllowed("(MIT OR GPL-3.0-or-later)")).toBe(true);
});

test("only esbuild runs a program when it is installed, and works without it", () => {
  const names = packages
    .filter(([, {hasInstallScript}]) => hasInstallScript)
    .map(([path]) => path.replace(/^.*node_modules\//, ""));
  expect([...new Set(names)].filter((name) => !["esbuild", "fsevents"].includes(name))).toEqual([]);
});

test("no package comes from anywhere but the registry, and its bytes are those that were locked", () => {
  for (const [path, {resolved, integrity, inBundle}] of packages) {
    expect(resolved ?? "https://registry.npmjs.org/", path).toMatch(/^https:\/\/registry\.npmjs\.org\//);
    if (!inBundle) expect(integrity, path).toMatch(/^sha512-/);
  }
});

test("package.json pins exact versions", () => {
  const {dependencies, devDependencies} = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Record<
    string,
    Record<string, string>
  >;
  for (const [name, version] of Object.entries({...dependencies, ...devDependencies}))
    expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
});

const folder = join(ROOT, ".github/workflows");
test.each(readdirSync(folder))(
  "workflow %s: actions pinned by hash, nothing written but what is named, no words of others in a shell",
  (name) => {
    const text = readFileSync(join(folder, name), "utf8");
    const used = [...text.matchAll(/uses:\s*(\S+)(.*)/g)];
    expect(used.length).toBeGreaterThan(0);
    for (const [, action, comment] of used) {
      expect(action).toMatch(/^actions\/[\w/-]+@[0-9a-f]{40}$/);
      expect(comment).toMatch(/# v\d+\.\d+\.\d+/);
    }
    expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
    const more = [...text.matchAll(/^ {6}([\w-]+): write$/gm)].map(([, scope]) => scope!);
    expect(more.filter((scope) => !["pages", "id-token"].includes(scope))).toEqual([]);
    expect(text).not.toMatch(/pull_request_target|secrets\./);
    for (const [, script] of text.matchAll(/run: (?:\|\n((?: {10}.*\n)+)|(.*))/g))
      expect(script ?? "").not.toContain("${{");
    if (text.includes("actions/checkout")) expect(text).toContain("persist-credentials: false");
  }
);

test("a container's image is made of what is named: no archive, no published version and no repository gets into it", () => {
  const lines = readFileSync(join(ROOT, ".dockerignore"), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  expect(lines[0]).toBe("*");
  const named = lines.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
  expect(lines.indexOf("data/*")).toBeGreaterThan(lines.indexOf("!data"));
  expect(named.filter((name) => name.startsWith("data/"))).toEqual(["data/reference", "data/schema", "data/snapshot"]);
  for (const name of named) expect(existsSync(join(ROOT, name)), name).toBe(true);
  expect(named.filter((name) => /^(\.git|node_modules|dist)/.test(name))).toEqual([]);
});
