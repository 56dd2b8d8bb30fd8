import {unzipSync} from "fflate";
import {SaxesParser, type SaxesTag} from "saxes";
import {LayoutError} from "./layoutError.ts";

// What ODS and XLSX share: both are zips of XML, and both come from strangers.

const INFLATED_BYTES_AT_MOST = 256 * 1024 * 1024;
const RATIO_AT_MOST = 200; // a statistical workbook shrinks about twentyfold; a zip bomb a thousandfold
const RATIO_COUNTS_FROM_BYTES = 1024 * 1024;

/**
 * The wanted entries of a zip, inflated.
 *
 * The declared sizes of entries are looked at before any is inflated, and none is inflated beyond what it declares.
 *
 * @throws {LayoutError} when the zip is damaged, an entry would inflate more than 200 times, or the wanted ones together
 *   to more than 256 MB
 */
export function unzipped(bytes: Uint8Array, wanted: (name: string) => boolean): Readonly<Record<string, Uint8Array>> {
  let total = 0;
  try {
    return unzipSync(bytes, {
      filter: ({name, size, originalSize}) => {
        const isWanted = wanted(name);
        if (isWanted) assertModest(name, originalSize);
        assertNoBomb(name, size, originalSize);
        if (!isWanted) return false;
        total += originalSize;
        if (total > INFLATED_BYTES_AT_MOST)
          throw new LayoutError(`the zip would inflate to more than ${total} bytes; at most 256 MB are read`);
        return true;
      }
    });
  } catch (error) {
    if (error instanceof LayoutError) throw error;
    throw new LayoutError(`the zip is damaged: ${(error as Error).message}`);
  }
}

function assertModest(name: string, inflated: number): void {
  if (inflated > INFLATED_BYTES_AT_MOST)
    throw new LayoutError(`the zip entry "${name}" would inflate to ${inflated} bytes; at most 256 MB are read`);
}

/** Wanted or not: a zip with a bomb in it is nobody's workbook. */
function assertNoBomb(name: string, size: number, inflated: number): void {
  if (inflated > RATIO_COUNTS_FROM_BYTES && inflated > size * RATIO_AT_MOST)
    throw new LayoutError(
      `the zip entry "${name}" would inflate from ${size} to ${inflated} bytes, more than ${RATIO_AT_MOST} times`
    );
}

/** The names of a zip's entries; nothing is inflated. */
export function namesInZip(bytes: Uint8Array): string[] {
  const names: string[] = [];
  unzipped(bytes, (name) => {
    names.push(name);
    return false;
  });
  return names;
}

/** What to do at each element and each piece of text. */
export interface XmlHandlers {
  readonly open: (tag: SaxesTag) => void;
  readonly text: (text: string) => void;
  readonly close: (name: string) => void;
}

/**
 * Reads an XML part of a spreadsheet from beginning to end.
 *
 * @throws {LayoutError} naming the part, when it is not UTF-8, not well-formed, or declares a document type: with it go
 *   external entities and entities that multiply
 */
export function readXml(part: string, bytes: Uint8Array, {open, text, close}: XmlHandlers): void {
  const refuse = (why: string): never => {
    throw new LayoutError(`the spreadsheet's ${part} ${why}`);
  };
  const parser = new SaxesParser({position: false});
  parser.on("doctype", () => refuse("declares a document type, which a spreadsheet has no use for"));
  parser.on("error", ({message}) => refuse(`is not well-formed: ${message}`));
  parser.on("opentag", open);
  parser.on("text", text);
  parser.on("cdata", text);
  parser.on("closetag", ({name}) => close(name));
  parser.write(decoded(bytes) ?? refuse("is not valid UTF-8")).close();
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", {fatal: true}).decode(bytes);
  } catch {
    return null;
  }
}

export function attributeOf(attributes: SaxesTag["attributes"], name: string): string | undefined {
  const attribute = attributes[name];
  return typeof attribute === "object" ? attribute.value : attribute;
}
