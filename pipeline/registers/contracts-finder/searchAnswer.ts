import {LayoutError} from "../../formats/layoutError.ts";
import type {Recognised} from "../../formats/recognise.ts";

// Version 2 of the older interface: `POST api/rest/2/search_notices/json`, twenty notices a page, suppliers as one name.

type Item = Readonly<Record<string, unknown>>;

/** Reads an answer of the older search as releases; null when the file is none. */
export function searchAnswer(file: Recognised): unknown[] | null {
  if (file.format !== "json" || !view(file.bytes).includes('"noticeList"')) return null;
  const answer = parsed(file.bytes);
  if (!isRecord(answer) || !Array.isArray(answer.noticeList)) return null;
  return answer.noticeList.map((entry: unknown, i) => releaseOf(itemOf(entry, i)));
}

const view = ({buffer, byteOffset, length}: Uint8Array): Buffer => Buffer.from(buffer, byteOffset, length);

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", {fatal: true}).decode(bytes));
  } catch (error) {
    throw new LayoutError(`the search answer is damaged: ${(error as Error).message}`);
  }
}

function itemOf(entry: unknown, i: number): Item {
  const item = isRecord(entry) ? entry.item : undefined;
  if (!isRecord(item) || typeof item.id !== "string") throw new LayoutError(`noticeList[${i}] has no item with an id`);
  return item;
}

function releaseOf(item: Item): Record<string, unknown> {
  const isAwarded = item.noticeStatus === "Awarded";
  const supplier = text(item.awardedSupplier);
  return {
    ocid: `contracts-finder-notice-${item.id}`, // the process identifier is not in the answer, and is not the notice's
    id: item.id,
    date: item.publishedDate,
    tag: [isAwarded ? "award" : item.noticeType === "Contract" ? "tender" : "planning"],
    buyer: {id: "buyer", name: item.organisationName},
    parties: [
      {id: "buyer", name: item.organisationName, roles: ["buyer"], address: {postalCode: text(item.postcode)}},
      ...(supplier === null
        ? []
        : [{id: "supplier-1", name: supplier, roles: ["supplier"], details: supplierDetails(item)}])
    ],
    tender: tenderOf(item),
    ...(isAwarded ? {awards: [awardOf(item, supplier)]} : {})
  };
}

const supplierDetails = (item: Item) => ({
  ...(item.awardedToSme === true ? {scale: "sme"} : {}),
  ...(typeof item.awardedToVcse === "boolean" ? {vcse: item.awardedToVcse} : {})
});

function tenderOf(item: Item) {
  const cpv = text(item.cpvCodes)?.match(/\d{8}/)?.[0];
  return {
    title: item.title,
    description: item.description,
    ...(cpv === undefined ? {} : {classification: {scheme: "CPV", id: cpv}}),
    ...withAmount("minValue", item.valueLow),
    ...withAmount("value", item.valueHigh || null), // 0 stands for "no upper end"
    items: [{id: "1", deliveryAddresses: text(item.region) === null ? [] : [{region: item.region}]}]
  };
}

function awardOf(item: Item, supplier: string | null) {
  return {
    id: item.id,
    status: "active",
    date: item.awardedDate ?? null,
    ...withAmount("value", item.awardedValue),
    contractPeriod: {startDate: item.start ?? null, endDate: item.end ?? null},
    suppliers: supplier === null ? [] : [{id: "supplier-1", name: supplier}]
  };
}

const withAmount = (key: string, amount: unknown): Record<string, unknown> =>
  amount === null || amount === undefined ? {} : {[key]: {amount, currency: "GBP"}};

const text = (value: unknown): string | null => (typeof value === "string" && value.trim() !== "" ? value : null);
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
