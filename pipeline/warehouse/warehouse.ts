import {existsSync, mkdirSync, readdirSync, readFileSync, statSync} from "node:fs";
import {tmpdir, totalmem} from "node:os";
import {basename, join} from "node:path";
import {type DuckDBConnection, DuckDBInstance, type DuckDBValue} from "@duckdb/node-api";
import {failpoint} from "../failpoint.ts";
import type {Row} from "../ocds/stage.ts";
import {aloneBy, type Increment, watchedBy} from "./increment.ts";
import {inRunningOrder, type Model} from "./order.ts";
import {FORGETTING_PART, isInParts, partsOf, settingPart} from "./parts.ts";

const MODELS = new URL("../models/", import.meta.url);
const PARQUET_ROW_GROUP = 122_880; // rows; DuckDB's own default, written down so that another release of it changes no bytes
const CSV_AS_TEXT = `header = true, all_varchar = true, nullstr = '', delim = ',', quote = '"', escape = '"'`;

const PARTS = `auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, new_line = '\\n', buffer_size = 8000000`;

/** A promise about the data that does not hold, with some of the rows that break it. */
export interface BrokenPromise {
  readonly table: string;
  readonly promise: string; // the comment above the statement in x.checks.sql
  readonly count: number;
  readonly examples: readonly Record<string, unknown>[];
}

/** The database's own checksums or structure do not hold: the disk, or a program that was killed, has damaged the file. */
export class DamagedWarehouse extends Error {
  override readonly name = "DamagedWarehouse";
}

const IS_DAMAGE =
  /corrupt|checksum|not a valid DuckDB database|could not read enough bytes|failed to deserialize|failure while replaying WAL|database has been invalidated|sqlite_scanner/i;

const orDamaged = (path: string, error: Error): Error =>
  IS_DAMAGE.test(error.message)
    ? new DamagedWarehouse(
        `${path} is damaged: run "npm run pipeline -- build", which sets it aside and makes it again from raw. (${firstLine(error)})`
      )
    : error;

/**
 * Megabytes that DuckDB may hold unless something else is said: half of the machine's memory, or of what a container may take, but at least
 * 1,024, with which three hundred thousand releases are built, and at most 1,536, with which a million are; more makes nothing quicker.
 */
export const DEFAULT_MEMORY_MB = Math.min(1_536, Math.max(1_024, Math.floor(availableBytes() / 2 / 1_048_576)));

function availableBytes(): number {
  const allowed = process.constrainedMemory();
  return allowed > 0 ? Math.min(allowed, totalmem()) : totalmem();
}

let memoryMb = DEFAULT_MEMORY_MB;

/** Sets what every database that is opened from here on may hold in memory; DuckDB's own default is 80 % of the machine. */
export function limitMemory(megabytes: number): void {
  memoryMb = megabytes;
}

/** How models are run. */
export interface ModelRun {
  readonly onModel?: ((name: string) => void) | undefined; // called for each that was made, when it is
  readonly rowsAPart?: number | undefined; // of awards that a model in parts takes at a time; see parts.ts
  readonly increment?: Increment | null;
}

/** The DuckDB file and everything that is done to it; nothing outside this folder imports the driver. */
export class Warehouse {
  private readonly stagingColumns = new Map<string, {column: string; type: string}[]>(); // of tables that only parsers write

  private constructor(
    private readonly path: string,
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection
  ) {}

  /**
   * Opens `<dataFolder>/warehouse.duckdb`, or a database in memory when no folder is given.
   * @throws {Error} in a sentence, when another process holds the file
   */
  static async open(dataFolder: string | null, {readOnly = false} = {}): Promise<Warehouse> {
    if (dataFolder === null) return Warehouse.openFile(":memory:");
    const path = join(dataFolder, "warehouse.duckdb");
    if (readOnly && !existsSync(path))
      throw new Error(`there is no ${path} yet: run "npm run pipeline -- build" first`);
    mkdirSync(dataFolder, {recursive: true});
    return Warehouse.openFile(path, {readOnly});
  }

  /**
   * Opens any DuckDB file, or a database in memory.
   * @throws {Error} in a sentence, when another process holds the file
   */
  static async openFile(
    path: string,
    {readOnly = false, threads, blockBytes}: {readOnly?: boolean; threads?: number; blockBytes?: number} = {}
  ): Promise<Warehouse> {
    const options = {
      autoinstall_known_extensions: "false", // nothing is fetched because of what a file looks like
      ...(readOnly ? {access_mode: "READ_ONLY"} : {}),
      memory_limit: `${memoryMb}MB`,
      temp_directory: path === ":memory:" ? join(tmpdir(), `contract-scale-${process.pid}.tmp`) : `${path}.tmp`,
      ...(threads === undefined ? {} : {threads: String(threads)}),
      ...(blockBytes === undefined ? {} : {default_block_size: String(blockBytes)})
    };
    const instance = await DuckDBInstance.create(path, options).catch((error: Error) => {
      throw /\b(lock|lock on file)\b/i.test(error.message) && !IS_DAMAGE.test(error.message)
        ? new Error(`${path} is in use by another run: wait for it to end. (${firstLine(error)})`)
        : orDamaged(path, error);
    });
    const connection = await instance.connect();
    await connection.run("set TimeZone = 'Europe/London'"); // a date without an offset is UK local time
    await connection.run("set preserve_insertion_order = true");
    return new Warehouse(path, instance, connection);
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }

  async run(sql: string, values?: Record<string, DuckDBValue>): Promise<void> {
    await this.orDamage(values ? this.connection.run(sql, values) : this.connection.run(sql));
  }

  private orDamage<T>(work: Promise<T>): Promise<T> {
    return work.catch((error: Error) => {
      throw orDamaged(this.path, error);
    });
  }

  /** Rows as plain objects; decimals, dates and large integers as text, so nothing is rounded on the way. */
  async rows<T = Record<string, unknown>>(sql: string, values?: Record<string, DuckDBValue>): Promise<T[]> {
    const reader = await this.orDamage(
      values ? this.connection.runAndReadAll(sql, values) : this.connection.runAndReadAll(sql)
    );
    return reader.getRowObjectsJson() as T[];
  }

  /** The same rows a few thousand at a time, for a table that may hold a million. */
  async *chunks<T = Record<string, unknown>>(sql: string): AsyncGenerator<T[]> {
    const result = await this.orDamage(this.connection.stream(sql));
    for await (const rows of result.yieldRowObjectJson()) yield rows as T[];
  }

  /**
   * Runs `work`, which appends rows, with one thread and little memory: processors and memory are wanted by whatever parses
   * the rows. Models use every processor and what `limitMemory` allows.
   */
  async whileParsing<T>(work: () => Promise<T>): Promise<T> {
    await this.run("set memory_limit = '128MB'; set threads = 1");
    try {
      return await work();
    } finally {
      await this.run(`set memory_limit = '${memoryMb}MB'; reset threads`);
    }
  }

  /** Runs `work` in one transaction: all of it, or nothing. */
  async inTransaction<T>(work: () => Promise<T>): Promise<T> {
    await this.run("begin");
    try {
      const result = await work();
      failpoint("transaction.open");
      await this.run("commit");
      failpoint("transaction.committed");
      return result;
    } catch (error) {
      await this.run("rollback").catch(() => {}); // a full disk or a damaged file may have ended the transaction itself
      throw error;
    }
  }

  /** Creates the schemas and the tables that parsers write, where they are not there yet. */
  async prepareStaging(): Promise<void> {
    for (const schema of ["staging", "reference", "snapshot", "core", "marts"])
      await this.run(`create schema if not exists ${schema}`);
    for (const model of modelsIn("staging")) await this.run(model.sql);
    await this.dropOldStaging();
    for (const model of modelsIn("staging")) await this.run(model.sql);
  }

  /** Staging of an older shape is dropped whole: the raw archive holds everything that was ever in it, and is parsed again. */
  private async dropOldStaging(): Promise<void> {
    await this.run("drop schema if exists shape cascade; create schema shape");
    const models = modelsIn("staging");
    for (const {sql} of models) await this.run(sql.replace("staging.", "shape."));
    const differing = await this.rows(
      `select table_name, column_name from information_schema.columns where table_schema in ('staging', 'shape')
       group by table_name, column_name, data_type having count(*) = 1`
    );
    if (differing.length > 0) for (const {name} of models) await this.run(`drop table ${name}`);
    await this.run("drop schema shape cascade");
  }

  /** Appends rows to a table; cells travel as text and are cast by the table's own types, so a wrong one is an error. */
  async insert(table: string, rows: readonly Row[]): Promise<void> {
    if (rows.length === 0) return;
    const columns = this.stagingColumns.get(table) ?? (await this.columns(table));
    this.stagingColumns.set(table, columns);
    const shape = Object.fromEntries(columns.map(({column, type}) => [column, asText(type)]));
    const cells = columns.map(({column, type}) => `cast(r.${column} as ${type})`);
    await this.run(
      `insert into ${table} select ${cells.join(", ")}
       from (select unnest(from_json($rows::json, '${JSON.stringify([shape])}')) as r)`,
      {rows: JSON.stringify(rows)}
    );
  }

  /**
   * Appends part files (see stagedParts.ts) to a table, in the order given; cells are cast by the table's own types, as in
   * `insert`, so a wrong one is an error.
   */
  async appendParts(table: string, paths: readonly string[]): Promise<void> {
    if (paths.length === 0) return;
    const columns = await this.columns(table);
    const cells = columns.map(({column, type}) =>
      type.endsWith("[]") ? `cast(from_json(${column}, '["VARCHAR"]') as ${type})` : `cast(${column} as ${type})`
    );
    const files = paths.map((path) => `'${path.replaceAll("'", "''")}'`);
    const shape = columns.map(({column}) => `${column}: 'VARCHAR'`);
    await this.run(
      `insert into ${table} select ${cells.join(", ")}
       from read_csv([${files.join(", ")}], ${PARTS}, columns = {${shape.join(", ")}})`
    );
  }

  /** Loads every CSV of a folder into a schema, one table a file, every column as text; an empty cell is null. */
  async loadCsvFolder(folder: string, schema: "reference" | "snapshot"): Promise<void> {
    await this.run(`drop schema if exists ${schema} cascade; create schema ${schema}`); // a file that has gone takes its table along
    for (const file of readdirSync(folder)
      .filter((name) => name.endsWith(".csv"))
      .sort()) {
      if (statSync(join(folder, file)).size === 0)
        throw new Error(`${join(folder, file)} is empty, not even a header is in it: put it back as it was`);
      const path = join(folder, file).replaceAll("'", "''");
      await this.run(
        `create or replace table ${schema}."${basename(file, ".csv").replaceAll('"', '""')}" as
         select * from read_csv('${path}', ${CSV_AS_TEXT})`
      ).catch((error: Error) => {
        throw isAboutContent(error)
          ? new Error(
              `${join(folder, file)} cannot be read as CSV in UTF-8: put it back as it was. (${firstLine(error)})`
            )
          : error;
      });
    }
  }

  /** Empty tables in the shape of the embedded snapshot. */
  async createSnapshotTables(): Promise<void> {
    for (const model of modelsIn("snapshot")) await this.run(model.sql);
  }

  /** Appends a CSV file to a table by column name; a cell that does not fit the column's type is an error, an empty one null. */
  async appendCsv(path: string, table: string): Promise<void> {
    const quoted = path.replaceAll("'", "''");
    await this.run(`insert into ${table} by name select * from read_csv('${quoted}', ${CSV_AS_TEXT})`).catch(
      (error: Error) => {
        throw isAboutContent(error)
          ? new Error(`${path} does not fit its table: put it back as it was. (${firstLine(error)})`)
          : error;
      }
    );
  }

  /** Writes a query's rows as CSV (UTF-8, RFC 4180), in the order the query gives them. */
  async writeCsv(query: string, path: string): Promise<void> {
    const quoted = path.replaceAll("'", "''");
    await this.run(`copy (${query}) to '${quoted}' (format csv, header true, nullstr '')`);
  }

  /** Writes a query's rows as Parquet (zstd), in the order the query gives them: the same bytes whatever the number of threads. */
  async writeParquet(query: string, path: string, rowGroup = PARQUET_ROW_GROUP): Promise<void> {
    const quoted = path.replaceAll("'", "''");
    await this.run(`copy (${query}) to '${quoted}' (format parquet, compression zstd, row_group_size ${rowGroup})`);
  }

  /**
   * Makes core and marts from staging, snapshot and reference, in one transaction, in the order the models need: all of their rows, or
   * those that an increment has to make anew.
   */
  async runModels({onModel = () => {}, rowsAPart, increment = null}: ModelRun = {}): Promise<void> {
    await this.run(readFileSync(new URL("macros.sql", MODELS), "utf8"));
    const models = await inRunningOrder([...modelsIn("core"), ...modelsIn("marts")], this.connection);
    const readAlone = new Set(models.flatMap(({sql, reads}) => (aloneBy(sql) === null ? [] : [...reads])));
    const watched = new Set(models.flatMap(({wanted}) => watchedBy(wanted)));
    await this.inTransaction(async () => {
      for (const model of models) {
        const {name, sql} = model;
        const makeWhole = (table: string): Promise<void> => this.makeModel(table, sql, rowsAPart);
        const making =
          increment === null
            ? makeWhole(name).then(() => true)
            : increment.update(model, {isReadAlone: readAlone.has(name), isWatched: watched.has(name)}, makeWhole);
        const isMade = await making.catch((error: Error) => {
          if (error instanceof DamagedWarehouse) throw error;
          throw new Error(`models/${name.replace(".", "/")}.sql: ${error.message}`);
        });
        if (isMade) onModel(name);
      }
      await increment?.end();
    });
  }

  /**
   * Says that core and marts are not whole until `markBuilt`: reference tables are replaced before the models run, and what fails in
   * between leaves new ones beside old results.
   */
  async markUnbuilt(): Promise<void> {
    await this.run("create or replace table core.unfinished_build as select 1 as is_unfinished");
  }

  async markBuilt(): Promise<void> {
    await this.run("drop table core.unfinished_build");
  }

  /** @throws {Error} in a sentence, when nothing was built yet or the last build did not come to its end */
  async assertBuilt(): Promise<void> {
    const tables = await this.rows<{table_name: string}>(
      "select table_name from information_schema.tables where table_schema = 'core'"
    );
    const names = tables.map(({table_name}) => table_name);
    if (!names.includes("contracts"))
      throw new Error(`nothing has been built in ${this.path} yet: run "npm run pipeline -- build" first`);
    if (names.includes("unfinished_build"))
      throw new Error(`the last build in ${this.path} did not come to its end: run "npm run pipeline -- build" again`);
  }

  /** Makes one table, in parts where the model can be made so and the register is large: see parts.ts. */
  private async makeModel(table: string, sql: string, rowsAPart?: number): Promise<void> {
    const create = table.startsWith("temp.") ? "create or replace temp table" : "create or replace table";
    if (!isInParts(sql)) return this.run(`${create} ${table} as ${sql}`);
    const [size] = await this.rows<{n: number}>("select count(*)::double as n from staging.awards");
    for (const [i, part] of partsOf(size?.n ?? 0, rowsAPart).entries()) {
      await this.run(settingPart(part));
      await this.run(i === 0 ? `${create} ${table} as ${sql}` : `insert into ${table} ${sql}`);
    }
    await this.run(FORGETTING_PART);
  }

  /** Runs every `x.checks.sql`: each statement returns the rows that break the promise written above it. */
  async brokenPromises(): Promise<BrokenPromise[]> {
    const broken: BrokenPromise[] = [];
    for (const {table, promise, sql} of checks()) {
      const rows = await this.rows(sql);
      if (rows.length > 0) broken.push({table, promise, count: rows.length, examples: rows.slice(0, 3)});
    }
    return broken;
  }

  async columns(table: string): Promise<{column: string; type: string}[]> {
    const rows = await this.rows<{column_name: string; column_type: string}>(`describe ${table}`);
    return rows.map(({column_name, column_type}) => ({column: column_name, type: column_type}));
  }
}

/** Not a full disk or too little memory, which have advice of their own. */
const isAboutContent = (error: Error): boolean =>
  !(error instanceof DamagedWarehouse) && !/space left|disk quota|too large|out of memory/i.test(error.message);

const firstLine = (error: Error): string => error.message.split("\n")[0] ?? "";
const asText = (type: string): string | string[] => (type.endsWith("[]") ? ["VARCHAR"] : "VARCHAR");

/** Every model of a schema: folder = schema, file = table. */
export function modelsIn(schema: "staging" | "snapshot" | "core" | "marts"): Model[] {
  return readdirSync(new URL(`${schema}/`, MODELS))
    .filter((file) => /^\w+\.sql$/.test(file))
    .sort()
    .map((file) => {
      const wanted = new URL(`${schema}/${basename(file, ".sql")}.wanted.sql`, MODELS);
      return {
        name: `${schema}.${basename(file, ".sql")}`,
        sql: readFileSync(new URL(`${schema}/${file}`, MODELS), "utf8"),
        ...(existsSync(wanted) ? {wanted: readFileSync(wanted, "utf8")} : {})
      };
    });
}

/** The statements of all checks, each with the comment lines directly above it as the promise. */
export function checks(): {table: string; promise: string; sql: string}[] {
  return (["core", "marts"] as const).flatMap((schema) =>
    readdirSync(new URL(`${schema}/`, MODELS))
      .filter((file) => file.endsWith(".checks.sql"))
      .sort()
      .flatMap((file) => {
        const table = `${schema}.${basename(file, ".checks.sql")}`;
        return statements(readFileSync(new URL(`${schema}/${file}`, MODELS), "utf8")).map((statement) => ({
          table,
          ...statement
        }));
      })
  );
}

function statements(text: string): {promise: string; sql: string}[] {
  return text
    .split(/;\s*$/m)
    .map((block) => block.trim())
    .filter((block) => block !== "")
    .map((block) => {
      const lines = block.split("\n");
      const comment = lines.filter((line) => line.startsWith("--")).map((line) => line.replace(/^--\s*/, ""));
      return {promise: comment.join(" "), sql: lines.filter((line) => !line.startsWith("--")).join("\n")};
    });
}
