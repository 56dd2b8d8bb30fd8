import {closeSync, fsyncSync, openSync} from "node:fs";
import {join} from "node:path";
import {filesIn} from "./checksums.ts";

// A rename is safe only when what is renamed has reached the disk: a power cut would otherwise leave the new name and empty files.

/** Waits until a file, or a folder's own list of names, is on the disk. */
export function flushEntry(path: string): void {
  const isWindowsFolder = process.platform === "win32"; // Windows opens no folders, and orders their changes itself
  if (isWindowsFolder) return;
  const entry = openSync(path, "r");
  try {
    fsyncSync(entry);
  } finally {
    closeSync(entry);
  }
}

/** Waits until every file of a folder is on the disk. */
export function flushFolder(folder: string): void {
  for (const path of filesIn(folder)) flushEntry(join(folder, path));
  flushEntry(folder);
}
