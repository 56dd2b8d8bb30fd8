import {LayoutError} from "../formats/layoutError.ts";
import type {Recognised} from "../formats/recognise.ts";
import {type ReleaseBodies, releaseBodies} from "../ocds/packages.ts";
import type {TextEncoding} from "../ocds/text.ts";

/** A public contract register: who publishes it, under which licence, what it leaves out, how its files read as OCDS. */
export interface Register {
  readonly id: string; // the file name under pipeline/registers, e.g. "contracts-finder"
  readonly title: string;
  readonly publisher: string;
  readonly documentation: string; // the publisher's page about its data, https
  readonly licence: "OGL-UK-3.0";
  readonly attribution: string; // the sentence the licence asks for
  readonly publishedSince: `${number}-${number}-${number}`; // the first day with notices, as far as is known
  readonly caveats: readonly string[]; // the first says what a reader must know before adding anything up
  readonly encoding: TextEncoding;
  /** The page a reader can open for a notice, when it follows from the release's identifier; else null. */
  noticeUrl(releaseId: string): string | null;
  /**
   * Reads a file of a layout of the register's own (a CSV export, a search answer) as OCDS release bodies, or returns null
   * when it is none of them: the file is then read as OCDS JSON. Bodies are checked afterwards like any other.
   *
   * @throws {LayoutError} when it is one of those layouts and damaged, naming the place
   */
  readonly reads?: (file: Recognised, context: FileContext) => readonly unknown[] | null;
  /** Makes a body of the OCDS packages whole where this register leaves out what the standard asks for. */
  readonly completes?: (body: unknown) => unknown;
  /** How the register is asked over the network; without it, files are imported only. */
  readonly live?: Channel;
  /** A second way to its history, in bulk, asked for by `fetch --bulk`. */
  readonly bulk?: Channel;
  /** The same history kept somewhere else, asked for by `fetch --mirror`, where the register itself is slow or locked. */
  readonly mirror?: Channel;
}

/** What is known of a file besides its bytes. */
export interface FileContext {
  readonly origin: string; // the address or path it came from
  readonly received_at?: string; // UTC
  readonly about?: Publisher | undefined; // who published it, where files of many publishers come together
}

/** The public body whose page a file was found on. */
export interface Publisher {
  readonly gss: string; // official code of the council
  readonly name: string; // as a notice would name it
}

/** One way of asking a register: where, how fast, in which pieces. */
export interface Channel {
  readonly base: string; // scheme and host; `fetch --endpoint` puts another in its place
  readonly paging: Paging;
  readonly pace: Pace;
  readonly bounds?: Bounds;
  /** A run whose every answer is empty means that the register is not working, not that nobody buys anything. */
  readonly silenceIsFailure?: true;
  readonly notTriedLive: string; // what of this has only ever met a recorded or simulated answer, as a sentence
}

/** How fast a register may be asked. One request at a time to a host, always. */
export interface Pace {
  readonly secondsBetween: number; // from the end of one answer to the next request
  readonly because: string; // where the figure comes from
  /** A status that means "locked out", how long that lasts, and that one more try is made after it. */
  readonly lockout?: {readonly status: 403; readonly seconds: number};
}

/** What a healthy register publishes; outside it a person should look before anything is published. */
export interface Bounds {
  readonly releasesPerWeekday: readonly [atLeast: number, atMost: number];
}

/**
 * The pieces in which a register is asked. Addresses start with "/" and are put behind the channel's base.
 *
 * - `windows`: one page for a span of local time. A page that is full, or that names a next one, is never followed:
 *   the span is halved and both halves are asked.
 * - `cursor`: pages that name the next one, for registers known to lose nothing that way.
 * - `periods`: fixed addresses for each day or month, every one complete in itself; one that fails does not stop the others.
 * - `crawl`: pages of many publishers that link to their files.
 */
export type Paging =
  | {
      readonly kind: "windows";
      readonly fullAt: number; // a page of as many releases may hide more
      readonly shortestSeconds: number; // the shortest span that the register answers, both ends counted
      /** @param from, to local times such as 2024-05-07T00:00:00, both inclusive */
      readonly address: (from: string, to: string) => string;
    }
  | {
      readonly kind: "cursor";
      readonly fullAt: number;
      readonly address: (from: string, to: string) => string;
    }
  | {
      readonly kind: "periods";
      readonly each: "day" | "month";
      /** @param period 2024-05-07 or 2024-05 */
      readonly addresses: (period: string) => readonly string[];
      readonly hosts?: readonly string[]; // where its links may lead besides its own host
      /** The files that a catalogue's answer for a period names, as absolute addresses; null when it is a file itself. */
      readonly links?: (bytes: Uint8Array, url: string) => readonly string[] | null;
    }
  | {
      readonly kind: "crawl";
      readonly pages: string; // table under data/reference with the columns gss, name, url, hosts
      /** What a page or catalogue links to that may be a register file, as absolute addresses; null when it is a file itself. */
      readonly links: (bytes: Uint8Array, url: string) => readonly string[] | null;
    };

export const defineRegister = (register: Register): Register => register;

/**
 * The releases in any file of a register: its own layouts first, else OCDS JSON.
 *
 * @throws {LayoutError} saying what the file holds, when it is neither, or nests deeper than can be followed
 */
export function readRegisterFile(register: Register, file: Recognised, context: FileContext): ReleaseBodies {
  try {
    return readBodies(register, file, context);
  } catch (error) {
    if (error instanceof RangeError) throw new LayoutError(`the file is beyond what can be read: ${error.message}`);
    throw error;
  }
}

function readBodies(register: Register, file: Recognised, context: FileContext): ReleaseBodies {
  const own = register.reads?.(file, context) ?? null;
  if (own !== null) return {bodies: [...own], decodedAs: "utf-8", repairs: {}, next: null};
  const read = releaseBodies(file, register.encoding);
  return register.completes === undefined ? read : {...read, bodies: read.bodies.map(register.completes)};
}
