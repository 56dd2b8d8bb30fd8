import {type ChildProcess, spawn} from "node:child_process";
import {cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import fc from "fast-check";
import {Archive, sha256} from "../../../pipeline/archive/archive.ts";
import {FAILPOINTS} from "../../../pipeline/failpoint.ts";
import {checksumFaults} from "../../../pipeline/publish/checksums.ts";
import {Releases} from "../../../pipeline/publish/releases.ts";
import {canExchange} from "../../../pipeline/putInPlace.ts";
import {Warehouse} from "../../../pipeline/warehouse/warehouse.ts";
import {ROOT} from "../../house/imports.ts";
import {noticesOf, type RegisterServer, startRegisterServer} from "../../register-server/registerServer.ts";
import type {ChainOrder} from "./chain.ts";

// Kills whole runs again and again, each time with new things to fetch and import, and compares where they end with one clean run.

const DAY_MS = 86_400_000;
const FIRST_DAY = Date.parse("2024-04-01");
const NOTICES_A_DAY = 12;
const dayOf = (round: number): string => new Date(FIRST_DAY + round * DAY_MS).toISOString().slice(0, 10);

export interface HarnessOptions {
  readonly kills: number;
  readonly seed: number;
  readonly places?: readonly string[]; // to be killed at, in turn; none means the named ones and random moments
  readonly cursorFirst?: boolean;
  readonly onKill?: (line: string) => void;
}

export interface HarnessResult {
  readonly kills: number; // that took effect
  readonly faults: readonly string[]; // what was found wrong, in sentences; none means that the promise holds
  readonly places: Readonly<Record<string, number>>; // where the kills took effect
}

/** Kills, looks, goes on; and at the end lets a run finish and compares it with one that nobody disturbed. */
export async function killAgainAndAgain(options: HarnessOptions): Promise<HarnessResult> {
  const server = await startRegisterServer();
  const killed = newWorld();
  const clean = newWorld();
  const faults: string[] = [];
  const places: Record<string, number> = {};
  try {
    const plan = killPlan(options);
    let kills = 0;
    let round = 0;
    for (; kills < options.kills && round < plan.length; round += 1) {
      addDay(server, round, [killed, clean]);
      const order = orderOf(killed, server, round, options.cursorFirst ?? false);
      const {place, wasKilled} = await killedRun(order, plan[round]!);
      if (wasKilled) {
        kills += 1;
        places[place] = (places[place] ?? 0) + 1;
      }
      options.onKill?.(`${round + 1}: ${place}: ${wasKilled ? "killed" : "had ended before"}`);
      faults.push(...visibleFaults(killed).map((fault) => `after a kill at ${place}: ${fault}`));
    }
    const last = Math.max(0, round - 1);
    for (const world of [killed, clean]) {
      const code = await ended(
        start(orderOf(world, server, last, world === killed && (options.cursorFirst ?? false)), null)
      );
      if (code !== 0) faults.push(`the run that was let finish ended with ${code}`);
    }
    if (faults.length === 0) faults.push(...(await finalFaults(killed, clean, (last + 1) * 2 * NOTICES_A_DAY)));
    return {kills, faults, places};
  } finally {
    await server.close();
    for (const folder of [killed, clean]) rmSync(folder, {recursive: true, force: true});
  }
}

const EVERY_PLACE = [
  ...FAILPOINTS.filter((name) => name !== "reissue.placed"), // passed only after a takedown
  "archive.kept:3",
  "transaction.committed:2",
  "pages.placed:2"
];

/** Named places in turn and every fifth time a random moment. Deterministic: a failure can be had again with its seed. */
function killPlan({kills, seed, places}: HarnessOptions): (string | number)[] {
  const moments = fc.sample(fc.integer({min: 600, max: 6000}), {numRuns: kills * 2, seed});
  return Array.from({length: kills * 2}, (_, i) => {
    if (places !== undefined) return places[i % places.length]!;
    return i % 5 === 4 ? moments[i]! : EVERY_PLACE[(i - Math.floor(i / 5)) % EVERY_PLACE.length]!;
  });
}

function newWorld(): string {
  const folder = mkdtempSync(join(tmpdir(), "contract-scale-kill-"));
  mkdirSync(join(folder, "inbox"));
  cpSync(join(ROOT, "data/reference"), join(folder, "reference"), {recursive: true});
  cpSync(join(ROOT, "tests/fixtures/reference"), join(folder, "reference"), {recursive: true});
  return folder;
}

/** A day's notices on the register, and as many others in a file to import. */
function addDay(server: RegisterServer, round: number, worlds: readonly string[]): void {
  const day = dayOf(round);
  server.publish(...noticesOf(day, NOTICES_A_DAY));
  const others = noticesOf(day, NOTICES_A_DAY).map(({release}) => ({...release, ocid: `${String(release.ocid)}-file`}));
  for (const folder of worlds) writeFileSync(join(folder, "inbox", `${day}.json`), JSON.stringify({releases: others}));
}

const orderOf = (folder: string, server: RegisterServer, round: number, cursorFirst: boolean): ChainOrder => ({
  folder,
  endpoint: server.url,
  from: dayOf(0),
  until: dayOf(round),
  failAt: null,
  cursorFirst
});

function start(order: ChainOrder, failAt: string | null): ChildProcess {
  const path = join(order.folder, "order.json");
  writeFileSync(path, JSON.stringify({...order, failAt}));
  return spawn(process.execPath, ["--import", "tsx", "tests/faults/kill/chain.ts", path], {
    cwd: ROOT,
    stdio: ["ignore", "ignore", process.env.KILL_VERBOSE ? "inherit" : "ignore"]
  });
}

const ended = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.on("exit", resolve));

/** Kills a run at a named place, from inside, or after so many milliseconds, from outside. */
async function killedRun(order: ChainOrder, at: string | number): Promise<{place: string; wasKilled: boolean}> {
  const child = start(order, typeof at === "string" ? at : null);
  const timer = typeof at === "number" ? setTimeout(() => child.kill("SIGKILL"), at) : null;
  const signal = await new Promise<NodeJS.Signals | null>((resolve) => child.on("exit", (_code, by) => resolve(by)));
  if (timer !== null) clearTimeout(timer);
  return {place: typeof at === "string" ? at : "a random moment", wasKilled: signal === "SIGKILL"};
}

/** What a reader or the next run would stumble over right after a kill. */
function visibleFaults(folder: string): string[] {
  const releases = new Releases(join(folder, "release"));
  const listed = releases
    .list()
    .flatMap(({version}) =>
      isSomewhereWhole(releases, version) ? [] : [`version ${version} is listed and not whole`]
    );
  const latest = join(releases.folder, "latest");
  const current = existsSync(latest) ? checksumFaults(latest).map((fault) => `latest: ${fault}`) : [];
  const dist = inPlaceOr(join(folder, "dist"), "-old").find((path) => existsSync(path));
  const site = dist === undefined ? [] : checksumFaults(dist).map((fault) => `the site: ${fault}`);
  if (dist === undefined && existsSync(join(folder, "dist-old"))) site.push("there is no site, only the old one aside");
  return [...listed, ...current, ...site];
}

/** Where the system cannot exchange two folders, the old one stands aside for a moment, and the next run puts it back. */
const inPlaceOr = (place: string, aside: string): string[] => (canExchange() ? [place] : [place, place + aside]);

const isSomewhereWhole = (releases: Releases, version: string): boolean =>
  inPlaceOr(releases.path(version), ".old").some((path) => existsSync(path) && checksumFaults(path).length === 0);

async function finalFaults(killed: string, clean: string, expected: number): Promise<string[]> {
  const [a, b] = [await endState(killed), await endState(clean)];
  const faults = [...rawFaults(killed)];
  const same = (what: string, x: unknown, y: unknown): void => {
    if (JSON.stringify(x) !== JSON.stringify(y))
      faults.push(`${what}: ${JSON.stringify(x)}, a clean run has ${JSON.stringify(y)}`);
  };
  same("releases", a.releases, expected);
  same("different releases", a.different, expected);
  same("hash of all bodies", a.bodies, b.bodies);
  same("contracts", a.contracts, b.contracts);
  same("published version", a.version, b.version);
  faults.push(...visibleFaults(killed));
  return faults;
}

async function endState(folder: string) {
  const warehouse = await Warehouse.open(join(folder, "data"), {readOnly: true});
  try {
    const [row] = await warehouse.rows<{releases: number; different: number; bodies: string; contracts: string}>(
      `select count(*)::integer as releases, count(distinct (register_id, ocid, release_id))::integer as different,
         bit_xor(hash(body_sha256))::varchar as bodies,
         (select sha256(string_agg(contract_id || value_gbp::varchar || raw_sha256, ',' order by contract_id)) from core.contracts) as contracts
       from staging.releases`
    );
    return {...row!, version: new Releases(join(folder, "release")).latest()?.version};
  } finally {
    warehouse.close();
  }
}

/** Nothing half-written, and every archived file has the bytes of its name. */
function rawFaults(folder: string): string[] {
  const raw = join(folder, "data", "raw");
  const archive = new Archive(join(folder, "data"));
  return readdirSync(raw).flatMap((source) => [
    ...readdirSync(join(raw, source))
      .filter((name) => name.endsWith(".tmp"))
      .map((name) => `${source}/${name} was left behind`),
    ...archive
      .files(source)
      .filter(
        (file) =>
          !existsSync(join(raw, source, file.sha256)) ||
          sha256(readFileSync(join(raw, source, file.sha256))) !== file.sha256
      )
      .map((file) => `${source}/${file.sha256} is named and not there as named`)
  ]);
}
