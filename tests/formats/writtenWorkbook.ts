import {strToU8, zipSync} from "fflate";
import {type Recognised, recognise} from "../../pipeline/formats/recognise.ts";
import type {Sheet} from "../../pipeline/formats/sheet.ts";

// The smallest workbook that spreadsheet programs would open: for tests that move, rename and add what a publisher might.

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** Writes sheets of text as XLSX: what looks like a plain number is stored as one, as spreadsheet programs do. */
export function writtenXlsx(sheets: readonly Sheet[]): Recognised {
  const parts = sheets.map((sheet, i) => [`xl/worksheets/sheet${i + 1}.xml`, strToU8(sheetXml(sheet))]);
  const entries = sheets.map(({name}, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`);
  const links = sheets.map(
    (_, i) => `<Relationship Id="rId${i + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`
  );
  return recognise(
    zipSync({
      "[Content_Types].xml": strToU8("<Types/>"),
      "xl/workbook.xml": strToU8(
        `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${entries.join("")}</sheets></workbook>`
      ),
      "xl/_rels/workbook.xml.rels": strToU8(`<Relationships>${links.join("")}</Relationships>`),
      ...Object.fromEntries(parts)
    })
  );
}

function sheetXml({rows}: Sheet): string {
  const xml = rows.map(({number, cells, isHidden}) => {
    const inside = cells.map((cell, column) => (cell === "" ? "" : cellXml(cell, `${letters(column)}${number}`)));
    return `<row r="${number}"${isHidden ? ' hidden="1"' : ""}>${inside.join("")}</row>`;
  });
  return `<worksheet xmlns="${MAIN}"><sheetData>${xml.join("")}</sheetData></worksheet>`;
}

const cellXml = (text: string, place: string): string =>
  /^-?\d+(\.\d+)?(E[+-]?\d+)?$/i.test(text)
    ? `<c r="${place}"><v>${text}</v></c>`
    : `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;

const letters = (column: number): string =>
  column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26);

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** Rows of a sheet from their cells, numbered from 1. */
export const sheetOf = (name: string, cells: readonly (readonly string[])[]): Sheet => ({
  name,
  rows: cells.map((row, i) => ({number: i + 1, cells: row}))
});
