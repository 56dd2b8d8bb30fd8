import type {FetchedSource} from "../fetch/fetch.ts";
import type {FetchFlags} from "../fetch/flags.ts";
import type {Judgement} from "../gates/gates.ts";
import {recoverSite} from "../site/build.ts";
import {count, say} from "../words.ts";
import {analyseData} from "./analyse.ts";
import {type BuildOption, build} from "./build.ts";
import {check} from "./check.ts";
import {locked, type Surroundings, withSite} from "./command.ts";
import {fetchCode, fetchSources} from "./fetch.ts";
import {type LogLine, RunLog} from "./log.ts";
import {type PublishOption, publishData} from "./publish.ts";
import {lastStatus} from "./record.ts";
import {buildDist} from "./site.ts";

export type RefreshOption = FetchFlags &
  BuildOption &
  PublishOption & {
    readonly only?: readonly string[]; // registers; all that can be fetched when none is named
    readonly every: number; // hours until the schedule comes round again
    readonly build?: boolean; // the site into dist/ too
  };

/**
 * What a schedule runs: fetch, build, analyse, check, judge, publish. A source that fails keeps its last good data, and only what the
 * gates let through is published. Running it again when there is nothing new changes nothing.
 */
export const refresh = (around: Surroundings, only: readonly string[], options: RefreshOption): Promise<number> =>
  refreshUnderLock(around, {...options, only});

const refreshUnderLock = locked("refresh", async (around, options: RefreshOption): Promise<number> => {
  const startedAt = around.now();
  const log = new RunLog(options.data, around.now);
  const fetched: FetchedSource[] = [];
  recoverSite(around.places.dist);
  try {
    log.line({event: "refresh", step: "start"});
    fetched.push(...(await fetchSources(around, null, options.only ?? [], options, (event) => keep(log, event))));
    const code = await publishSteps(around, options, {fetched, log, startedAt});
    return end(log, {code: code || fetchCode(fetched), fetched, startedAt, options, around, problem: null});
  } catch (error) {
    end(log, {code: 1, fetched, startedAt, options, around, problem: (error as Error).message});
    throw error;
  }
});

interface Progress {
  readonly fetched: readonly FetchedSource[];
  readonly log: RunLog;
  readonly startedAt: Date;
}

async function publishSteps(
  around: Surroundings,
  options: RefreshOption,
  {fetched, log, startedAt}: Progress
): Promise<number> {
  const nextRunAt = new Date(startedAt.getTime() + options.every * 3_600_000);
  const steps: Steps = [
    ["build", () => build(around, options)],
    ["analyse", () => analyseData(around, {data: options.data, isQuiet: true})],
    ["check", () => check(options)]
  ];
  const last: Steps = [
    ["publish", () => publishData(around, options, {gates: fetched.flatMap(asGates), nextRunAt})],
    ...(options.build ? ([["site", () => buildDist(around, options)]] as const) : [])
  ];
  const isApart = options.site !== undefined && !options.build; // pages that no other run writes
  const code = await inTurn(steps, log);
  if (code !== 0 || isApart) return code || inTurn(last, log);
  return withSite(around, "refresh", () => inTurn(last, log));
}

type Steps = readonly (readonly [name: string, work: () => Promise<number>])[];

/** One step after another, each with its line in the log, until one does not end well. */
async function inTurn(steps: Steps, log: RunLog): Promise<number> {
  for (const [step, work] of steps) {
    const code = await work();
    log.line({event: "refresh", step, code});
    if (code !== 0) return code;
  }
  return 0;
}

/** What the fetch itself found unusual, as gates of this run. */
const asGates = ({source, gate}: FetchedSource): Judgement[] =>
  gate.because.map((because) => ({gate: "fetched", subject: source, level: gate.level, because}));

const FREQUENT = ["answer", "start"];

function keep(log: RunLog, event: LogLine): void {
  if (!FREQUENT.includes(event.event)) log.line(event);
}

interface End {
  readonly code: number;
  readonly fetched: readonly FetchedSource[];
  readonly startedAt: Date;
  readonly options: RefreshOption;
  readonly around: Surroundings;
  readonly problem: string | null;
}

/** The one sentence for whoever looks in the morning, and the same for programs. */
function end(log: RunLog, {code, fetched, startedAt, options, around, problem}: End): number {
  const seconds = Math.round((around.now().getTime() - startedAt.getTime()) / 1000);
  const status = lastStatus(options.data);
  const isOfThisRun = status !== null && new Date(status.at) >= startedAt;
  const outcome = problem ?? (isOfThisRun ? status.outcome : "a check failed, nothing was published");
  const sources = fetched.map(({source, outcome: {state, releases, rejects, why}}) =>
    state === "complete"
      ? `${source} ${count(releases)} releases (${count(rejects)} rejects)`
      : `${source} ${state}: ${why ?? "no reason given"}`
  );
  const summary = `refresh of ${startedAt.toISOString().slice(0, 16)}: ${outcome}${status?.published_version ? `; the site shows ${status.published_version}` : ""}; ${sources.join("; ") || "nothing fetched"}; ${count(seconds)} s; exit ${code}`;
  log.line({event: "refresh", step: "end", code, seconds, outcome, summary});
  say(summary);
  return code;
}
