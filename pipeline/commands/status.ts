import {existsSync} from "node:fs";
import {join} from "node:path";
import {Archive} from "../archive/archive.ts";
import {registers} from "../discover.ts";
import {findables} from "../fetchPublications.ts";
import {fetchLines, fetchStatus, status, withFetches} from "../status.ts";
import {type DataOption, withWarehouse} from "./command.ts";
import {count, print, say, terminalSafe} from "./words.ts";

export async function printStatus({data, json}: DataOption & {readonly json?: boolean}): Promise<number> {
  const archive = new Archive(data);
  const fetches = [
    ...(await registers()).map(({id}) => fetchStatus(archive, id)),
    ...(await findables()).map(({id}) => ({...fetchStatus(archive, id), months: []})) // their files are of years, not of days
  ];
  const hasWarehouse = existsSync(join(data, "warehouse.duckdb"));
  const rows = hasWarehouse ? await withWarehouse(data, status) : [];
  if (json) print(JSON.stringify(withFetches(rows, fetches), null, 2));
  else {
    for (const row of rows)
      print(
        `${row.source_id}: ${count(row.files)} files (${count(row.refused_files)} refused), ${count(row.seen)} seen = ${count(row.staged)} staged + ` +
          `${count(row.rejected)} rejected, ${count(row.drift_keys)} unknown keys, ${count(row.embedded_rows)} embedded rows, last received ${row.last_received_at ?? "never"}`
      );
    if (!hasWarehouse)
      say(`there is no ${join(data, "warehouse.duckdb")} yet: run "npm run pipeline -- build" for rows and rejects`);
    for (const fetch of fetches.filter(({fetch_state}) => fetch_state !== "never"))
      for (const line of fetchLines(fetch)) print(terminalSafe(line));
  }
  return 0;
}
