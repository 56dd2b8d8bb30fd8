import type {BuyerReading} from "./buyerName.ts";
import {type PersonNames, supplierKind} from "./supplierName.ts";

/**
 * Whether a buyer's name may be a natural person's: farmers and others who spend a public grant buy under their own.
 *
 * Only where no rule and no review says what body it is, so that no public buyer is lost to a name that sounds like a person's.
 *
 * @param reading of the same name
 */
export function mayBePerson(name: string, reading: BuyerReading, names: PersonNames): boolean {
  const {kind, isReviewed, councils, candidates} = reading;
  const isNoPublicBody = kind === "other" || kind === "company"; // "Jane Example t/a Example Farm" trades as a company does
  const isUnknown = isNoPublicBody && !isReviewed && councils.length === 0 && candidates.length === 0;
  return isUnknown && supplierKind(name, false, names) === "person";
}
