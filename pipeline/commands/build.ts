import {existsSync, renameSync, rmSync} from "node:fs";
import {join} from "node:path";
import {Archive} from "../archive/archive.ts";
import {publications, references, registers} from "../discover.ts";
import {failpoint} from "../failpoint.ts";
import {progress} from "../progress.ts";
import {buildWarehouse} from "../warehouse/build.ts";
import {type Ingested, ingest, type Source, sourceId} from "../warehouse/ingest.ts";
import {ingestPostcodes} from "../warehouse/postcodes.ts";
import {writeReview} from "../warehouse/review.ts";
import {HoldsForgotten, refuseUnarchived} from "../warehouse/unarchived.ts";
import {DamagedWarehouse, Warehouse} from "../warehouse/warehouse.ts";
import {count, say} from "../words.ts";
import type {DataOption, Surroundings} from "./command.ts";

export interface BuildOption extends DataOption {
  readonly jobs: number; // threads that read releases, at most
  readonly snapshot: boolean; // commander's name for --no-snapshot
  readonly whole?: boolean; // every row anew
}

export async function allSources(): Promise<Source[]> {
  return [
    ...(await registers()).map((register) => ({register})),
    ...(await publications()).map((publication) => ({publication})),
    ...(await references()).map((reference) => ({reference}))
  ];
}

/** Builds the warehouse; one that the disk has damaged is set aside and made again from raw, which holds all that was in it. */
export async function build(around: Surroundings, options: BuildOption): Promise<number> {
  try {
    return await buildOnce(around, options);
  } catch (error) {
    if (error instanceof HoldsForgotten) {
      say(`${error.message}; it is deleted and made again from raw`);
      for (const ending of ["", ".wal"]) rmSync(join(options.data, `warehouse.duckdb${ending}`), {force: true});
      return buildOnce(around, options);
    }
    if (!(error instanceof DamagedWarehouse)) throw error;
    say(`${error.message}; it is set aside as warehouse.duckdb.damaged and made again from raw`);
    setAside(options.data);
    return buildOnce(around, options);
  }
}

function setAside(data: string): void {
  const path = join(data, "warehouse.duckdb");
  for (const ending of ["", ".wal"])
    if (existsSync(path + ending)) renameSync(path + ending, `${path}.damaged${ending}`);
}

async function buildOnce({places}: Surroundings, options: BuildOption): Promise<number> {
  const archive = new Archive(options.data);
  const warehouse = await Warehouse.open(options.data);
  try {
    await warehouse.prepareStaging();
    sayUnnamed(archive);
    await refuseUnarchived(warehouse, archive);
    for (const source of await allSources()) await ingestWithProgress(warehouse, archive, source, options.jobs);
    await ingestPostcodes(warehouse, archive);
    const {isWhole} = await buildWarehouse(warehouse, {
      isWhole: options.whole ?? false,
      referenceFolder: places.reference,
      snapshotFolder: options.snapshot ? places.snapshot : null,
      registers: await registers(),
      publications: await publications(),
      references: await references()
    });
    const [rows] = await warehouse.rows<{contracts: string; counted: string; observations: string}>(
      `select (select count(*) from core.contracts) as contracts, (select count(*) from core.contracts where left_out_because is null) as counted,
         (select count(*) from core.observations) as observations`
    );
    say(
      `built ${join(options.data, "warehouse.duckdb")}: ${rows?.contracts} contracts, ${rows?.counted} of them in scale measures, ${rows?.observations} observations${isWhole ? "" : "; rows that nothing new can have changed were kept (--whole makes all anew)"}`
    );
    failpoint("build.done");
    const review = await writeReview(warehouse, options.data);
    say(
      `for review: ${count(review.names)} buyers' names that may be a council's and ${count(review.portalNotices)} contracts behind a portal's name, ` +
        `none of them guessed, in ${review.path}`
    );
    return 0;
  } finally {
    warehouse.close();
  }
}

/** A run that was killed leaves a file that nothing names yet; a manifest that the disk has damaged may leave many. */
function sayUnnamed(archive: Archive): void {
  for (const source of archive.sources()) {
    const unnamed = archive.unnamed(source);
    if (unnamed.length > 0)
      say(
        `raw/${source}: ${count(unnamed.length)} ${unnamed.length === 1 ? "file is" : "files are"} not read, for manifest.jsonl does not name them, such as ${unnamed[0]}: fetch or import them again, or put the manifest back from a backup`
      );
  }
}

export async function ingestWithProgress(
  warehouse: Warehouse,
  archive: Archive,
  source: Source,
  jobs: number
): Promise<Ingested[]> {
  const bar = progress(`staging ${sourceId(source)}`, archive.files(sourceId(source)).length);
  try {
    return await ingest(warehouse, archive, source, () => bar.step(), jobs);
  } finally {
    bar.end();
  }
}
