import type {Archive} from "../archive/archive.ts";
import type {Warehouse} from "./warehouse.ts";

/** The warehouse holds rows of bytes that were forgotten: parts of its file may say them still. */
export class HoldsForgotten extends Error {
  override readonly name = "HoldsForgotten";
}

/**
 * Makes sure that whatever is staged can be made again from raw: rows of files that the archive no longer names would vanish with the
 * warehouse, and nobody would know.
 *
 * @throws {HoldsForgotten} when a takedown was interrupted before the warehouse went
 * @throws {Error} naming the files, and what brings them back
 */
export async function refuseUnarchived(warehouse: Warehouse, archive: Archive): Promise<void> {
  const staged = await warehouse.rows<{source_id: string; raw_sha256: string; origin: string}>(
    "select source_id, raw_sha256, origin from staging.files order by all"
  );
  const sources = [...new Set(staged.map(({source_id}) => source_id))];
  const archived = new Map(sources.map((id) => [id, new Set(archive.files(id).map(({sha256}) => sha256))]));
  const strangers = staged.filter(({source_id, raw_sha256}) => !archived.get(source_id)?.has(raw_sha256));
  if (strangers.some(({source_id, raw_sha256}) => archive.tombstone(source_id, raw_sha256) !== undefined))
    throw new HoldsForgotten("the warehouse holds rows of what was forgotten");
  const [first] = strangers;
  if (first !== undefined)
    throw new Error(
      `the warehouse holds rows of ${strangers.length} ${strangers.length === 1 ? "file" : "files"} that raw/${first.source_id}/manifest.jsonl does not name, such as ${first.raw_sha256} from ${first.origin}. ` +
        "Put the manifest back from a backup, or import or fetch them again; to go on without them, delete warehouse.duckdb"
    );
}
