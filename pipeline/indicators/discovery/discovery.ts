import {LayoutError} from "../../formats/layoutError.ts";

/** What came back from an address. */
export interface Answer {
  readonly url: string; // the one that was asked, before redirects and whatever host stood in for it
  readonly body: Uint8Array;
}

/** A file of a publication, ready to be fetched and read by it. */
export interface FoundFile {
  readonly url: string; // https
  readonly title: string; // what the publisher calls it
  /** The address changes whenever the file does (it holds a hash): what was fetched from it once need not be asked for again. */
  readonly isFixed?: true;
}

/** What an answer leads to: files, or more addresses to ask. Both empty where the publisher has nothing that fits. */
export interface Found {
  readonly files: readonly FoundFile[];
  readonly ask: readonly string[];
  readonly others: readonly string[]; // titles of what is there and was not wanted, so that a person sees what a page became
}

/**
 * How the files of a publication are found without a person: addresses to begin with, and how to read what comes back.
 *
 * Data and pure functions only: whoever fetches does so politely, keeps every answer, and follows `ask` until it is empty.
 * None of it has met a live answer yet: the recorded ones are made after the publishers' own descriptions of their interfaces.
 */
export interface Discovery {
  /** Each entry is one place to look, as addresses that stand in for one another: the second and later are asked only when those before led to no file. */
  readonly start: readonly (readonly string[])[];
  readonly files?: readonly FoundFile[]; // with addresses of their own, that nothing has to lead to
  readonly hosts: readonly string[]; // the only ones that may be asked
  /** Addresses that begin so are interfaces made for programs, or files; for any other the site's robots.txt is asked first. */
  readonly forPrograms: readonly string[];
  readonly notTriedLive: string; // what of this has only ever met a made-up answer, as a sentence
  readonly wants: string; // what is looked for, as it ends the sentence "there is no …"
  /** A download larger than other answers, in bytes: a directory of all postcodes. */
  readonly largerFiles?: {readonly wireBytes: number; readonly inflatedBytes: number};
  readonly members?: RegExp; // of a zip, by name: those to look into; without it, every CSV, spreadsheet and parquet file
  /** What is still missing when these files were found, in words; null when they are all. Without it, one file is enough. */
  lacks?(files: readonly FoundFile[]): string | null;
  /**
   * @throws {LayoutError} saying what the answer holds instead, when it is not what the publisher's interface promises
   */
  read(answer: Answer): Found;
}

export const NOTHING: Found = {files: [], ask: [], others: []};

/** @throws {LayoutError} with the address, when the answer is not JSON: a page about maintenance is not an empty list */
export function jsonOf({url, body}: Answer): unknown {
  const text = textOf({url, body});
  try {
    return JSON.parse(text);
  } catch {
    throw new LayoutError(`${url} answered with something other than JSON: "${text.slice(0, 80)}"`);
  }
}

export const textOf = ({body}: Answer): string => new TextDecoder().decode(body);

/** A link in a page: where it goes, as a whole address, and the words that a reader clicks on. */
export interface Link {
  readonly url: string;
  readonly words: string;
}

/** The links of a page, in its order. */
export function linksIn(answer: Answer): Link[] {
  const anchors = textOf(answer).matchAll(/<a\b[^>]*?\bhref\s*=\s*"([^"]+)"[^>]*>(.*?)<\/a>/gis);
  return [...anchors].flatMap(([, href = "", inner = ""]) => {
    const target = href.replaceAll("&amp;", "&");
    if (!URL.canParse(target, answer.url)) return [];
    const address = new URL(target, answer.url);
    const words = inner
      .replaceAll(/<[^>]*>/g, " ")
      .replaceAll(/\s+/g, " ")
      .trim();
    return address.protocol === "https:" ? [{url: address.href, words}] : [];
  });
}
