import {csvHeader, readCsv} from "../formats/csv.ts";
import {LayoutError} from "../formats/layoutError.ts";
import type {Recognised} from "../formats/recognise.ts";
import {arcGisItems} from "../indicators/discovery/arcGisItems.ts";

/** Where one postcode lies. */
export interface PostcodePlace {
  readonly postcode: string; // "SW1A 1AA"
  readonly gss: string; // local authority district
}

const MB = 1024 * 1024;

/** The directory of all postcodes that a user may fetch; too large to be part of the project. */
export const postcodeDirectory = {
  id: "postcodes",
  title: "ONS Postcode Directory, or National Statistics Postcode Lookup",
  publisher: "Office for National Statistics",
  page: "https://geoportal.statistics.gov.uk/",
  licence: "OGL-UK-3.0; Northern Irish postcodes (BT) under a licence for internal use only",
  attribution:
    "Contains OS data © Crown copyright and database right. Contains Royal Mail data © Royal Mail copyright and database right. Contains National Statistics data © Crown copyright and database right. Licensed under the Open Government Licence v3.0.",
  discovery: {
    ...arcGisItems("ONSGeography_data", "ONS Postcode Directory", "CSV Collection"),
    largerFiles: {wireBytes: 512 * MB, inflatedBytes: 512 * MB}, // about 230 MB, as a zip
    members: /multi_csv\/[^/]*\.csv$/i // one file for each area; the single CSV of all is too large to be read at once
  }
} as const;

const BYTES_AT_MOST = 256 * MB;
const DISTRICT = /^(oslaua|laua|lad\d\dcd)$/i; // ONSPD until 2024, NSPL, ONSPD since

/** True for a CSV with the directory's columns, whichever of its names and years. */
export function isPostcodeDirectory(file: Recognised): boolean {
  const header = (file.format === "text" ? csvHeader(file.bytes) : null) ?? [];
  return header.includes("pcds") && header.some((column) => DISTRICT.test(column));
}

/**
 * Reads one file of the directory: every postcode of a district of the United Kingdom, in force or retired.
 *
 * @throws {LayoutError} when the file is not the directory's, or too large to be read at once
 */
export function readPostcodes(file: Recognised): PostcodePlace[] {
  if (!isPostcodeDirectory(file))
    throw new LayoutError(
      `not a file of the postcode directory: no columns "pcds" and "laua", "oslaua" or "lad25cd"; see ${postcodeDirectory.page}`
    );
  if (file.bytes.length > BYTES_AT_MOST)
    throw new LayoutError(
      "the file is larger than 256 MB: import the folder Data/multi_csv of the same download, one file for each area"
    );
  const {header, rows} = readCsv(file.bytes);
  const district = header.find((column) => DISTRICT.test(column))!;
  return rows
    .map(({cells}) => ({postcode: cells.pcds!.trim(), gss: cells[district]!.trim()}))
    .filter(({gss}) => /^[ENSW]\d{8}$/.test(gss)); // not the Channel Islands and the Isle of Man
}
