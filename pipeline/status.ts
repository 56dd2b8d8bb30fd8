import type {Warehouse} from "./warehouse/warehouse.ts";

/** Where one source stands. */
export interface SourceStatus {
  readonly source_id: string;
  readonly files: number;
  readonly refused_files: number;
  readonly seen: number;
  readonly staged: number;
  readonly rejected: number;
  readonly drift_keys: number; // keys that the parser does not know
  readonly last_received_at: string | null;
  readonly embedded_rows: number; // rows of the embedded snapshot that raw does not replace
}

/** One row per register and publication: what was archived, what was staged, what was rejected. */
export async function status(warehouse: Warehouse): Promise<SourceStatus[]> {
  return warehouse.rows<SourceStatus>(`
    with sources as (
      select register_id as source_id from reference.registers union select publication_id from reference.indicators
    ),
    embedded as (
      select register_id as source_id, count(*) as n from core.contracts where is_embedded group by all
      union all
      select publication_id, count(*) from core.published_observations join reference.indicators using (indicator_id) where is_embedded group by all
    )
    select
      sources.source_id,
      count(files.raw_sha256)::integer as files,
      (count(*) filter (where files.problem is not null))::integer as refused_files,
      coalesce(sum(files.seen_count), 0)::integer as seen,
      coalesce(sum(files.staged_count), 0)::integer as staged,
      coalesce(sum(files.reject_count), 0)::integer as rejected,
      (select count(distinct path) from staging.drift where register_id = sources.source_id)::integer as drift_keys,
      max(files.received_at)::varchar as last_received_at,
      coalesce(any_value(embedded.n), 0)::integer as embedded_rows
    from sources
    left join staging.files as files using (source_id)
    left join embedded using (source_id)
    group by sources.source_id
    order by sources.source_id`);
}
