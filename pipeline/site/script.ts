import {basename} from "node:path";
import {build} from "esbuild";

/**
 * Bundles the site's one script into the built site, under a name that changes when the script does.
 *
 * One small file for every page instead of the generator's client, which would cost a page ten times as much. What only some pages
 * need is imported lazily and becomes a file of its own beside it.
 *
 * @returns its path from the site's root
 * @throws {Error} naming the file and line that does not compile
 */
export async function bundleScript(entry: string, built: string): Promise<string> {
  const {metafile} = await build({
    entryPoints: [entry],
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    minify: true,
    outdir: built,
    entryNames: "site.[hash]",
    chunkNames: "site.[name].[hash]",
    metafile: true,
    logLevel: "silent"
  });
  const [path] = Object.entries(metafile.outputs).find(
    ([, {entryPoint}]) => entryPoint?.endsWith(basename(entry)) === true
  )!;
  return basename(path);
}

/** Bundles a style sheet with what it imports, under a name that stays: pages that were made earlier ask for it. */
export async function bundleStyle(entry: string, output: string): Promise<void> {
  await build({entryPoints: [entry], outfile: output, bundle: true, minify: true, logLevel: "silent"});
}
