import {createHash} from "node:crypto";
import {existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import type {Charts} from "../../src/pages/drawn.ts";

// One file, a chart a line: its key, the hash of what was drawn, and that as JSON. It is written whole beside its place and renamed, with
// the charts of one publication and no others, so it never grows beyond them; a line that is damaged is a chart that is drawn again.

/** What draws: a change to any of it draws every chart anew. */
const DRAWS = {
  folders: ["src/components", "src/pages"],
  files: ["pipeline/publish/drawingDocument.ts", "package-lock.json"]
};

/** A hash of the code that draws and of the versions of the libraries it draws with. */
export function drawingCode(root: string): string {
  const sources = DRAWS.folders.flatMap((folder) =>
    readdirSync(join(root, folder), {recursive: true, encoding: "utf8"})
      .filter((name) => name.endsWith(".ts"))
      .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
      .sort()
  );
  const hash = createHash("sha256");
  for (const path of [...sources, ...DRAWS.files])
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update("\0");
  return hash.digest("hex");
}

function linesAt(path: string, code: string): Map<string, string> {
  if (!existsSync(path)) return new Map();
  if (statSync(path).isDirectory())
    throw new Error(`${path} is a folder, where the drawn charts are kept in a file: take it away`);
  return readLines(readFileSync(path, "utf8"), code);
}

/** Charts as they were drawn at the last publication, by the hash of their data. */
export class ChartCache implements Charts {
  readonly #path: string;
  readonly #code: string;
  readonly #before: ReadonlyMap<string, string>;
  readonly #used = new Map<string, string>();
  readonly #rows = new WeakMap<object, string>();
  drawnCount = 0;

  private constructor(path: string, code: string, before: ReadonlyMap<string, string>) {
    this.#path = path;
    this.#code = code;
    this.#before = before;
  }

  /** Opens what another publication left; nothing is left of one whose code drew otherwise. */
  static open(path: string, code: string): ChartCache {
    return new ChartCache(path, code, linesAt(path, code));
  }

  of(data: readonly unknown[], draw: () => string): string {
    const key = sha256(this.#fingerprint(data));
    const drawn = this.#used.get(key) ?? this.#before.get(key) ?? this.#draw(draw);
    this.#used.set(key, drawn);
    return drawn;
  }

  /** Keeps the charts that were asked for and forgets all others. */
  save(): void {
    const lines = [...this.#used].map(([key, html]) => `${key} ${sha256(html)} ${JSON.stringify(html)}\n`);
    writeFileSync(`${this.#path}.tmp`, `${this.#code}\n${lines.join("")}`);
    renameSync(`${this.#path}.tmp`, this.#path);
  }

  #draw(draw: () => string): string {
    this.drawnCount += 1;
    return draw();
  }

  /** Rows stand in many charts: each is written out and hashed once. */
  #fingerprint(value: unknown): string {
    if (Array.isArray(value)) return `[${value.map((one) => this.#fingerprint(one)).join()}]`;
    if (typeof value !== "object" || value === null) return plain(value);
    const known = this.#rows.get(value);
    if (known !== undefined) return known;
    const inside = Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}:${this.#fingerprint(one)}`);
    const hash = sha256(`{${inside.join()}}`);
    this.#rows.set(value, hash);
    return hash;
  }
}

/** @throws {Error} at what has no value of its own: a chart may depend on what a function answers, never on the function */
function plain(value: unknown): string {
  if (typeof value === "function" || typeof value === "symbol")
    throw new Error("a chart cannot be kept by a function among its data: give what the function answers");
  return value === undefined ? "undefined" : typeof value === "number" ? String(value) : JSON.stringify(value);
}

function readLines(text: string, code: string): Map<string, string> {
  const [own, ...lines] = text.split("\n");
  const charts = new Map<string, string>();
  if (own !== code) return charts;
  for (const line of lines) {
    const [, key, hash, written] = /^(\w{64}) (\w{64}) (".*")$/.exec(line) ?? [];
    const html = written === undefined ? null : stringIn(written);
    if (key !== undefined && html !== null && sha256(html) === hash) charts.set(key, html);
  }
  return charts;
}

function stringIn(json: string): string | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "string" ? value : null;
  } catch {
    return null; // a damaged line
  }
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
