import {registers} from "../discover.ts";
import {type FetchedSource, fetchAll} from "../fetch.ts";
import {type FetchFlags, registersToFetch, userAgent, wayOf} from "../fetchFlags.ts";
import {barReporter, type FetchReporter, jsonReporter, lineReporter} from "../fetchProgress.ts";
import {type BuildOption, build} from "./build.ts";
import {check} from "./check.ts";
import {type DataOption, type Surroundings, VERSION} from "./command.ts";
import {publishData} from "./publish.ts";
import {print, say} from "./words.ts";

export async function fetch(
  around: Surroundings,
  ids: readonly string[],
  options: FetchFlags & DataOption
): Promise<number> {
  return fetchCode(await fetchSources(around, "fetch", ids, options));
}

const fetchCode = (fetched: readonly FetchedSource[]): number =>
  fetched.every(({outcome}) => outcome.state === "complete" || outcome.state === "stopped") ? 0 : 1;

async function fetchSources(
  {now, random, contact, places}: Surroundings,
  verb: string,
  ids: readonly string[],
  options: FetchFlags & DataOption
): Promise<FetchedSource[]> {
  const wanted = registersToFetch(ids, options, await registers());
  const reporter = reporterFor(options.json ?? false, now);
  try {
    return await fetchAll(
      {
        registers: wanted,
        dataFolder: options.data,
        referenceFolder: places.reference,
        from: options.from ?? null,
        until: options.until ?? null,
        endpoints: options.endpoint,
        secondsBetween: options.pace,
        requestsAtMost: options.maxRequests ?? Number.POSITIVE_INFINITY,
        by: wayOf(options),
        secondPassDays: options.secondPass,
        userAgent: userAgent(wanted, options, contact, VERSION),
        verb
      },
      {now, random, report: (event) => reporter.report(event)}
    );
  } finally {
    reporter.end();
  }
}

function reporterFor(json: boolean, now: () => Date): FetchReporter {
  if (json) return jsonReporter(print);
  return process.stderr.isTTY ? barReporter(say) : lineReporter(say, () => now().getTime());
}

/** What a schedule runs: a source that fails keeps its last good data, and only what the gates let through is published. */
export async function refresh(
  around: Surroundings,
  options: FetchFlags & BuildOption & {readonly out?: string; readonly site?: string}
): Promise<number> {
  const fetched = await fetchSources(around, "refresh", [], options);
  for (const {source, gate} of fetched) for (const why of gate.because) say(`${source}: ${gate.level}: ${why}`);
  const built = await build(around, options);
  const checked = built === 0 ? await check(options) : built;
  if (checked !== 0) return checked;
  const red = fetched.filter(({gate}) => gate.level === "red");
  if (red.length > 0) {
    say(`nothing was published: look at ${red.map(({source}) => source).join(", ")} first`);
    return 1;
  }
  return (await publishData(around, options)) || fetchCode(fetched);
}
