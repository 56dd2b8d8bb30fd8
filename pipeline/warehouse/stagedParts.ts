import {closeSync, mkdirSync, openSync, writeSync} from "node:fs";
import {join} from "node:path";
import type {Row} from "../ocds/stage.ts";

/** The staging tables and their columns in order, as the warehouse has them. */
export type StagingColumns = Readonly<Record<string, readonly string[]>>;

/**
 * Writes staged rows as one CSV file a table, as `Warehouse.appendParts` reads them: text always in quotation marks, so that
 * an empty one is not a null; a list as JSON.
 *
 * Files and not memory, so that any number of releases passes through the same few megabytes; CSV, because of the ways into
 * DuckDB from another thread it takes the least time, counting both ends.
 */
export class PartWriter {
  private readonly open = new Map<string, number>(); // file handles by table

  constructor(
    private readonly folder: string,
    private readonly name: string,
    private readonly columns: StagingColumns
  ) {
    mkdirSync(folder, {recursive: true});
  }

  add(tables: Readonly<Record<string, readonly Row[]>>): void {
    for (const [table, rows] of Object.entries(tables)) {
      if (rows.length === 0) continue;
      const columns = this.columns[table] ?? [];
      writeSync(this.handle(table), rows.map((row) => line(row, columns)).join(""));
    }
  }

  /** @returns the path of each table that has rows */
  close(): Record<string, string> {
    for (const handle of this.open.values()) closeSync(handle);
    return Object.fromEntries([...this.open.keys()].map((table) => [table, this.path(table)]));
  }

  private handle(table: string): number {
    const known = this.open.get(table);
    if (known !== undefined) return known;
    const handle = openSync(this.path(table), "w");
    this.open.set(table, handle);
    return handle;
  }

  private path(table: string): string {
    return join(this.folder, `${this.name}.${table}.csv`);
  }
}

function line(row: Row, columns: readonly string[]): string {
  let text = "";
  for (const column of columns) text += `${cell(row[column])},`;
  return `${text.slice(0, -1)}\n`;
}

function cell(value: Row[string] | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return quoted(value);
  return typeof value === "object" ? quoted(JSON.stringify(value)) : String(value);
}

const quoted = (text: string): string => (text.includes('"') ? `"${text.replaceAll('"', '""')}"` : `"${text}"`);
