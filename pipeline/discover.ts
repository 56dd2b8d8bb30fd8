import {readdirSync, readFileSync} from "node:fs";
import type {Hypothesis} from "./hypotheses/hypothesis.ts";
import type {Publication} from "./indicators/indicator.ts";
import type {Reference} from "./references/reference.ts";
import type {Register} from "./registers/register.ts";

// A definition is one file, its name is its id, and nothing lists it: adding the file is all there is to do.

export const registers = (): Promise<Register[]> => definitions<Register>("registers", "register.ts");
export const register = (id: string): Promise<Register> => definition<Register>("registers", `${id}.ts`);
export const publications = (): Promise<Publication[]> => definitions<Publication>("indicators", "indicator.ts");
export const hypotheses = (): Promise<Hypothesis[]> => definitions<Hypothesis>("hypotheses", ...NO_CLAIMS);

const NO_CLAIMS = ["hypothesis.ts", "shared.ts"]; // the interface, and what several claims state alike

/** The words of every file of the plan, by claim: what is hashed, so that a rule changed after the outcome was seen shows. */
export function planFiles(): Map<string, string> {
  return new Map(
    [...definitionFiles("hypotheses", NO_CLAIMS), "shared.ts"].map((file) => [
      file.replace(/\.ts$/, ""),
      readFileSync(new URL(`./hypotheses/${file}`, import.meta.url), "utf8")
    ])
  );
}

/** Tables of facts that a publisher's file makes; the folder also holds builders of tables that have no file of their own. */
export async function references(): Promise<Reference[]> {
  const files = readdirSync(new URL("./references/", import.meta.url)).filter(
    (file) => file.endsWith(".ts") && file !== "reference.ts"
  );
  const modules = await Promise.all(
    files.sort().map(async (file) => (await import(/* @vite-ignore */ `./references/${file}`)) as {default?: Reference})
  );
  return modules.flatMap((module) => module.default ?? []);
}

async function definitions<T extends {readonly id: string}>(folder: string, ...noDefinitions: string[]): Promise<T[]> {
  return Promise.all(definitionFiles(folder, noDefinitions).map((file) => definition<T>(folder, file)));
}

const definitionFiles = (folder: string, noDefinitions: readonly string[]): string[] =>
  readdirSync(new URL(`./${folder}/`, import.meta.url))
    .filter((file) => file.endsWith(".ts") && !noDefinitions.includes(file))
    .sort();

async function definition<T extends {readonly id: string}>(folder: string, file: string): Promise<T> {
  const module = (await import(/* @vite-ignore */ `./${folder}/${file}`)) as {default?: T};
  const expected = file.replace(/\.ts$/, "");
  if (module.default?.id !== expected)
    throw new Error(`pipeline/${folder}/${file} must export a default definition whose id is "${expected}"`);
  return module.default;
}
