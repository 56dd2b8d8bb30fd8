import {Archive, type Arrival, sha256} from "../archive/archive.ts";
import {takeLock} from "../archive/lock.ts";
import {publisherInPath} from "../fetch/fetch.ts";
import {filesUnder, readGiven} from "../givenFiles.ts";
import {postcodeDirectory} from "../references/postcodes.ts";
import {UsageError} from "../usageError.ts";
import {type Ingested, type Source, sourceId} from "../warehouse/ingest.ts";
import {ingestPostcodes} from "../warehouse/postcodes.ts";
import {Warehouse} from "../warehouse/warehouse.ts";
import {count, say} from "../words.ts";
import {allSources, ingestWithProgress} from "./build.ts";
import type {DataOption, Surroundings} from "./command.ts";

async function sourceNamed(id: string): Promise<Source> {
  const sources = await allSources();
  const found = sources.find((source) => sourceId(source) === id);
  if (!found)
    throw new UsageError(
      `there is no register or publication "${id}"; there are ${[...sources.map(sourceId), postcodeDirectory.id].join(", ")}`
    );
  return found;
}

const FILES_AT_ONCE = 32; // in memory, and flushed together

export async function importFiles(
  {now, places}: Surroundings,
  id: string,
  paths: readonly string[],
  {data, jobs}: DataOption & {readonly jobs: number}
): Promise<number> {
  const source = id === postcodeDirectory.id ? null : await sourceNamed(id);
  const files = filesUnder(paths);
  const release = takeLock(data, "import", now);
  const archive = new Archive(data);
  const warehouse = await Warehouse.open(data);
  try {
    await warehouse.prepareStaging();
    const arrived = new Set<string>();
    let keptOut = 0;
    for (let i = 0; i < files.length; i += FILES_AT_ONCE) {
      const arrivals: Arrival[] = [];
      for (const path of files.slice(i, i + FILES_AT_ONCE)) {
        const bytes = readGiven(path);
        if (typeof bytes === "string") {
          say(`refused: ${path}: ${bytes}`);
          keptOut += 1;
          continue;
        }
        const tombstone = archive.tombstone(id, sha256(bytes));
        if (tombstone !== undefined) {
          say(`refused: ${path}: it was forgotten on ${tombstone.forgotten_at.slice(0, 10)}: ${tombstone.reason}`);
          keptOut += 1;
          continue;
        }
        const about = publisherInPath(path, places.reference);
        arrivals.push({bytes, origin: path, receivedAt: now(), ...(about === undefined ? {} : {about})});
      }
      for (const file of await archive.storeAll(id, arrivals)) arrived.add(file.sha256);
    }
    const results =
      source === null
        ? await ingestPostcodes(warehouse, archive)
        : await ingestWithProgress(warehouse, archive, source, jobs);
    const mine = results.filter(({file}) => arrived.has(file.sha256));
    sayImported(mine, files.length);
    return keptOut > 0 || mine.some(({problem}) => problem !== null) ? 1 : 0;
  } finally {
    warehouse.close();
    release();
  }
}

/** The counts always add up: seen = staged + rejected, and files = read + refused + already there. */
function sayImported(results: readonly Ingested[], given: number): void {
  const sum = (pick: (result: Ingested) => number): number =>
    results.reduce((total, result) => total + pick(result), 0);
  const refused = results.filter(({problem}) => problem !== null);
  const known = results.filter(({wasKnown, problem}) => wasKnown && problem === null);
  for (const {file, problem} of refused) say(`refused: ${file.origin}: ${problem}`);
  say(
    `${count(given)} files given, ${count(results.length)} different: ${count(results.length - refused.length - known.length)} read, ` +
      `${count(known.length)} already there, ${count(refused.length)} refused`
  );
  say(
    `${count(sum(({seen}) => seen))} seen = ${count(sum(({staged}) => staged))} staged + ${count(sum(({rejected}) => rejected))} rejected`
  );
  if (sum(({rejected}) => rejected) > 0)
    say("the rejected are in staging.rejects, each with its place and reason, and are published as rejects.csv");
}
