import {companyNumber} from "./companyNumber.ts";
import {nameKey} from "./nameKey.ts";

/** An identifier in an official register of organisations. */
export interface OfficialIdentifier {
  readonly scheme: string; // org-id list code
  readonly identifier: string;
}

const COMPANIES = /^(GB-COH|COMPANIES[_ ]HOUSE|GB-COMPANIES-HOUSE|COH)$/i;
/** Registers of charities: what the number may look like as published, and how the register itself writes it. */
const CHARITIES: Readonly<Record<string, {readonly looks: RegExp; readonly write: (digits: string) => string}>> = {
  "GB-CHC": {looks: /^0?([1-9][0-9]{5,6}(?:-[0-9]+)?)$/, write: (digits) => digits},
  "GB-SC": {looks: /^(?:SC)?([0-9]{5,6})$/, write: (digits) => `SC${digits.padStart(6, "0")}`},
  "GB-NIC": {looks: /^(?:NIC)?([0-9]{6})$/, write: (digits) => `NIC${digits}`}
};

/** What numbers of other registers of organisations look like: what looks otherwise was typed into the field, and may be anybody's. */
const COUNCIL_CODE = /^(?:[A-Z]{2,5}|[EWSN]\d{8})$/;
const OTHERS: Readonly<Record<string, RegExp>> = {
  "GB-LAE": COUNCIL_CODE,
  "GB-LAS": COUNCIL_CODE,
  "GB-LANI": COUNCIL_CODE,
  "GB-PLA": COUNCIL_CODE,
  "GB-GOR": /^[A-Z]{1,3}\d{1,5}$/,
  "GB-NHS": /^[A-Z0-9]{3,6}$/,
  "GB-UKPRN": /^[1-9]\d{7}$/,
  "GB-MPR": /^(?:RS\d{6}|(?:IP|SP|NP|AC|IC)\d{5}[A-Z]{1,2}|\d{1,5}[A-Z]{0,2})$/
};

/**
 * The identifier in the form that its register uses, when it can be one; null for "n/a", names typed into the field and the
 * register's own party numbers, which only hold inside a notice.
 */
export function officialIdentifier(scheme: string | null, identifier: string | null): OfficialIdentifier | null {
  if (!scheme || !identifier) return null;
  const code = /^CHARITY/i.test(scheme) ? "GB-CHC" : scheme.toUpperCase();
  const text = identifier.toUpperCase().replace(/\s/g, "").replace(`${code}-`, "");
  if (COMPANIES.test(scheme)) {
    const number = companyNumber(text);
    return number === null ? null : {scheme: "GB-COH", identifier: number};
  }
  if (code in CHARITIES) {
    const {looks, write} = CHARITIES[code]!;
    const digits = looks.exec(text)?.[1];
    return digits === undefined ? null : {scheme: code, identifier: write(digits)};
  }
  if (code === "GB-PPON")
    return /^P[A-Z]{3}-[0-9]{4}-[A-Z]{4}$/.test(text) ? {scheme: "GB-PPON", identifier: text} : null;
  return OTHERS[code]?.test(text) ? {scheme: code, identifier: text} : null;
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
