import type {Archive} from "./archive/archive.ts";
import {type MonthOfRegister, monthsOf} from "./archive/completeness.ts";
import {type RunOutcome, runEnds} from "./archive/runs.ts";
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

/** How the fetching of one source stands. */
export interface FetchStatus {
  readonly source_id: string;
  readonly fetch_state: RunOutcome["state"] | "never";
  readonly fetched_at: string | null; // the last run that came to its end
  readonly failing_since: string | null; // the first of the runs that have failed since then
  readonly fetch_problem: string | null;
  readonly retry_at: string | null; // when the register asked to be left alone until then
  readonly incomplete_windows: number;
  readonly months: readonly MonthOfRegister[]; // how complete, as far as is known
}

/** What the archive's own notes say about the fetching of a source; it needs no warehouse. */
export function fetchStatus(archive: Archive, source: string): FetchStatus {
  const ends = runEnds(archive, source);
  const lastGood = ends.findLastIndex(({state}) => state === "complete" || state === "incomplete");
  const failures = ends.slice(lastGood + 1).filter(({state}) => state === "failed" || state === "deferred");
  const last = ends.at(-1);
  const months = monthsOf(archive, source);
  return {
    source_id: source,
    fetch_state: last?.state ?? "never",
    fetched_at: ends[lastGood]?.at ?? null,
    failing_since: failures[0]?.at ?? null,
    fetch_problem: failures.at(-1)?.why ?? null,
    retry_at: failures.at(-1)?.retry_at ?? null,
    incomplete_windows: months.reduce((sum, {incomplete_windows}) => sum + incomplete_windows, 0),
    months
  };
}

/** Both kinds of status in one row a source. */
export function withFetches(rows: readonly {readonly source_id: string}[], fetches: readonly FetchStatus[]): object[] {
  const ids = [...new Set([...rows, ...fetches].map(({source_id}) => source_id))].sort();
  const of = (list: readonly {readonly source_id: string}[], id: string) =>
    list.find(({source_id}) => source_id === id);
  return ids.map((id) => ({...of(rows, id), ...of(fetches, id)}));
}

/** What a person reads about the fetching of a source. */
export function fetchLines(fetch: FetchStatus): string[] {
  const problem = fetch.failing_since === null ? "" : `, failing since ${fetch.failing_since}: ${fetch.fetch_problem}`;
  return [
    `${fetch.source_id} live: ${fetch.fetch_state}, last complete ${fetch.fetched_at ?? "never"}${problem}`,
    ...fetch.months.map(
      (month) =>
        `    ${month.month}: ${month.days_answered} days answered, ${count(month.releases)} releases, ` +
        `${month.incomplete_windows} windows incomplete, ${month.days_looked_at_again} days looked at again, ${count(month.notices_missed)} notices missed`
    )
  ];
}

const count = (n: number): string => n.toLocaleString("en-GB");
