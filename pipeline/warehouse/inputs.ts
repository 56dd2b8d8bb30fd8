import {createHash} from "node:crypto";
import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import type {Warehouse} from "./warehouse.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/**
 * A hash of everything that core and marts are made with, but the staged files: the pipeline's own code and its libraries, the committed
 * and the embedded tables, what registers and publications declare, and the files that replace reference tables.
 */
export async function hashOfRules(
  warehouse: Warehouse,
  {
    folders,
    declared,
    references
  }: {
    readonly folders: readonly (string | null)[]; // of tables
    readonly declared: unknown;
    readonly references: readonly string[]; // ids whose staged files replace a table
  }
): Promise<string> {
  const hash = createHash("sha256");
  const add = (name: string, bytes: string | Uint8Array): void => {
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  };
  for (const path of filesIn(join(ROOT, "pipeline"), /\.(ts|sql)$/)) add(path, readFileSync(path));
  if (existsSync(join(ROOT, "package-lock.json"))) add("libraries", readFileSync(join(ROOT, "package-lock.json")));
  for (const folder of folders)
    if (folder !== null)
      for (const path of filesIn(folder, /\.csv$/)) add(path.slice(folder.length), readFileSync(path));
  add("declared", JSON.stringify([folders.map((folder) => folder === null), declared]));
  const ids = references.map((id) => `'${id}'`).join(", ");
  const staged = await warehouse.rows(
    `select source_id, raw_sha256, parser_version, received_at from staging.files where source_id in (${ids || "''"}) order by all`
  );
  add("references", JSON.stringify(staged));
  return hash.digest("hex");
}

const filesIn = (folder: string, wanted: RegExp): string[] =>
  readdirSync(folder, {recursive: true, encoding: "utf8"})
    .filter((name) => wanted.test(name))
    .sort()
    .map((name) => join(folder, name));
