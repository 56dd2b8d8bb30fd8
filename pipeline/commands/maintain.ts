import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {publishedTables} from "../publish/publishedTables.ts";
import {readDictionary} from "../publish/release.ts";
import {releaseSchema, shapeOf} from "../publish/schemaVersion.ts";
import {writeSnapshot} from "../publish/snapshot.ts";
import {buildCouncilReference, writeCouncilReference} from "../references/councils.ts";
import {buildPersonNames} from "../references/personNames.ts";
import {count, say} from "../words.ts";
import {type DataOption, IN_REPOSITORY, withWarehouse} from "./command.ts";

// What rewrites files that are committed: the tables' shape, the embedded slice, the reference tables.

export async function schema({data}: DataOption): Promise<number> {
  return withWarehouse(data, async (warehouse) => {
    const version = releaseSchema(IN_REPOSITORY.schema, shapeOf(publishedTables, await readDictionary(warehouse)));
    say(`wrote ${join(IN_REPOSITORY.schema, `${version}.json`)}`);
    return 0;
  });
}

export async function snapshot({data}: DataOption): Promise<number> {
  return withWarehouse(data, async (warehouse) => {
    const written = await writeSnapshot(warehouse, IN_REPOSITORY.snapshot);
    say(
      `wrote ${Object.entries(written)
        .map(([table, rows]) => `${count(rows)} ${table}`)
        .join(", ")} to ${IN_REPOSITORY.snapshot}`
    );
    return 0;
  });
}

export async function personNames(folder: string): Promise<number> {
  writeFileSync(join(IN_REPOSITORY.reference, "person_names.csv"), await buildPersonNames(folder));
  say(`wrote person_names.csv to ${IN_REPOSITORY.reference}`);
  return 0;
}

export async function reference(folder: string): Promise<number> {
  writeCouncilReference(await buildCouncilReference(folder), IN_REPOSITORY.reference);
  say(`wrote the council tables to ${IN_REPOSITORY.reference}`);
  return 0;
}
