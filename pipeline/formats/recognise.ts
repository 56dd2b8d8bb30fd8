import {gunzipSync} from "node:zlib";
import {LayoutError} from "./layoutError.ts";

/** A file's format, told from its bytes and never from its name, with the bytes ready to read (gzip undone). */
export interface Recognised {
  readonly format: "json" | "json-lines" | "text" | "parquet" | "ods" | "xlsx";
  readonly bytes: Uint8Array;
}

const INFLATED_BYTES_AT_MOST = 256 * 1024 * 1024;
const RATIO_AT_MOST = 100; // contract registers shrink about sixfold; a gzip bomb a thousandfold
const RATIO_COUNTS_FROM_BYTES = 1024 * 1024;

/**
 * Tells what a file is from its first bytes: gzip (undone, once), PAR1, zip holding ODS or XLSX, JSON, JSON Lines, else text.
 *
 * @throws {LayoutError} when the bytes are empty, a damaged or too large gzip, or a zip that is neither ODS nor XLSX
 */
export function recognise(bytes: Uint8Array): Recognised {
  if (bytes.length === 0) throw new LayoutError("the file is empty");
  if (startsWith(bytes, 0x1f, 0x8b)) {
    const inside = gunzip(bytes);
    if (startsWith(inside, 0x1f, 0x8b)) throw new LayoutError("the gzip data hold gzip data again");
    return recognise(inside);
  }
  if (startsWith(bytes, 0x50, 0x41, 0x52, 0x31)) return {format: "parquet", bytes};
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return {format: spreadsheet(bytes), bytes};
  const first = firstByteOfText(bytes);
  if (first === "{") return {format: isJsonLines(bytes) ? "json-lines" : "json", bytes};
  if (first === "[") return {format: "json", bytes};
  return {format: "text", bytes};
}

function gunzip(bytes: Uint8Array): Uint8Array {
  try {
    const most = Math.max(RATIO_COUNTS_FROM_BYTES, bytes.length * RATIO_AT_MOST);
    return gunzipSync(bytes, {maxOutputLength: Math.min(INFLATED_BYTES_AT_MOST, most)});
  } catch (error) {
    throw new LayoutError(
      `the gzip data is damaged, or inflates beyond 256 MB or ${RATIO_AT_MOST} times (${(error as Error).message})`
    );
  }
}

/** ODS and XLSX are both zips; the first entry of an ODS is an uncompressed "mimetype", an XLSX names [Content_Types].xml. */
function spreadsheet(bytes: Uint8Array): "ods" | "xlsx" {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (head.includes("application/vnd.oasis.opendocument.spreadsheet", 0, "latin1")) return "ods";
  if (head.includes("[Content_Types].xml", 0, "latin1") && head.includes("xl/", 0, "latin1")) return "xlsx";
  throw new LayoutError("the file is a zip, but neither an OpenDocument spreadsheet nor an Excel workbook");
}

function startsWith(bytes: Uint8Array, ...magic: number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}

function firstByteOfText(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096)).toString("latin1");
  return head.replace(/^\u00ef\u00bb\u00bf/, "").trimStart()[0] ?? "";
}

/** JSON Lines when the first line is a whole JSON value by itself and something follows it. */
function isJsonLines(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const start = startsWith(bytes, 0xef, 0xbb, 0xbf) ? 3 : 0;
  const newline = text.indexOf(0x0a, start);
  if (newline < 0 || text.subarray(newline).toString("latin1", 0, 4096).trim() === "") return false;
  try {
    JSON.parse(text.toString("utf8", start, newline));
    return true;
  } catch {
    return false;
  }
}
