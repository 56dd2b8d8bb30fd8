import {join} from "node:path";
import {Archive} from "../archive/archive.ts";
import {publications, references, registers} from "../discover.ts";
import {progress} from "../progress.ts";
import {buildWarehouse} from "../warehouse/build.ts";
import {type Ingested, ingest, type Source, sourceId} from "../warehouse/ingest.ts";
import {ingestPostcodes} from "../warehouse/postcodes.ts";
import {writeReview} from "../warehouse/review.ts";
import {Warehouse} from "../warehouse/warehouse.ts";
import type {DataOption, Surroundings} from "./command.ts";
import {count, say} from "./words.ts";

export interface BuildOption extends DataOption {
  readonly jobs: number; // threads that read releases, at most
  readonly snapshot: boolean; // commander's name for --no-snapshot
}

export async function allSources(): Promise<Source[]> {
  return [
    ...(await registers()).map((register) => ({register})),
    ...(await publications()).map((publication) => ({publication})),
    ...(await references()).map((reference) => ({reference}))
  ];
}

export async function build({places}: Surroundings, options: BuildOption): Promise<number> {
  const archive = new Archive(options.data);
  const warehouse = await Warehouse.open(options.data);
  try {
    await warehouse.prepareStaging();
    for (const source of await allSources()) await ingestWithProgress(warehouse, archive, source, options.jobs);
    await ingestPostcodes(warehouse, archive);
    await buildWarehouse(warehouse, {
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
      `built ${join(options.data, "warehouse.duckdb")}: ${rows?.contracts} contracts, ${rows?.counted} of them in scale measures, ${rows?.observations} observations`
    );
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
