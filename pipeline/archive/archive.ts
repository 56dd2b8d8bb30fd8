import {createHash} from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync
} from "node:fs";
import {rename, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import {failpoint} from "../failpoint.ts";

/** A hash as it stands in a file's name: one that is anything else would be a path to somewhere else. */
const Hash = z.string().regex(/^[0-9a-f]{64}$/);

/** What a fetched file answered. This is also the cursor: a question with an answer need not be asked again. */
export const AnswerFacts = z.object({
  status: z.number().int(),
  headers: z.record(z.string(), z.string()),
  from: z.string(), // the span that was asked for, local times, both inclusive
  to: z.string(),
  /**
   * `data`: to be read. `halved`: full, so its halves were asked and are read in its place. `incomplete`: full and could not
   * be halved, to be read all the same. `page`: a page of links.
   */
  role: z.enum(["data", "halved", "incomplete", "page"]),
  pass: z.enum(["first", "second"]), // "second": asked again with another split, to see whether the first missed anything
  releases: z.number().int(),
  rejects: z.number().int(),
  next: z.string().nullable() // the next-link that stood in it
});
export type AnswerFacts = z.infer<typeof AnswerFacts>;

/** One archived file: exactly the bytes that came, and where and when they came from. */
export const ArchivedFile = z.object({
  source: z.string(), // a register's or publication's id
  sha256: Hash,
  bytes: z.number().int(),
  origin: z.string(), // the address it was fetched from, or the path it was imported from
  received_at: z.iso.datetime(), // UTC
  about: z.object({gss: z.string(), name: z.string()}).optional(), // whose page it was found on
  answer: AnswerFacts.optional() // of a fetched file
});
export type ArchivedFile = z.infer<typeof ArchivedFile>;

/** Bytes to be archived. */
export interface Arrival {
  readonly bytes: Uint8Array;
  readonly origin: string;
  readonly receivedAt: Date;
  readonly about?: ArchivedFile["about"];
}

/** Bytes that came where a page was expected and were none: kept, never read as data. */
export const RefusedFile = z.object({sha256: Hash, origin: z.string(), received_at: z.string(), reason: z.string()});
export type RefusedFile = z.infer<typeof RefusedFile>;

/** What is left of forgotten bytes: which they were, when and why they went. */
export const Tombstone = z.object({
  sha256: Hash,
  forgotten_at: z.iso.datetime(),
  reason: z.string(),
  replaced_by: Hash.nullable() // the same page without what was forgotten
});
export type Tombstone = z.infer<typeof Tombstone>;

export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/**
 * The raw archive: `raw/<source>/<sha256>` holds the bytes, `raw/<source>/manifest.jsonl` one line for each time they came.
 *
 * Nothing is ever edited, and nothing deleted but by `forget`, which leaves a tombstone. A file is on disk, whole and flushed, before the manifest names it, so a run that is
 * killed at any instant leaves at worst bytes without a line, which the next run completes. The line of a fetched file says
 * both what came and which question it answers: rows and cursor move in one write, or not at all.
 */
export class Archive {
  private readonly folder: string;
  private readonly manifests = new Map<string, Manifest>();

  constructor(readonly dataFolder: string) {
    this.folder = join(dataFolder, "raw");
  }

  /** Stores the bytes and returns their entry; bytes that are already there are left alone. */
  store(
    source: string,
    bytes: Uint8Array,
    origin: string,
    receivedAt: Date,
    about?: ArchivedFile["about"]
  ): {file: ArchivedFile; isNew: boolean} {
    const hash = sha256(bytes);
    const known = this.manifestOf(source).data.get(hash);
    if (known && this.isOnDisk(known)) return {file: known, isNew: false};
    this.keep(source, bytes);
    if (known) return {file: known, isNew: false}; // the disk had lost it
    const file = this.name({
      source,
      sha256: hash,
      bytes: bytes.length,
      origin,
      received_at: receivedAt.toISOString(),
      ...(about === undefined ? {} : {about})
    });
    return {file, isNew: true};
  }

  /**
   * Stores many files as `store` would one after another; whatever waits for the disk waits together. Every file of a group is
   * on disk before the manifest names the first of them, so a kill leaves what it would have left of one.
   */
  async storeAll(source: string, arrivals: readonly Arrival[]): Promise<ArchivedFile[]> {
    const manifest = this.manifestOf(source);
    mkdirSync(join(this.folder, source), {recursive: true});
    const files = arrivals.map(({bytes, origin, receivedAt, about}) => ({
      source,
      sha256: sha256(bytes),
      bytes: bytes.length,
      origin,
      received_at: receivedAt.toISOString(),
      ...(about === undefined ? {} : {about})
    }));
    const fresh = new Map<string, {readonly file: ArchivedFile; readonly bytes: Uint8Array}>();
    files.forEach((file, i) => {
      const known = manifest.data.get(file.sha256);
      if (!fresh.has(file.sha256) && (known === undefined || !this.isOnDisk(known)))
        fresh.set(file.sha256, {file, bytes: arrivals[i]!.bytes});
    });
    await Promise.all(
      [...fresh.values()].map(async ({file, bytes}) => {
        const path = this.path(source, file.sha256);
        if (!existsSync(path) || sha256(readFileSync(path)) !== file.sha256) await writeWholeAsync(path, bytes);
      })
    );
    const entries = [...fresh.values()].map(({file}) => file).filter(({sha256: hash}) => !manifest.data.has(hash)); // of the others the disk had lost the bytes only
    if (entries.length > 0)
      appendLine(this.manifestPath(source), entries.map((file) => JSON.stringify(file)).join("\n"));
    for (const file of entries) enter(manifest, file);
    return files.map((file) => manifest.data.get(file.sha256) ?? file);
  }

  /** Puts bytes on disk, flushed, before anything reads them; returns their hash. */
  keep(source: string, bytes: Uint8Array): string {
    const hash = sha256(bytes);
    if (this.tombstone(source, hash) !== undefined) return hash; // what was forgotten does not come back
    mkdirSync(join(this.folder, source), {recursive: true});
    const path = this.path(source, hash);
    if (!existsSync(path) || sha256(readFileSync(path)) !== hash) writeWhole(path, bytes);
    failpoint("archive.kept");
    return hash;
  }

  /** Enters bytes that are on disk into the manifest. */
  name(file: ArchivedFile): ArchivedFile {
    const manifest = this.manifestOf(file.source);
    appendLine(this.manifestPath(file.source), JSON.stringify(file));
    enter(manifest, file);
    failpoint("archive.named");
    return file;
  }

  /** Notes bytes that are on disk and are not what was asked for. */
  refuse(source: string, refused: RefusedFile): void {
    appendLine(join(this.folder, source, "refused.jsonl"), JSON.stringify(refused));
  }

  /**
   * Every archived file of a source that is to be read, each once, in the order in which they came. An answer that the disk has lost is
   * left out when the same question has been answered again since.
   */
  files(source: string): ArchivedFile[] {
    const {data, tombstones} = this.manifestOf(source);
    const answered = new Set(this.answers(source).map(({origin}) => origin));
    return [...data.values()].filter(
      (file) =>
        !tombstones.has(file.sha256) && (file.answer === undefined || !answered.has(file.origin) || this.isThere(file))
    );
  }

  /** Bytes that lie in a source's folder and that no line names: they are not read until they come again. */
  unnamed(source: string): string[] {
    const folder = join(this.folder, source);
    if (!existsSync(folder)) return [];
    const {lines, tombstones} = this.manifestOf(source);
    const named = new Set([
      ...lines.map((line) => line.sha256),
      ...tombstones.keys(),
      ...this.notes(source, "refused", RefusedFile.pick({sha256: true})).map(({sha256: hash}) => hash)
    ]);
    return readdirSync(folder).filter((name) => /^[0-9a-f]{64}$/.test(name) && !named.has(name));
  }

  private isOnDisk({source, sha256: hash, bytes}: ArchivedFile): boolean {
    return statSync(this.path(source, hash), {throwIfNoEntry: false})?.size === bytes;
  }

  /** As `isOnDisk`, by one look at the folder for all that are. */
  private isThere({source, sha256: hash}: ArchivedFile): boolean {
    const manifest = this.manifestOf(source);
    const folder = join(this.folder, source);
    manifest.onDisk ??= new Set(existsSync(folder) ? readdirSync(folder) : []);
    if (!manifest.onDisk.has(hash) && existsSync(this.path(source, hash))) manifest.onDisk.add(hash);
    return manifest.onDisk.has(hash);
  }

  /** The sources that have anything archived. */
  sources(): string[] {
    if (!existsSync(this.folder)) return [];
    const entries = readdirSync(this.folder, {withFileTypes: true});
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({name}) => name)
      .sort();
  }

  /** What is left of bytes that were forgotten; undefined of all others. */
  tombstone(source: string, hash: string): Tombstone | undefined {
    return this.manifestOf(source).tombstones.get(hash);
  }

  /**
   * Deletes bytes for good. The tombstone is on disk first: a run that is killed in between leaves bytes that the next call, or `sweep`,
   * deletes.
   */
  forget(source: string, tombstone: Tombstone): void {
    this.manifestOf(source).tombstones.set(tombstone.sha256, tombstone);
    appendLine(join(this.folder, source, FORGOTTEN), JSON.stringify(tombstone));
    this.sweepForgotten(source);
  }

  private sweepForgotten(source: string): void {
    for (const hash of this.manifestOf(source).tombstones.keys()) rmSync(this.path(source, hash), {force: true});
  }

  /** Everything that a source has answered, in the order in which it came; not what the disk has lost, which is asked again. */
  answers(source: string): (ArchivedFile & {readonly answer: AnswerFacts})[] {
    const {lines, tombstones} = this.manifestOf(source);
    return lines.filter(
      (file): file is ArchivedFile & {answer: AnswerFacts} =>
        file.answer !== undefined && (tombstones.has(file.sha256) || this.isThere(file))
    );
  }

  /** Takes away what a killed run left half written; only whoever holds the lock may. */
  sweep(source: string): void {
    const folder = join(this.folder, source);
    if (!existsSync(folder)) return;
    for (const name of readdirSync(folder).filter((file) => file.endsWith(".tmp"))) rmSync(join(folder, name));
    this.sweepForgotten(source);
  }

  /**
   * The notes of a source, such as "runs": one JSON value a line, in the order in which they were made.
   * @throws {Error} naming the file and the line, when one is not what is noted there
   */
  notes<T>(source: string, name: string, shape: z.ZodType<T>): T[] {
    const path = join(this.folder, source, `${name}.jsonl`);
    return readLines(path).map((line) => entryOf(shape, line, path, NOTE_ADVICE));
  }

  note(source: string, name: string, value: unknown): void {
    mkdirSync(join(this.folder, source), {recursive: true});
    appendLine(join(this.folder, source, `${name}.jsonl`), JSON.stringify(value));
  }

  /**
   * The bytes of an archived file.
   * @throws {Error} when they are no longer what was archived
   */
  read({source, sha256: hash, origin}: Pick<ArchivedFile, "source" | "sha256" | "origin">): Uint8Array {
    const path = this.path(source, hash);
    if (!existsSync(path))
      throw new Error(
        `the archived file raw/${source}/${hash} is not on the disk; put it back from a backup, or import or fetch it again from ${origin}`
      );
    const bytes = bytesOf(path);
    if (sha256(bytes) !== hash)
      throw new Error(
        `the archived file raw/${source}/${hash} was changed on disk; delete it and import it again from ${origin}`
      );
    return bytes;
  }

  private manifestOf(source: string): Manifest {
    const known = this.manifests.get(source);
    if (known) return known;
    const manifest: Manifest = {lines: [], data: new Map(), tombstones: new Map()};
    for (const line of readLines(join(this.folder, source, FORGOTTEN))) {
      const tombstone = entryOf(Tombstone, line, join(this.folder, source, FORGOTTEN));
      manifest.tombstones.set(tombstone.sha256, tombstone);
    }
    for (const line of readLines(this.manifestPath(source)))
      enter(manifest, entryOf(ArchivedFile, line, this.manifestPath(source)));
    this.manifests.set(source, manifest);
    return manifest;
  }

  private path(source: string, hash: string): string {
    return join(this.folder, source, hash);
  }

  private manifestPath(source: string): string {
    return join(this.folder, source, "manifest.jsonl");
  }
}

interface Manifest {
  readonly lines: ArchivedFile[];
  readonly data: Map<string, ArchivedFile>; // what is to be read, by hash: the first line of each
  readonly tombstones: Map<string, Tombstone>;
  onDisk?: Set<string>; // names that were in the folder when it was looked at
}

/** @throws {Error} naming the file and the line's beginning: a line that is whole, and not what we write, is damage */
function entryOf<T>(shape: z.ZodType<T>, line: string, path: string, advice = ENTRY_ADVICE): T {
  const read = shape.safeParse(JSON.parse(line));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? "" : `${issue.path.join(".")}: `;
  throw new Error(
    `${path} is damaged at the line that begins ${JSON.stringify(line.slice(0, 100))} (${where}${issue?.message}); put it back from a backup, or ${advice}`
  );
}

const ENTRY_ADVICE = "take that line away and import or fetch its file again";
const NOTE_ADVICE = "take that line away: no data rest on it, and what it said is found out anew";
const FORGOTTEN = "forgotten.jsonl";

function enter({lines, data}: Manifest, file: ArchivedFile): void {
  lines.push(file);
  if (isData(file) && !data.has(file.sha256)) data.set(file.sha256, file);
}

const isData = ({answer}: ArchivedFile): boolean =>
  answer === undefined || answer.role === "data" || answer.role === "incomplete";

/** A run that was killed can leave a torn last line: it is closed and passed over, and what it said is done again. */
function readLines(path: string): string[] {
  if (!existsSync(path)) return [];
  const text = bytesOf(path).toString("utf8");
  if (text !== "" && !text.endsWith("\n")) appendLine(path, "");
  return text.split("\n").filter((line) => line !== "" && isWhole(line));
}

/** The system does not say which folder it was that could not be read as a file. */
function bytesOf(path: string): Buffer {
  if (statSync(path).isDirectory())
    throw new Error(`${path} is a folder, where a file of the archive belongs: take it away, or put the file back`);
  return readFileSync(path);
}

function isWhole(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

function writeWhole(path: string, bytes: Uint8Array): void {
  writeFlushed(`${path}.tmp`, "w", bytes);
  renameSync(`${path}.tmp`, path);
}

async function writeWholeAsync(path: string, bytes: Uint8Array): Promise<void> {
  await writeFile(`${path}.tmp`, bytes, {flush: true});
  await rename(`${path}.tmp`, path);
}

const appendLine = (path: string, line: string): void => writeFlushed(path, "a", `${line}\n`);

function writeFlushed(path: string, mode: "w" | "a", content: Uint8Array | string): void {
  const handle = openSync(path, mode);
  try {
    writeFileSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
