import type {FetchEvent} from "../archive/fetch.ts";
import {registers} from "../discover.ts";
import {type FetchedSource, fetchAll} from "../fetch/fetch.ts";
import {type FetchFlags, sourcesToFetch, userAgent, wayOf} from "../fetch/flags.ts";
import {barReporter, type FetchReporter, jsonReporter, lineReporter} from "../fetch/progress.ts";
import {findables} from "../fetch/publications.ts";
import {print, say} from "../words.ts";
import {type DataOption, type Surroundings, VERSION} from "./command.ts";

export async function fetch(
  around: Surroundings,
  ids: readonly string[],
  options: FetchFlags & DataOption
): Promise<number> {
  return fetchCode(await fetchSources(around, "fetch", ids, options));
}

export const fetchCode = (fetched: readonly FetchedSource[]): number =>
  fetched.every(({outcome}) => outcome.state === "complete" || outcome.state === "stopped") ? 0 : 1;

/** @param verb under which the data folder is locked; null when the caller holds the lock */
export async function fetchSources(
  {now, random, contact, places}: Surroundings,
  verb: string | null,
  ids: readonly string[],
  options: FetchFlags & DataOption,
  alsoTo: (event: FetchEvent) => void = () => {}
): Promise<FetchedSource[]> {
  const wanted = sourcesToFetch(ids, options, {registers: await registers(), findables: await findables()});
  const reporter = reporterFor(options.json ?? false, now);
  try {
    return await fetchAll(
      {
        ...wanted,
        dataFolder: options.data,
        referenceFolder: places.reference,
        from: options.from ?? null,
        until: options.until ?? null,
        endpoints: options.endpoint,
        secondsBetween: options.pace,
        requestsAtMost: options.maxRequests ?? Number.POSITIVE_INFINITY,
        by: wayOf(options),
        secondPassDays: options.secondPass,
        userAgent: userAgent([...wanted.registers, ...wanted.findables], options, contact, VERSION),
        verb
      },
      {
        now,
        random,
        report: (event) => {
          reporter.report(event);
          alsoTo(event);
        }
      }
    );
  } finally {
    reporter.end();
  }
}

function reporterFor(json: boolean, now: () => Date): FetchReporter {
  if (json) return jsonReporter(print);
  return process.stderr.isTTY ? barReporter(say) : lineReporter(say, () => now().getTime());
}
