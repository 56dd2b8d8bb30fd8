import {LayoutError} from "../../formats/layoutError.ts";
import type {Sheet, SheetRow} from "../../formats/sheet.ts";

/** A table of places in a sheet whose heading takes several rows: what stands above each column, and the rows below. */
export interface HeadedTable {
  readonly sheet: string;
  readonly title: string; // the first cell that begins with "Table", else the first a reader sees
  readonly above: string; // everything a reader sees above the first place, in one line
  readonly headings: readonly (readonly string[])[]; // by column: the words above it, top to bottom, without marks of notes
  readonly codeColumn: number; // where the places' codes stand
  readonly rows: readonly SheetRow[]; // from the first place on
}

const TITLE = /^\s*table\b/i;
const PLACE = /^[EKNSW]\d{8}$/;

/**
 * The table of a sheet, from its title to the end.
 *
 * The heading is what stands in rows a reader sees between the title and the first place: publishers hide helper rows with
 * other words above the same columns, and move columns from one release to the next, so positions mean nothing.
 *
 * @returns null when no cell of the sheet is a place's code
 */
export function headedTable({name, rows}: Sheet): HeadedTable | null {
  const first = rows.findIndex(({cells}) => cells.some((cell) => PLACE.test(cell.trim())));
  if (first < 0) return null;
  const seen = rows.slice(0, first).filter(({isHidden}) => isHidden !== true);
  const titled = seen.findIndex(({cells}) => TITLE.test(cells.find((cell) => cell !== "") ?? ""));
  const above = seen.slice(Math.max(titled, 0)); // banners stand above the title in some releases
  const codeColumn = rows[first]!.cells.findIndex((cell) => PLACE.test(cell.trim()));
  const title = above[0]?.cells.find((cell) => cell !== "") ?? "";
  return {
    sheet: name,
    title: spaced(title),
    above: spaced(above.flatMap(({cells}) => cells).join(" ")),
    headings: stacked(above.slice(1)),
    codeColumn,
    rows: rows.slice(first)
  };
}

function stacked(rows: readonly SheetRow[]): string[][] {
  const width = Math.max(0, ...rows.map(({cells}) => cells.length));
  return Array.from({length: width}, (_, column) =>
    rows.map(({cells}) => heading(cells[column] ?? "")).filter((words) => words !== "" && !UNIT.test(words))
  );
}

const UNIT = /^number of households$/i; // stands above some column at the right, and belongs to all

const spaced = (text: string): string => text.replaceAll(/\s+/g, " ").trim();

/** A heading without its marks for notes ("owed4", "area5  (000s)", "[note 2]") and with single spaces. */
export function heading(text: string): string {
  return spaced(text)
    .replaceAll(/\s?\[note \d+\]/gi, "")
    .replaceAll(/(?<=[a-z)]) ?\d(,\d)*(?=$| \()/gi, "")
    .trim();
}

/**
 * The one column whose heading fits: all its words from top to bottom, or, where no column or several do, those of one row.
 *
 * @throws {LayoutError} naming the sheet, what was looked for, and every heading there
 */
export function columnOf({sheet, headings}: HeadedTable, pattern: RegExp): number {
  const whole = columnsWhere(headings, (parts) => pattern.test(parts.join(" ")));
  const found =
    whole.length === 1 ? whole : columnsWhere(headings, (parts) => parts.some((words) => pattern.test(words)));
  if (found.length !== 1)
    throw new LayoutError(
      `${sheet} has ${found.length} columns whose heading fits ${pattern.source}, not one; the headings are ${headings
        .filter((parts) => parts.length > 0)
        .map((parts) => `"${parts.join(" ")}"`)
        .join("; ")}`
    );
  return found[0]!;
}

const columnsWhere = (headings: HeadedTable["headings"], fits: (parts: readonly string[]) => boolean): number[] =>
  headings.flatMap((parts, column) => (fits(parts) ? [column] : []));
