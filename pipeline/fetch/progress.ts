import {MultiBar, Presets, type SingleBar} from "cli-progress";
import type {FetchEvent} from "../archive/fetch.ts";
import {terminalSafe} from "../words.ts";

/** Tells a person or a machine how a fetch goes. */
export interface FetchReporter {
  report(event: FetchEvent): void;
  end(): void;
}

const LINE_EVERY_MS = 10_000; // of one source; waits, failures and ends are said at once

/** One JSON object a line on stdout. */
export function jsonReporter(print: (line: string) => void): FetchReporter {
  return {report: (event) => print(JSON.stringify(event)), end: () => {}};
}

/** Plain lines on stderr, for logs. */
export function lineReporter(say: (line: string) => void, now: () => number): FetchReporter {
  const saidAt = new Map<string, number>();
  return {
    report: (event) => {
      const isFrequent = event.event === "answer";
      if (isFrequent && now() - (saidAt.get(event.source) ?? 0) < LINE_EVERY_MS) return;
      if (isFrequent) saidAt.set(event.source, now());
      say(`${event.source}: ${words(event)}`);
    },
    end: () => {}
  };
}

/** A bar for each source on a terminal; what is worth keeping is written above the bars. */
export function barReporter(say: (line: string) => void): FetchReporter {
  const bars = new MultiBar(
    {
      format: "{source} {bar} {value}/{total} windows  {words}",
      stream: process.stderr,
      barsize: 20,
      hideCursor: true,
      clearOnComplete: true
    },
    Presets.shades_grey
  );
  const bySource = new Map<string, SingleBar>();
  return {
    report: (event) => {
      if (event.event === "start")
        bySource.set(
          event.source,
          bars.create(Math.max(event.windows, 1), 0, {source: event.source, words: words(event)})
        );
      else if (event.event === "answer") bySource.get(event.source)?.update(event.windows_done, {words: words(event)});
      else if (event.event === "wait") bySource.get(event.source)?.update({words: terminalSafe(words(event))});
      else bars.log(`${event.source}: ${terminalSafe(words(event))}\n`);
    },
    end: () => {
      bars.stop();
      say("");
    }
  };
}

const count = (n: number): string => n.toLocaleString("en-GB");

function words(event: FetchEvent): string {
  switch (event.event) {
    case "start":
      return `${count(event.windows)} windows, ${count(event.answered_before)} of them answered before; at least ${event.seconds_between} s from an answer to the next request`;
    case "answer":
      return (
        `${count(event.windows_done)} windows done, ${count(event.windows_left)} left; ${count(event.releases)} releases, ` +
        `${count(event.rejects)} rejects; ${count(event.requests)} requests; about ${duration(event.seconds_left)} left`
      );
    case "wait":
      return `waits ${duration(event.seconds)}: it ${event.why}`;
    case "failed":
      return `no answer: ${event.why}`;
    case "file":
      return (
        `${event.is_new ? "new" : "unchanged"}: "${event.title}", ${count(event.rows)} rows, ` +
        `${count(event.files_left)} files left, from ${event.address}`
      );
    case "second-look":
      return `looked at ${event.day} again in other windows: ${count(event.notices)} notices, ${count(event.missed)} of them missed before`;
    case "end":
      if (event.files !== undefined)
        return (
          `${event.state}: ${count(event.files)} files, ${count(event.new_files ?? 0)} of them new, in ${count(event.requests)} requests` +
          `${event.why === null ? "" : `; ${event.why}`}`
        );
      return (
        `${event.state}: ${count(event.releases)} releases (${count(event.rejects)} rejects) in ${count(event.requests)} requests` +
        `${event.windows_left > 0 ? `, ${count(event.windows_left)} windows left` : ""}${event.why === null ? "" : `; ${event.why}`}`
      );
  }
}

function duration(seconds: number): string {
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 5_400) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3_600)} h`;
}
