/** By postcode district: its number of sectors, then each council in it with the sectors of which it holds most; most first. */
export type DistrictCouncils = Readonly<
  Record<string, readonly [sectors: number, ...councils: (readonly [gss: string, most: number])[]]>
>;

const DISTRICT = "[A-Z]{1,2}[0-9][A-Z0-9]?";
const TYPED = [
  new RegExp(`^(${DISTRICT})$`),
  new RegExp(`^(${DISTRICT}) ?[0-9][A-Z]{2}$`), // a whole postcode, with or without its space
  new RegExp(`^(${DISTRICT}) [0-9][A-Z]?$`) // one that is still being typed
];

/** The postcode district that somebody has typed, alone or as the beginning of a postcode: "LS1", "ls1 4ap", "SW1A1AA". */
export function districtTyped(words: string): string | null {
  const typed = words.trim().toUpperCase().replaceAll(/\s+/g, " ");
  return TYPED.flatMap((form) => form.exec(typed)?.[1] ?? [])[0] ?? null;
}

/** Where a district lies, in a sentence: one council only where it is one, else every candidate and how much of it. */
export function districtSentence(
  district: string,
  councils: DistrictCouncils[string] | undefined,
  nameOf: (gss: string) => string
): string {
  if (councils === undefined) return `${district} is in no table of postcodes at hand.`;
  const [sectors, ...held] = councils;
  const [first] = held;
  if (first === undefined) return `${district} is in no table of postcodes at hand.`;
  if (held.length === 1) return `Postcodes ${district} lie in the area of ${nameOf(first[0])}.`;
  const parts = held.map(([gss, most]) =>
    most === 0 ? `${nameOf(gss)} part of some` : `${nameOf(gss)} most of ${most}`
  );
  return `Postcodes ${district} lie in ${held.length} areas, and the district alone does not say in which. Of its ${sectors} ${sectors === 1 ? "sector" : "sectors"}: ${parts.join(", ")}.`;
}
