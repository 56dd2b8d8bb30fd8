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

const answered = (origin: string) => ({
  source: "r",
  sha256: ABC,
  bytes: 3,
  origin,
  received_at: "2025-01-23T10:00:00.000Z",
  answer: {
    status: 200,
    headers: {},
    from: "a",
    to: "b",
    role: "data",
    pass: "first",
    releases: 1,
    rejects: 0,
    next: null
  } as const
});

test("bytes that the disk has lost come back with the next import of the same file", async () => {
  new Archive(folder).store("r", bytes, "page.json", when);
  for (const again of [
    async () => new Archive(folder).store("r", bytes, "page.json", when),
    async () => new Archive(folder).storeAll("r", [{bytes, origin: "page.json", receivedAt: when}])
  ]) {
    rmSync(join(folder, "raw", "r", ABC));
    expect(() => new Archive(folder).read({source: "r", sha256: ABC, origin: "page.json"})).toThrow(
      `raw/r/${ABC} is not on the disk; put it back from a backup, or import or fetch it again from page.json`
    );
    await again();
    expect(new TextDecoder().decode(new Archive(folder).read({source: "r", sha256: ABC, origin: "page.json"}))).toBe(
      "abc"
    );
  }
  expect(new Archive(folder).files("r")).toHaveLength(1);
  expect(
    readFileSync(join(folder, "raw", "r", "manifest.jsonl"), "utf8")
      .trim()
      .split("\n")
  ).toHaveLength(1);
});

test("an answer that the disk has lost is no answer, so it is asked again; its old line gives way to the new answer", () => {
  const archive = new Archive(folder);
  archive.keep("r", bytes);
  archive.name(answered("https://x"));
  expect(archive.answers("r")).toHaveLength(1);
  rmSync(join(folder, "raw", "r", ABC));
  expect(new Archive(folder).answers("r")).toEqual([]);
  expect(new Archive(folder).files("r")).toHaveLength(1); // still missed, not passed over
  const after = new Archive(folder);
  const other = new TextEncoder().encode("other");
  after.name({...answered("https://x"), sha256: after.keep("r", other), bytes: other.length});
  expect(new Archive(folder).files("r").map(({bytes: size}) => size)).toEqual([5]);
});

test("bytes that no line names are told, and a line that says what nobody wrote stops with its place", () => {
  new Archive(folder).store("r", bytes, "page.json", when);
  const manifest = join(folder, "raw", "r", "manifest.jsonl");
  expect(new Archive(folder).unnamed("r")).toEqual([]);
  const line = readFileSync(manifest, "utf8");
  writeFileSync(manifest, "");
  expect(new Archive(folder).unnamed("r")).toEqual([ABC]);
  writeFileSync(manifest, line.replace('"bytes":3', '"bytes":"three"'));
  expect(() => new Archive(folder).files("r")).toThrow(/manifest\.jsonl is damaged at the line that begins .*bytes: /);
});
