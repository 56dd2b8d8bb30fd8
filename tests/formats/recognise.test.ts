import {gzipSync} from "node:zlib";
import {strToU8, zipSync} from "fflate";
import {expect, test} from "vitest";
import {recognise} from "../../pipeline/formats/recognise.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const formatOf = (text: string) => recognise(bytes(text)).format;
const stored = (text: string) => [strToU8(text), {level: 0}] as [Uint8Array, {level: 0}];

test("text that is neither JSON nor a container is text", () => {
  expect(formatOf("time_period,new_la_code\n2025,E08000016\n")).toBe("text");
  expect(formatOf("\ufefftime_period,new_la_code\n")).toBe("text");
});

test("JSON is told from JSON Lines by a whole value on the first of several lines", () => {
  expect(formatOf('{"releases": []}')).toBe("json");
  expect(formatOf('{\n  "releases": []\n}\n')).toBe("json");
  expect(formatOf('{"a":1}\n')).toBe("json");
  expect(formatOf('{"a":1}\n{"a":2}\n')).toBe("json-lines");
  expect(formatOf("\ufeff \n[1]")).toBe("json");
});

test("a byte-order mark before JSON Lines hides nothing", () => {
  expect(formatOf('\ufeff{"a":1}\n{"a":2}\n')).toBe("json-lines");
});

test("Parquet is told by its magic bytes", () => {
  expect(recognise(bytes("PAR1....PAR1")).format).toBe("parquet");
});

test("a spreadsheet is told by what its zip holds, whichever it is", () => {
  expect(recognise(zipSync({mimetype: stored("application/vnd.oasis.opendocument.spreadsheet")})).format).toBe("ods");
  const xlsx = zipSync({"[Content_Types].xml": strToU8("<Types/>"), "xl/workbook.xml": strToU8("<workbook/>")});
  expect(recognise(xlsx).format).toBe("xlsx");
});

test("a zip that is no spreadsheet is refused", () => {
  expect(() => recognise(zipSync({"data.csv": strToU8("a,b\n")}))).toThrow(/neither an OpenDocument spreadsheet nor/);
});

test("gzip is undone, and what it held is told", () => {
  const recognised = recognise(gzipSync("a,b\n1,2\n"));
  expect(recognised.format).toBe("text");
  expect(new TextDecoder().decode(recognised.bytes)).toBe("a,b\n1,2\n");
});

test("an empty file and a cut gzip are refused in a sentence", () => {
  expect(() => recognise(new Uint8Array())).toThrow("the file is empty");
  expect(() => recognise(gzipSync("words ".repeat(100)).subarray(0, 20))).toThrow(/gzip data is damaged/);
});
