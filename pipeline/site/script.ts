import {createHash} from "node:crypto";
import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {build} from "esbuild";

/**
 * Bundles the site's one script into the built site, under a name that changes when the script does.
 *
 * One small file for every page instead of the generator's client, which would cost a page ten times as much.
 *
 * @returns its path from the site's root
 * @throws {Error} naming the file and line that does not compile
 */
export async function bundleScript(entry: string, built: string): Promise<string> {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    write: false,
    logLevel: "silent"
  });
  const code = result.outputFiles[0]!.contents;
  const name = `site.${createHash("sha256").update(code).digest("hex").slice(0, 8)}.js`;
  writeFileSync(join(built, name), code);
  return name;
}

/** Bundles a style sheet with what it imports, under a name that stays: pages that were made earlier ask for it. */
export async function bundleStyle(entry: string, output: string): Promise<void> {
  await build({entryPoints: [entry], outfile: output, bundle: true, minify: true, logLevel: "silent"});
}
