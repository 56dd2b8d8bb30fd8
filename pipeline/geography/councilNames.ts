import {nameKey} from "./nameKey.ts";

/** One row of `council_names.csv`: a name that points to exactly one council. */
export interface CouncilName {
  readonly gss: string;
  readonly name: string;
  readonly kind?: string; // "official" for the name that the council itself uses
}

/** A stretch of words that is a council's name. */
export interface NameFound {
  readonly start: number; // index of its first word
  readonly end: number; // index after its last word
  readonly gss: string;
}

/** The names of councils, ready to be looked for in other text. */
export interface CouncilIndex {
  readonly byKey: ReadonlyMap<string, string>; // every name, as `nameKey` writes it
  readonly titles: ReadonlyMap<string, string>; // the names among them that say they are a council's
  readonly shared: ReadonlyMap<string, readonly string[]>; // names that several councils answer to
  readonly longest: number; // words in the longest name
  readonly initials: ReadonlyMap<string, ReadonlySet<string>>; // letters -> the councils that have a full title with them
}

// Words that only a council's own name has in full. "City of X" and "Borough of X" are not enough: colleges and schools
// are called so too.
const TITLE =
  /(^| )(council|councils|cyngor|comhairle|corporation|(london|royal|metropolitan|county) borough|metropolitan district|mbc|mdc|cbc|lbc|rbc|lb|unitary authority)( |$)| (bc|dc|cc|ua)$/;

/** @param shared names that several councils have, one row per council */
export function councilIndex(names: readonly CouncilName[], shared: readonly CouncilName[] = []): CouncilIndex {
  const byKey = new Map(names.map(({gss, name}) => [nameKey(name), gss]));
  const official = new Set(names.filter(({kind}) => kind === "official").map(({name}) => nameKey(name))); // "City of Westminster"
  const letters = new Set(names.filter(({name}) => /^[A-Z&]{4,}$/.test(name)).map(({name}) => nameKey(name))); // "RBKC"
  // Names of councils of before 2009 and 2015 are read only when nothing stands beside them: they are part of later names.
  const former = new Set(names.filter(({kind}) => kind === "former").map(({name}) => nameKey(name))); // "Omagh DC"
  const titles = new Map(
    [...byKey].filter(([key]) => !former.has(key) && (isTitle(key) || official.has(key) || letters.has(key)))
  );
  const claims = new Map<string, string[]>();
  for (const {gss, name} of shared) claims.set(nameKey(name), [...(claims.get(nameKey(name)) ?? []), gss]);
  return {
    byKey,
    titles,
    shared: claims,
    initials: initialsOfTitles(titles),
    longest: Math.max(1, ...[...byKey.keys()].map((key) => key.split(" ").length))
  };
}

/** "dmbc" -> Doncaster and Dudley: every title counts, since people write the letters of a title that is official no more. */
function initialsOfTitles(titles: ReadonlyMap<string, string>): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const [title, gss] of titles) {
    if (!/ council$|^borough council of /.test(title)) continue;
    const letters = initialsOf(title);
    found.set(letters, (found.get(letters) ?? new Set()).add(gss));
  }
  return found;
}

export const isTitle = (key: string): boolean => TITLE.test(key);

/** Every council title in a list of words, from the left, the longest first, without overlap. */
export function titlesIn(words: readonly string[], index: CouncilIndex): NameFound[] {
  return namesIn(words, index.titles, index.longest);
}

/** The same for all names, bare places included. */
export function anyNamesIn(words: readonly string[], index: CouncilIndex): NameFound[] {
  return namesIn(words, index.byKey, index.longest);
}

function namesIn(words: readonly string[], names: ReadonlyMap<string, string>, longest: number): NameFound[] {
  const found: NameFound[] = [];
  for (let start = 0; start < words.length; start += 1) {
    const end = longestEnd(words, start, names, longest);
    if (end === null) continue;
    found.push({start, end, gss: names.get(words.slice(start, end).join(" "))!});
    start = end - 1;
  }
  return found;
}

function longestEnd(
  words: readonly string[],
  start: number,
  names: ReadonlyMap<string, string>,
  longest: number
): number | null {
  for (let end = Math.min(words.length, start + longest); end > start; end -= 1)
    if (names.has(words.slice(start, end).join(" "))) return end;
  return null;
}

/**
 * The initials that stand for a council in titles of notices: "West Sussex County Council" -> "wscc".
 *
 * Never evidence alone: HCC is Hampshire, Hertfordshire and Hull.
 */
export function initialsOf(name: string): string {
  return nameKey(name)
    .split(" ")
    .filter((word) => !["of", "and", "the", "upon", "on", "in", "s"].includes(word))
    .map((word) => word[0])
    .join("");
}
