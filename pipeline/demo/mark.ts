import {readdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {load} from "cheerio";

const WORDS =
  "SYNTHETIC: every council, contract, supplier and figure on this site is invented. Nothing here says anything about a real council.";

/** Says SYNTHETIC on every page and in every picture of a built site. */
export function markSynthetic(built: string): void {
  for (const name of readdirSync(built, {recursive: true, encoding: "utf8"})) {
    const path = join(built, name);
    if (name.endsWith(".html")) writeFileSync(path, markedPage(readFileSync(path, "utf8")));
    else if (name.endsWith(".svg")) writeFileSync(path, markedPicture(readFileSync(path, "utf8")));
  }
}

/** A page with the mark before everything else, in its title, and in each of its charts. */
export function markedPage(html: string): string {
  const $ = load(html);
  $("head > title").prepend("SYNTHETIC: ");
  $("meta[property='og:title'], meta[name=description], meta[property='og:description']").each((_, meta) => {
    $(meta).attr("content", `SYNTHETIC: ${$(meta).attr("content")}`);
  });
  $("body").prepend(`<p class="synthetic-mark" role="note"><strong>${WORDS}</strong></p>\n`);
  $("svg").each((_, svg) => {
    const viewBox = $(svg).attr("viewBox");
    if (viewBox !== undefined) $(svg).append(watermark(viewBox));
  });
  return $.html();
}

const markedPicture = (svg: string): string => {
  const viewBox = /viewBox="([^"]+)"/.exec(svg)?.[1];
  return viewBox === undefined ? svg : svg.replace(/<\/svg>\s*$/, `${watermark(viewBox)}</svg>`);
};

/** Attributes only: a style would be refused by the pages' policy, and lost in a picture that leaves its page. */
function watermark(viewBox: string): string {
  const [left = 0, top = 0, width = 0, height = 0] = viewBox.split(/[\s,]+/).map(Number);
  const size = Math.round(Math.min(width / 7, height));
  return (
    `<text x="${left + width / 2}" y="${top + height / 2}" font-size="${size}" font-weight="700" text-anchor="middle" ` +
    `dominant-baseline="middle" fill="#c2410c" fill-opacity="0.18" aria-hidden="true">SYNTHETIC</text>`
  );
}
