import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join, posix} from "node:path";
import {linkFile} from "../linkTree.ts";
import {rewritten} from "../publish/drawingDocument.ts";

// Framework reads every page into a browser's document model several times, to give headings their anchors and links their relative
// addresses, and nine tenths of a page are neither. So it is given pages without most of their HTML, which is put back into what it
// built. Words stay, for the search finds pages by them.

/** Parts of pages by the page's name without ending, "council/E08000035", in the order in which they stand there. */
export type Parts = ReadonlyMap<string, readonly string[]>;

/** One block of HTML on a line of its own, and a picture or a table right after another tag, where Markdown reads no paragraph. */
const BLOCK = /^<(p|div|figure|section|aside|ul|ol|details|footer)\b.*<\/\1>$/gm;
const INSIDE = /(?<=>)<(svg|table)\b[^>]*>.*?<\/\1>/g;

/** What Framework or the completion of pages does something about, and characters by names that are not known here. */
const NEEDS_FRAMEWORK =
  /<(?:h[1-6]|img|image|use|script|style|audio|video|source|form|pre|i data-part|[a-z]+ [^>]*(?:class="language-|download|srcset))\b|&(?!#\d+;|(?:amp|lt|gt|quot|nbsp);)|<!--|\$\{/i;

/** Tags as this site writes them, each attribute with a value in double quotes: they come out of a document as they went in. */
const TAG = /^<(?:\/[a-z][\w-]*|[a-z][\w-]*(?: [\w:-]+="[^"]*")*)>$/i;

const STAND_IN = /<(i|div) data-part="(\d+)"><!--.*?--><\/\1>/g;

/** Begins a comment, which a document keeps as one piece, while the search, which leaves out what is in angle brackets, reads on after this. */
const WORDS = "<!--words>";

interface Cut {
  readonly markdown: string;
  readonly parts: readonly string[];
}

/**
 * Takes pictures, tables, paragraphs and lists out of a page as it is written.
 *
 * @param path the page's address, for its links
 */
export function withoutParts(markdown: string, path: string): Cut {
  const parts: string[] = [];
  if (markdown.includes("`")) return {markdown, parts}; // written by hand: what looks like HTML may be an example of it
  const standIn =
    (tag: "i" | "div") =>
    (part: string, name: string): string => {
      if (NEEDS_FRAMEWORK.test(part) || !isWhole(part, name)) return part;
      const words = part.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
      return `<${tag} data-part="${parts.push(withRelativeLinks(rewritten(part), path)) - 1}">${WORDS}${words}--></${tag}>`;
    };
  const withoutBlocks = markdown.replaceAll(BLOCK, standIn("div"));
  return {markdown: withoutBlocks.replaceAll(INSIDE, standIn("i")), parts};
}

/** Whether a part ends with the tag that it began with, and is written as this site writes. */
function isWhole(part: string, name: string): boolean {
  const tags = part.match(/<[^>]*>/g) ?? [];
  let open = 0;
  for (const [i, tag] of tags.entries()) {
    if (!TAG.test(tag)) return false;
    if (tag === `</${name}>`) open -= 1;
    else if (tag.startsWith(`<${name}`) && /^[ >]/.test(tag.slice(name.length + 1))) open += 1;
    if (open === 0 && i < tags.length - 1) return false;
  }
  return open === 0;
}

/** Links as Framework writes them: relative to the page, and those to other sites in a window of their own. */
const withRelativeLinks = (html: string, path: string): string =>
  html.replaceAll(/<a [^>]*href="([^"]*)"[^>]*>/g, (tag, href: string) => {
    if (/ rel="(?:[^"]* )?external[" ]/i.test(tag)) return tag;
    const to = encodeURI(relativeLink(decodeURI(href), path));
    const moved = tag.replace(`href="${href}"`, () => `href="${to}"`);
    if (!/^\w+:/.test(href)) return moved;
    const target = / target="/.test(tag) ? "" : ' target="_blank"';
    const rel = / rel="/.test(tag) ? "" : ' rel="noopener noreferrer"';
    return `${moved.slice(0, -1)}${target}${rel}>`;
  });

/** "/councils#leeds" from "/council/E08000035" is "../councils#leeds"; pages have no ending, and a folder's index no name. */
function relativeLink(href: string, path: string): string {
  if (/^(?:\w+:|#)/.test(href)) return href;
  const [, pathname = "", rest = ""] = /^([^?#]*)(.*)$/.exec(href) ?? [];
  const target = posix.join(
    "/",
    pathname === "" ? path : pathname.startsWith("/") ? "." : posix.dirname(path),
    pathname
  );
  const clean = target.replace(/\.html$/, "").replace(/\/index$/, "/");
  const from = path.split("/").slice(0, -1);
  const to = clean.split("/");
  const file = to.pop();
  const same = from.findIndex((folder, i) => folder !== to[i] || i >= to.length);
  const shared = same === -1 ? from.length : same;
  const up = from.length - shared;
  return `${up === 0 ? "./" : "../".repeat(up)}${[...to.slice(shared), file].join("/")}${rest}`;
}

/** Puts them back into the page that was built. */
export const withParts = (html: string, parts: readonly string[]): string =>
  parts.length === 0
    ? html
    : html.replaceAll(STAND_IN, (standIn, _tag, place: string) => parts[Number(place)] ?? standIn);

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
        const page = name.slice(0, -".md".length);
        const cut = withoutParts(readFileSync(join(source, name), "utf8"), `/${page}`);
        writeFileSync(join(to, name), cut.markdown);
        parts.set(page, cut.parts);
      } else linkFile(join(source, name), join(to, name));
    }
  };
  visit("");
  return parts;
}
