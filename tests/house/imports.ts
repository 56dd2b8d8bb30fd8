import {readdirSync, readFileSync} from "node:fs";
import {dirname, join, relative} from "node:path";
import {fileURLToPath} from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Every file below a folder with one of the endings, as paths from the project's root. */
export function filesBelow(folder: string, ...endings: string[]): string[] {
  return readdirSync(join(ROOT, folder), {recursive: true, encoding: "utf8"})
    .map((path) => join(folder, path))
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .sort();
}

export const textOf = (path: string): string => readFileSync(join(ROOT, path), "utf8");

/** What a TypeScript file imports: project files as paths from the root, packages by name. */
export function importsOf(path: string): string[] {
  const specifiers = [
    ...textOf(path).matchAll(/(?:^|\n)\s*(?:import|export)\b[^;]*?\bfrom\s+"([^"]+)"|import\("([^"]+)"\)/g)
  ];
  return specifiers.map(([, from, dynamic]) => from ?? dynamic ?? "").map((specifier) => resolved(path, specifier));
}

function resolved(path: string, specifier: string): string {
  if (!specifier.startsWith(".")) return specifier;
  return relative(ROOT, join(ROOT, dirname(path), specifier));
}
