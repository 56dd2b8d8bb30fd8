import {gzipSync} from "node:zlib";
import {expect, test} from "vitest";
import {recognise} from "../../pipeline/formats/recognise.ts";
import {releaseBodies, type TextEncoding} from "../../pipeline/ocds/packages.ts";

const release = {ocid: "ocds-b5fd17-1", id: "1"};
const read = (content: string | Uint8Array, encoding: TextEncoding = {}) =>
  releaseBodies(recognise(typeof content === "string" ? new TextEncoder().encode(content) : content), encoding);
const bodies = (value: unknown) => read(JSON.stringify(value)).bodies;

test.each([
  ["a release package or search page", {uri: "x", releases: [release]}],
  ["a monthly file with its own counts", {portal: "cf", raw_count: 3004, releases: [release]}],
  ["a bare array", [release]],
  ["a list of packages", [{releases: [release]}]],
  ["the pages of the search before 2022", {results: [{releases: [release]}]}],
  ["one release", release],
  ["a record with whole releases", {records: [{ocid: "o", releases: [release], compiledRelease: {}}]}],
  ["a record with links only", {records: [{ocid: "o", releases: [{url: "x", date: "y"}], compiledRelease: release}]}]
])("finds the releases in %s", (_name, value) => {
  expect(bodies(value)).toEqual([release]);
});

test("reads JSON Lines, gzip and a byte-order mark", () => {
  const lines = `${JSON.stringify(release)}\n${JSON.stringify({releases: [release, release]})}\n`;
  expect(read(lines).bodies).toHaveLength(3);
  expect(read(gzipSync(lines)).bodies).toHaveLength(3);
  expect(read(`\ufeff${JSON.stringify([release])}`).bodies).toEqual([release]);
});

test("one bad item among releases stays, so that it can be rejected by its place", () => {
  expect(bodies([release, {nothing: true}])).toHaveLength(2);
});

test.each([
  [
    "a page with no releases key",
    {uri: "x", links: {next: "y"}},
    /no "releases", "records" or "ocid" in it; its keys are uri, links/
  ],
  ["an error object sent as if all were well", {code: "ValidationError", errors: 3200}, /its keys are code, errors/],
  ["an array of something else", [{noticeId: 1}], /an array of 1, none with an ocid; the first has noticeId/]
])("refuses %s, saying what it saw", (_name, value, message) => {
  expect(() => bodies(value)).toThrow(message);
});

test("refuses an HTML page, a truncated file and an empty one in a sentence", () => {
  expect(() => read("<html>Too many requests</html>")).toThrow(/is text that begins "<html>Too many requests<\/html>"/);
  expect(() => read('{"releases":[{"ocid":')).toThrow(/the JSON is damaged/);
  expect(() => read("")).toThrow("the file is empty");
  expect(() => read(gzipSync("[]").subarray(0, 12))).toThrow(/the gzip data is damaged/);
});

test("a file written over a longer one is refused with the place where it breaks", () => {
  const damaged = `{"releases":[]}\0\0\0\0"tail":1}`;
  expect(() => read(damaged)).toThrow("4 NUL bytes stand at byte 15, followed by 9 bytes more");
});

test("ISO-8859-1 is read as such only where a register is known for it, and says so", () => {
  const latin = Buffer.from('[{"ocid":"o","buyer":{"name":"Caf\u00e9 \u00a3"}}]', "latin1");
  expect(() => read(latin)).toThrow("not valid UTF-8");
  expect(read(latin, {fallback: "iso-8859-1"})).toMatchObject({
    decodedAs: "iso-8859-1",
    bodies: [{buyer: {name: "Café £"}}]
  });
});
