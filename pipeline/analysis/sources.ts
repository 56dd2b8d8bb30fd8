import type {Warehouse} from "../warehouse/warehouse.ts";
import type {FunnelCell} from "./funnels.ts";

// What an analysis reads beside its samples. A brought folder has fewer tables than a warehouse, so each says where it looks.

/** Councils that have the outcome at all. */
export async function councilsWithOutcome(warehouse: Warehouse, indicatorId: string): Promise<number> {
  const table = (await hasTable(warehouse, "core", "observations"))
    ? "select count(distinct council_gss)::integer as n from core.observations where indicator_id = $id and value is not null"
    : "select count(distinct gss)::integer as n from marts.scale_and_outcome where indicator_id = $id and outcome_value is not null";
  const [row] = await warehouse.rows<{n: number}>(table, {id: indicatorId});
  return row?.n ?? 0;
}

/** Councils with a contract of the service that counts, and those with the five that a measure needs; null where the table is not at hand. */
export async function councilsWithContracts(
  warehouse: Warehouse,
  serviceLine: string
): Promise<{readonly withContracts: number | null; readonly measured: number | null}> {
  const [row] = await warehouse.rows<{rows: number; contracts: number; measured: number}>(
    `select (select count(*) from marts.council_scale)::integer as rows,
       (count(distinct gss) filter (where contract_count > 0))::integer as contracts,
       (count(distinct gss) filter (where contract_count >= 5))::integer as measured
     from marts.council_scale where service_line = $serviceLine`,
    {serviceLine}
  );
  return row && row.rows > 0
    ? {withContracts: row.contracts, measured: row.measured}
    : {withContracts: null, measured: null};
}

/** Whether there is such a table; a name and not a promise of rows. */
export async function hasTable(warehouse: Warehouse, schema: string, table: string): Promise<boolean> {
  const rows = await warehouse.rows(
    "select 1 from information_schema.tables where table_schema = $schema and table_name = $table",
    {schema, table}
  );
  return rows.length > 0;
}

/** Financial year to index, of the newest version; empty when no deflator is at hand: there is no figure from memory. */
export async function readDeflator(warehouse: Warehouse): Promise<Map<number, number>> {
  if (!(await hasTable(warehouse, "reference", "deflator"))) return new Map();
  const rows = await warehouse.rows<{year: number; level: number}>(
    `select financial_year::integer as year, index_number::double as level from reference.deflator
     where index_number is not null
       and version is not distinct from (select max(version) from reference.deflator where index_number is not null)`
  );
  return new Map(rows.map(({year, level}) => [year, level]));
}

/** The newest period of every indicator that is a share of a base; of a year and the quarter that ends it, the year. */
export async function readFunnelCells(warehouse: Warehouse): Promise<FunnelCell[]> {
  const source = (await hasTable(warehouse, "core", "observations"))
    ? "select indicator_id, council_gss as gss, period, concat(period_end_on, lpad((period_end_on - period_start_on)::varchar, 5, '0')) as sorted_by, numerator, denominator from core.observations where indicator_id in (select indicator_id from reference.indicators where unit = 'percent')"
    : "select distinct indicator_id, gss, outcome_period as period, (financial_year + lag_years)::varchar as sorted_by, numerator, denominator from marts.scale_and_outcome";
  return warehouse.rows<FunnelCell>(
    `select cells.indicator_id, cells.gss, councils.name, councils.class, cells.period, cells.numerator, cells.denominator
     from (${source}) as cells join core.councils as councils on councils.gss = cells.gss
     where cells.denominator > 0 and cells.numerator between 0 and cells.denominator and councils.class is not null
     qualify cells.sorted_by = max(cells.sorted_by) over (partition by cells.indicator_id)
     order by cells.indicator_id, cells.gss`
  );
}
