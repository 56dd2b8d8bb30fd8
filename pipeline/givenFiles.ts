import {type Dirent, lstatSync, readdirSync, readFileSync, realpathSync, type Stats, statSync} from "node:fs";
import {join} from "node:path";
import {UsageError} from "./usageError.ts";

const LARGEST = 2_000_000_000; // bytes; what is read whole has to fit into one buffer

/**
 * Every file under the given paths, folders walked in name order; hidden files are passed over, and a folder that leads back into itself is
 * walked once.
 *
 * @throws {UsageError} when a path leads nowhere, is no file (a pipe, a device), or nothing is found at all
 */
export function filesUnder(paths: readonly string[]): string[] {
  const files = paths.flatMap((path) => walk(path, new Set()));
  if (files.length === 0) throw new UsageError(`there is no file in ${paths.join(", ")}`);
  return files;
}

function walk(path: string, above: ReadonlySet<string>): string[] {
  const facts = factsOf(path);
  if (facts.isFile()) return [path];
  if (!facts.isDirectory())
    throw new UsageError(`${path} is no file but a pipe or a device: save what comes from it to a file first`);
  const here = realpathSync(path);
  if (above.has(here)) return [];
  const names = readdirSync(path, {withFileTypes: true})
    .filter((entry: Dirent) => !entry.name.startsWith("."))
    .map(({name}) => name)
    .sort();
  return names.flatMap((name) => walk(join(path, name), new Set([...above, here])));
}

function factsOf(path: string): Stats {
  const found = statOf(path);
  if (found !== undefined) return found;
  if (lstatSync(path, {throwIfNoEntry: false}) !== undefined)
    throw new UsageError(`${path} is a link that leads nowhere: mend or remove it`);
  throw new UsageError(`there is no file or folder ${path}`);
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, {throwIfNoEntry: false});
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ELOOP") return undefined; // links that lead to one another
    throw error;
  }
}

/** The bytes of a given file, or a sentence why they cannot be had: one file does not keep the others out. */
export function readGiven(path: string): Uint8Array | string {
  try {
    const {size} = statSync(path);
    if (size > LARGEST)
      return `it has ${size.toLocaleString("en-GB")} bytes, and at most ${LARGEST.toLocaleString("en-GB")} can be read at once: split it`;
    return readFileSync(path);
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException;
    if (code === "EACCES" || code === "EPERM") return "it may not be read: mend its rights";
    if (code === "ENOENT") return "it has gone since the folder was looked through";
    if (code === "EIO") return `the disk does not give it back (${message})`;
    throw error;
  }
}
