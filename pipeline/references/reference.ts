import type {Recognised} from "../formats/recognise.ts";
import type {Discovery} from "../indicators/discovery/discovery.ts";

/** A table of facts that is no indicator: one file of a publisher makes it, and the committed table is its last reading. */
export interface Reference {
  readonly id: string; // the file name under pipeline/references, and what fetch and import call it
  readonly title: string;
  readonly publisher: string;
  readonly licence: "OGL-UK-3.0";
  readonly attribution: string; // the sentence the licence asks for
  readonly page: string; // the publisher's landing page, https
  readonly discovery: Discovery;
  readonly caveats: readonly string[];
  readonly table: string; // data/reference/<table>.csv
  readonly columns: readonly string[];
  /** What a row is about, when files complete one another: a file then replaces rows, not the whole table. */
  readonly key?: readonly string[];
  /** True when this file, by its content and never by its name, is the publisher's. */
  recognises(file: Recognised): boolean;
  /**
   * The rows of the table, every cell as text, in a stable order.
   * @throws {LayoutError} naming the sheet, row or column that was expected and what was found instead
   */
  rows(file: Recognised): readonly Readonly<Record<string, string>>[];
}

export const defineReference = (reference: Reference): Reference => reference;
