import {waysToReach} from "../ocds/personal.ts";

/** Files whose words a reader can see; what is packed (Parquet, DuckDB) holds the same rows as the CSV beside it. */
const IN_WORDS = /\.(html|csv|json|xml|txt|svg|md|cff)$/;

/** Addresses that belong to nobody: the ones that instructions show. */
const NOBODYS = /@(?:[\w.-]+\.)?(?:example|invalid|test|localhost|example\.(?:org|com|net))$/;

/**
 * What in a file of the built site would let a reader reach a person: e-mail addresses and telephone numbers. None may be published; a
 * public body's own are no exception, for a table cannot tell them apart.
 *
 * @param file path from the site's root
 */
export function personalFindings(file: string, text: () => string): string[] {
  if (!IN_WORDS.test(file)) return [];
  const found = [...new Set(waysToReach(text()).filter((way) => !NOBODYS.test(way)))];
  return found.slice(0, 3).map((way) => `${masked(way)} is a way to reach a person`);
}

/** The finding itself must not repeat in a log what may not be published. */
const masked = (way: string): string => `${way.slice(0, 3)}…${way.slice(-3)}`;
