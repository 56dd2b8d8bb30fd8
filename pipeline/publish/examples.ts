import {readdirSync, readFileSync} from "node:fs";
import type {ExampleRow} from "../../src/components/rows.ts";

const FOLDER = new URL("examples/", import.meta.url);
const LANGUAGES: Readonly<Record<string, string>> = {py: "Python", R: "R", mjs: "JavaScript"};

/** The example programs that are published with the data, from their own files. */
export function examples(): ExampleRow[] {
  return readdirSync(FOLDER)
    .sort()
    .map((name) => {
      const text = readFileSync(new URL(name, FOLDER), "utf8");
      return {
        path: `examples/${name}`,
        language: LANGUAGES[name.split(".").at(-1) ?? ""] ?? "",
        needs: /Needs ([^.\n]+(?:\.\d[^.\n]*)?)/.exec(text)?.[1] ?? "",
        text
      };
    });
}
