import {isUtf8} from "node:buffer";
import {LayoutError} from "../formats/layoutError.ts";

/** How a register encodes text: UTF-8, and where it is known to send something else, what to do about it. */
export interface TextEncoding {
  readonly fallback?: "iso-8859-1"; // read as this when it is not valid UTF-8
  readonly undoDoubleEncoding?: boolean; // "Â£" for "£": UTF-8 that was once read as Windows-1252 and encoded again
}

export interface DecodedText {
  readonly text: string;
  readonly decodedAs: "utf-8" | "iso-8859-1";
  readonly undone: number; // characters brought back from double encoding
}

/** UTF-8 or an error, never a silent replacement character; anything else only where a register is known for it. */
export function decodeText(bytes: Uint8Array, encoding: TextEncoding): DecodedText {
  const {text, decodedAs} = decode(bytes, encoding);
  if (!encoding.undoDoubleEncoding) return {text, decodedAs, undone: 0};
  let undone = 0;
  const repaired = text.replaceAll(DOUBLY_ENCODED, (sequence) => {
    const once = encodedOnce(sequence);
    if (once !== sequence) undone += 1;
    return once;
  });
  return {text: repaired, decodedAs, undone};
}

function decode(bytes: Uint8Array, encoding: TextEncoding): Pick<DecodedText, "text" | "decodedAs"> {
  if (isUtf8(bytes)) return {text: withoutMark(bytes).toString("utf8"), decodedAs: "utf-8"};
  if (encoding.fallback === undefined) throw new LayoutError("the text is not valid UTF-8");
  return {text: new TextDecoder(encoding.fallback).decode(bytes), decodedAs: encoding.fallback};
}

/** The same bytes without a byte order mark. Checked and then decoded is several times as fast as a TextDecoder that is fatal. */
function withoutMark(bytes: Uint8Array): Buffer {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return all[0] === 0xef && all[1] === 0xbb && all[2] === 0xbf ? all.subarray(3) : all;
}

/** What Windows-1252 shows for the bytes 80 to 9f, which ISO-8859-1 leaves to control characters. */
const WINDOWS_1252 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";
const TRAIL = `[\\x80-\\xbf${WINDOWS_1252}]`;
const DOUBLY_ENCODED = new RegExp(`[\\xc2-\\xdf]${TRAIL}|[\\xe0-\\xef]${TRAIL}{2}|[\\xf0-\\xf4]${TRAIL}{3}`, "g");

/** The character whose UTF-8 bytes a sequence of characters shows; the sequence itself when they are no UTF-8. */
function encodedOnce(sequence: string): string {
  const bytes = Uint8Array.from(sequence, (character) => {
    const place = WINDOWS_1252.indexOf(character);
    return place < 0 ? character.charCodeAt(0) : 0x80 + place;
  });
  try {
    return new TextDecoder("utf-8", {fatal: true}).decode(bytes);
  } catch {
    return sequence;
  }
}
