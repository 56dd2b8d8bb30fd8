import type {ArchivedFile} from "../archive/archive.ts";
import {type FilePart, fetchFiles, type Reading} from "../archive/fetchFiles.ts";
import {publications, references} from "../discover.ts";
import {LayoutError} from "../formats/layoutError.ts";
import {type Recognised, recognise} from "../formats/recognise.ts";
import {namesInZip, unzipped} from "../formats/zip.ts";
import type {Discovery} from "../indicators/discovery/discovery.ts";
import {isPostcodeDirectory, postcodeDirectory, readPostcodes} from "../references/postcodes.ts";
import {parse, type Source} from "../warehouse/ingest.ts";
import type {FetchedSource, FetchRequest, Tools} from "./fetch.ts";

/** Something whose files are found on its publisher's pages: a publication, a reference, the postcode directory. */
export interface Findable {
  readonly id: string;
  readonly title: string;
  readonly discovery: Discovery;
  readonly isLarge: boolean; // fetched only when it is named
  readonly recognises: (file: Recognised) => boolean;
  readonly read: (bytes: Uint8Array) => Promise<Reading>;
}

/** Every publication and reference that can be fetched, in the order of their names, the postcode directory last. */
export async function findables(): Promise<Findable[]> {
  return [
    ...(await publications()).map((publication) => findable(publication, {publication})),
    ...(await references()).map((reference) => findable(reference, {reference})),
    {
      ...postcodeDirectory,
      isLarge: true,
      recognises: isPostcodeDirectory,
      read: async (bytes) => readingOf(() => readPostcodes(recognise(bytes)).length)
    }
  ];
}

type Definition = Pick<Findable, "id" | "title" | "discovery" | "recognises">;

function findable(definition: Definition, source: Source): Findable {
  const {id, title, discovery} = definition;
  return {
    id,
    title,
    discovery,
    isLarge: false,
    recognises: (file) => definition.recognises(file),
    read: async (bytes) => {
      const {staged, problem} = await parse(source, NO_FILE, bytes);
      return {rows: staged, problem};
    }
  };
}

/** Rows carry the file that they came from; here they are only counted. */
const NO_FILE: ArchivedFile = {source: "", sha256: "", bytes: 0, origin: "", received_at: ""};

function readingOf(rows: () => number): Reading {
  try {
    return {rows: rows(), problem: null};
  } catch (error) {
    if (!(error instanceof LayoutError)) throw error;
    return {rows: 0, problem: error.message};
  }
}

/** None of the publishers states a pace for programs, except GOV.UK: its content API allows ten requests a second. */
const SECONDS_BETWEEN = 2;

/** Looks for the files of one publication or reference, and archives what is new. */
export async function fetchPublication(
  {id, discovery, recognises, read}: Findable,
  {endpoints, secondsBetween, requestsAtMost}: Pick<FetchRequest, "endpoints" | "secondsBetween" | "requestsAtMost">,
  tools: Tools
): Promise<FetchedSource> {
  const outcome = await fetchFiles(
    {
      source: id,
      discovery,
      endpoint: endpoints.get(id) ?? null,
      secondsBetween: secondsBetween.get(id) ?? SECONDS_BETWEEN,
      requestsAtMost,
      partsOf: (bytes) => partsOf(bytes, discovery.members ?? DATA, recognises),
      read
    },
    tools
  );
  const because = outcome.state === "failed" && outcome.why !== null ? [outcome.why] : [];
  return {source: id, outcome, gate: {level: because.length === 0 ? "green" : "amber", because}};
}

const DATA = /\.(csv|ods|xlsx|parquet)$/i;

/**
 * The files in a download: itself, or of a zip of files each member that is the publication's by its content, one at a time.
 *
 * @throws {LayoutError} when no member of a zip is the publication's, with their names
 */
export function* partsOf(
  bytes: Uint8Array,
  members: RegExp,
  recognises: (file: Recognised) => boolean
): Generator<FilePart> {
  if (!isZipOfFiles(bytes)) {
    yield {name: null, bytes};
    return;
  }
  const names = namesInZip(bytes);
  let found = 0;
  for (const name of names.filter((one) => members.test(one))) {
    const member = unzipped(bytes, (one) => one === name)[name];
    if (member === undefined || member.length === 0 || !isOf(member, recognises)) continue;
    found += 1;
    yield {name, bytes: member};
  }
  if (found === 0) throw new LayoutError(`no file of the zip is the publication's; it holds ${names.join(", ")}`);
}

function isOf(bytes: Uint8Array, recognises: (file: Recognised) => boolean): boolean {
  try {
    return recognises(recognise(bytes));
  } catch (error) {
    if (!(error instanceof LayoutError)) throw error;
    return false;
  }
}

/** A zip that is no spreadsheet. */
function isZipOfFiles(bytes: Uint8Array): boolean {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;
  return isZip && !namesInZip(bytes).some((name) => name === "mimetype" || name === "[Content_Types].xml");
}
