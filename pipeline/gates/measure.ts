import {existsSync} from "node:fs";
import {join} from "node:path";
import {publishedTables} from "../publish/publishedTables.ts";
import {readManifest} from "../publish/release.ts";
import {readParquet} from "../publish/tableFiles.ts";
import type {Warehouse} from "../warehouse/warehouse.ts";
import type {ClosedMonth, Measures, NullRate, SourceCounts} from "./gates.ts";

/** Tables whose columns must stay about as full as they were. */
const WATCHED = ["contracts", "contract-suppliers", "observations"] as const;

/**
 * Measures a built warehouse before it is published, beside the version that is published now.
 *
 * @param published the folder of that version; null when nothing has been published, and what needs a history is then empty
 */
export async function measureData(
  warehouse: Warehouse,
  published: string | null
): Promise<Omit<Measures, "live" | "is_same_code">> {
  return {
    counts: await sourceCounts(warehouse, published),
    keys: await repeatedKeys(warehouse),
    nulls: published === null ? [] : await nullRates(warehouse, published),
    months: published === null ? [] : await closedMonths(warehouse, published),
    councils: await councilsCovered(warehouse, published)
  };
}

/**
 * Releases that stand in several files, as the overlap of two windows does, are the same release repeated. Files that the published version
 * does not know are new: what they hold is judged by itself, for a bad day does not show among years.
 */
async function sourceCounts(warehouse: Warehouse, published: string | null): Promise<SourceCounts[]> {
  const known =
    published !== null && isIn(published, "source-files")
      ? `select raw_sha256 from (${readParquet(published, "source-files")}) where not is_embedded`
      : "select null::varchar as raw_sha256 where false";
  return warehouse.rows<SourceCounts>(`
    with files as (
      select source_id, coalesce(sum(seen_count), 0) as seen, count(*) filter (where problem is not null and raw_sha256 not in (${known})) as problem_files,
        coalesce(sum(seen_count) filter (where raw_sha256 not in (${known})), 0) as seen_new,
        coalesce(sum(reject_count) filter (where raw_sha256 not in (${known})), 0) as rejected_new
      from staging.files where source_id in (select register_id from reference.registers) group by all
    ),
    releases as (
      select register_id, count(*) as staged, count(distinct (ocid, release_id, body_sha256)) as different
      from staging.releases group by all
    ),
    rejects as (select register_id, count(*) as rejected from staging.rejects group by all)
    select source_id as source, seen::integer as seen, coalesce(different, 0)::integer as different,
      (coalesce(staged, 0) - coalesce(different, 0))::integer as repeated, coalesce(rejected, 0)::integer as rejected,
      seen_new::integer as seen_new, rejected_new::integer as rejected_new, problem_files::integer as problem_files
    from files
    left join releases on releases.register_id = files.source_id
    left join rejects on rejects.register_id = files.source_id
    order by source_id`);
}

async function repeatedKeys(warehouse: Warehouse): Promise<{table: string; repeated: number}[]> {
  const keyed = publishedTables.filter(({key}) => key.length > 0);
  const counts: {table: string; repeated: number}[] = [];
  for (const {file, key, query} of keyed) {
    const names = key.map((column) => `"${column}"`).join(", ");
    const [row] = await warehouse.rows<{n: number}>(
      `select count(*)::integer as n from (select 1 from (${query}) group by ${names} having count(*) > 1)`
    );
    counts.push({table: file, repeated: row?.n ?? 0});
  }
  return counts;
}

async function nullRates(warehouse: Warehouse, published: string): Promise<NullRate[]> {
  const rates: NullRate[] = [];
  for (const table of publishedTables.filter(
    ({file}) => (WATCHED as readonly string[]).includes(file) && isIn(published, file)
  )) {
    const before = await emptyShares(warehouse, readParquet(published, table.file));
    const now = await emptyShares(warehouse, table.query);
    for (const [column, share] of now.shares) {
      const earlier = before.shares.get(column);
      if (earlier === undefined) continue; // a column of its own version
      rates.push({
        table: table.file,
        column,
        rows_before: before.rows,
        rows_now: now.rows,
        null_before: earlier,
        null_now: share
      });
    }
  }
  return rates;
}

async function emptyShares(warehouse: Warehouse, query: string): Promise<{rows: number; shares: Map<string, number>}> {
  const columns = (await warehouse.columns(`(${query})`)).map(({column}) => column);
  const counts = columns.map((column) => `count("${column}")::double as "${column}"`);
  const [row] = await warehouse.rows<Record<string, number>>(
    `select count(*)::double as "*", ${counts.join(", ")} from (${query})`
  );
  const rows = row?.["*"] ?? 0;
  return {rows, shares: new Map(columns.map((column) => [column, rows === 0 ? 0 : 1 - (row?.[column] ?? 0) / rows]))};
}

/**
 * The contracts of each month that is over, as they were published and as they are now. They are found again by their ids, for a later
 * notice moves a contract to another month. Embedded rows are left out: they change only with the code, under review.
 */
async function closedMonths(warehouse: Warehouse, published: string): Promise<ClosedMonth[]> {
  if (!isIn(published, "contracts")) return [];
  const before = readParquet(published, "contracts");
  return warehouse.rows<ClosedMonth>(`
    with before as (
      select contract_id, strftime(published_on, '%Y-%m') as month, value_gbp, duplicate_of from (${before}) where not is_embedded
    ),
    latest as (select max(month) as month from before)
    select before.month, count(*)::integer as contracts_before, count(contracts.contract_id)::integer as contracts_now,
      coalesce(sum(before.value_gbp) filter (where contracts.contract_id is not null and before.duplicate_of is null), 0)::double as gbp_before,
      coalesce(sum(contracts.value_gbp) filter (where before.duplicate_of is null), 0)::double as gbp_now
    from before
    left join core.contracts as contracts using (contract_id)
    where before.month < (select month from latest)
    group by before.month order by before.month`);
}

async function councilsCovered(
  warehouse: Warehouse,
  published: string | null
): Promise<{before: number | null; now: number}> {
  const counted = async (rows: string): Promise<number> => {
    const [row] = await warehouse.rows<{n: number}>(
      `select count(distinct council_gss)::integer as n from (${rows}) where left_out_because is null`
    );
    return row?.n ?? 0;
  };
  return {
    before:
      published !== null && isIn(published, "contracts") ? await counted(readParquet(published, "contracts")) : null,
    now: await counted("select * from core.contracts")
  };
}

const isIn = (release: string, file: string): boolean =>
  existsSync(join(release, "manifest.json")) && readManifest(release).tables.some((table) => table.file === file);
