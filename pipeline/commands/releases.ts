import {join} from "node:path";
import {hypotheses} from "../discover.ts";
import {diffReleases} from "../publish/diff.ts";
import {reestimate} from "../publish/reestimate.ts";
import {Releases} from "../publish/releases.ts";
import {reproduce, reproductionLines, withEstimates} from "../publish/reproduce.ts";
import {CitationError, verify} from "../publish/verify.ts";
import {UsageError} from "../usageError.ts";
import {print} from "../words.ts";
import type {DataOption} from "./command.ts";

export async function diff(version: string | undefined, {data}: DataOption): Promise<number> {
  const releases = new Releases(join(data, "release"));
  const latest = releases.latest();
  if (latest === null)
    throw new Error(`nothing has been published in ${releases.folder} yet: run "npm run pipeline -- publish" first`);
  const since = version ?? releases.list().at(-2)?.version;
  if (since === undefined) {
    print(`${latest.version} is the first version.`);
    return 0;
  }
  print(`From ${since} to ${latest.version}:`);
  for (const sentence of await diffReleases(releases.find(since), releases.find(latest.version))) print(sentence);
  return 0;
}

export async function verifyCitation(citation: string, {data}: DataOption): Promise<number> {
  const {isMatch, lines} = await verify(join(data, "release"), citation, await hypotheses()).catch((error: Error) => {
    throw error instanceof CitationError ? new UsageError(error.message) : error;
  });
  for (const line of lines) print(line);
  return isMatch ? 0 : 1;
}

export async function reproduceRelease(folder: string | undefined, {data}: DataOption): Promise<number> {
  const release = folder ?? join(data, "release", "latest");
  const files = await reproduce(release);
  const estimates = await reestimate(release, await hypotheses()).catch((error: Error) => {
    if (files.faults.length === 0) throw error;
    return []; // files that are named above cannot be worked with
  });
  const found = withEstimates(files, estimates);
  for (const line of reproductionLines(found)) print(line);
  return found.faults.length === 0 ? 0 : 1;
}
