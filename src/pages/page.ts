import {citePage} from "../components/citation.ts";
import {dayMonthYear} from "../components/format.ts";
import {text} from "../components/html.ts";
import type {SiteTables} from "../components/rows.ts";

/** A page whose words depend on the data: where it stands, what it is called, and its Markdown. */
export interface Page {
  readonly path: string; // under src/, "council/E08000035.md"
  readonly title: string;
  readonly description: string; // one sentence, for search engines and links
  readonly keywords?: readonly string[]; // other words that the search should find it by
  readonly body: string;
  readonly files?: ReadonlyMap<string, string>; // what the page brings along, by path: its charts by themselves, their numbers
}

/** The file that the site generator compiles: front matter, body, and at the foot which data it was made from. */
export function pageFile({title, description, keywords, body}: Page, site: SiteTables): string {
  const front = {title, description, toc: false, index: true, ...(keywords === undefined ? {} : {keywords})};
  return `---\n${Object.entries(front)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
    .join("\n")}\n---\n\n${body.trim()}\n\n${foot(site)}\n`;
}

const foot = ({version, data_cut_off_on}: SiteTables): string =>
  `<footer class="page-foot"><p>Data to <time datetime="${data_cut_off_on}">${dayMonthYear(data_cut_off_on)}</time>, version <code>${text(version)}</code>. <a href="/data">Download and cite</a> · <a href="/methods">How it is worked out</a> · <a href="/status">Status of the sources</a> · <a href="/privacy">Privacy</a> · <a href="/accessibility">Accessibility</a></p></footer>`;

/** How a page that has no single number is cited; the script adds the other forms, and the address of the site it stands on. */
export function citeLine(cited: {readonly title: string; readonly path: string}, {version}: SiteTables): string {
  const words = citePage({title: cited.title, version, url: cited.path}).text;
  return `<h2 id="cite">Cite this</h2>\n\n<p class="citation" data-title="${text(cited.title)}" data-path="${text(cited.path)}">${text(words)}</p>`;
}

/** What the embedded slice is and is not, wherever the build used it; nothing once it did not. */
export const sliceNote = ({snapshot_note}: SiteTables): string =>
  snapshot_note === null ? "" : sliceWords(snapshot_note);

/** The first paragraph is what must be read: what it is and what follows from it. Which files it was cut from is folded. */
function sliceWords(note: string): string {
  const [open, ...rest] = note.split(/\n\s*\n/);
  const folded =
    rest.length === 0
      ? ""
      : `<details class="fold"><summary>What the slice was cut from</summary><p>${rest.map(text).join(" ")}</p></details>`;
  return `<aside class="notice" aria-label="What these contracts are"><p><strong>A small slice, not the register.</strong> ${text(open)}</p>${folded}</aside>`;
}
