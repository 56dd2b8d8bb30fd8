import {mkdirSync, mkdtempSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";

/** Writes files into a folder, by path; a new temporary folder unless one is given. */
export function folderOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  folder = mkdtempSync(join(tmpdir(), "contract-scale-site-"))
): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), content);
  }
  return folder;
}
