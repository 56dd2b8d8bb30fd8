import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {basename, join} from "node:path";
import type {DictionaryRow} from "../../src/components/rows.ts";

/** The shape of the published tables: what a program that reads them relies on. */
export interface Shape {
  readonly [table: string]: {readonly key: readonly string[]; readonly columns: Readonly<Record<string, string>>};
}

export interface SchemaRelease {
  readonly version: string; // semantic: 1.4.0
  readonly tables: Shape;
}

export interface ShapeChange {
  readonly level: "major" | "minor";
  readonly text: string;
}

/** The shape that tables and their dictionary describe. */
export function shapeOf(
  tables: readonly {readonly file: string; readonly key: readonly string[]}[],
  dictionary: readonly DictionaryRow[]
): Shape {
  const columns = (file: string) =>
    Object.fromEntries(dictionary.filter(({table}) => table === file).map(({column, type}) => [column, type]));
  return Object.fromEntries(tables.map(({file, key}) => [file, {key, columns: columns(file)}]));
}

/**
 * What differs between two shapes. Taking away, renaming or retyping breaks a reader's program and is major; adding is minor.
 * A renamed column is one taken away and one added.
 */
export function shapeChanges(before: Shape, after: Shape): ShapeChange[] {
  const changes: ShapeChange[] = [];
  const tell = (level: ShapeChange["level"], text: string): void => void changes.push({level, text});
  for (const [table, old] of Object.entries(before)) {
    const now = after[table];
    if (!now) {
      tell("major", `the table ${table} is gone`);
      continue;
    }
    for (const [column, type] of Object.entries(old.columns)) {
      const typeNow = now.columns[column];
      if (typeNow === undefined) tell("major", `${table}.${column} is gone or has another name`);
      else if (typeNow !== type) tell("major", `${table}.${column} was ${type} and is ${typeNow}`);
    }
    if (old.key.join() !== now.key.join())
      tell("major", `a row of ${table} was named by ${old.key.join(", ")} and is by ${now.key.join(", ")}`);
    for (const column of Object.keys(now.columns))
      if (!(column in old.columns)) tell("minor", `${table}.${column} is new`);
  }
  for (const table of Object.keys(after)) if (!(table in before)) tell("minor", `the table ${table} is new`);
  return changes;
}

/** The version of a shape, given the last released one: unchanged, one minor step on, or one major step on. */
export function nextSchemaVersion(last: SchemaRelease, now: Shape): string {
  const changes = shapeChanges(last.tables, now);
  if (changes.length === 0) return last.version;
  const [major = 0, minor = 0] = last.version.split(".").map(Number);
  return changes.some(({level}) => level === "major") ? `${major + 1}.0.0` : `${major}.${minor + 1}.0`;
}

/**
 * The last released schema in a folder of `<version>.json` files.
 * @throws {Error} when there is none
 */
export function lastReleasedSchema(folder: string): SchemaRelease {
  const versions = existsSync(folder) ? readdirSync(folder).filter((name) => /^\d+\.\d+\.\d+\.json$/.test(name)) : [];
  const [last] = versions.map((name) => basename(name, ".json")).sort((a, b) => compareVersions(b, a));
  if (last === undefined) throw new Error(`there is no released schema in ${folder}: write one with "npm run schema"`);
  return JSON.parse(readFileSync(join(folder, `${last}.json`), "utf8")) as SchemaRelease;
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(".").map(Number));
  const at = [0, 1, 2].find((i) => left![i] !== right![i]);
  return at === undefined ? 0 : left![at]! - right![at]!;
}

/** Writes a shape as the next released schema; returns its version. */
export function releaseSchema(folder: string, now: Shape): string {
  mkdirSync(folder, {recursive: true});
  const isFirst = readdirSync(folder).length === 0;
  const version = isFirst ? "1.0.0" : nextSchemaVersion(lastReleasedSchema(folder), now);
  writeFileSync(join(folder, `${version}.json`), `${JSON.stringify({version, tables: now}, null, 1)}\n`);
  return version;
}
