import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {Archive} from "../archive/archive.ts";
import {dailyCounts} from "../archive/completeness.ts";
import {runEnds} from "../archive/runs.ts";
import {londonDay} from "../archive/windows.ts";
import {registers} from "../discover.ts";
import {findables} from "../fetch/publications.ts";
import {type GateResult, judge, type LiveSource, worst} from "../gates/gates.ts";
import {measureData} from "../gates/measure.ts";
import type {Provenance} from "../publish/release.ts";
import {Releases} from "../publish/releases.ts";
import type {Warehouse} from "../warehouse/warehouse.ts";
import {say} from "../words.ts";
import type {Surroundings} from "./command.ts";

export interface GateOptions {
  readonly data: string;
  readonly out?: string;
  readonly accept?: readonly string[]; // gates that a person has looked at
}

/** Judges a built warehouse beside what is published now, and says everything that is not green. */
export async function judgeData(
  {now}: Surroundings,
  {data, out, accept = []}: GateOptions,
  warehouse: Warehouse,
  made: Pick<Provenance, "code_commit">
): Promise<GateResult[]> {
  const releases = new Releases(out ?? join(data, "release"));
  const latest = releases.latest();
  const published = latest === null || !releases.isWhole(latest.version) ? null : releases.path(latest.version);
  if (latest !== null && published === null)
    say(`version ${latest.version} in ${releases.folder} is missing or damaged, so nothing is compared with it`);
  const measures = await measureData(warehouse, published);
  const results = judge(
    {
      ...measures,
      live: await liveSources(new Archive(data), now()),
      is_same_code: published !== null && codeOf(published) === made.code_commit
    },
    now(),
    accept
  );
  sayGates(results);
  return results;
}

export const isRefused = (results: readonly GateResult[]): boolean => worst(results) === "red";

export function sayGates(results: readonly GateResult[]): void {
  for (const {gate, subject, level, because, is_accepted} of results)
    if (level === "red" || level === "amber")
      say(`${level}: ${gate}, ${subject}: ${because}${is_accepted ? " (accepted)" : ""}`);
}

/** How a person goes on who has looked at what is red. */
export function refusal(results: readonly GateResult[]): string {
  const red = results.filter(({level, is_accepted}) => level === "red" && !is_accepted);
  const names = red.map(({gate, subject}) => (subject === "all data" ? gate : `${gate}:${subject}`));
  return (
    `nothing was published: ${red.map(({gate, subject, because}) => `${gate}, ${subject}: ${because}`).join("; ")}. ` +
    `What was published before stays as it is. If it is right all the same, run the same command with ${[...new Set(names)].map((name) => `--accept ${name}`).join(" ")}`
  );
}

/** Every source that was ever fetched over the network; what is only imported has no freshness. */
async function liveSources(archive: Archive, now: Date): Promise<LiveSource[]> {
  const today = londonDay(now);
  const yesterday = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10);
  const sources = [
    ...(await registers()).filter(({live}) => live !== undefined).map(({id}) => ({id, kind: "register" as const})),
    ...(await findables()).map(({id}) => ({id, kind: "publication" as const}))
  ];
  return sources
    .map(({id, kind}) => ({id, kind, ends: runEnds(archive, id)}))
    .filter(({ends}) => ends.length > 0)
    .map(({id, kind, ends}) => ({
      source: id,
      kind,
      last_whole_at: ends.findLast(({state}) => state === "complete" || state === "incomplete")?.at ?? null,
      days: kind === "register" ? dailyCounts(archive, id, "0000-00-00", yesterday) : []
    }));
}

/** The commit whose rules made a release; null when it was made outside version control. */
function codeOf(release: string): string | null {
  const path = join(release, "provenance.json");
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Provenance).code_commit : null;
}
