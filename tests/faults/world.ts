import {mkdtempSync, readdirSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {Dispatcher} from "undici";
import {Archive} from "../../pipeline/archive/archive.ts";
import {Client, type Timeouts} from "../../pipeline/archive/client.ts";
import {type FetchEvent, type FetchPlan, fetchRegister} from "../../pipeline/archive/fetch.ts";
import type {Clock} from "../../pipeline/archive/pacer.ts";
import type {RunOutcome} from "../../pipeline/archive/runs.ts";
import type {Turns} from "../../pipeline/archive/turns.ts";
import {recognise} from "../../pipeline/formats/recognise.ts";
import {releaseBodies} from "../../pipeline/ocds/packages.ts";
import type {Paging, Register} from "../../pipeline/registers/register.ts";

/** A clock on which waiting takes no time: it jumps to the end of each wait and remembers it. */
export class JumpingClock implements Clock {
  readonly waits: number[] = [];
  constructor(
    public at = Date.parse("2024-06-10T12:00:00Z"),
    private readonly chance = 1
  ) {}
  now(): number {
    return this.at;
  }
  async sleep(milliseconds: number): Promise<void> {
    this.waits.push(milliseconds);
    this.at += milliseconds;
  }
  random(): number {
    return this.chance;
  }
}

export const WINDOWS: Paging = {
  kind: "windows",
  fullAt: 100,
  shortestSeconds: 2,
  address: (from, to) => `/api/1.0/ocdsReleasePackages?updatedFrom=${from}&updatedTo=${to}&limit=100`
};

export const CURSOR: Paging = {...WINDOWS, kind: "cursor"};

/** A SYNTHETIC register; say only what matters to the test. */
export const registerWith = (
  overrides: Partial<Register> & {readonly paging?: Paging; readonly lockout?: true}
): Register => ({
  id: "synthetic-register",
  title: "SYNTHETIC register",
  publisher: "nobody",
  documentation: "https://register.invalid/",
  licence: "OGL-UK-3.0",
  attribution: "SYNTHETIC",
  publishedSince: "2020-01-01",
  caveats: ["SYNTHETIC."],
  encoding: {},
  noticeUrl: () => null,
  live: {
    base: "https://register.invalid",
    paging: overrides.paging ?? WINDOWS,
    pace: {
      secondsBetween: 12,
      because: "SYNTHETIC",
      ...(overrides.lockout ? {lockout: {status: 403 as const, seconds: 300}} : {})
    },
    notTriedLive: "SYNTHETIC."
  },
  ...overrides
});

export interface FetchRun {
  readonly outcome: RunOutcome;
  readonly events: FetchEvent[];
  readonly clock: JumpingClock;
  readonly archive: Archive;
}

export interface RunOptions extends Partial<FetchPlan> {
  readonly clock?: JumpingClock;
  readonly timeouts?: Timeouts;
  readonly dispatcher?: Dispatcher;
  readonly turns?: Turns;
}

export class DataFolder {
  readonly path = mkdtempSync(join(tmpdir(), "contract-scale-fetch-"));

  remove(): void {
    rmSync(this.path, {recursive: true, force: true});
  }

  /** One run over a register, against a server or a mock, with waits that take no time. */
  async fetch(
    endpoint: string | null,
    {clock = new JumpingClock(), timeouts, dispatcher, turns, ...plan}: RunOptions = {}
  ): Promise<FetchRun> {
    const archive = new Archive(this.path);
    const events: FetchEvent[] = [];
    const client = new Client({
      userAgent: "contract-scale/test (+mailto:contact@example.invalid)",
      clock,
      onWait: (source, waitMs, why) => events.push({event: "wait", source, seconds: waitMs / 1000, why}),
      ...(timeouts === undefined ? {} : {timeouts}),
      ...(dispatcher === undefined ? {} : {dispatcher}),
      ...(turns === undefined ? {} : {turns})
    });
    const register = plan.register ?? registerWith({});
    try {
      const outcome = await fetchRegister(
        {
          register,
          channel: register.live!,
          endpoint,
          secondsBetween: register.live!.pace.secondsBetween,
          span: {from: "2024-05-07", until: "2024-05-07"},
          requestsAtMost: Number.POSITIVE_INFINITY,
          pages: [],
          secondPassDays: [],
          ...plan
        },
        {client, archive, now: () => new Date(clock.now()), report: (event) => events.push(event)}
      );
      return {outcome, events, clock, archive};
    } finally {
      await client.close();
    }
  }

  /** The names of everything on disk below raw/, to see that nothing half-written is left. */
  rawFiles(source = "synthetic-register"): string[] {
    return readdirSync(join(this.path, "raw", source)).sort();
  }

  /** The release ids that a later step would read, with repetitions. */
  releaseIds(source = "synthetic-register"): string[] {
    const archive = new Archive(this.path);
    return archive
      .files(source)
      .flatMap((file) => releaseBodies(recognise(archive.read(file)), {}).bodies)
      .map((body) => (body as {id: string}).id)
      .sort();
  }

  text(...path: string[]): string {
    return readFileSync(join(this.path, "raw", ...path), "utf8");
  }
}

/** How long each wait after a failure was, in seconds. */
export const waits = (run: FetchRun): number[] =>
  run.events.flatMap((event) => (event.event === "wait" ? [event.seconds] : []));
