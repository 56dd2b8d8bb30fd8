import {join} from "node:path";
import {placeReleases} from "../publish/permalinkPages.ts";
import {buildSite} from "../site/build.ts";
import {refuseTakenPort, serveSite} from "../site/serve.ts";
import {print, say} from "../words.ts";
import {analyseData} from "./analyse.ts";
import {type BuildOption, build} from "./build.ts";
import {check} from "./check.ts";
import {locked, type Surroundings, withSite} from "./command.ts";
import {type PublishOption, publishData} from "./publish.ts";

export const site = locked("site", async (around, options: BuildOption & PublishOption): Promise<number> => {
  const steps = [
    () => build(around, options),
    () => analyseData(around, options),
    () => check(options),
    () =>
      withSite(around, "site", async () => (await publishData(around, options)) || (await buildDist(around, options)))
  ];
  for (const step of steps) {
    const code = await step();
    if (code !== 0) return code;
  }
  return 0;
});

/** The site from what was published last. */
export async function buildDist(
  {places, siteUrl, markBuilt}: Surroundings,
  {data, out}: {readonly data: string; readonly out?: string}
): Promise<number> {
  await buildSite({
    root: places.siteRoot,
    output: places.dist,
    siteUrl,
    prepare: (folder, reservations) => placeReleases(out ?? join(data, "release"), folder, reservations),
    ...(markBuilt === undefined ? {} : {addTo: markBuilt}),
    onProgress: say
  });
  return 0;
}

export async function start(
  around: Surroundings,
  options: BuildOption & PublishOption & {readonly port: number}
): Promise<number> {
  await refuseTakenPort(options.port, "127.0.0.1");
  const code = await site(around, options);
  if (code !== 0) return code;
  return serve(around, options.port);
}

/** Serves what is built until it is interrupted. */
export async function serve({places}: Surroundings, port: number): Promise<number> {
  const server = await serveSite({root: places.dist, port, host: "127.0.0.1"});
  print(`Contract Scale is on ${server.url} (Ctrl+C ends it)`);
  return new Promise(
    (resolve) =>
      void ["SIGINT", "SIGTERM"].map((signal) => process.once(signal, () => server.close().then(() => resolve(0))))
  );
}
