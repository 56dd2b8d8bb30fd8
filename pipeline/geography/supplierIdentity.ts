import {companyNumber} from "./companyNumber.ts";
import {nameKey} from "./nameKey.ts";

/** An identifier in an official register of organisations. */
export interface OfficialIdentifier {
  readonly scheme: string; // org-id list code
  readonly identifier: string;
}

const COMPANIES = /^(GB-COH|COMPANIES[_ ]HOUSE|GB-COMPANIES-HOUSE|COH)$/i;
const CHARITIES: Readonly<Record<string, RegExp>> = {
  "GB-CHC": /^[0-9]{6,7}(-[0-9]+)?$/,
  "GB-SC": /^SC[0-9]{6}$/,
  "GB-NIC": /^(NIC)?[0-9]{6}$/
};

/**
 * The identifier in the form that its register uses, when it can be one; null for "n/a", names typed into the field and the
 * register's own party numbers, which only hold inside a notice.
 */
export function officialIdentifier(scheme: string | null, identifier: string | null): OfficialIdentifier | null {
  if (!scheme || !identifier) return null;
  if (COMPANIES.test(scheme)) {
    const number = companyNumber(identifier);
    return number === null ? null : {scheme: "GB-COH", identifier: number};
  }
  const charity = /^CHARITY/i.test(scheme) ? "GB-CHC" : scheme.toUpperCase();
  const text = identifier.toUpperCase().replace(/\s/g, "");
  if (charity in CHARITIES) return CHARITIES[charity]!.test(text) ? {scheme: charity, identifier: text} : null;
  if (/^GB-PPON$/i.test(scheme))
    return /^P[A-Z]{3}-[0-9]{4}-[A-Z]{4}$/.test(text) ? {scheme: "GB-PPON", identifier: text} : null;
  if (/^GB-(LAE|LAS|LANI|PLA|GOR|NHS|UKPRN)$/i.test(scheme)) return {scheme: scheme.toUpperCase(), identifier: text};
  return null;
}

/** Whether an identifier is of an organisation for certain: the platform's own numbers (GB-PPON) are given to people too. */
export const isOfOrganisation = (official: OfficialIdentifier | null): boolean =>
  official !== null && official.scheme !== "GB-PPON";

const LEGAL_FORM =
  /( (limited|ltd|plc|llp|lp|cic|c i c|inc|incorporated|company|co|uk|u k|gb|cyf|cyfyngedig|lot [0-9a-z]+))+$/;

/**
 * The key by which two spellings of an organisation's name are one: legal form, country, lot and trading name dropped.
 *
 * Conservative: words are never reordered, cut or guessed, because joining two firms is worse than counting one twice.
 */
export function supplierKey(name: string): string {
  const withoutLot = name.replace(/\((lot|lots)\b[^)]*\)/gi, " ").replace(/[’']s\b/gi, "s");
  const key = nameKey(withoutLot).split(/ (?:t a|trading as) /)[0]!;
  return key.replace(LEGAL_FORM, "") || key;
}
