import {existsSync, readFileSync, renameSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {z} from "zod";
import type {SiteStatus, SourceStateRow} from "../../src/components/statusRows.ts";
import {Archive} from "../archive/archive.ts";
import {references, registers} from "../discover.ts";
import {type GateResult, worst} from "../gates/gates.ts";
import {type FetchStatus, fetchStatus, type SourceStatus, status} from "../status.ts";
import type {Warehouse} from "../warehouse/warehouse.ts";
import {say} from "../words.ts";

// Where everything stands, for people and for programs: status.json in the data folder after every attempt, and on the site
// as it was when that was published.

const FILE = "status.json";

/** Everything that the status says, at one moment. */
export async function siteStatus(
  warehouse: Warehouse,
  {
    data,
    at,
    gates,
    nextRunAt
  }: {readonly data: string; readonly at: Date; readonly gates: readonly GateResult[]; readonly nextRunAt: Date | null}
): Promise<SiteStatus> {
  const archive = new Archive(data);
  const next = nextRunAt?.toISOString() ?? null;
  const isRegister = new Set((await registers()).map(({id}) => id));
  const titles = await sourceTitles(warehouse);
  const sources = (await status(warehouse)).map((row) =>
    stateRow(row, {
      kind: isRegister.has(row.source_id) ? "register" : "publication",
      fetch: fetchStatus(archive, row.source_id),
      title: titles.get(row.source_id) ?? row.source_id,
      next
    })
  );
  return {
    level: worst(gates),
    at: at.toISOString(),
    published_version: null,
    outcome: "",
    gates,
    sources,
    next_run_at: next
  };
}

interface About {
  readonly kind: "register" | "publication";
  readonly fetch: FetchStatus;
  readonly title: string;
  readonly next: string | null;
}

function stateRow(row: SourceStatus, {kind, fetch, title, next}: About): SourceStateRow {
  const isFetched = fetch.fetch_state !== "never";
  return {
    source_id: row.source_id,
    title,
    kind,
    state: isFetched
      ? fetch.fetch_state
      : row.files > 0
        ? "imported"
        : row.embedded_rows > 0
          ? "embedded only"
          : "nothing at hand",
    last_success_at: isFetched ? fetch.fetched_at : row.last_received_at,
    problem: isFetched ? fetch.fetch_problem : null,
    rows: row.staged,
    rejects: row.rejected,
    refused_files: row.refused_files,
    drift_keys: row.drift_keys,
    embedded_rows: row.embedded_rows,
    months: isFetched && kind === "register" ? fetch.months : [], // a publication's files are of years, not of days
    next_run_at: isFetched ? (fetch.retry_at ?? next) : null
  };
}

async function sourceTitles(warehouse: Warehouse): Promise<Map<string, string>> {
  const rows = await warehouse.rows<{source_id: string; title: string}>("select source_id, title from core.sources");
  return new Map([
    ...rows.map(({source_id, title}) => [source_id, title] as const),
    ...(await references()).map(({id, title}) => [id, title] as const)
  ]);
}

/** Writes what the last attempt came to, whole or not at all. */
export function recordStatus(data: string, status: SiteStatus): void {
  const path = join(data, FILE);
  writeFileSync(`${path}.tmp`, `${JSON.stringify(status, null, 1)}\n`);
  renameSync(`${path}.tmp`, path);
}

/** What is read of it here; the rest goes to programs as it stands. */
const Written = z.looseObject({
  at: z.iso.datetime(),
  level: z.string(),
  outcome: z.string(),
  published_version: z.string().nullable(),
  gates: z.array(z.looseObject({level: z.string()}))
});

/** What the last attempt came to; null, and said, when its file is damaged: nothing rests on it, and the next attempt writes it anew. */
export function lastStatus(data: string): SiteStatus | null {
  const path = join(data, FILE);
  if (!existsSync(path)) return null;
  try {
    const status: unknown = JSON.parse(readFileSync(path, "utf8"));
    Written.parse(status);
    return status as SiteStatus;
  } catch {
    say(`${path} cannot be read, so what the last attempt came to is not known: the next publish writes it anew`);
    return null;
  }
}
