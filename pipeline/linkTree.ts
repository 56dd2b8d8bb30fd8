import {cpSync, linkSync, mkdirSync, readdirSync, rmSync} from "node:fs";
import {dirname, join} from "node:path";

/**
 * Puts a file at a second place without a second copy of its bytes, where the disk can; else copies it.
 *
 * Only for files that are never written to in place: a change to one would be a change to both.
 */
export function linkFile(from: string, to: string): void {
  mkdirSync(dirname(to), {recursive: true});
  rmSync(to, {force: true});
  try {
    linkSync(from, to);
  } catch {
    cpSync(from, to); // another disk, or one without links
  }
}

/** The same for every file of a folder. */
export function linkTree(from: string, to: string): void {
  mkdirSync(to, {recursive: true});
  for (const entry of readdirSync(from, {withFileTypes: true}))
    if (entry.isDirectory()) linkTree(join(from, entry.name), join(to, entry.name));
    else linkFile(join(from, entry.name), join(to, entry.name));
}
