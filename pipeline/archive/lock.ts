import {mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync} from "node:fs";
import {hostname} from "node:os";
import {join} from "node:path";
import {z} from "zod";

const HEARTBEAT_MS = 15_000;
const DEAD_AFTER_MS = 120_000; // of a holder on another machine, whose process cannot be looked up

const Holder = z.object({
  pid: z.number().int().positive(),
  host: z.string(),
  what: z.string(), // the verb
  since: z.string(),
  started: z.string().nullish() // when the process started, in the system's own count: its number may be another's by now
});
type Holder = z.infer<typeof Holder>;

/** Another run has the data folder. */
export class Locked extends Error {
  override readonly name = "Locked";
}

/**
 * Makes sure that one run at a time writes to a data folder. The lock of a holder that is no longer alive is taken over: one
 * on this machine when its process has gone, one on another (a shared disk, a container) when it has not been touched for
 * two minutes.
 *
 * @param now the current time
 * @returns what lets the lock go
 * @throws {Locked} saying who holds it and since when
 */
export function takeLock(dataFolder: string, what: string, now: () => Date): () => void {
  mkdirSync(dataFolder, {recursive: true});
  const path = join(dataFolder, "lock.tmp");
  const mine = JSON.stringify({
    pid: process.pid,
    host: hostname(),
    what,
    since: now().toISOString(),
    started: startOf(process.pid)
  } satisfies Holder);
  for (let attempt = 0; !create(path, mine); attempt++) {
    const held = read(path);
    if (held === null) continue; // it was let go this moment
    if (attempt > 3 || isAlive(held.holder, path, now())) throw new Locked(sentence(dataFolder, held.holder));
    takeAway(path, held.text);
  }
  heldHere.add(path);
  const heartbeat = setInterval(() => touch(path, now()), HEARTBEAT_MS);
  heartbeat.unref();
  return () => {
    clearInterval(heartbeat);
    heldHere.delete(path);
    if (read(path)?.text === mine) rmSync(path, {force: true});
  };
}

function create(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, {flag: "wx"});
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function read(path: string): {text: string; holder: Holder | null} | null {
  try {
    const text = readFileSync(path, "utf8");
    return {text, holder: parse(text)};
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return null;
    if (code === "EISDIR") throw new Error(`${path} is a folder, where a run writes its lock: take it away`);
    throw error;
  }
}

/** A holder that was killed while writing its name has left a torn one, or none that anybody could be. */
function parse(text: string): Holder | null {
  try {
    return Holder.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function isAlive(holder: Holder | null, path: string, now: Date): boolean {
  if (holder === null || holder.host !== hostname()) return Math.abs(now.getTime() - touchedAt(path)) < DEAD_AFTER_MS;
  if (holder.pid === process.pid) return heldHere.has(path);
  const started = startOf(holder.pid);
  return isRunning(holder.pid) && (started === null || holder.started == null || started === holder.started);
}

/** When a process of this machine started, as Linux counts it; null where that cannot be told. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null; // the name before it may hold anything
  } catch {
    return null;
  }
}

/** A container's processes often have the same number each time: our own number in a lock that we do not hold is an old one. */
const heldHere = new Set<string>();

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Moves the dead lock aside first, and looks at what was moved: two runs may have found it dead at the same time. */
function takeAway(path: string, text: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (read(aside)?.text === text) rmSync(aside);
  else renameSync(aside, path);
}

function touchedAt(path: string): number {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

function touch(path: string, at: Date): void {
  try {
    utimesSync(path, at, at);
  } catch {
    // somebody took the folder away; the run will find out where it writes
  }
}

function sentence(dataFolder: string, holder: Holder | null): string {
  if (holder === null) return `${dataFolder} is in use by another run that has just begun; wait for it to end`;
  return `${dataFolder} is in use: "${holder.what}" runs as process ${holder.pid} on ${holder.host} since ${holder.since}; wait for it to end, or, if that process is no such run, take ${join(dataFolder, "lock.tmp")} away`;
}
