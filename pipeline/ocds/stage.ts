import {hash} from "node:crypto";
import {decode as decodeEntities} from "html-entities";
import {textMarks} from "./instrument.ts";
import {isStatedPerYear, statedAmounts, statedVat} from "./money.ts";
import {withoutPeople, withoutPeopleBeside} from "./people.ts";
import {withoutWaysToReach} from "./personal.ts";
import {isPublicId, isPublicNotice, withPublicIds} from "./publicIds.ts";
import {type Release, readRelease, unknownKeys} from "./release.ts";
import {singleSpaced} from "./singleSpaced.ts";
import {statedCoreMonths, statedExtension} from "./term.ts";

/** Raised by one whenever the rows below change for the same bytes: everything archived is then parsed again. */
export const PARSER_VERSION = "6";

type Cell = string | number | boolean | null | readonly string[] | readonly number[];
export type Row = Readonly<Record<string, Cell>>;

/** The rows of the staging tables that one file of releases becomes. Columns are named as in models/staging. */
export interface StagedFile {
  readonly releases: Row[];
  readonly awards: Row[];
  readonly contracts: Row[];
  readonly lots: Row[];
  readonly parties: Row[];
  readonly suppliers: Row[];
  readonly rejects: Row[];
  readonly drift: Row[];
}

type Party = Release["parties"][number];
type Award = Release["awards"][number];
type Value = NonNullable<Award["value"]>;
type Period = NonNullable<Award["contractPeriod"]>;

/**
 * Turns the release bodies of one raw file into typed rows. Nothing is judged here: what the publisher wrote, typed.
 *
 * Every body becomes either one row of `releases` or one row of `rejects`, so `bodies.length` is their sum.
 *
 * @param noticeUrl the register's rule from a release id to the notice's page
 */
export function stageReleases(
  bodies: readonly unknown[],
  file: {readonly register_id: string; readonly raw_sha256: string},
  noticeUrl: (releaseId: string) => string | null
): StagedFile {
  const staged: StagedFile = {
    releases: [],
    awards: [],
    contracts: [],
    lots: [],
    parties: [],
    suppliers: [],
    rejects: [],
    drift: []
  };
  const drift = new Map<string, number>();
  bodies.forEach((body, position) => {
    const digest = hashOf(body);
    const read = digest === null ? TOO_DEEP : readRelease(body);
    if ("fault" in read) staged.rejects.push({...file, position, ocid: ocidOf(body), ...read.fault});
    else stageRelease(staged, withPublicIds(read.release), {...file, position}, digest!, noticeUrl);
    for (const key of unknownKeys(body)) drift.set(key, (drift.get(key) ?? 0) + 1);
  });
  for (const [path, release_count] of drift) staged.drift.push({...file, path, release_count});
  return staged;
}

function ocidOf(body: unknown): string | null {
  const ocid = typeof body === "object" && body !== null && "ocid" in body ? body.ocid : null;
  return typeof ocid === "string" && isPublicId(ocid) ? ocid : null;
}

const TOO_DEEP = {fault: {path: "", reason: "nests deeper than can be followed"}} as const;

/** Null when the body nests deeper than can be followed. */
function hashOf(body: unknown): string | null {
  try {
    return hash("sha256", JSON.stringify(body));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

type Place = {readonly register_id: string; readonly raw_sha256: string; readonly position: number};

function stageRelease(
  staged: StagedFile,
  release: Release,
  place: Place,
  body_sha256: string,
  noticeUrl: (releaseId: string) => string | null
): void {
  const identity = {...place, ocid: release.ocid, release_id: release.id, released_at: release.date, body_sha256};
  const parties = new Map(release.parties.map((party) => [party.id ?? "", party]));
  const inProcess = {...place, ocid: release.ocid};
  const words = {title: title(release.tender?.title), description: plain(release.tender?.description)};
  staged.releases.push({...identity, tags: release.tag});
  const parts = awardParts(release);
  for (const {award, is_implied} of awardsOf(release)) {
    staged.awards.push({...identity, is_implied, ...awardRow(award, release, words, parts, noticeUrl)});
    (award.suppliers ?? []).forEach((supplier, i) => {
      staged.suppliers.push({
        ...inProcess,
        award_id: award.id,
        ...supplierRow(supplier, parties.get(supplier.id ?? ""), i + 1)
      });
    });
  }
  for (const contract of release.contracts) {
    staged.contracts.push({
      ...identity,
      ocds_contract_id: contract.id,
      award_id: contract.awardID ?? null,
      contract_status: contract.status ?? null,
      contract_title: title(contract.title),
      ...money(asAmended("value", contract.value, contract.amendments)),
      signed_at: contract.dateSigned ?? null,
      amended_at: lastAmended(contract.amendments),
      ...term(asAmended("period", contract.period, contract.amendments)),
      has_renewal: contract.hasRenewal ?? null
    });
  }
  for (const lot of release.tender?.lots ?? []) {
    const {value_amount, currency} = money(lot.value);
    staged.lots.push({...inProcess, lot_id: lot.id, lot_title: title(lot.title), value_amount, currency});
  }
  for (const party of release.parties) staged.parties.push({...inProcess, ...partyRow(party)});
}

interface NamedAward {
  readonly award: Award;
  readonly is_implied: boolean;
}

/**
 * The awards of a release, each under an id of its own: older notices give several lots' awards one id, of which the standard
 * would keep the last only. A change notice may carry a contract without its award, which then is an empty one.
 */
function awardsOf(release: Release): NamedAward[] {
  const times = new Map<string, number>();
  const own = distinct(release.awards).map((award) => {
    const nth = (times.get(award.id) ?? 0) + 1;
    times.set(award.id, nth);
    return {award: nth === 1 ? award : {...award, id: `${award.id}#${nth}`}, is_implied: false};
  });
  const implied = release.contracts.map(({id, awardID}) => awardID ?? id).filter((id) => !times.has(id));
  return [...own, ...[...new Set(implied)].map((id) => ({award: {id}, is_implied: true}))];
}

/** Awards without those that repeat another word for word. */
function distinct(awards: readonly Award[]): readonly Award[] {
  if (new Set(awards.map(({id}) => id)).size === awards.length) return awards;
  return [...new Map(awards.map((award) => [JSON.stringify(award), award])).values()];
}

type Amendment = NonNullable<Award["amendments"]>[number];

/** Instant of the last signed amendment; null when there is none or it is not dated. */
const lastAmended = (amendments: readonly Amendment[] | null | undefined): string | null =>
  (amendments ?? [])
    .flatMap(({date}) => date ?? [])
    .toSorted()
    .at(-1) ?? null;

/** What a notice states itself, else what the last of its signed amendments does: "the total value of the amended contract". */
function asAmended<K extends "value" | "period">(
  key: K,
  stated: Amendment[K],
  amendments: readonly Amendment[] | null | undefined
): Amendment[K] {
  const amended = (amendments ?? []).toSorted((a, b) => (a.date ?? "").localeCompare(b.date ?? ""));
  return [stated, ...amended.reverse().map((amendment) => amendment[key])].find(saysSomething) ?? null;
}

const saysSomething = (facts: object | null | undefined): boolean =>
  Object.entries(facts ?? {}).some(([key, value]) => key !== "currency" && value != null);

/** Title and description of the tender as a person reads them: the same for all its awards. */
interface TenderWords {
  readonly title: string | null;
  readonly description: string | null;
}

function awardRow(
  award: Award,
  release: Release,
  words: TenderWords,
  parts: AwardParts,
  noticeUrl: (releaseId: string) => string | null
) {
  const {tender} = release;
  const buyer = buyerOf(release);
  const cpv = mainClassification(award, tender);
  return {
    award_id: award.id,
    award_status: award.status ?? null,
    award_title: title(award.title),
    tender_title: words.title,
    tender_description: words.description,
    procurement_method: title(tender?.procurementMethod),
    procurement_method_details: title(tender?.procurementMethodDetails),
    legal_basis: tender?.legalBasis?.id ? `${tender.legalBasis.scheme ?? ""} ${tender.legalBasis.id}`.trim() : null,
    has_framework_agreement: tender?.techniques?.hasFrameworkAgreement ?? null,
    has_dynamic_purchasing_system: tender?.techniques?.hasDynamicPurchasingSystem ?? null,
    has_parent_framework: parts.hasParentFramework,
    notice_types: noticeTypes(award, release, parts),
    lot_count: tender?.lots?.length ?? null,
    canonical_ocid: canonicalOcid(release),
    ...money(asAmended("value", award.value, award.amendments)),
    tender_value_low: tender?.minValue?.amount == null ? null : String(tender.minValue.amount),
    tender_value_high: tender?.value?.amount == null ? null : String(tender.value.amount),
    ...statedInWords(award, words, parts),
    awarded_at: award.date ?? null,
    ...term(asAmended("period", award.contractPeriod, award.amendments)),
    supplier_count: award.suppliers?.length ?? 0,
    related_lots: award.relatedLots ?? [],
    cpv_code: cpv?.id?.slice(0, 8) ?? null,
    cpv_label: title(cpv?.description),
    delivery_places: deliveryPlaces(award, tender),
    buyer_party_id: buyer.id ?? null,
    buyer_name: bodyName(buyer.name),
    notice_url: publishedNoticeUrl(award) ?? noticeUrl(release.id)
  };
}

/** What the text says of extensions, VAT, years and the kind of agreement: facts found in words, nothing judged. */
function statedInWords(award: Award, words: TenderWords, parts: AwardParts) {
  const titles = [words.title, title(award.title)];
  const descriptions = [words.description, plain(award.description), ...optionTextsOf(award, parts)];
  const text = [...new Set([...titles, ...descriptions])].filter(Boolean).join(". ").slice(0, READ_AT_MOST);
  const amount = award.value?.amount ?? null;
  const period = {
    startsOn: award.contractPeriod?.startDate ?? null,
    endsOn: award.contractPeriod?.endDate ?? null
  };
  const extension = statedExtension(text, period);
  return {
    text_marks: textMarks(titles, descriptions),
    stated_extension_months: extension?.months ?? null,
    stated_extension_rule: extension?.rule ?? null,
    stated_core_months: extension ? statedCoreMonths(text) : null,
    stated_vat: statedVat(text, amount),
    is_stated_per_year: isStatedPerYear(text, amount),
    stated_amounts: statedAmounts(text).slice(0, AMOUNTS_KEPT).map(String)
  };
}

const READ_AT_MOST = 20_000; // characters of text, so that no notice can hold up a build
const AMOUNTS_KEPT = 12; // enough to compare with; a price list in a description is not kept whole

/** What of a release belongs to its awards: gathered once, for a release may have thousands of each. */
interface AwardParts {
  readonly contracts: ReadonlyMap<string, readonly Release["contracts"][number][]>; // by award
  readonly lots: readonly {readonly id: string; readonly texts: readonly string[]}[]; // with renewal or options in words
  readonly hasParentFramework: boolean;
}

function awardParts(release: Release): AwardParts {
  const contracts = new Map<string, Release["contracts"][number][]>();
  for (const contract of release.contracts) {
    if (contract.awardID == null) continue;
    const others = contracts.get(contract.awardID);
    if (others === undefined) contracts.set(contract.awardID, [contract]);
    else others.push(contract);
  }
  const lots = (release.tender?.lots ?? []).map((lot) => ({id: lot.id, texts: optionTexts(lot)}));
  return {
    contracts,
    lots: lots.filter(({texts}) => texts.length > 0),
    hasParentFramework: hasParentFramework(release)
  };
}

type Optional = Pick<Release["contracts"][number], "renewal" | "options">;

/** Renewal and options in words. */
const optionTexts = ({renewal, options}: Optional): string[] => [
  ...(renewal?.description ? [`Extension: ${plain(renewal.description)}`] : []),
  ...(options?.description ? [`Option: ${plain(options.description)}`] : [])
];

/** Renewal and options of the award's own contracts and lots, each text once, as much of them as is read. */
function optionTextsOf(award: Award, {contracts, lots}: AwardParts): string[] {
  const related = new Set(award.relatedLots ?? []);
  const own = related.size === 0 ? lots : lots.filter(({id}) => related.has(id));
  const texts = new Set<string>();
  let length = 0;
  for (const text of [...(contracts.get(award.id) ?? []).flatMap(optionTexts), ...own.flatMap((lot) => lot.texts)]) {
    if (length > READ_AT_MOST) break;
    if (!texts.has(text)) length += text.length;
    texts.add(text);
  }
  return [...texts];
}

/** A process that names a framework as related is bought from that framework. */
function hasParentFramework(release: Release): boolean {
  const related = [
    ...(release.relatedProcesses ?? []),
    ...release.contracts.flatMap((contract) => contract.relatedProcesses ?? [])
  ];
  return related.some(({relationship}) => relationship?.includes("framework"));
}

function noticeTypes(award: Award, release: Release, {contracts}: AwardParts): string[] {
  const documents = [
    ...(award.documents ?? []),
    ...(release.tender?.documents ?? []),
    ...(contracts.get(award.id) ?? []).flatMap((contract) => contract.documents ?? [])
  ];
  return [...new Set(documents.flatMap(({noticeType}) => noticeType ?? []))].sort();
}

/** The process in the register where the notice was first published, when this one only republishes it. */
function canonicalOcid(release: Release): string | null {
  const href = release.links?.find(({rel}) => rel === "canonical")?.href;
  return /[?&]id=(ocds-[\w-]+)/.exec(href ?? "")?.[1] ?? null;
}

/** The buyer by its own field, else the first party with that role. */
function buyerOf(release: Release): {
  readonly id?: string | null | undefined;
  readonly name?: string | null | undefined;
} {
  const party = release.parties.find(({roles}) => roles?.includes("buyer"));
  return release.buyer?.name ? release.buyer : (party ?? release.buyer ?? {});
}

/** The CPV code of the award's items, else the tender's own, else of its items: registers have kept it in all three places. */
function mainClassification(award: Award, tender: Release["tender"]) {
  const candidates = [
    ...(award.items ?? []).flatMap((item) => [item.classification, ...(item.additionalClassifications ?? [])]),
    tender?.classification,
    ...(tender?.items ?? []).flatMap((item) => [item.classification, ...(item.additionalClassifications ?? [])])
  ];
  return candidates.find(
    (candidate) => candidate?.scheme?.toUpperCase() === "CPV" && /^\d{8}/.test(candidate.id ?? "")
  );
}

function deliveryPlaces(award: Award, tender: Release["tender"]): string[] {
  const items = [...(award.items ?? []), ...(tender?.items ?? [])];
  const places = items
    .flatMap((item) => item.deliveryAddresses ?? [])
    .map((address) => address.region ?? address.countryName);
  return [...new Set(places.filter((place): place is string => Boolean(place)))].sort();
}

/** The notice's page as the register links it; only https addresses are ever kept, and none with words of somebody's in it. */
function publishedNoticeUrl(award: Award): string | null {
  const notice = award.documents?.find(
    ({documentType, url}) => documentType === "awardNotice" && url?.startsWith("https://")
  );
  return notice?.url && isPublicAddress(notice.url) ? notice.url : null;
}

/** Whether an address is made of identifiers alone: no name, space or way to reach somebody in its path and query, and nobody before its host. */
function isPublicAddress(address: string): boolean {
  if (!/^[!-[\]-~]+$/.test(address) || !URL.canParse(address)) return false;
  const {username, password, hash, pathname, search} = new URL(address);
  const parts = [...pathname.split("/"), ...search.slice(1).split(/[&=]/)].filter((part) => part !== "").map(decoded);
  return (
    username === "" &&
    password === "" &&
    hash === "" &&
    parts.every(isPublicNotice) &&
    parts.every((_, i) => isPublicNotice(parts.slice(i, i + 3).join("/")))
  );
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function supplierRow(
  supplier: {readonly id?: string | null | undefined; readonly name?: string | null | undefined},
  party: Party | undefined,
  number: number
) {
  const address = party?.address;
  const parts = [address?.streetAddress, address?.locality, address?.region, address?.postalCode];
  return {
    supplier_number: number,
    supplier_party_id: supplier.id ?? null,
    supplier_name: bodyName(supplier.name ?? party?.name),
    ...identifierOf(party),
    address: parts.filter(Boolean).join(", ") || null,
    postcode: address?.postalCode || null,
    country: address?.countryName || null,
    is_sme: party?.details?.scale ? party.details.scale === "sme" : null,
    is_vcse: party?.details?.vcse ?? null
  };
}

function partyRow(party: Party) {
  const isBuyer = party.roles?.includes("buyer") ?? false;
  return {
    party_id: party.id ?? null,
    party_name: bodyName(party.name),
    roles: party.roles ?? [],
    ...identifierOf(party),
    postcode: party.address?.postalCode || null,
    email_domain: isBuyer ? domainOf(party.contactPoint?.email) : null,
    website_domain: isBuyer ? hostOf(party.details?.url ?? party.contactPoint?.url) : null
  };
}

/** An official register's number before the platform's own (GB-PPON), which a party may have besides or instead. */
function identifierOf(party: Party | undefined) {
  const [, scheme, id] = /^(GB-(?:COH|CHC|SC|NIC|NHS|UKPRN|MPR|PPON))-(.+)$/.exec(party?.id ?? "") ?? [];
  const stated = [party?.identifier, ...(party?.additionalIdentifiers ?? []), {scheme, id}].filter(
    (identifier) => identifier?.scheme && identifier.id
  );
  const found = stated.find((identifier) => identifier?.scheme !== "GB-PPON") ?? stated[0];
  return {identifier_scheme: found?.scheme ?? null, identifier: found?.id ?? null};
}

function domainOf(email: string | null | undefined): string | null {
  return email?.split("@")[1]?.toLowerCase().trim() || null;
}

/** The host of a web address without "www."; publishers also write it without "https://". */
function hostOf(address: string | null | undefined): string | null {
  const written = address?.trim();
  if (!written) return null;
  const url = /^[a-z]+:\/\//i.test(written) ? written : `https://${written}`;
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, "") || null : null;
}

/** Amounts travel as text with the digits they were published with, so that no step turns them into floating point. */
function money(value: Value | null | undefined) {
  return {
    value_amount: value?.amount == null ? null : String(value.amount),
    value_amount_gross: value?.amountGross == null ? null : String(value.amountGross),
    currency: currencyOf(value)
  };
}

/** A currency's three letters as ISO 4217 has them; XXX, its own code for none, where something else is written. */
function currencyOf(value: Value | null | undefined): string | null {
  const written = plain(value?.currency)?.toUpperCase();
  return written === undefined ? null : /^[A-Z]{3}$/.test(written) ? written : "XXX";
}

function term(period: Period | null | undefined) {
  return {
    starts_at: period?.startDate ?? null,
    ends_at: period?.endDate ?? null,
    max_ends_at: period?.maxExtentDate ?? null
  };
}

/** A text that is published whole: as `plain`, and people who are named in it with a title or a label withheld. */
function title(text: string | null | undefined): string | null {
  const read = plain(text);
  return read === null ? null : withoutPeople(read);
}

/** The name of a body: as `plain`, and people who are named beside it withheld. */
function bodyName(text: string | null | undefined): string | null {
  const read = plain(text);
  return read === null ? null : withoutPeopleBeside(read);
}

/** Text as a person reads it: HTML entities decoded, white space collapsed, ways to reach a person withheld, what is endless cut off; null when nothing is left. */
function plain(text: string | null | undefined): string | null {
  if (!text) return null;
  const words = singleSpaced(text.includes("&") ? decodeEntities(text) : text).trim();
  const read = withoutWaysToReach(words.slice(0, 2 * READ_AT_MOST).replace(/[\ud800-\udbff]$/, "")); // what lies across the end of what is kept is still seen whole
  if (read.length <= READ_AT_MOST) return read || null;
  return `${read.slice(0, READ_AT_MOST - 2).replace(/[\ud800-\udbff]$/, "")} …`;
}
