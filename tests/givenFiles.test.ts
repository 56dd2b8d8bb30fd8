import {spawnSync} from "node:child_process";
import {chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {filesUnder, readGiven} from "../pipeline/givenFiles.ts";

let folder: string;
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "contract-scale-given-"));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

test("files come in name order, hidden ones are passed over, and a folder that leads back into itself is walked once", () => {
  mkdirSync(at("b"));
  for (const name of ["c.json", "b/2.json", "b/1.json", ".hidden"]) writeFileSync(at(name), "x");
  symlinkSync(".", at("b/self"));
  symlinkSync("..", at("b/up"));
  symlinkSync("c.json", at("d.json"));
  expect(filesUnder([folder])).toEqual(["b/1.json", "b/2.json", "c.json", "d.json"].map(at));
});

test("a pipe is not waited for, a link that leads nowhere is named, and a folder without a file is said", () => {
  mkdirSync(at("empty"));
  symlinkSync("nothing", at("dangling"));
  symlinkSync("loop", at("loop"));
  expect(() => filesUnder([at("empty")])).toThrow(`there is no file in ${at("empty")}`);
  expect(() => filesUnder([at("none")])).toThrow(`there is no file or folder ${at("none")}`);
  expect(() => filesUnder([at("dangling")])).toThrow("is a link that leads nowhere");
  expect(() => filesUnder([at("loop")])).toThrow("is a link that leads nowhere");
  if (process.platform === "win32") return;
  spawnSync("mkfifo", [at("pipe")]);
  expect(() => filesUnder([at("pipe")])).toThrow("pipe is no file but a pipe or a device");
});

test("a file that has gone, or may not be read, is a sentence and no crash", () => {
  writeFileSync(at("closed"), "x");
  chmodSync(at("closed"), 0);
  expect(readGiven(at("gone"))).toContain("it has gone");
  if (process.getuid?.() !== 0) expect(readGiven(at("closed"))).toContain("it may not be read"); // no mode keeps root out
});
