import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from "node:fs";
import {join, resolve} from "node:path";
import {planOf} from "../analysis/blinding.ts";
import {writeObservations} from "../demo/demoObservations.ts";
import {writeReferences} from "../demo/demoReferences.ts";
import {releasePackages} from "../demo/demoReleases.ts";
import {demoWorld} from "../demo/demoWorld.ts";
import {markSynthetic} from "../demo/mark.ts";
import {planFiles, publications} from "../discover.ts";
import {copyWrittenSource} from "../site/source.ts";
import {UsageError} from "../usageError.ts";
import {count, print, say} from "../words.ts";
import {type DataOption, type Places, ROOT, type Surroundings} from "./command.ts";
import {importFiles} from "./import.ts";
import {serve, site} from "./site.ts";

const MARKER = "SYNTHETIC.txt";
const REGISTER = "contracts-finder"; // whose form the invented releases have

interface DemoOption extends DataOption {
  readonly jobs: number;
  readonly councils: number;
  readonly effect: number;
  readonly seed: number;
  readonly serve?: boolean;
  readonly port: number;
}

/**
 * Builds the whole site from an invented country, in a folder that holds nothing else, through the same verbs as the real one.
 *
 * @throws {UsageError} when the folder holds anything that this verb did not make
 */
export async function demo(
  around: Surroundings,
  {data, jobs, councils, effect, seed, ...options}: DemoOption
): Promise<number> {
  const folder = resolve(data);
  emptyFolder(folder);
  const places: Places = {
    ...around.places,
    reference: join(folder, "reference"),
    snapshot: join(folder, "snapshot"),
    siteRoot: join(folder, "site"),
    dist: join(folder, "dist")
  };
  const world = demoWorld(seed, councils, effect);
  say(`inventing ${count(world.councils.length)} SYNTHETIC councils in ${folder}`);
  const {sha256: plan_sha256, files} = planOf(planFiles());
  const unblinding = {plan_sha256, unblinded_on: around.now().toISOString().slice(0, 10), files};
  writeReferences(world, unblinding, around.places.reference, places.reference);
  writeObservations(world, await publications(), snapshotColumns(around.places.snapshot), places.snapshot);
  const packages = writePackages(join(folder, "packages"), releasePackages(world));
  copyWrittenSource(around.places.siteRoot, places.siteRoot);
  symlinkSync(join(ROOT, "node_modules"), join(places.siteRoot, "node_modules"), "junction"); // for the bundler
  const here = {...around, places, markBuilt: markSynthetic};
  const code =
    (await importFiles(here, REGISTER, packages, {data: folder, jobs})) ||
    (await site(here, {data: folder, snapshot: true, jobs}));
  if (code !== 0) return code;
  print(`the SYNTHETIC site is in ${places.dist}`);
  return options.serve ? serve(here, options.port) : 0;
}

function emptyFolder(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0 && !existsSync(join(folder, MARKER)))
    throw new UsageError(
      `${folder} holds something else; a SYNTHETIC site is made in an empty folder, never beside real data`
    );
  rmSync(folder, {recursive: true, force: true});
  mkdirSync(folder, {recursive: true});
  writeFileSync(join(folder, MARKER), "SYNTHETIC: everything in this folder is invented.\n");
}

const snapshotColumns = (snapshot: string) => ({
  contracts: columnsOf(join(snapshot, "contracts.csv")),
  contract_suppliers: columnsOf(join(snapshot, "contract_suppliers.csv"))
});

const columnsOf = (path: string): string[] => readFileSync(path, "utf8").split(/\r?\n/, 1)[0]!.split(",");

function writePackages(folder: string, packages: Iterable<string>): string[] {
  mkdirSync(folder, {recursive: true});
  const paths: string[] = [];
  for (const text of packages) {
    const path = join(folder, `SYNTHETIC-${String(paths.length + 1).padStart(4, "0")}.json`);
    writeFileSync(path, text);
    paths.push(path);
  }
  return paths;
}
