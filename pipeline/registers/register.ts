import type {TextEncoding} from "../ocds/packages.ts";

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
}

export const defineRegister = (register: Register): Register => register;
