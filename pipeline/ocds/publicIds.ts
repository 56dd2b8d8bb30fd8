import {withoutPeople} from "./people.ts";
import {waysToReach} from "./personal.ts";
import type {Release} from "./release.ts";

const LONGEST = 300; // characters; the longest identifiers met are half as long
const PLAIN = /^[ -~]*$/; // registers have "IT-100-3537-P0871 - AWARD", and none has met us with other signs
const LIKE_A_NAME = /^(?:ocds-[a-z0-9]{6}-)?(?:[a-z][a-z'.-]* ){1,2}[a-z][a-z'-]*$/i; // two or three words and nothing else
const MOBILE = /(?<![\da-f])(?:0|44)7\d{3}[._/,-]?\d{3}[._/,-]?\d{3}(?!\d)/;
const BRACKETED = /[+(]0?\d{2,5}\)?[\d().-]{7}/; // "x-(0113)4960000"
const BETWEEN_WORDS = /[-_./:]+/g;

/** What most identifiers are, and what says nothing of anybody: a UUID, its award or lot, a short number, a notice's, a process of them. */
const USUAL =
  /^(?:ocds-[a-z0-9]{6}-)?(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?:-\d{1,6})?|[0-9a-f]{1,6}|\d{6}-20\d\d)$/i;

/** Whether an identifier may be published: it is plain text, and neither names nor leads to a person, even where a register means no such thing. */
export function isPublicId(id: string): boolean {
  if (USUAL.test(id)) return true;
  if (id.length > LONGEST || !PLAIN.test(id) || LIKE_A_NAME.test(id) || MOBILE.test(id) || BRACKETED.test(id))
    return false;
  if (/&(?:#|\w+;)/.test(id) || waysToReach(id).length > 0) return false;
  return !/[a-z]/i.test(id) || withoutPeople(id.replaceAll(BETWEEN_WORDS, " ")) === id.replaceAll(BETWEEN_WORDS, " ");
}

/** Whether a notice may be told by its identifier, of which addresses are made: digits alone may be anything, unless they are a mobile telephone's. */
export const isPublicNotice = (id: string): boolean => (/^[\d-]+$/.test(id) ? !MOBILE.test(id) : isPublicId(id));

/**
 * A release in which every identifier that may not be published is replaced by its place among them: "withheld-1". That says nothing, can be
 * undone by no list of guesses, and still leads from a contract to its award and lot, also in the next release about the same ones.
 */
export function withPublicIds(release: Release): Release {
  const lots = release.tender?.lots ?? [];
  const ids = [
    ...release.awards.flatMap(({id, relatedLots}) => [id, ...(relatedLots ?? [])]),
    ...release.contracts.flatMap(({id, awardID}) => [id, awardID]),
    ...lots.map(({id}) => id)
  ];
  const hidden = new Set(ids.filter((id): id is string => id != null && !isPublicId(id)));
  if (hidden.size === 0) return release;
  const places = new Map([...hidden].map((id, i) => [id, `withheld-${i + 1}`]));
  const shown = (id: string): string => places.get(id) ?? id;
  return {
    ...release,
    awards: release.awards.map((award) => ({
      ...award,
      id: shown(award.id),
      relatedLots: award.relatedLots?.map(shown)
    })),
    contracts: release.contracts.map((contract) => ({
      ...contract,
      id: shown(contract.id),
      awardID: contract.awardID == null ? contract.awardID : shown(contract.awardID)
    })),
    tender: release.tender && {
      ...release.tender,
      lots: release.tender.lots?.map((lot) => ({...lot, id: shown(lot.id)}))
    }
  };
}
