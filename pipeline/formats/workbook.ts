import {readOds} from "./ods.ts";
import type {Recognised} from "./recognise.ts";
import type {Sheet} from "./sheet.ts";
import {readXlsx} from "./xlsx.ts";

export const isWorkbook = ({format}: Recognised): boolean => format === "ods" || format === "xlsx";

/**
 * The sheets of a workbook as text, whichever of the two formats it has.
 *
 * @param wanted which sheets to read, by name; the others are left out
 * @throws {LayoutError} as `readOds` and `readXlsx`
 */
export function readWorkbook({format, bytes}: Recognised, wanted?: (name: string) => boolean): Sheet[] {
  return format === "xlsx" ? readXlsx(bytes, wanted) : readOds(bytes, wanted);
}
