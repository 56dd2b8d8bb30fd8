import {LayoutError} from "../formats/layoutError.ts";
import type {Recognised} from "../formats/recognise.ts";
import {parseJson, type Repairs} from "./json.ts";
import {type DecodedText, decodeText, type TextEncoding} from "./text.ts";

export type {TextEncoding} from "./text.ts";

/** The bodies of every release in a file, unchecked, in the order in which they stand, and what the file says beside them. */
export interface ReleaseBodies {
  readonly bodies: unknown[];
  readonly decodedAs: DecodedText["decodedAs"];
  readonly repairs: Repairs; // what had to be mended before it could be read, by rule
  readonly next: string | null; // the link to the next page, as published
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
  const {text, decodedAs, undone} = decodeText(file.bytes, encoding);
  const {values, repairs} = file.format === "json-lines" ? parseLines(text) : parseWhole(text, file.bytes);
  return {
    bodies: values.flatMap(bodiesIn),
    decodedAs,
    repairs: undone === 0 ? repairs : {...repairs, "double-encoding-undone": undone},
    next: values.length === 1 ? nextLink(values[0]) : null
  };
}

function nextLink(page: unknown): string | null {
  const links = isRecord(page) ? page.links : undefined;
  return isRecord(links) && typeof links.next === "string" && links.next !== "" ? links.next : null;
}

function describe(file: Recognised): string {
  if (file.format !== "text") return `is ${file.format}`;
  const firstLine = Buffer.from(file.bytes.subarray(0, 120)).toString("latin1").split(/\r?\n/)[0];
  return `is text that begins "${printable(firstLine ?? "")}"`;
}

const printable = (text: string): string => text.replaceAll(/[^\x20-\x7e]/g, "?").slice(0, 80);

type Parsed = {readonly values: unknown[]; readonly repairs: Repairs};

function parseWhole(text: string, bytes: Uint8Array): Parsed {
  const damaged = damage(bytes);
  if (damaged !== undefined) throw new LayoutError(`the JSON is damaged: ${damaged}`);
  const {value, repairs} = parseJson(text);
  return {values: [value], repairs};
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

function parseLines(text: string): Parsed {
  const repairs: Record<string, number> = {};
  const values = text
    .split("\n")
    .map((line, i) => ({line: line.trim(), number: i + 1}))
    .filter(({line}) => line !== "")
    .map(({line, number}) => {
      const {value, repairs: mended} = parseLine(line, number);
      for (const [rule, times] of Object.entries(mended)) repairs[rule] = (repairs[rule] ?? 0) + times;
      return value;
    });
  return {values, repairs};
}

function parseLine(line: string, number: number): ReturnType<typeof parseJson> {
  try {
    return parseJson(line);
  } catch (error) {
    throw new LayoutError(`line ${number}: ${(error as Error).message}`);
  }
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
