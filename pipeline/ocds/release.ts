/**
 * The slice of an OCDS 1.1 release that we rely on. Everything that enters the warehouse has passed this schema.
 *
 * Strict where a field is used, tolerant elsewhere: keys we do not name are dropped from the parsed value but stay in the
 * raw archive, so widening the slice later means parsing again, never fetching again.
 *
 * @see https://standard.open-contracting.org/1.1/en/schema/release/
 */
import {z} from "zod";
import {isPublicId, isPublicNotice} from "./publicIds.ts";
import {MISFIT, quickReader} from "./quickReader.ts";

const TEXT_AT_MOST = 1_000_000;

/** Text that every later step can carry: no NUL, no half of a surrogate pair, and not a book. */
const Text = z
  .string()
  .max(TEXT_AT_MOST, `is longer than ${TEXT_AT_MOST.toLocaleString("en-GB")} characters`)
  .refine((text) => !text.includes("\0") && text.isWellFormed(), "holds a character no text may hold");

/** Identifiers inside a release are text by the standard, whole numbers in older files. */
const Id = z.union([Text, z.number().int()]).transform(String);

/** Identifiers that addresses and citations are made of are not replaced as others are (publicIds.ts): the register has to mend them. */
const NOT_PUBLIC = "is no plain text, or may name or lead to a person, and may not be published";

const DAY = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const TIME = String.raw`(?:(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?|24:00(?::00(?:\.0+)?)?)`;
const OFFSET = String.raw`(?:Z|[+-](?:0\d|1[0-4]):?[0-5]\d)`;
const ISO_DATE = new RegExp(`^${DAY}(?:T${TIME}${OFFSET}?)?$`);
const SECONDS_LEFT_OUT = /^(.{10}T\d\d:\d\d)(?!:)/;

/** Whether the day is in the calendar: the 30th of February is one that JavaScript reads as the 1st of March, and the database as none. */
function isOnCalendar(text: string): boolean {
  const day = Number(text.slice(8, 10));
  if (day <= 28) return true;
  return day <= new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate();
}

/**
 * A date or a date and time; without an offset it is UK local time. Whatever passes, the database casts: one release that it could not
 * would stop all that are read with it.
 */
const DateTime = z
  .string()
  .refine((text) => ISO_DATE.test(text) && isOnCalendar(text), "is not a date such as 2024-04-30T10:00:00Z")
  .transform((text) => text.replace(SECONDS_LEFT_OUT, "$1:00"));

/**
 * An array, in every shape that registers have given it: an object with the keys "0", "1"…, an empty object for an empty one,
 * and its only member without the array around it.
 */
const list = <T extends z.ZodType>(item: T) => z.preprocess(asArray, z.array(item));

function asArray(value: unknown): unknown {
  if (isNumbered(value)) return Object.values(value);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.keys(value).length === 0 ? [] : [value];
}

/** An array that is empty when it is missing or null. */
const listOrNone = <T extends z.ZodType>(item: T) =>
  list(item)
    .nullish()
    .transform((items) => items ?? []);

/** An array of words, of which older files write a single one as plain text. */
const words = z.preprocess((value) => (typeof value === "string" ? [value] : value), list(Text));

/** An object that is missing is an empty array where it was written by PHP. */
const optional = <T extends z.ZodType>(object: T) =>
  z.preprocess((value) => (Array.isArray(value) && value.length === 0 ? null : value), object.nullish());

function isNumbered(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => /^\d+$/.test(key));
}

/** Ten million million, several times all the pounds there are. Sixty such years, in any currency, still fit where pounds are kept. */
const Amount = z.number().nonnegative().max(1e13, "is more money than there is");

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
  classification: optional(Classification),
  additionalClassifications: list(Classification).nullish(),
  deliveryAddresses: list(Address).nullish()
});

const Document = z.object({documentType: Text.nullish(), noticeType: Text.nullish(), url: Text.nullish()});

/** A change that was signed: value and period are those of the amended contract (UK extension of the standard). */
const Amendment = z.object({date: DateTime.nullish(), value: optional(Value), period: optional(Period)});

const Organisation = z.object({id: Id.nullish(), name: Text.nullish()});

export const Party = z.object({
  id: Id.nullish(),
  name: Text.nullish(),
  roles: words.nullish(),
  identifier: optional(z.object({scheme: Text.nullish(), id: Id.nullish(), legalName: Text.nullish()})),
  additionalIdentifiers: list(z.object({scheme: Text.nullish(), id: Id.nullish()})).nullish(),
  address: optional(Address),
  contactPoint: optional(z.object({email: Text.nullish(), url: Text.nullish()})),
  details: optional(z.object({scale: Text.nullish(), vcse: z.boolean().nullish(), url: Text.nullish()}))
});

export const Award = z.object({
  id: Id,
  title: Text.nullish(),
  description: Text.nullish(),
  status: Text.nullish(),
  date: DateTime.nullish(),
  value: optional(Value),
  suppliers: list(Organisation).nullish(),
  contractPeriod: optional(Period),
  items: list(Item).nullish(),
  relatedLots: list(Id).nullish(),
  documents: list(Document).nullish(),
  amendments: list(Amendment).nullish()
});

/** Extensions and options as newer notices state them: a yes or no, and a description in words. */
const Options = {
  hasRenewal: z.boolean().nullish(),
  renewal: optional(z.object({description: Text.nullish()})),
  hasOptions: z.boolean().nullish(),
  options: optional(z.object({description: Text.nullish()}))
};

const RelatedProcess = z.object({relationship: words.nullish()});

export const Contract = z.object({
  id: Id,
  awardID: Id.nullish(),
  title: Text.nullish(),
  status: Text.nullish(),
  value: optional(Value),
  period: optional(Period),
  dateSigned: DateTime.nullish(),
  documents: list(Document).nullish(),
  relatedProcesses: list(RelatedProcess).nullish(),
  amendments: list(Amendment).nullish(),
  ...Options
});

const Lot = z.object({
  id: Id,
  title: Text.nullish(),
  value: optional(Value),
  contractPeriod: optional(Period),
  ...Options
});

const Tender = z.object({
  id: Id.nullish(),
  title: Text.nullish(),
  description: Text.nullish(),
  status: Text.nullish(),
  classification: optional(Classification),
  items: list(Item).nullish(),
  lots: list(Lot).nullish(),
  value: optional(Value),
  minValue: optional(Value),
  procurementMethod: Text.nullish(),
  procurementMethodDetails: Text.nullish(),
  legalBasis: optional(z.object({scheme: Text.nullish(), id: Id.nullish()})),
  techniques: optional(
    z.object({hasFrameworkAgreement: z.boolean().nullish(), hasDynamicPurchasingSystem: z.boolean().nullish()})
  ),
  documents: list(Document).nullish()
});

export const Release = z.object({
  ocid: Text.min(1).refine(isPublicId, NOT_PUBLIC),
  id: z
    .union([Text.min(1), z.number().int()])
    .transform(String)
    .refine(isPublicNotice, NOT_PUBLIC),
  date: DateTime,
  tag: words.nullish().transform((tags) => tags ?? []),
  buyer: optional(Organisation),
  tender: optional(Tender),
  parties: listOrNone(Party),
  awards: listOrNone(Award),
  contracts: listOrNone(Contract),
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
  const quick = readQuickly(body);
  if (quick !== MISFIT) return {release: quick};
  const result = Release.safeParse(body);
  return result.success ? {release: result.data} : {fault: firstFault(result.error)};
}

const readQuickly = quickReader(Release);

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
