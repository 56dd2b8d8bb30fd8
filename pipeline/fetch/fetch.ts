import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {Archive} from "../archive/archive.ts";
import {Client} from "../archive/client.ts";
import {dailyCounts} from "../archive/completeness.ts";
import {daysToLookAtAgain, type FetchEvent, fetchRegister} from "../archive/fetch.ts";
import {type Gate, gate} from "../archive/gate.ts";
import {takeLock} from "../archive/lock.ts";
import type {CrawlPage, Span} from "../archive/plan.ts";
import type {RunOutcome} from "../archive/runs.ts";
import {turnsIn} from "../archive/turns.ts";
import {londonDay} from "../archive/windows.ts";
import {readCsv} from "../formats/csv.ts";
import type {Channel, Publisher, Register} from "../registers/register.ts";
import {type Findable, fetchPublication} from "./publications.ts";

/** By which of a register's channels: its interface, its own bulk files, or a mirror of them. */
export type Way = "live" | "bulk" | "mirror";

/** What one fetch is to do. */
export interface FetchRequest {
  readonly registers: readonly Register[];
  readonly findables?: readonly Findable[]; // publications and references
  readonly dataFolder: string;
  readonly referenceFolder: string; // tables that name publishers' pages
  readonly from: string | null; // null: since the register began
  readonly until: string | null; // null: today
  readonly endpoints: ReadonlyMap<string, string>; // other base addresses, by register
  readonly secondsBetween: ReadonlyMap<string, number>; // another pace, by register
  readonly requestsAtMost: number; // of each register
  readonly by: Way;
  readonly secondPassDays: number;
  readonly userAgent: string;
  readonly verb: string | null; // null: the caller holds the lock of the data folder
}

/** The effects that the command line lends. */
export interface FetchSurroundings {
  readonly now: () => Date;
  readonly random: () => number;
  readonly report: (event: FetchEvent) => void;
}

export interface FetchedSource {
  readonly source: string;
  readonly outcome: RunOutcome;
  readonly gate: Gate;
}

/**
 * Fetches registers and publications side by side: each goes at its own pace, and one that fails stops no other.
 *
 * @throws {Locked} when another run writes to the same data folder
 */
export async function fetchAll(request: FetchRequest, around: FetchSurroundings): Promise<FetchedSource[]> {
  const release = request.verb === null ? () => {} : takeLock(request.dataFolder, request.verb, around.now);
  const archive = new Archive(request.dataFolder);
  const client = new Client({
    userAgent: request.userAgent,
    turns: turnsIn(join(request.dataFolder, "turns")),
    clock: {now: () => around.now().getTime(), sleep: (ms) => sleep(ms), random: around.random},
    onWait: (source, waitMs, why) => around.report({event: "wait", source, seconds: Math.ceil(waitMs / 1000), why})
  });
  try {
    const tools = {archive, client, ...around};
    return await allOf([
      ...request.registers.map((register) => fetchOne(register, request, tools)),
      ...(request.findables ?? []).map((findable) => fetchPublication(findable, request, tools))
    ]);
  } finally {
    await client.close();
    release();
  }
}

/** Waits for every source before a mistake of ours, or a full disk, ends the run. */
async function allOf(asked: readonly Promise<FetchedSource>[]): Promise<FetchedSource[]> {
  const settled = await Promise.allSettled(asked);
  const broken = settled.find((one) => one.status === "rejected");
  if (broken !== undefined) throw broken.reason;
  return settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}

export type Tools = FetchSurroundings & {readonly archive: Archive; readonly client: Client};

async function fetchOne(register: Register, request: FetchRequest, tools: Tools): Promise<FetchedSource> {
  const channel = channelOf(register, request.by);
  const span = spanOf(register, request, tools.now());
  const outcome = await fetchRegister(
    {
      register,
      channel,
      span,
      endpoint: request.endpoints.get(register.id) ?? null,
      secondsBetween: request.secondsBetween.get(register.id) ?? channel.pace.secondsBetween,
      requestsAtMost: request.requestsAtMost,
      pages: channel.paging.kind === "crawl" ? crawlPages(join(request.referenceFolder, channel.paging.pages)) : [],
      secondPassDays:
        channel.paging.kind === "windows"
          ? daysToLookAtAgain(tools.archive, register.id, request.secondPassDays, tools.now())
          : []
    },
    tools
  );
  const days = dailyCounts(tools.archive, register.id, span.from, span.until);
  const passed = days.filter(({day}) => day < londonDay(tools.now()));
  return {source: register.id, outcome, gate: gate({...outcome, days: passed}, channel.bounds)};
}

/** @throws {Error} when the register has no such way */
function channelOf(register: Register, by: Way): Channel {
  const channel = register[by];
  if (channel === undefined)
    throw new Error(`${register.id} has no ${by} access; get its files from ${register.documentation} and import them`);
  return channel;
}

const spanOf = (register: Register, {from, until}: FetchRequest, now: Date): Span => ({
  from: from ?? register.publishedSince,
  until: until ?? londonDay(now)
});

/** The table of publishers' pages: gss, name, url, and the other hosts that their files may lie on. */
function crawlPages(path: string): CrawlPage[] {
  if (!existsSync(path)) throw new Error(`there is no ${path}, which names the pages to look at`);
  return readCsv(readFileSync(path)).rows.map(({cells}) => ({
    gss: cells.gss ?? "",
    name: cells.name ?? "",
    url: cells.url ?? "",
    hosts: [new URL(cells.url ?? "").hostname, ...(cells.hosts ?? "").split(" ").filter(Boolean)]
  }));
}

/**
 * The council whose GSS code is the name of a folder on a path (`registers/E07000147/2024.csv`), for files of many councils
 * that are imported; undefined when no folder is named so.
 */
export function publisherInPath(path: string, referenceFolder: string): Publisher | undefined {
  const gss = path.split(/[/\\]/).find((part) => /^[ENSW]\d{8}$/.test(part));
  if (gss === undefined) return undefined;
  const councils = readCsv(readFileSync(join(referenceFolder, "councils.csv"))).rows;
  const name = councils.find(({cells}) => cells.gss === gss)?.cells.name;
  if (name === undefined) throw new Error(`${path}: no council has the code ${gss}`);
  return {gss, name};
}
