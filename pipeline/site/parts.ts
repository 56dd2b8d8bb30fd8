import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {linkFile} from "../linkTree.ts";
import {rewritten} from "../publish/drawingDocument.ts";

// Framework reads every page into a browser's document model several times, and two thirds of the bytes of a page are pictures and
// tables that it only hands on. So it is given pages without them, and they are put back into what it built. Their words stay, for the
// search finds pages by them.

/** Parts of pages by the page's name without ending, "council/E08000035", in the order in which they stand there. */
export type Parts = ReadonlyMap<string, readonly string[]>;

/** A picture or a table right after another tag: at the beginning of a line, Markdown would take its stand-in for words. */
const PART = /(?<=>)<(svg|table)\b[^>]*>.*?<\/\1>/g;

/** What Framework would do something about: links, files, code, and characters by names that are not known here. */
const NEEDS_FRAMEWORK =
  /<(?:a|img|image|use|code|script|style|audio|video|source|input|h[1-6])\b|&(?!#\d+;|(?:amp|lt|gt|quot|nbsp);)|<!--/i;

const STAND_IN = /<i data-part="(\d+)">[^<]*<\/i>/g;

interface Cut {
  readonly markdown: string;
  readonly parts: readonly string[];
}

/** Takes pictures and tables out of a page as it is written. */
export function withoutParts(markdown: string): Cut {
  const parts: string[] = [];
  const cut = markdown.replaceAll(PART, (part: string) => {
    if (NEEDS_FRAMEWORK.test(part)) return part;
    const words = part.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
    return `<i data-part="${parts.push(rewritten(part)) - 1}">${words}</i>`;
  });
  return {markdown: cut, parts};
}

/** Puts them back into the page that was built. */
export const withParts = (html: string, parts: readonly string[]): string =>
  parts.length === 0 ? html : html.replaceAll(STAND_IN, (standIn, place: string) => parts[Number(place)] ?? standIn);

/**
 * Fills a folder with what Framework shall read: the pages without their pictures and tables, and everything else of the source as links.
 *
 * @param to emptied first
 */
export function writeLeanSource(source: string, to: string): Parts {
  rmSync(to, {recursive: true, force: true});
  const parts = new Map<string, readonly string[]>();
  const visit = (folder: string): void => {
    mkdirSync(join(to, folder), {recursive: true});
    for (const entry of readdirSync(join(source, folder), {withFileTypes: true})) {
      const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!entry.name.startsWith(".")) visit(name);
      } else if (entry.name.endsWith(".md")) {
        const cut = withoutParts(readFileSync(join(source, name), "utf8"));
        writeFileSync(join(to, name), cut.markdown);
        parts.set(name.slice(0, -".md".length), cut.parts);
      } else linkFile(join(source, name), join(to, name));
    }
  };
  visit("");
  return parts;
}
