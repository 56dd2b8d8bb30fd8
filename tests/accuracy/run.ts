import {existsSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {ROOT} from "../house/imports.ts";

// How often the judgements agree with labels made by hand: `npm run accuracy`. One file per subject, found by its name.

/** What an accuracy file exports: a title, and the lines to print. */
export interface AccuracySection {
  readonly title: string;
  readonly measure: (corpus: string) => Promise<readonly string[]>;
}

const CORPUS = join(ROOT, "..", "shared", "/");

if (!existsSync(`${CORPUS}gold`))
  console.log(`nothing is measured: there are no labels in ${join(CORPUS, "gold")} on this machine`);
else {
  console.log(
    "In sample: the rules were written with these labels in view, so on what nobody has looked at they are right less often."
  );
  for (const file of readdirSync(new URL(".", import.meta.url))
    .filter((name) => name.endsWith(".accuracy.ts"))
    .sort()) {
    const {default: section} = (await import(`./${file}`)) as {default: AccuracySection};
    console.log(`\n${section.title}`);
    for (const line of await section.measure(CORPUS)) console.log(`  ${line}`);
  }
}
