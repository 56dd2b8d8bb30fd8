import {existsSync} from "node:fs";
import {join} from "node:path";
import {Warehouse} from "../warehouse/warehouse.ts";

interface Brought {
  readonly file: string;
  readonly table: string;
  readonly isNeeded: boolean;
  readonly columns: Readonly<Record<string, string>>;
  readonly needed: readonly string[]; // the others may be left out and are then missing
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
    ]
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
    needed: ["gss"]
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
    needed: ["gss", "service_line", "financial_year", "contract_count"]
  },
  {
    file: "deflator.csv",
    table: "reference.deflator",
    isNeeded: false,
    columns: {version: "varchar", financial_year: "integer", index_number: "double"},
    needed: ["financial_year", "index_number"]
  }
];

/**
 * A warehouse in memory from a folder laid out like the published tables, under the names that every sample's SQL reads.
 *
 * @throws {Error} naming the file, and the column or cell that is missing or does not fit
 */
export async function openFolder(folder: string): Promise<Warehouse> {
  if (!existsSync(folder)) throw new Error(`there is no folder ${folder}`);
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
  {file, table, isNeeded, columns, needed}: Brought
): Promise<void> {
  const definition = Object.entries(columns).map(([column, type]) => `"${column}" ${type}`);
  await warehouse.run(`create table ${table} (${definition.join(", ")})`);
  const path = join(folder, file);
  if (!existsSync(path)) {
    if (isNeeded)
      throw new Error(`${folder} has no ${file}: it must hold scale-and-outcome.csv and councils.csv as published`);
    return;
  }
  const source = `read_csv('${path.replaceAll("'", "''")}', header = true, all_varchar = true, nullstr = '', delim = ',', quote = '"', escape = '"')`;
  const present = (await warehouse.rows<{column_name: string}>(`describe select * from ${source}`)).map(
    ({column_name}) => column_name
  );
  const missing = needed.filter((column) => !present.includes(column));
  if (missing.length > 0) throw new Error(`${path} has no column ${missing.join(", ")}; it has ${present.join(", ")}`);
  const read = Object.entries(columns).filter(([column]) => present.includes(column));
  const cells = read.map(
    ([column, type]) => `cast("${column}" as ${type === "integer" ? "double" : type})::${type} as "${column}"`
  );
  await warehouse
    .run(`insert into ${table} by name select ${cells.join(", ")} from ${source}`)
    .catch((error: Error) => {
      throw new Error(`${path} has a cell that does not fit: ${error.message.split("\n")[0]}`);
    });
  const [row] = await warehouse.rows<{n: number}>(`select count(*)::integer as n from ${table}`);
  if (isNeeded && (row?.n ?? 0) === 0) throw new Error(`${path} has a header and no rows`);
}
