import {readFileSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {takeLock} from "../archive/lock.ts";
import {Warehouse} from "../warehouse/warehouse.ts";

// What the verbs share. A verb is a function of its arguments, its flags and its surroundings that resolves to an exit
// code: 0 done, 1 a failed check or a refused file, 2 wrong usage.

/** The world outside, lent by the command line: the clock, chance and the environment. */
export interface Surroundings {
  readonly now: () => Date;
  readonly random: () => number;
  readonly siteUrl: string | null; // where the site will be served from: SITE_URL, without a last slash
  readonly contact: string; // sent to registers with every request: CONTRACT_SCALE_CONTACT
  readonly places: Places;
  readonly markBuilt?: (folder: string) => void; // says on every built page what kind of data it shows
}

/** The folders that are not data: what judgements rest on, what is embedded, where the site is made. */
export interface Places {
  readonly reference: string; // committed tables
  readonly snapshot: string; // the embedded default
  readonly schema: string; // the published tables' released shapes
  readonly siteRoot: string; // of Framework's settings, with the pages in src/
  readonly dist: string; // the built site
}

/** The flag of every verb that reads or writes data. */
export interface DataOption {
  readonly data: string;
}

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const IN_REPOSITORY: Places = {
  reference: join(ROOT, "data", "reference"),
  snapshot: join(ROOT, "data", "snapshot"),
  schema: join(ROOT, "data", "schema"),
  siteRoot: ROOT,
  dist: join(ROOT, "dist")
};
export const {version: VERSION} = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {version: string};

/** A verb that writes to the data folder: one at a time. */
export const locked =
  <O extends DataOption>(what: string, verb: (around: Surroundings, options: O) => Promise<number>) =>
  async (around: Surroundings, options: O): Promise<number> => {
    const unlock = takeLock(options.data, what, around.now);
    try {
      return await verb(around, options);
    } finally {
      unlock();
    }
  };

/**
 * Work that writes the site's data and pages, and makes the site from them: one at a time, for two data folders may share one site.
 *
 * @throws {Locked} saying who has it
 */
export async function withSite<T>({places, now}: Surroundings, what: string, work: () => Promise<T>): Promise<T> {
  const unlock = takeLock(`${places.dist}-lock`, what, now);
  try {
    return await work();
  } finally {
    unlock();
  }
}

/** Does something with a built warehouse, which is only read. */
export async function withWarehouse<T>(data: string, work: (warehouse: Warehouse) => Promise<T>): Promise<T> {
  const warehouse = await Warehouse.open(data, {readOnly: true});
  try {
    return await work(warehouse);
  } finally {
    warehouse.close();
  }
}
