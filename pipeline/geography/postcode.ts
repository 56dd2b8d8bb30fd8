/** A postcode found in free text, with what had to be mended. */
export interface FoundPostcode {
  readonly postcode: string; // "SW1A 1AA"
  readonly repairs: readonly string[]; // named rules, none when it stood there as it should
}

/** Whether a postcode sector ("SW1A 1") is one that exists. */
export type IsSector = (sector: string) => boolean;

/** "SW1A 1AA" -> "SW1A 1": all but the last two letters. */
export const sectorOf = (postcode: string): string => postcode.slice(0, -2);

// A outward code (A9, A99, AA9, AA99, A9A, AA9A) and an inward code (9AA) that never has C, I, K, M, O or V.
const SHAPES = ["A9", "A99", "AA9", "AA99", "A9A", "AA9A"];
const INWARD = /^[0-9][ABD-HJLNP-UW-Z]{2}$/;

// What the upper row of a British keyboard types for a digit when the shift key is held.
const SHIFTED: Readonly<Record<string, string>> = {
  "!": "1", '"': "2", "£": "3", $: "4", "%": "5", "^": "6", "&": "7", "*": "8", "(": "9", ")": "0"
}; // biome-ignore format: one row of a keyboard

const OUTWARD_LIKE = "[A-Z0-9]{2,4}";
const INWARD_LIKE = `[0-9OIL!"£$%^&*()][A-Z01]{2}`;

// In the order of trust: set apart from other words; glued to words by a lost line break; a space in the wrong place.
// Looked for at every word, because a word before a postcode and its first half look like one too: "Rd L11 1AA".
const APART = new RegExp(`(?<![A-Za-z0-9])(?=(${OUTWARD_LIKE})([\\s.-]*)(${INWARD_LIKE})(?![A-Za-z0-9]))`, "gi");
// "Unit B1 2nd Floor": a number in order, not the second half of a postcode.
const ORDINAL = /^(1st|2nd|3rd|[04-9]th)$/;
const GLUED = /(?<=[a-z]|[^A-Za-z0-9]|^)([A-Z]{1,2}[0-9][0-9A-Z]?)(\s*)([0-9][A-Z]{2})(?=[A-Z][a-z]|[^A-Za-z0-9]|$)/g;
const MOVED = [
  /(?<![A-Za-z0-9])([A-Z]{1,2}[0-9]{1,2})\s+([A-Z])\s?([0-9][A-Z]{2})(?![A-Za-z0-9])/gi, // EC3 N2LU
  /(?<![A-Za-z0-9])([A-Z]{1,2})\s+([0-9][0-9A-Z]?)\s*([0-9][A-Z]{2})(?![A-Za-z0-9])/g, // SE 1 8UG
  /(?<![A-Za-z0-9])([A-Z]{1,2}[0-9])\s([0-9])([0-9][A-Z]{2})(?![A-Za-z0-9])/gi, // CV3 44RL
  /(?<![A-Za-z0-9])([A-Z]{1,2}[0-9][0-9A-Z]?)()\s+([0-9]\s[A-Z]{2})(?![A-Za-z0-9])/g, // TW9 1 DL
  /(?<![A-Za-z0-9])([A-Z]{1,2}[0-9][0-9A-Z]?)()\s?[,/_]\s?([0-9][A-Z]{2})(?![A-Za-z0-9])/g // MK9/3EJ
];

const FIRST_OFFICE = /head office|registered (office|address)|main office/i;

/**
 * The postcode of the one who gave this address, when exactly one can be meant.
 *
 * Only slips that have a name are mended, and a mended code counts only when its sector exists: a missing or misplaced space,
 * lower case, the letters O and I for digits (and 0 for the letter O), a digit typed with the shift key, words glued on.
 * Two different postcodes: the one after "Head Office", else the last, where publishers put the structured address; none when
 * nothing but postcodes is there.
 *
 * @param address as published, entities decoded
 * @returns null when there is no whole postcode, or it is foreign, or two stand equally
 */
export function findPostcode(address: string, isSector: IsSector): FoundPostcode | null {
  const byTrust = [...apart(address, isSector), ...glued(address, isSector), ...moved(address, isSector)];
  const isFirst = (one: Found, i: number) => byTrust.findIndex((other) => isSamePlace(one, other)) === i;
  const found = byTrust.filter(isFirst).sort((a, b) => a.at - b.at);
  const different = new Map(found.map((one) => [one.postcode, one]));
  if (different.size <= 1) return different.values().next().value ?? null;
  const office = FIRST_OFFICE.exec(address);
  const first = office === null ? undefined : found.find(({at}) => at > office.index);
  if (first !== undefined) return first;
  const rest = found.reduce((text, {written}) => text.replace(written, " "), address);
  return /[A-Za-z]{3}/.test(rest) ? found[found.length - 1]! : null;
}

interface Found extends FoundPostcode {
  readonly at: number;
  readonly written: string;
}

const isSamePlace = (a: Found, b: Found) => a.postcode === b.postcode && Math.abs(a.at - b.at) < a.written.length;

function apart(address: string, isSector: IsSector): Found[] {
  return [...address.matchAll(APART)].flatMap((match) => {
    const [, outward, space, inward] = match as unknown as [string, string, string, string];
    if (ORDINAL.test(inward) && /[A-Z]/.test(outward)) return [];
    const written = outward + space + inward;
    const mended = mend(outward, inward, isSector);
    if (mended === null) return [];
    const spacing =
      space === " " ? [] : [space === "" ? "space-missing" : /^\s+$/.test(space) ? "space-too-wide" : "mark-for-space"];
    const isLower = /[a-z]/.test(outward + inward);
    return [
      {
        ...mended,
        repairs: [...mended.repairs, ...spacing, ...(isLower ? ["lower-case"] : [])],
        at: match.index,
        written
      }
    ];
  });
}

function glued(address: string, isSector: IsSector): Found[] {
  return [...address.matchAll(GLUED)].flatMap((match) => {
    const [written, outward, , inward] = match as unknown as [string, string, string, string];
    const mended = mend(outward, inward, isSector);
    return mended === null || !isSector(sectorOf(mended.postcode))
      ? []
      : [{...mended, repairs: ["glued-to-words"], at: match.index, written}];
  });
}

function moved(address: string, isSector: IsSector): Found[] {
  return MOVED.flatMap((pattern) => [...address.matchAll(pattern)]).flatMap((match) => {
    const [written, first, second, inward] = match as unknown as [string, string, string, string];
    const mended = mend(first + second, inward.replace(/\s/g, ""), isSector);
    if (mended === null || !isSector(sectorOf(mended.postcode))) return [];
    return [{...mended, repairs: [...mended.repairs, "space-misplaced"], at: match.index, written}];
  });
}

/** The postcode that two written parts are, mended by as few letters as possible. */
function mend(outward: string, inward: string, isSector: IsSector): FoundPostcode | null {
  const written = outward.toUpperCase();
  if (!/[0-9]/.test(outward + inward)) return null; // "Priory" is a word
  const shapes = SHAPES.filter(({length}) => length === written.length);
  const readings = shapes.flatMap((shape) => {
    const out = fit(written, shape);
    const end = fit(inward.toUpperCase(), "9AA");
    if (out === null || end === null || !INWARD.test(end.text)) return [];
    const repairs = [...new Set([...out.repairs, ...end.repairs])];
    const postcode = `${out.text} ${end.text}`;
    const exists = repairs.length > 0 ? isSector(sectorOf(postcode)) : isPlausible(postcode, isSector);
    return exists ? [{postcode, repairs}] : [];
  });
  return readings.sort((a, b) => a.repairs.length - b.repairs.length)[0] ?? null;
}

// Some postcodes, of large users and new estates, are in no table of places: well formed in a known area is enough for
// those, but EC1 to EC4, WC1, WC2, SW1 and W1 only exist with a letter after the digit, and no district starts with a zero.
function isPlausible(postcode: string, isSector: IsSector): boolean {
  if (isSector(sectorOf(postcode))) return true;
  const [, area, district] = /^([A-Z]{1,2})([0-9][0-9A-Z]?) /.exec(postcode) ?? [];
  if (area === undefined || !AREAS.has(area)) return false;
  return !/^(EC[0-9]|WC[0-9]|SW1|W1|[A-Z]{1,2}0[0-9])$/.test(area + district);
}

const AREAS = new Set(
  (
    "AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX " +
    "IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY " +
    "TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
  ).split(" ")
);

// The letters that end an outward code, where one does: never O, I or L, which stand for digits.
const LAST_LETTER: Readonly<Record<string, RegExp>> = {A9A: /[ABCDEFGHJKMNPRSTUVWXY]$/, AA9A: /[ABEHMNPRVWXY]$/};

function fit(text: string, shape: string): {text: string; repairs: string[]} | null {
  const repairs: string[] = [];
  let mended = "";
  for (const [i, wanted] of [...shape].entries()) {
    const read = wanted === "9" ? asDigit(text[i]!) : asLetter(text[i]!);
    if (read === null) return null;
    mended += read.character;
    if (read.repair !== null) repairs.push(read.repair);
  }
  return LAST_LETTER[shape]?.test(mended) === false ? null : {text: mended, repairs};
}

type Read = {readonly character: string; readonly repair: string | null} | null;

function asDigit(written: string): Read {
  if (/[0-9]/.test(written)) return {character: written, repair: null};
  if (written === "O") return {character: "0", repair: "letter-o-for-zero"};
  if (written === "I" || written === "L") return {character: "1", repair: "letter-i-for-one"};
  return written in SHIFTED ? {character: SHIFTED[written]!, repair: "shifted-digit"} : null;
}

function asLetter(written: string): Read {
  if (/[A-Z]/.test(written)) return {character: written, repair: null};
  if (written === "0") return {character: "O", repair: "zero-for-letter-o"};
  return written === "1" ? {character: "I", repair: "one-for-letter-i"} : null;
}
