import {existsSync, statSync} from "node:fs";
import {join} from "node:path";
import {UsageError} from "../usageError.ts";
import {Warehouse} from "../warehouse/warehouse.ts";

interface Brought {
  readonly file: string;
  readonly table: string;
  readonly isNeeded: boolean;
  readonly columns: Readonly<Record<string, string>>;
  readonly needed: readonly string[]; // the others may be left out and are then missing
  readonly key: readonly string[]; // names one row: two of them would count it twice
}

const TABLES: readonly Brought[] = [
  {
    file: "scale-and-outcome.csv",
    table: "marts.scale_and_outcome",
    isNeeded: true,
    columns: {
      gss: "varchar",
      service_line: "varchar",
      financial_year: "integer",
      scale_measure: "varchar",
      scale_value: "double",
      indicator_id: "varchar",
      outcome_period: "varchar",
      lag_years: "integer",
      outcome_value: "double",
      low_95: "double",
      high_95: "double",
      numerator: "double",
      denominator: "double",
      imd_score: "double",
      population: "integer",
      rural_pct: "double",
      class: "varchar",
      region: "varchar",
      contract_count: "integer",
      coverage_pct: "double"
    },
    needed: [
      "gss",
      "service_line",
      "financial_year",
      "scale_measure",
      "scale_value",
      "indicator_id",
      "lag_years",
      "outcome_value",
      "contract_count"
    ],
    key: ["gss", "service_line", "financial_year", "scale_measure", "indicator_id", "lag_years"]
  },
  {
    file: "councils.csv",
    table: "core.councils",
    isNeeded: true,
    columns: {
      gss: "varchar",
      name: "varchar",
      tier: "varchar",
      class: "varchar",
      region: "varchar",
      nation: "varchar",
      population: "integer",
      imd_score: "double",
      rural_pct: "double"
    },
    needed: ["gss"],
    key: ["gss"]
  },
  {
    file: "council-scale.csv",
    table: "marts.council_scale",
    isNeeded: false,
    columns: {
      gss: "varchar",
      service_line: "varchar",
      financial_year: "integer",
      contract_count: "integer",
      typical_pound_gbp: "double",
      median_annual_gbp: "double",
      largest_pct: "double",
      supplier_hhi: "double",
      local_pct: "double",
      coverage_pct: "double"
    },
    needed: ["gss", "service_line", "financial_year", "contract_count"],
    key: ["gss", "service_line", "financial_year"]
  },
  {
    file: "local-share.csv",
    table: "marts.local_share",
    isNeeded: false,
    columns: {
      gss: "varchar",
      service_line: "varchar",
      financial_year: "integer",
      definition: "varchar",
      contract_count: "integer",
      local_count_pct: "double",
      local_gbp_pct: "double",
      unknown_gbp_pct: "double"
    },
    needed: ["gss", "service_line", "financial_year", "definition", "contract_count", "local_gbp_pct"],
    key: ["gss", "service_line", "financial_year", "definition"]
  },
  {
    file: "deflator.csv",
    table: "reference.deflator",
    isNeeded: false,
    columns: {version: "varchar", financial_year: "integer", index_number: "double"},
    needed: ["financial_year", "index_number"],
    key: ["version", "financial_year"]
  }
];

/**
 * A warehouse in memory from a folder laid out like the published tables, under the names that every sample's SQL reads.
 *
 * @throws {Error} naming the file, and the column or cell that is missing or does not fit
 */
export async function openFolder(folder: string): Promise<Warehouse> {
  if (!existsSync(folder)) throw new UsageError(`there is no folder ${folder}`);
  const warehouse = await Warehouse.open(null);
  try {
    for (const schema of ["marts", "core", "reference"]) await warehouse.run(`create schema if not exists ${schema}`);
    for (const table of TABLES) await load(warehouse, folder, table);
    return warehouse;
  } catch (error) {
    warehouse.close();
    throw error;
  }
}

async function load(
  warehouse: Warehouse,
  folder: string,
  {file, table, isNeeded, columns, needed, key}: Brought
): Promise<void> {
  const definition = Object.entries(columns).map(([column, type]) => `"${column}" ${type}`);
  await warehouse.run(`create table ${table} (${definition.join(", ")})`);
  const path = join(folder, file);
  if (!existsSync(path)) {
    if (isNeeded)
      throw new Error(`${folder} has no ${file}: it must hold scale-and-outcome.csv and councils.csv as published`);
    return;
  }
  if (statSync(path).size === 0) throw new Error(`${path} is empty: the first line must name its columns`);
  await readCells(warehouse, path);
  const present = (await warehouse.columns("brought")).map(({column}) => column);
  const missing = needed.filter((column) => !present.includes(column));
  if (missing.length > 0) throw new Error(`${path} has no column ${missing.join(", ")}; it has ${present.join(", ")}`);
  const read = Object.entries(columns).filter(([column]) => present.includes(column));
  for (const [column, type] of read) await refuseMisfit(warehouse, path, column, type);
  const names = read.map(([column, type]) => `try_cast("${column}" as ${asRead(type)})::${type} as "${column}"`);
  await warehouse.run(`insert into ${table} by name select ${names.join(", ")} from brought`);
  await refuseRepeats(
    warehouse,
    path,
    key.filter((column) => present.includes(column))
  );
  const [row] = await warehouse.rows<{n: number}>(`select count(*)::integer as n from ${table}`);
  if (isNeeded && (row?.n ?? 0) === 0) throw new Error(`${path} has a header and no rows`);
}

/** Every cell as text, with the line of a table without line breaks in its cells. */
async function readCells(warehouse: Warehouse, path: string): Promise<void> {
  const source = `read_csv('${path.replaceAll("'", "''")}', header = true, all_varchar = true, nullstr = '', delim = ',', quote = '"', escape = '"')`;
  await warehouse.run(`create or replace temp table brought as select * from ${source}`).catch((error: Error) => {
    throw new Error(`${path} cannot be read as CSV: ${error.message.split("\n")[0]}`);
  });
}

/** A whole number may be written "2024.0", as programs that know only floating point do. */
const asRead = (type: string): string => (type === "integer" ? "double" : type);

/** A cell that is no number would become a missing one without a word. */
async function refuseMisfit(warehouse: Warehouse, path: string, column: string, type: string): Promise<void> {
  if (type === "varchar") return;
  const whole =
    type === "integer" ? `or try_cast("${column}" as double) <> round(try_cast("${column}" as double))` : "";
  const [found] = await warehouse.rows<{line: number; cell: string}>(
    `select rowid::integer + 2 as line, "${column}" as cell from brought
     where "${column}" is not null and (try_cast("${column}" as double) is null or not isfinite(try_cast("${column}" as double)) ${whole})
     order by rowid limit 1`
  );
  if (found)
    throw new Error(
      `${path}, line ${found.line}: ${column} has a cell that does not fit: "${found.cell}" is no ${type === "integer" ? "whole " : ""}number; leave the cell empty where it is missing`
    );
}

async function refuseRepeats(warehouse: Warehouse, path: string, key: readonly string[]): Promise<void> {
  const columns = key.map((column) => `"${column}"`).join(", ");
  const [found] = await warehouse.rows<{named: string; lines: string}>(
    `select concat_ws(', ', ${columns}) as named, string_agg(rowid + 2, ' and ' order by rowid) as lines
     from brought group by ${columns} having count(*) > 1 order by min(rowid) limit 1`
  );
  if (found)
    throw new Error(
      `${path}, lines ${found.lines}: the same ${key.join(", ")} (${found.named}): one row each, or it would count twice`
    );
}
