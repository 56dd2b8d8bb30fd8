import {createHash} from "node:crypto";
import {closeSync, openSync, readdirSync, readFileSync, readSync} from "node:fs";
import {join} from "node:path";

export const CHECKSUMS = "SHA256SUMS";

/** The SHA-256 of a file, read in pieces so that its size does not matter. */
export function sha256Of(path: string): string {
  const hash = createHash("sha256");
  const file = openSync(path, "r");
  const piece = Buffer.alloc(1 << 20);
  try {
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) hash.update(piece.subarray(0, read));
  } finally {
    closeSync(file);
  }
  return hash.digest("hex");
}

/** Every file below a folder, with "/" whatever the system, in name order. */
export function filesIn(folder: string, inside = ""): string[] {
  return readdirSync(join(folder, inside), {withFileTypes: true})
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = inside === "" ? entry.name : `${inside}/${entry.name}`;
      return entry.isDirectory() ? filesIn(folder, path) : [path];
    });
}

/** The text of SHA256SUMS for every file in a folder but itself; `sha256sum -c SHA256SUMS` reads it. */
export function checksums(folder: string): string {
  return filesIn(folder)
    .filter((path) => path !== CHECKSUMS)
    .map((path) => `${sha256Of(join(folder, path))}  ${path}\n`)
    .join("");
}

/** What a release's SHA256SUMS lists. */
export function readChecksums(folder: string): {readonly path: string; readonly sha256: string}[] {
  const lines = readFileSync(join(folder, CHECKSUMS), "utf8").trimEnd().split("\n");
  return lines.map((line) => ({path: line.slice(66), sha256: line.slice(0, 64)}));
}

/** Files that SHA256SUMS lists and a folder does not have: all of a release need not have been downloaded. */
export function absentFiles(folder: string): string[] {
  const present = new Set(filesIn(folder));
  return readChecksums(folder).flatMap(({path}) => (present.has(path) ? [] : [path]));
}

/**
 * What differs between a release folder and its SHA256SUMS, one sentence a file; empty when nothing does.
 * @param isWhole whether every listed file has to be there
 */
export function checksumFaults(folder: string, {isWhole = true} = {}): string[] {
  const listed = new Map(readChecksums(folder).map(({path, sha256}) => [path, sha256]));
  const present = filesIn(folder).filter((path) => path !== CHECKSUMS);
  return [
    ...(isWhole ? absentFiles(folder) : []).map((path) => `${path} is listed and not there`),
    ...present.filter((path) => !listed.has(path)).map((path) => `${path} is there and not listed`),
    ...present
      .filter((path) => listed.has(path) && listed.get(path) !== sha256Of(join(folder, path)))
      .map((path) => `${path} has other bytes than when it was released`)
  ];
}
