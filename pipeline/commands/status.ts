import {existsSync} from "node:fs";
import {join} from "node:path";
import type {SiteStatus} from "../../src/components/statusRows.ts";
import {Archive} from "../archive/archive.ts";
import {registers} from "../discover.ts";
import {findables} from "../fetch/publications.ts";
import {fetchLines, fetchStatus, status, withFetches} from "../status.ts";
import {count, print, say} from "../words.ts";
import {type DataOption, withWarehouse} from "./command.ts";
import {lastStatus} from "./record.ts";

/** Where every source stands, and what the last attempt to publish came to; `last_attempt` is null when there was none. */
export async function printStatus({data, json}: DataOption & {readonly json?: boolean}): Promise<number> {
  const archive = new Archive(data);
  const fetches = [
    ...(await registers()).map(({id}) => fetchStatus(archive, id)),
    ...(await findables()).map(({id}) => ({...fetchStatus(archive, id), months: []})) // their files are of years, not of days
  ];
  const hasWarehouse = existsSync(join(data, "warehouse.duckdb"));
  const rows = hasWarehouse ? await withWarehouse(data, status) : [];
  if (json) print(JSON.stringify({sources: withFetches(rows, fetches), last_attempt: lastStatus(data)}, null, 2));
  else {
    for (const row of rows)
      print(
        `${row.source_id}: ${count(row.files)} files (${count(row.refused_files)} refused), ${count(row.seen)} seen = ${count(row.staged)} staged + ` +
          `${count(row.rejected)} rejected, ${count(row.drift_keys)} unknown keys, ${count(row.embedded_rows)} embedded rows, last received ${row.last_received_at ?? "never"}`
      );
    if (!hasWarehouse)
      say(`there is no ${join(data, "warehouse.duckdb")} yet: run "npm run pipeline -- build" for rows and rejects`);
    for (const fetch of fetches.filter(({fetch_state}) => fetch_state !== "never"))
      for (const line of fetchLines(fetch)) print(line);
    for (const line of lastRunLines(lastStatus(data))) print(line);
  }
  return 0;
}

/** What the last attempt to publish came to, and every check that was not green. */
function lastRunLines(status: SiteStatus | null): string[] {
  if (status === null) return [];
  return [
    `last attempt to publish, ${status.at}: ${status.level}: ${status.outcome}; the site shows ${status.published_version ?? "nothing yet"}`,
    ...status.gates
      .filter(({level}) => level === "amber" || level === "red")
      .map(
        ({gate, subject, level, because, is_accepted}) =>
          `    ${level}${is_accepted ? ", accepted" : ""}: ${gate}, ${subject}: ${because}`
      )
  ];
}
