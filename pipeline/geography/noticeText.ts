import {type BuyerWorld, bodyKey} from "./buyerName.ts";
import {initialsOf, titlesIn} from "./councilNames.ts";
import {plainWords} from "./nameKey.ts";

/** Councils that the words of a notice point to: evidence for who buys behind a portal's name, never enough alone. */
export interface TextReading {
  readonly named: readonly string[]; // codes of councils whose full title stands in the title or description
  readonly namedInTitle: readonly string[]; // those in the title: it says for whom, so nobody else can be meant
  readonly initials: readonly string[]; // letters in the title that may stand for a council: "wscc", "cov"
  readonly saysJoint: boolean; // the title says that several boroughs or councils buy together
  readonly namesAnotherBody: boolean; // the title names a body that a person has listed as no council
}

const JOINT =
  /\b(bi|tri|two|three|multi)[\s-]?(borough|council|authority)\b|\bjoint (procurement|commissioning|tender)\b/i;

/** @param title of the notice @param description of the notice, may be empty */
export function readNoticeText(title: string, description: string, world: BuyerWorld): TextReading {
  const words = plainWords(title).split(" ");
  const all = [...words, ...plainWords(description).split(" ")];
  return {
    namedInTitle: [...new Set(titlesIn(words, world.index).map(({gss}) => gss))].sort(),
    named: [...new Set(titlesIn(all, world.index).map(({gss}) => gss))].sort(),
    initials: [
      ...new Set((title.match(/(?<![A-Za-z])[A-Z]{2,6}(?![A-Za-z])/g) ?? []).map((letters) => letters.toLowerCase()))
    ].sort(),
    saysJoint: JOINT.test(title),
    namesAnotherBody: namesAnotherBody(words, world)
  };
}

const LONGEST_BODY = 6; // words

function namesAnotherBody(words: readonly string[], {reviewed}: BuyerWorld): boolean {
  for (let start = 0; start < words.length; start += 1)
    for (let end = start + 2; end <= Math.min(words.length, start + LONGEST_BODY); end += 1) {
      const body = reviewed.get(bodyKey(words.slice(start, end).join(" ")));
      if (body !== undefined && body.kind !== "council" && body.kind !== "portal-or-agent") return true;
    }
  return false;
}

/** Letters that may stand for a council in a title: its initials, and the first three of its short name. */
export function lettersFor(officialName: string, shortName: string): string[] {
  const short = plainWords(shortName).replaceAll(" ", "");
  return [...new Set([initialsOf(officialName), short.slice(0, 3)])].filter(({length}) => length >= 2);
}
