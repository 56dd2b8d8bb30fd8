/** What publishers write where a number is missing, in words; the symbol itself stays beside it. */
const MEANINGS: Readonly<Record<string, string>> = {
  c: "withheld by the publisher to protect confidentiality",
  u: "the publisher calls it unreliable",
  x: "not available, says the publisher",
  z: "does not apply, says the publisher",
  "-": "the publisher gives a dash, for any reason",
  ":": "not available, says the publisher",
  "..": "not available, says the publisher",
  "[x]": "not available, says the publisher",
  "[c]": "withheld by the publisher to protect confidentiality",
  "[z]": "does not apply, says the publisher",
  empty: "the cell is empty in the publisher’s file"
};

/** Why there is no number, as a reader needs it: never a zero, never a blank. */
export function missingInWords(reason: string | null): string {
  if (reason === null) return "no reason is given";
  const meaning = MEANINGS[reason.toLowerCase()];
  return meaning === undefined ? reason : `${meaning} (“${reason}”)`;
}
