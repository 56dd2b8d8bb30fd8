/**
 * The slice of an OCDS 1.1 release that we rely on. Everything that enters the warehouse has passed this schema.
 *
 * Strict where a field is used, tolerant elsewhere: keys we do not name are dropped from the parsed value but stay in the
 * raw archive, so widening the slice later means parsing again, never fetching again.
 *
 * @see https://standard.open-contracting.org/1.1/en/schema/release/
 */
import {z} from "zod";

const TEXT_AT_MOST = 1_000_000;

/** Text that every later step can carry: no NUL, no half of a surrogate pair, and not a book. */
const Text = z
  .string()
  .max(TEXT_AT_MOST, `is longer than ${TEXT_AT_MOST.toLocaleString("en-GB")} characters`)
  .refine((text) => !text.includes("\0") && text.isWellFormed(), "holds a character no text may hold");

/** Identifiers inside a release are text by the standard, whole numbers in older files. */
const Id = z.union([Text, z.number().int()]).transform(String);

const ISO_DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** A date or a date and time; without an offset it is UK local time. */
const DateTime = z
  .string()
  .refine(
    (text) => ISO_DATE.test(text) && !Number.isNaN(Date.parse(text)),
    "is not a date such as 2024-04-30T10:00:00Z"
  );

/** Some publishers send an object with the keys "0", "1"… where the standard has an array. */
const list = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (isNumbered(value) ? Object.values(value) : value), z.array(item));

/** An object that is missing is an empty array where it was written by PHP. */
const unlessEmptyList = <T extends z.ZodType>(object: T) =>
  z.preprocess((value) => (Array.isArray(value) && value.length === 0 ? null : value), object);

function isNumbered(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => /^\d+$/.test(key));
}

const Amount = z.number().nonnegative().max(1e15, "is more money than there is");

/** Pounds, euros… exactly as published. Whether VAT is in it is rarely stated: `amountGross` exists only on newer notices. */
export const Value = z.object({
  amount: Amount.nullish(),
  amountGross: Amount.nullish(),
  currency: Text.nullish()
});

export const Period = z.object({
  startDate: DateTime.nullish(),
  endDate: DateTime.nullish(),
  maxExtentDate: DateTime.nullish()
});

const Classification = z.object({scheme: Text.nullish(), id: Id.nullish(), description: Text.nullish()});

const Address = z.object({
  streetAddress: Text.nullish(),
  locality: Text.nullish(),
  region: Text.nullish(),
  postalCode: Text.nullish(),
  countryName: Text.nullish()
});

const Item = z.object({
  classification: Classification.nullish(),
  additionalClassifications: list(Classification).nullish(),
  deliveryAddresses: list(Address).nullish()
});

const Document = z.object({documentType: Text.nullish(), noticeType: Text.nullish(), url: Text.nullish()});

const Organisation = z.object({id: Id.nullish(), name: Text.nullish()});

export const Party = z.object({
  id: Id.nullish(),
  name: Text.nullish(),
  roles: z.array(Text).nullish(),
  identifier: z.object({scheme: Text.nullish(), id: Id.nullish(), legalName: Text.nullish()}).nullish(),
  additionalIdentifiers: list(z.object({scheme: Text.nullish(), id: Id.nullish()})).nullish(),
  address: Address.nullish(),
  contactPoint: z.object({email: Text.nullish(), url: Text.nullish()}).nullish(),
  details: z.object({scale: Text.nullish(), vcse: z.boolean().nullish(), url: Text.nullish()}).nullish()
});

export const Award = z.object({
  id: Id,
  title: Text.nullish(),
  description: Text.nullish(),
  status: Text.nullish(),
  date: DateTime.nullish(),
  value: Value.nullish(),
  suppliers: list(Organisation).nullish(),
  contractPeriod: Period.nullish(),
  items: list(Item).nullish(),
  relatedLots: z.array(Id).nullish(),
  documents: list(Document).nullish()
});

/** Extensions and options as newer notices state them: a yes or no, and a description in words. */
const Options = {
  hasRenewal: z.boolean().nullish(),
  renewal: z.object({description: Text.nullish()}).nullish(),
  hasOptions: z.boolean().nullish(),
  options: z.object({description: Text.nullish()}).nullish()
};

const RelatedProcess = z.object({relationship: list(Text).nullish()});

export const Contract = z.object({
  id: Id,
  awardID: Id.nullish(),
  title: Text.nullish(),
  status: Text.nullish(),
  value: Value.nullish(),
  period: Period.nullish(),
  dateSigned: DateTime.nullish(),
  documents: list(Document).nullish(),
  relatedProcesses: list(RelatedProcess).nullish(),
  ...Options
});

const Lot = z.object({
  id: Id,
  title: Text.nullish(),
  value: Value.nullish(),
  contractPeriod: Period.nullish(),
  ...Options
});

const Tender = z.object({
  id: Id.nullish(),
  title: Text.nullish(),
  description: Text.nullish(),
  status: Text.nullish(),
  classification: Classification.nullish(),
  items: list(Item).nullish(),
  lots: list(Lot).nullish(),
  value: Value.nullish(),
  minValue: Value.nullish(),
  procurementMethod: Text.nullish(),
  procurementMethodDetails: Text.nullish(),
  legalBasis: z.object({scheme: Text.nullish(), id: Id.nullish()}).nullish(),
  techniques: z
    .object({hasFrameworkAgreement: z.boolean().nullish(), hasDynamicPurchasingSystem: z.boolean().nullish()})
    .nullish(),
  documents: list(Document).nullish()
});

export const Release = z.object({
  ocid: Text.min(1),
  id: Text.min(1),
  date: DateTime,
  tag: z.array(Text).default([]),
  buyer: unlessEmptyList(Organisation.nullish()),
  tender: Tender.nullish(),
  parties: list(Party).default([]),
  awards: list(Award).default([]),
  contracts: list(Contract).default([]),
  relatedProcesses: list(RelatedProcess).nullish(),
  links: list(z.object({rel: Text.nullish(), href: Text.nullish()})).nullish()
});

export type Release = z.infer<typeof Release>;

/** Where in a release the first fault lies and what it is: `awards[0].value.amount` and a sentence. */
export interface Fault {
  readonly path: string;
  readonly reason: string;
}

/** A release that passed the schema, or the reason why it did not. */
export function readRelease(body: unknown): {release: Release} | {fault: Fault} {
  const result = Release.safeParse(body);
  return result.success ? {release: result.data} : {fault: firstFault(result.error)};
}

function firstFault(error: z.ZodError): Fault {
  const [first, ...others] = error.issues;
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  return {path: jsonPath(first?.path ?? []), reason: `${first?.message ?? "does not fit the schema"}${more}`};
}

function jsonPath(path: readonly PropertyKey[]): string {
  return path.map((key, i) => (typeof key === "number" ? `[${key}]` : `${i === 0 ? "" : "."}${String(key)}`)).join("");
}

const KNOWN_KEYS = {
  "": "ocid id date tag buyer tender parties awards contracts language initiationType planning title description relatedProcesses links buyerID",
  tender:
    "id title description status classification additionalClassifications items lots value minValue procurementMethod procurementMethodDetails procurementMethodRationale legalBasis techniques documents datePublished tenderPeriod contractPeriod enquiryPeriod awardPeriod suitability mainProcurementCategory additionalProcurementCategories milestones amendments communication submissionMethod submissionMethodDetails submissionTerms selectionCriteria otherRequirements lotDetails procedure secondStage aboveThreshold specialRegime coveredBy competitive numberOfTenderers tenderers hasEnquiries awardCriteria awardCriteriaDetails eligibilityCriteria",
  "awards[]":
    "id title description status statusDetails date datePublished value suppliers contractPeriod items relatedLots relatedBids documents amendments mainProcurementCategory aboveThreshold milestones standstillPeriod",
  "contracts[]":
    "id awardID title description status value period dateSigned documents items amendments milestones implementation aboveThreshold relatedProcesses hasRenewal hasOptions options renewal",
  "parties[]": "id name roles identifier additionalIdentifiers address contactPoint details roleDetails"
} as const;

const KNOWN = new Map(Object.entries(KNOWN_KEYS).map(([where, keys]) => [where, new Set(keys.split(" "))]));

/** Keys that we have never looked at, as paths such as `tender.xClassifications`: a register that changes is noticed. */
export function unknownKeys(body: unknown): string[] {
  if (!isRecord(body)) return [];
  return [
    ...unknownAt("", body),
    ...(isRecord(body.tender) ? unknownAt("tender", body.tender) : []),
    ...["awards", "contracts", "parties"].flatMap((key) =>
      Array.isArray(body[key]) ? body[key].filter(isRecord).flatMap((item) => unknownAt(`${key}[]`, item)) : []
    )
  ];
}

function unknownAt(where: string, object: Record<string, unknown>): string[] {
  const known = KNOWN.get(where);
  return Object.keys(object)
    .filter((key) => !known?.has(key))
    .map((key) => (where === "" ? key : `${where}.${key}`));
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
