import {waysToReach} from "../ocds/personal.ts";
import {isPacked, packedTexts} from "./packed.ts";

/** Files whose words a reader can see. */
const IN_WORDS = /\.(html|csv|json|xml|txt|svg|md|cff)$/;

/** Addresses that belong to nobody: the ones that instructions show. */
const NOBODYS = /@(?:[\w.-]+\.)?(?:example|invalid|test|localhost|example\.(?:org|com|net))$/;

/**
 * What in a file of the built site would let a reader reach a person: e-mail addresses and telephone numbers. None may be published; a
 * public body's own are no exception, for a table cannot tell them apart. Parquet, DuckDB and zip files are looked into.
 *
 * @param file path from the site's root
 * @param path where it is on the disk
 */
export async function personalFindings(file: string, path: string, text: () => string): Promise<string[]> {
  const found = new Set<string>();
  if (IN_WORDS.test(file)) addWays(found, text());
  if (isPacked(file)) for await (const words of packedTexts(path)) addWays(found, words);
  return [...found].slice(0, 3).map((way) => `${masked(way)} is a way to reach a person`);
}

function addWays(found: Set<string>, text: string): void {
  for (const way of waysToReach(text)) if (!NOBODYS.test(way)) found.add(way);
}

/** The finding itself must not repeat in a log what may not be published. */
const masked = (way: string): string => `${way.slice(0, 3)}…${way.slice(-3)}`;
