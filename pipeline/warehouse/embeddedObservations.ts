import {existsSync, mkdirSync, readdirSync, rmSync} from "node:fs";
import {join} from "node:path";
import type {Warehouse} from "./warehouse.ts";

// Embedded observations are one file a publication, in short rows: the days follow from a period's name, a rate from its
// counts, and the hash of the publisher's file from its number in one table of files.

const FILES = "observation_files.csv";
const FOLDER = "observations";

const FILES_QUERY = `
  select row_number() over (order by publication_id, source_sha256)::integer as file, publication_id, source_sha256
  from (select distinct publication_id, source_sha256 from core.published_observations join reference.indicators using (indicator_id))`;

/** A value is left out where it is no more than its counts divided. */
const rowsQuery = (publicationId: string): string => `
  select observations.indicator_id, observations.gss, observations.period,
    case when observations.published_value is distinct from indicators.per * observations.numerator / observations.denominator
      then observations.published_value end as value,
    observations.numerator, observations.denominator, observations.missing_reason, files.file
  from core.published_observations as observations
  join reference.indicators as indicators using (indicator_id)
  join (${FILES_QUERY}) as files on files.publication_id = indicators.publication_id and files.source_sha256 = observations.source_sha256
  where indicators.publication_id = '${publicationId.replaceAll("'", "''")}'
  order by observations.indicator_id, observations.gss, observations.period`;

/**
 * Writes what core.published_observations holds into the snapshot folder.
 *
 * @returns the files written, relative to the folder, and the rows in them
 */
export async function writeObservations(
  warehouse: Warehouse,
  folder: string
): Promise<{readonly files: readonly string[]; readonly rows: number}> {
  rmSync(join(folder, FOLDER), {recursive: true, force: true}); // a publication that is gone leaves no file behind
  mkdirSync(join(folder, FOLDER), {recursive: true});
  await warehouse.writeCsv(`${FILES_QUERY} order by file`, join(folder, FILES));
  const publications = await warehouse.rows<{publication_id: string}>(
    `select distinct publication_id from (${FILES_QUERY}) order by publication_id`
  );
  const files = publications.map(({publication_id}) => join(FOLDER, `${publication_id}.csv`));
  for (const [i, {publication_id}] of publications.entries())
    await warehouse.writeCsv(rowsQuery(publication_id), join(folder, files[i]!));
  const [count] = await warehouse.rows<{n: number}>("select count(*)::integer as n from core.published_observations");
  return {files: [FILES, ...files], rows: count?.n ?? 0};
}

/** @throws {Error} when the snapshot has no observations, or a cell does not fit its column */
export async function loadObservations(warehouse: Warehouse, folder: string): Promise<void> {
  const path = join(folder, FILES);
  if (!existsSync(path))
    throw new Error(`the embedded snapshot has no ${path}; build with --no-snapshot to go without it`);
  await warehouse.appendCsv(path, "snapshot.observation_files");
  for (const file of readdirSync(join(folder, FOLDER)).sort())
    await warehouse.appendCsv(join(folder, FOLDER, file), "snapshot.observations");
}
