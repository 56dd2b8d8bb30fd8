import {appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {Archive} from "../../pipeline/archive/archive.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "contract-scale-archive-"));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

const when = new Date("2025-01-23T10:00:00Z");
const bytes = new TextEncoder().encode("abc");
const ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // SHA-256 of "abc", FIPS 180-2 appendix B.1

test("keeps the bytes under their hash and says where and when they came from", () => {
  const archive = new Archive(folder);
  expect(archive.store("r", bytes, "page.json", when).file).toEqual({
    source: "r",
    sha256: ABC,
    bytes: 3,
    origin: "page.json",
    received_at: "2025-01-23T10:00:00.000Z"
  });
  expect(readFileSync(join(folder, "raw", "r", ABC), "utf8")).toBe("abc");
});

test("the same bytes again change nothing, whatever their name", () => {
  const archive = new Archive(folder);
  archive.store("r", bytes, "first.json", when);
  expect(archive.store("r", bytes, "second.json", when)).toMatchObject({isNew: false, file: {origin: "first.json"}});
  expect(new Archive(folder).files("r")).toHaveLength(1);
});

test("many files at once are what one after another would be: each once, in their order, known ones left alone", async () => {
  const archive = new Archive(folder);
  archive.store("r", bytes, "first.json", when);
  const other = new TextEncoder().encode("def");
  const files = await archive.storeAll("r", [
    {bytes: other, origin: "a.json", receivedAt: when},
    {bytes, origin: "b.json", receivedAt: when},
    {bytes: other, origin: "c.json", receivedAt: when}
  ]);
  expect(files.map(({origin}) => origin)).toEqual(["a.json", "first.json", "a.json"]);
  expect(new Archive(folder).files("r").map(({origin}) => origin)).toEqual(["first.json", "a.json"]);
  expect(new TextDecoder().decode(archive.read(files[0]!))).toBe("def");
});

test("a remote or local name is never used as a path", () => {
  new Archive(folder).store("r", bytes, "../../etc/passwd", when);
  expect(readdirSync(join(folder, "raw", "r")).sort()).toEqual([ABC, "manifest.jsonl"]);
});

test("bytes that were changed on disk are refused, naming where to get them again", () => {
  const archive = new Archive(folder);
  const {file} = archive.store("r", bytes, "page.json", when);
  writeFileSync(join(folder, "raw", "r", ABC), "abd");
  expect(() => archive.read(file)).toThrow(/was changed on disk; delete it and import it again from page\.json/);
});

test("a line torn by a killed run is passed over, and the file gets a whole one when it comes again", () => {
  new Archive(folder).store("r", bytes, "page.json", when);
  appendFileSync(join(folder, "raw", "r", "manifest.jsonl"), '{"source":"r","sha2');
  const again = new Archive(folder);
  expect(again.files("r")).toHaveLength(1);
  again.store("r", new TextEncoder().encode("def"), "next.json", when);
  expect(new Archive(folder).files("r").map(({origin}) => origin)).toEqual(["page.json", "next.json"]);
});
