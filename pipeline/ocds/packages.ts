import {LayoutError} from "../formats/layoutError.ts";
import type {Recognised} from "../formats/recognise.ts";

/** How a register encodes text: UTF-8, and where it is known to send something else, what to fall back to. */
export interface TextEncoding {
  readonly fallback?: "iso-8859-1";
}

/** The bodies of every release in a file, unchecked, in the order in which they stand. */
export interface ReleaseBodies {
  readonly bodies: unknown[];
  readonly decodedAs: "utf-8" | "iso-8859-1";
}

/**
 * Finds the releases in any JSON form that a register or a bulk site hands out: a release package, a search page, a monthly
 * file, a list of packages, a bare array, one release, a record package, or JSON Lines of any of these.
 *
 * @throws {LayoutError} saying what the file holds, when it holds no releases or its JSON is damaged
 */
export function releaseBodies(file: Recognised, encoding: TextEncoding): ReleaseBodies {
  if (file.format !== "json" && file.format !== "json-lines")
    throw new LayoutError(`a file of OCDS releases is JSON or JSON Lines; this one ${describe(file)}`);
  const {text, decodedAs} = decode(file.bytes, encoding);
  const values = file.format === "json-lines" ? parseLines(text) : [parse(text, file.bytes)];
  return {bodies: values.flatMap(bodiesIn), decodedAs};
}

function describe(file: Recognised): string {
  if (file.format !== "text") return `is ${file.format}`;
  const firstLine = Buffer.from(file.bytes.subarray(0, 120)).toString("latin1").split(/\r?\n/)[0];
  return `is text that begins "${printable(firstLine ?? "")}"`;
}

const printable = (text: string): string => text.replaceAll(/[^\x20-\x7e]/g, "?").slice(0, 80);

/** UTF-8 or an error, never a silent replacement character; the declared fallback only where a register is known for it. */
function decode(bytes: Uint8Array, encoding: TextEncoding): {text: string; decodedAs: ReleaseBodies["decodedAs"]} {
  try {
    return {text: new TextDecoder("utf-8", {fatal: true}).decode(bytes), decodedAs: "utf-8"};
  } catch {
    if (encoding.fallback === undefined) throw new LayoutError("the text is not valid UTF-8");
    return {text: new TextDecoder(encoding.fallback).decode(bytes), decodedAs: encoding.fallback};
  }
}

function parse(text: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new LayoutError(`the JSON is damaged: ${damage(bytes) ?? (error as Error).message}`);
  }
}

/** A file that was written over a longer one, or cut while being saved, often shows it by a run of NUL bytes. */
function damage(bytes: Uint8Array): string | undefined {
  const start = bytes.indexOf(0);
  if (start < 0) return undefined;
  const length = bytes.subarray(start).findIndex((byte) => byte !== 0);
  const after =
    length < 0 ? "to its end" : `followed by ${(bytes.length - start - length).toLocaleString("en-GB")} bytes more`;
  const run = length < 0 ? bytes.length - start : length;
  return `${run.toLocaleString("en-GB")} NUL bytes stand at byte ${start.toLocaleString("en-GB")}, ${after}; the file was overwritten or cut when it was saved, so get it again`;
}

function parseLines(text: string): unknown[] {
  return text
    .split("\n")
    .map((line, i) => ({line: line.trim(), number: i + 1}))
    .filter(({line}) => line !== "")
    .map(({line, number}) => {
      try {
        return JSON.parse(line);
      } catch (error) {
        throw new LayoutError(`line ${number} is not JSON: ${(error as Error).message}`);
      }
    });
}

function bodiesIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return inArray(value);
  if (!isRecord(value))
    throw new LayoutError(`the JSON is ${value === null ? "null" : `a ${typeof value}`}, not releases`);
  if (Array.isArray(value.releases) && value.records === undefined) return value.releases;
  if (Array.isArray(value.records)) return value.records.flatMap(inRecord);
  if (Array.isArray(value.results)) return value.results.flatMap(bodiesIn);
  if ("ocid" in value) return "releases" in value || "compiledRelease" in value ? inRecord(value) : [value];
  throw new LayoutError(
    `no "releases", "records" or "ocid" in it; its keys are ${Object.keys(value).slice(0, 8).join(", ") || "none"}`
  );
}

/** An array of releases or of packages. One bad item among good ones is a reject; an array of anything else is another file. */
function inArray(items: unknown[]): unknown[] {
  if (items.some((item) => isRecord(item) && Array.isArray(item.releases))) return items.flatMap(bodiesIn);
  if (items.length === 0 || items.some((item) => isRecord(item) && "ocid" in item)) return items;
  const keys = isRecord(items[0]) ? Object.keys(items[0]).slice(0, 8).join(", ") : typeof items[0];
  throw new LayoutError(`an array of ${items.length}, none with an ocid; the first has ${keys}`);
}

/** A record holds whole releases, or links to them beside a compiled release: the compiled one is then all there is. */
function inRecord(record: unknown): unknown[] {
  if (!isRecord(record)) return [record];
  const releases = Array.isArray(record.releases) ? record.releases : [];
  if (releases.some((release) => isRecord(release) && "ocid" in release)) return releases;
  return record.compiledRelease === undefined ? [record] : [record.compiledRelease];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
