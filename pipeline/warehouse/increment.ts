import type {OrderedModel} from "./order.ts";
import type {Warehouse} from "./warehouse.ts";

// A build that follows another, with a few more files and everything else as it was, makes anew only the rows that those files can have
// changed. A model says by a macro that its rows can be made alone, each from rows of the same id; then only ids are made of which a row
// that it reads differs. Every other model is made whole. What was made is compared with what stood there, row by row, so that nothing is
// passed on but differences. Whatever is in doubt is built whole: a file that has gone, other rules, a build that did not end.

const MOST_NEW = 0.1; // of all releases; with more, the whole takes little longer

const ALONE = /\b(in_process_part|in_contract_part|is_wanted)\((?:\w+\.)?(\w+)\)/;

const KEYS = ["contract_id", "supplier_id", "block_keys"]; // what is kept of a row that differs, as it was and as it is

/** Tables that a later step fills: every build empties them. */
const isFilledLater = (sql: string): boolean => /\bwhere false\b/.test(sql);

/** How a model's rows can be made alone: by the id that stands in its macro, or those of some processes; null when it is made whole. */
export function aloneBy(sql: string): {readonly key: string; readonly byProcess: boolean} | null {
  const [, macro, column] = ALONE.exec(sql) ?? [];
  if (macro === undefined) return null;
  return macro === "in_process_part" ? {key: "contract_id", byProcess: true} : {key: column!, byProcess: false};
}

const STAGED =
  "select source_id as register_id, raw_sha256, coalesce(parser_version, '') as parser_version from staging.files";

/** The tables whose differing rows the SQL of a `x.wanted.sql` reads, as `changed_core_<table>`; it may read `wanted_processes` as well. */
export const watchedBy = (wanted = ""): string[] =>
  [...wanted.matchAll(/\bchanged_(core|marts)_(\w+)/g)].map(([, schema, table]) => `${schema}.${table}`);

const changedOf = (name: string): string => `changed_${name.replace(".", "_")}`;

/** Notes which files, and which rules, core was built from. */
export async function noteInputs(warehouse: Warehouse, rules: string): Promise<void> {
  await warehouse.run(
    `create or replace table core.built_from as ${STAGED}; create or replace table core.built_with as select '${rules}' as rules`
  );
}

/**
 * The build that is left to do since the last one, its new files in a temporary table `new_files`; null when all of it is.
 * @param rules hash of everything but the files, as in `noteInputs`
 */
export async function incrementSince(warehouse: Warehouse, rules: string): Promise<Increment | null> {
  const tables = await warehouse.rows<{table_name: string}>(
    "select table_name from information_schema.tables where table_schema = 'core'"
  );
  const names = tables.map(({table_name}) => table_name);
  if (!names.includes("built_with") || names.includes("unfinished_build")) return null;
  const [before] = await warehouse.rows<{other_rules: number; gone: number; strays: number}>(
    `select
       (select count(*) from core.built_with where rules <> '${rules}')::double as other_rules,
       (select count(*) from core.built_from anti join (${STAGED}) using (register_id, raw_sha256, parser_version))::double as gone,
       (select count(*) from staging.releases anti join (${STAGED}) using (register_id, raw_sha256))::double as strays`
  );
  if (before === undefined || before.other_rules + before.gone + before.strays > 0) return null;
  await warehouse.run(
    `create or replace temp table new_files as
     select register_id, raw_sha256 from (${STAGED}) anti join core.built_from using (register_id, raw_sha256, parser_version);
     create or replace temp table wanted (id varchar);
     create or replace temp table wanted_processes as
     select distinct ocid from staging.releases semi join new_files using (register_id, raw_sha256)`
  );
  const [releases] = await warehouse.rows<{fresh: number; all: number}>(
    `select (select count(*) from staging.releases semi join new_files using (register_id, raw_sha256))::double as fresh,
       (select count(*) from staging.releases)::double as "all"`
  );
  if (releases === undefined || releases.fresh > MOST_NEW * releases.all) return null;
  return new Increment(warehouse, await touchedBy(warehouse));
}

/** The staging tables that have rows of new files, or were written from them. */
async function touchedBy(warehouse: Warehouse): Promise<string[]> {
  const tables = await warehouse.rows<{name: string; has_files: boolean}>(
    `select 'staging.' || table_name as name, bool_or(column_name = 'raw_sha256') as has_files
     from information_schema.columns where table_schema = 'staging' group by table_name order by name`
  );
  const touched: string[] = [];
  for (const {name, has_files} of tables) {
    const files = has_files
      ? `select 1 from ${name} where raw_sha256 in (select raw_sha256 from new_files)`
      : "from new_files";
    const [row] = await warehouse.rows<{is_touched: boolean}>(`select exists (${files}) as is_touched`);
    if (row?.is_touched) touched.push(name);
  }
  return touched;
}

/** Brings core and marts up to date, table by table in the order in which they read each other. */
export class Increment {
  readonly #warehouse: Warehouse;
  readonly #changed = new Map<string, readonly string[]>(); // tables of which a row came, went or differs, with the keys in their `changed_` tables
  readonly #compared: string[] = [];
  readonly #otherwise = new Set<string>(); // tables without such an id, of which a row that stood there has gone or differs

  readonly #touched: Set<string>; // tables that are not what they were

  constructor(warehouse: Warehouse, touched: readonly string[]) {
    this.#warehouse = warehouse;
    this.#touched = new Set(touched);
  }

  /** Forgets the temporary tables. */
  async end(): Promise<void> {
    const tables = ["wanted", "wanted_processes", "new_files", ...this.#compared.map(changedOf)];
    for (const table of tables) await this.#warehouse.run(`drop table if exists temp.${table}`);
  }

  /**
   * @param isReadAlone whether a model that can be made for some ids reads this one
   * @param isWatched whether a model says in `x.wanted.sql` which of its ids follow from rows of this one
   * @param makeWhole makes all rows of the model as a table of the given name
   * @returns whether anything had to be made
   */
  async update(
    {name, sql, reads, wanted}: OrderedModel,
    {isReadAlone, isWatched}: {readonly isReadAlone: boolean; readonly isWatched: boolean},
    makeWhole: (table: string) => Promise<void>
  ): Promise<boolean> {
    if (![...reads].some((table) => this.#touched.has(table)) && !isFilledLater(sql)) return false;
    const alone = aloneBy(sql);
    if (alone !== null && ![...reads].some((table) => this.#otherwise.has(table))) {
      if (!alone.byProcess && (await this.#want(alone.key, reads, wanted)) === 0) return false;
      await this.#ofWanted(`create or replace temp table fresh as ${sql}`);
      await this.#replace(
        name,
        alone.key,
        alone.byProcess
          ? "ocid in (select ocid from temp.wanted_processes)"
          : `${alone.key} in (select id from temp.wanted)`
      );
      return true;
    }
    if (!isReadAlone && alone === null) {
      await makeWhole(name);
      this.#touched.add(name);
      return true;
    }
    await makeWhole("temp.fresh");
    const columns = await this.#columns(name);
    const key = KEYS.find((one) => columns.includes(one)) ?? (isWatched ? columns[0] : undefined);
    if (key === undefined) await this.#exchange(name);
    else await this.#replace(name, alone?.key ?? key, "true");
    return true;
  }

  /** Runs SQL while the macros by which models say that rows can be made alone hold for those that are wanted, and for no others. */
  async #ofWanted(sql: string): Promise<void> {
    const macros = {
      in_process_part: "select ocid from temp.wanted_processes",
      in_contract_part: "select id from temp.wanted",
      is_wanted: "select id from temp.wanted"
    };
    for (const [name, ids] of Object.entries(macros))
      await this.#warehouse.run(`create or replace temp macro ${name}(asked) as asked in (${ids})`);
    await this.#warehouse.run(sql);
    for (const name of Object.keys(macros)) await this.#warehouse.run(`drop macro temp.${name}`);
  }

  /** Puts the ids into `wanted` of which a row that is read differs, and says how many there are. */
  async #want(key: string, reads: ReadonlySet<string>, wanted?: string): Promise<number> {
    const changed = [...this.#changed].filter(([table, keys]) => reads.has(table) && keys.includes(key));
    const ids = changed.map(([table]) => `select ${key} from temp.${changedOf(table)}`);
    const watched = watchedBy(wanted);
    if (watched.some((table) => this.#changed.has(table)) || wanted?.includes("wanted_processes")) {
      for (const table of watched) await this.#haveChanged(table);
      ids.push(`(${wanted})`);
    }
    await this.#warehouse.run(
      `create or replace temp table wanted(id) as ${ids.join(" union ") || "select null::varchar where false"}`
    );
    return this.#count("wanted");
  }

  /** A table that was not made has no differing rows, and whatever asks for them finds none. */
  async #haveChanged(table: string): Promise<void> {
    if (this.#compared.includes(table)) return;
    await this.#warehouse.run(`create or replace temp table ${changedOf(table)} as select * from ${table} where false`);
    this.#compared.push(table);
  }

  /** Exchanges the rows that differ between `fresh` and those that stood there, and notes their ids. */
  async #replace(name: string, key: string, stood: string): Promise<void> {
    const columns = await this.#columns(name);
    const keys = [...new Set([key, ...KEYS.filter((one) => columns.includes(one))])];
    await this.#warehouse.run(
      `create or replace temp table differing as
       select distinct id from (
         select ${key} as id, hash(old) as row_hash, 1 as side from (select * from ${name} where ${stood}) as old
         union all
         select ${key}, hash(new), -1 from temp.fresh as new
       ) group by id, row_hash having sum(side) <> 0`
    );
    const rows = (table: string): string =>
      `select ${keys.join(", ")} from ${table} where ${key} in (select id from temp.differing)`;
    await this.#warehouse.run(
      `create or replace temp table ${changedOf(name)} as select distinct * from (${rows(name)} union all ${rows("temp.fresh")})`
    );
    this.#compared.push(name);
    if ((await this.#count("differing")) > 0) {
      this.#changed.set(name, keys);
      this.#touched.add(name);
      await this.#warehouse.run(
        `delete from ${name} where ${key} in (select id from temp.differing);
         insert into ${name} select * from temp.fresh where ${key} in (select id from temp.differing)`
      );
    }
    await this.#warehouse.run("drop table temp.fresh; drop table temp.differing");
  }

  /** Exchanges a table without ids, and notes whether anything that stood there has gone: rows that came are new names, which no old row had. */
  async #exchange(name: string): Promise<void> {
    const [rows] = await this.#warehouse.rows<{lost: number; gained: number}>(
      `select (select count(*) from (select * from ${name} except all select * from temp.fresh))::double as lost,
         (select count(*) from temp.fresh)::double - (select count(*) from ${name})::double as gained`
    );
    if (rows === undefined || rows.lost > 0) this.#otherwise.add(name);
    if (rows === undefined || rows.lost > 0 || rows.gained > 0) this.#touched.add(name);
    await this.#warehouse.run(`create or replace table ${name} as select * from temp.fresh; drop table temp.fresh`);
  }

  async #columns(name: string): Promise<string[]> {
    return (await this.#warehouse.columns(name)).map(({column}) => column);
  }

  async #count(table: string): Promise<number> {
    const [row] = await this.#warehouse.rows<{n: number}>(`select count(*)::double as n from temp.${table}`);
    return row?.n ?? 0;
  }
}
