import type {SaxesTag} from "saxes";
import {LayoutError} from "./layoutError.ts";
import {CELLS_AT_MOST, COLUMNS_AT_MOST, type Sheet, type SheetRow} from "./sheet.ts";
import {attributeOf, readXml, unzipped} from "./zip.ts";

/**
 * Reads the sheets of an OpenDocument spreadsheet (ODF 1.2, ISO/IEC 26300) as text, hidden rows and sheets included.
 *
 * A number is what the file stores (`office:value`, all its digits), a date or truth value likewise; anything else is the
 * text that the cell shows, paragraphs joined by a newline, without comments and drawings. Repeated cells and rows are
 * written out, except blanks that nothing follows.
 *
 * @param wanted which sheets to read, by name; the others are left out
 * @throws {LayoutError} when the zip is damaged or inflates beyond 256 MB or 200 times, the XML is not well-formed or
 *   declares a document type or entities, or a sheet has more cells than a workbook can hold
 */
export function readOds(bytes: Uint8Array, wanted: (name: string) => boolean = () => true): Sheet[] {
  const content = unzipped(bytes, (name) => name === CONTENT)[CONTENT];
  if (content === undefined) throw new LayoutError("the spreadsheet has no content.xml");
  const reader = new SheetReader(wanted);
  readXml(CONTENT, content, {
    open: (tag) => reader.open(tag),
    text: (text) => reader.text(text),
    close: (name) => reader.close(name)
  });
  return reader.sheets;
}

const CONTENT = "content.xml";

type Attributes = SaxesTag["attributes"];

interface OpenCell {
  readonly repeat: number;
  readonly stored: string | undefined; // what the file stores, where it is not text
  readonly isCovered: boolean; // beneath a merged cell: nobody sees it
  readonly paragraphs: string[];
}

/** Builds sheets out of XML events. Names are matched with the prefixes that producers write (table:, office:, text:). */
class SheetReader {
  readonly sheets: Sheet[] = [];
  private rows: SheetRow[] | null = null; // of the sheet being read; null outside a wanted sheet
  private name = "";
  private rowNumber = 1;
  private rowRepeat = 1;
  private isRowHidden = false;
  private cells: string[] = [];
  private blanks = 0; // cells seen since the last one that holds something
  private cell: OpenCell | null = null;
  private isInParagraph = false;
  private mutedDepth = 0; // inside comments and drawings, whose text is not the cell's
  private cellCount = 0;

  constructor(private readonly wanted: (name: string) => boolean) {}

  open({name, attributes}: SaxesTag): void {
    if (name === "table:table") this.openSheet(attributes);
    if (this.rows === null) return;
    if (isMuted(name)) this.mutedDepth++;
    if (this.mutedDepth > 0) return;
    if (name === "table:table-row") this.openRow(attributes);
    else if (isCell(name)) this.openCell(name, attributes);
    else if (this.cell !== null) this.openInCell(name, attributes);
  }

  text(text: string): void {
    if (!this.isInParagraph || this.mutedDepth > 0 || this.cell === null) return;
    this.append(text.replaceAll(/[ \t\r\n]+/g, " ")); // more than one space, tabs and breaks have elements of their own
  }

  close(name: string): void {
    if (this.rows === null) return;
    if (isMuted(name)) this.mutedDepth--;
    else if (this.mutedDepth > 0) return;
    else if (name === "text:p") this.isInParagraph = false;
    else if (isCell(name)) this.closeCell();
    else if (name === "table:table-row") this.closeRow(this.rows);
    else if (name === "table:table") this.closeSheet(this.rows);
  }

  private openSheet(attributes: Attributes): void {
    this.name = attributeOf(attributes, "table:name") ?? "";
    this.rows = this.wanted(this.name) ? [] : null;
    this.rowNumber = 1;
  }

  private openRow(attributes: Attributes): void {
    this.rowRepeat = this.repeat(attributes, "table:number-rows-repeated");
    this.isRowHidden = /^(collapse|filter)$/.test(attributeOf(attributes, "table:visibility") ?? "");
    this.cells = [];
    this.blanks = 0;
  }

  private openCell(name: string, attributes: Attributes): void {
    this.cell = {
      repeat: this.repeat(attributes, "table:number-columns-repeated"),
      stored: storedValue(attributes),
      isCovered: name === "table:covered-table-cell",
      paragraphs: []
    };
  }

  private openInCell(name: string, attributes: Attributes): void {
    if (name === "text:p") {
      this.isInParagraph = true;
      this.cell?.paragraphs.push("");
    } else if (name === "text:s") this.append(" ".repeat(Math.min(this.repeat(attributes, "text:c"), 1000)));
    else if (name === "text:tab") this.append("\t");
    else if (name === "text:line-break") this.append("\n");
  }

  private append(text: string): void {
    const paragraphs = this.cell?.paragraphs ?? [];
    if (paragraphs.length > 0) paragraphs[paragraphs.length - 1] += text;
  }

  private closeCell(): void {
    const {repeat, stored, isCovered, paragraphs} = this.cell!;
    this.cell = null;
    const value = isCovered ? "" : (stored ?? paragraphs.join("\n"));
    if (value === "") {
      this.blanks += repeat;
      return;
    }
    const width = this.cells.length + this.blanks + repeat;
    if (width > COLUMNS_AT_MOST)
      throw new LayoutError(`${this.name} row ${this.rowNumber}: more than ${COLUMNS_AT_MOST} columns ("${value}")`);
    for (; this.blanks > 0; this.blanks--) this.cells.push("");
    for (let i = 0; i < repeat; i++) this.cells.push(value);
  }

  private closeRow(rows: SheetRow[]): void {
    this.cellCount += this.cells.length * this.rowRepeat;
    if (this.cellCount > CELLS_AT_MOST)
      throw new LayoutError(`${this.name} row ${this.rowNumber}: more than ${CELLS_AT_MOST} cells in the workbook`);
    if (this.cells.length > 0)
      for (let i = 0; i < this.rowRepeat; i++)
        rows.push({
          number: this.rowNumber + i,
          cells: this.cells,
          ...(this.isRowHidden ? ({isHidden: true} as const) : {})
        });
    this.rowNumber += this.rowRepeat;
  }

  private closeSheet(rows: SheetRow[]): void {
    this.sheets.push({name: this.name, rows});
    this.rows = null;
  }

  private repeat(attributes: Attributes, name: string): number {
    const text = attributeOf(attributes, name) ?? "1";
    if (!/^[1-9]\d{0,8}$/.test(text))
      throw new LayoutError(`${this.name} row ${this.rowNumber}: ${name} is "${text}", not a number of times`);
    return Number(text);
  }
}

const isCell = (name: string): boolean => name === "table:table-cell" || name === "table:covered-table-cell";
const isMuted = (name: string): boolean => name === "office:annotation" || name.startsWith("draw:");

const STORED_IN: Readonly<Record<string, string>> = {
  float: "office:value",
  currency: "office:value",
  percentage: "office:value",
  date: "office:date-value",
  time: "office:time-value",
  boolean: "office:boolean-value",
  string: "office:string-value"
};

/** What a cell stores, where that is not the text it shows: the shown number is rounded, the stored one is not. */
function storedValue(attributes: Attributes): string | undefined {
  const attribute = STORED_IN[attributeOf(attributes, "office:value-type") ?? ""];
  return attribute === undefined ? undefined : attributeOf(attributes, attribute);
}
