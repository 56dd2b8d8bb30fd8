import {createHash} from "node:crypto";
import {closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {z} from "zod";

/** One archived file: exactly the bytes that came, and where and when they came from. */
export const ArchivedFile = z.object({
  source: z.string(), // a register's or publication's id
  sha256: z.string().length(64),
  bytes: z.number().int(),
  origin: z.string(), // the address it was fetched from, or the path it was imported from
  received_at: z.iso.datetime() // UTC
});
export type ArchivedFile = z.infer<typeof ArchivedFile>;

export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/**
 * The raw archive: `raw/<source>/<sha256>` holds the bytes, `raw/<source>/manifest.jsonl` one line a file.
 *
 * Nothing is ever edited or deleted. A file is on disk, whole and flushed, before the manifest names it, so a run that is
 * killed at any instant leaves at worst bytes without a line, which the next run completes.
 */
export class Archive {
  private readonly folder: string;
  private readonly entries = new Map<string, Map<string, ArchivedFile>>(); // by source, then by sha256

  constructor(dataFolder: string) {
    this.folder = join(dataFolder, "raw");
  }

  /** Stores the bytes and returns their entry; bytes that are already there are left alone. */
  store(source: string, bytes: Uint8Array, origin: string, receivedAt: Date): {file: ArchivedFile; isNew: boolean} {
    const hash = sha256(bytes);
    const known = this.entriesOf(source).get(hash);
    if (known) return {file: known, isNew: false};
    const file = {source, sha256: hash, bytes: bytes.length, origin, received_at: receivedAt.toISOString()};
    mkdirSync(join(this.folder, source), {recursive: true});
    writeWhole(this.path(source, hash), bytes);
    appendLine(this.manifest(source), JSON.stringify(file));
    this.entriesOf(source).set(hash, file);
    return {file, isNew: true};
  }

  /** Every archived file of a source, in the order in which they came. */
  files(source: string): ArchivedFile[] {
    return [...this.entriesOf(source).values()];
  }

  /**
   * The bytes of an archived file.
   * @throws {Error} when they are no longer what was archived
   */
  read(file: ArchivedFile): Uint8Array {
    const bytes = readFileSync(this.path(file.source, file.sha256));
    if (sha256(bytes) !== file.sha256)
      throw new Error(
        `the archived file raw/${file.source}/${file.sha256} was changed on disk; delete it and import it again from ${file.origin}`
      );
    return bytes;
  }

  private entriesOf(source: string): Map<string, ArchivedFile> {
    const entries =
      this.entries.get(source) ?? new Map(readManifest(this.manifest(source)).map((file) => [file.sha256, file]));
    this.entries.set(source, entries);
    return entries;
  }

  private path(source: string, hash: string): string {
    return join(this.folder, source, hash);
  }

  private manifest(source: string): string {
    return join(this.folder, source, "manifest.jsonl");
  }
}

/** A run that was killed can leave a torn last line: it is closed and passed over, and its bytes get a new line when they come again. */
function readManifest(path: string): ArchivedFile[] {
  if (!existsSync(path)) return [];
  const text = readFileSync(path, "utf8");
  if (text !== "" && !text.endsWith("\n")) appendLine(path, "");
  return text
    .split("\n")
    .filter((line) => line !== "" && isWhole(line))
    .map((line) => ArchivedFile.parse(JSON.parse(line)));
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
