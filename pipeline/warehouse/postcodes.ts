import type {Archive, ArchivedFile} from "../archive/archive.ts";
import {LayoutError} from "../formats/layoutError.ts";
import {recognise} from "../formats/recognise.ts";
import {type PostcodePlace, postcodeDirectory, readPostcodes} from "../references/postcodes.ts";
import type {Ingested} from "./ingest.ts";
import type {Warehouse} from "./warehouse.ts";

const ROWS_AT_ONCE = 50_000;
const READER_VERSION = "1";

/** Stages every archived file of the postcode directory that is not staged yet, one file in one transaction. */
export async function ingestPostcodes(warehouse: Warehouse, archive: Archive): Promise<Ingested[]> {
  const results: Ingested[] = [];
  for (const file of archive.files(postcodeDirectory.id)) results.push(await ingestOnce(warehouse, archive, file));
  return results;
}

async function ingestOnce(warehouse: Warehouse, archive: Archive, file: ArchivedFile): Promise<Ingested> {
  const [known] = await warehouse.rows<{seen_count: number; problem: string | null}>(
    "select seen_count, problem from staging.files where source_id = $id and raw_sha256 = $sha",
    {id: postcodeDirectory.id, sha: file.sha256}
  );
  if (known) return outcome(file, known.seen_count, known.problem, true);
  const {places, problem} = read(archive.read(file));
  await warehouse.inTransaction(async () => {
    const rows = places.map((place) => ({...place, raw_sha256: file.sha256}));
    for (let i = 0; i < rows.length; i += ROWS_AT_ONCE)
      await warehouse.insert("staging.postcodes", rows.slice(i, i + ROWS_AT_ONCE));
    await warehouse.insert("staging.files", [
      {
        source_id: postcodeDirectory.id,
        raw_sha256: file.sha256,
        origin: file.origin,
        received_at: file.received_at,
        size_bytes: file.bytes,
        parser_version: READER_VERSION,
        format: "text",
        seen_count: places.length,
        staged_count: places.length,
        reject_count: 0,
        problem
      }
    ]);
  });
  return outcome(file, places.length, problem, false);
}

function read(bytes: Uint8Array): {places: PostcodePlace[]; problem: string | null} {
  try {
    return {places: readPostcodes(recognise(bytes)), problem: null};
  } catch (error) {
    if (!(error instanceof LayoutError)) throw error;
    return {places: [], problem: error.message};
  }
}

const outcome = (file: ArchivedFile, seen: number, problem: string | null, wasKnown: boolean): Ingested => ({
  file,
  seen,
  staged: seen,
  rejected: 0,
  problem,
  wasKnown
});
