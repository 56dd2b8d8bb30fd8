import {financialYear} from "./format.ts";

// Pages are Markdown that the site generator compiles: it runs `${…}` as code and reads punctuation as markup. So whatever
// comes from a register, a publisher or a reference table goes through `text`, and nothing else is ever interpolated.

/** Every character that means something to HTML, Markdown or the site generator, as a numeric entity; line breaks as spaces. */
export function text(words: string | number | null | undefined): string {
  return String(words ?? "")
    .replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, " ") // control characters and bidirectional overrides
    .replaceAll(/[&<>"'`$\\{}[\]()*_~|#+=!:]/g, (character) => `&#${character.codePointAt(0)};`);
}

/** Text whose line breaks and indents stay; on one line all the same, for a blank line would end the block in Markdown. */
export const preformatted = (words: string): string =>
  `<pre><code>${words.split("\n").map(text).join("&#10;")}</code></pre>`;

/** An https address as an attribute's value; any other scheme is refused, for a register's link may hold anything. */
export function address(url: string): string {
  if (!/^https:\/\/[^\s/]+/i.test(url)) throw new RangeError(`"${url}" is not an https address`);
  return text(url);
}

/** A column of a table: its heading, and how a row's cell reads. */
export interface Column<T> {
  readonly heading: string;
  readonly cell: (row: T) => string; // HTML
  readonly isNumber?: boolean;
}

/** An HTML table on one line (a blank line would end the block in Markdown), its first column the row's header. */
export function table<T>(caption: string, rows: readonly T[], columns: readonly Column<T>[]): string {
  const head = columns.map(({heading, isNumber}) => `<th scope="col"${classOf(isNumber)}>${text(heading)}</th>`);
  const body = rows.map((row) => `<tr>${columns.map((column, i) => cellOf(column, row, i === 0)).join("")}</tr>`);
  return `<div class="table-scroll" tabindex="0" role="region" aria-label="${text(caption)}"><table><caption>${text(caption)}</caption><thead><tr>${head.join("")}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}

/** The same for cells of words: on a phone each row is a card, and a cell says what it is, for there the headings are gone. */
export function stackingTable<T>(caption: string, rows: readonly T[], columns: readonly Column<T>[]): string {
  const labelled = columns.map(
    (column, i): Column<T> =>
      i === 0
        ? column
        : {
            ...column,
            cell: (row) => `<span class="cell-label">${text(column.heading)}: </span>${column.cell(row)}`
          }
  );
  return `<div class="stacks">${table(caption, rows, labelled)}</div>`;
}

const classOf = (isNumber: boolean | undefined): string => (isNumber ? ' class="number"' : "");

function cellOf<T>({cell, isNumber}: Column<T>, row: T, isFirst: boolean): string {
  const inside = cell(row);
  return isFirst ? `<th scope="row"${classOf(isNumber)}>${inside}</th>` : `<td${classOf(isNumber)}>${inside}</td>`;
}

/** A financial year as a cell: "2024-25", never broken at its hyphen. */
export const yearCell = (endYear: number): string => `<span class="nowrap">${financialYear(endYear)}</span>`;

/** A list on one line; the items are HTML. */
export const list = (items: readonly string[]): string =>
  `<ul>${items.map((item) => `<li>${item}</li>`).join("")}</ul>`;
