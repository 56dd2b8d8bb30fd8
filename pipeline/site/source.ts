import {cpSync, mkdirSync, readFileSync} from "node:fs";
import {join, relative, sep} from "node:path";

/**
 * Copies what is written by hand for the site, settings and pages, into another folder, to be completed from other data there.
 *
 * What is generated is what version control ignores below src/: that list is in .gitignore and nowhere else.
 */
export function copyWrittenSource(root: string, to: string): void {
  const generated = readFileSync(join(root, ".gitignore"), "utf8")
    .split(/\r?\n/)
    .filter((line) => line.startsWith("src/"))
    .map((line) => line.replace(/\/$/, ""));
  const isWritten = (path: string): boolean => {
    const name = relative(root, path).split(sep).join("/");
    return !generated.includes(name) && !name.endsWith("/.observablehq");
  };
  mkdirSync(to, {recursive: true});
  // The settings are a module because the package says so; in a folder of nobody's package they would not be read at all.
  for (const name of ["package.json", "observablehq.config.ts"]) cpSync(join(root, name), join(to, name));
  cpSync(join(root, "src"), join(to, "src"), {recursive: true, filter: isWritten});
}
