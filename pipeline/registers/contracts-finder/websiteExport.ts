import {createHash} from "node:crypto";
import {readDelimited} from "../../formats/delimited.ts";
import type {Recognised} from "../../formats/recognise.ts";

// The search page of the website offers its results as CSV: 43 columns, a row a notice, suppliers in brackets in one cell.

const SUPPLIERS = "Supplier [Name|Address|Ref type|Ref Number|Is SME|Is VCSE]";
const TELLS = ["Notice Identifier", "Notice Type", "Organisation Name", "Published Date", SUPPLIERS];

type Row = Readonly<Record<string, string>>;

/**
 * Reads a search export of the website as releases; null when the file is none.
 *
 * The export has no process identifier and no notice address: the process is named after buyer and notice identifier, so
 * that the same notice in two exports is one process. Contact columns are not read.
 */
export function websiteExport(file: Recognised): unknown[] | null {
  if (file.format !== "text" || !startsAsExport(file.bytes)) return null;
  const [header, ...rows] = readDelimited(file.bytes).rows;
  const names = header?.cells ?? [];
  if (!TELLS.every((name) => names.includes(name))) return null;
  return rows.map(({cells}) => releaseOf(Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ""]))));
}

const startsAsExport = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.subarray(0, 128)).toString("latin1").replaceAll("\0", "").includes("Notice Identifier"); // as UTF-16 too

function releaseOf(row: Row): Record<string, unknown> {
  const process = shortHash(`${row["Organisation Name"]}|${row["Notice Identifier"]}`);
  const suppliers = suppliersIn(row[SUPPLIERS] ?? "");
  const isAwarded = row.Status === "Awarded";
  return {
    ocid: `contracts-finder-export-${process}`,
    id: `${process}-${row["Published Date"]}`,
    date: row["Published Date"],
    tag: [isAwarded ? "award" : row["Notice Type"] === "Contract" ? "tender" : "planning"],
    buyer: {id: "buyer", name: row["Organisation Name"]},
    parties: [
      {
        id: "buyer",
        name: row["Organisation Name"],
        roles: ["buyer"],
        address: {
          locality: row["Contact Town"],
          postalCode: row["Contact Postcode"],
          countryName: row["Contact Country"]
        }
      },
      ...suppliers.map(({party}) => party)
    ],
    tender: tenderOf(row),
    ...(isAwarded ? {awards: [awardOf(row, process, suppliers)]} : {})
  };
}

function tenderOf(row: Row) {
  const cpv = row["Cpv Codes"]?.match(/\d{8}/)?.[0];
  return {
    title: row.Title,
    description: row.Description,
    ...(cpv === undefined ? {} : {classification: {scheme: "CPV", id: cpv}}),
    ...withAmount("minValue", row["Value Low"]),
    ...withAmount("value", row["Value High"]),
    procurementMethodDetails: row["OJEU Procedure Type"],
    items: [{id: "1", deliveryAddresses: row.Region ? [{region: row.Region}] : []}]
  };
}

function awardOf(row: Row, process: string, suppliers: readonly Supplier[]) {
  return {
    id: process,
    status: "active",
    date: isoDay(row["Awarded Date"]),
    ...withAmount("value", row["Awarded Value"]),
    contractPeriod: {startDate: isoDay(row["Contract start date"]), endDate: isoDay(row["Contract end date"])},
    suppliers: suppliers.map(({party}) => ({id: party.id, name: party.name}))
  };
}

/** An amount that is no plain number stays as it is written, so that the release is rejected with the place and not misread. */
function withAmount(key: string, text: string | undefined): Record<string, unknown> {
  if (text === undefined || text === "") return {};
  return {[key]: {amount: /^\d+(\.\d+)?$/.test(text) ? Number(text) : text, currency: "GBP"}};
}

/** 31/03/2022 as 2022-03-31; anything else as it is, for the schema to judge; nothing as nothing. */
function isoDay(text: string | undefined): string | null {
  const [, day, month, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text ?? "") ?? [];
  return year === undefined ? text || null : `${year}-${month}-${day}`;
}

interface Supplier {
  readonly party: {readonly id: string; readonly name: string};
}

const SCHEMES: Readonly<Record<string, string>> = {COMPANIES_HOUSE: "GB-COH", CHARITY_COMMISSION: "GB-CHC"};

/**
 * `[Name|Address|Ref type|Ref Number|Is SME|Is VCSE][…]`. An address may hold bars of its own, so the last four parts are
 * counted from the end; a name may hold brackets.
 */
function suppliersIn(cell: string): Supplier[] {
  return cell
    .split(/\]\s*\[(?=[^\]]*\|)/)
    .map((block) => block.replace(/^\s*\[/, "").replace(/\]\s*$/, ""))
    .filter((block) => block !== "")
    .map((block, i) => supplierOf(block.split("|"), i + 1));
}

function supplierOf(parts: readonly string[], number: number): Supplier {
  const [name = ""] = parts;
  const [scheme = "", reference = "", isSme = "", isVcse = ""] = parts.length >= 6 ? parts.slice(-4) : [];
  const address = parts.slice(1, -4).join("|").trim();
  return {
    party: {
      id: `supplier-${number}`,
      name: name.trim(),
      roles: ["supplier"],
      ...(SCHEMES[scheme] === undefined || reference.trim() === ""
        ? {}
        : {identifier: {scheme: SCHEMES[scheme], id: reference.trim()}}),
      ...(address === "" ? {} : {address: {streetAddress: address}}),
      details: {...(isSme === "Yes" ? {scale: "sme"} : {}), ...(isVcse === "" ? {} : {vcse: isVcse === "Yes"})}
    } as Supplier["party"]
  };
}

const shortHash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);
