import {type CheerioAPI, load} from "cheerio";

/** What every page shares. */
export interface Site {
  readonly title: string;
  readonly url: string | null; // where the site will be published, with a slash at its end; null when that is not known
  readonly navigation: readonly {readonly name: string; readonly path: string}[];
  readonly searchScript: string | null; // path of Framework's search from the site's root
  readonly script: string | null; // the same of the site's own script
  readonly icon: string | null; // the same of the icon
  readonly card?: string | null; // the same of the picture that a link to a page shows elsewhere
  readonly reservations: readonly string[]; // of the checks before publishing: on every page, in words
}

/** What one page says of itself. */
export interface PageFacts {
  readonly path: string; // "/", "/councils", "/council/E08000035"
  readonly description: string | null;
}

/** Where a page of the old name now is; a row of redirects.csv. */
export interface Redirect {
  readonly from: string; // "/council/leeds"
  readonly to: string; // "/council/E08000035"
}

/**
 * Completes a page as Framework leaves it: its language, a viewport that can be zoomed, what search engines and links show,
 * the site's navigation and search. A page without live code sheds Framework's scripts, for they would do nothing there.
 */
export function finishPage(html: string, page: PageFacts, site: Site): string {
  const $ = load(html);
  $("html").attr("lang", "en-GB");
  $("meta[name=viewport]").attr("content", "width=device-width, initial-scale=1");
  describe($, page, site);
  if (isStill($)) $("link[rel=modulepreload], script[type=module]:not([src])").remove();
  const toRoot = pathToRoot(page.path);
  $("form[action^='/']").each((_, form) => void $(form).attr("action", toRoot + $(form).attr("action")!.slice(1)));
  $("#observablehq-main").attr("tabindex", "-1");
  $("pre").attr("tabindex", "0"); // wide code scrolls sideways, which a keyboard must be able to do
  frameTables($);
  $("body").prepend(siteHeader(page.path, site));
  if (site.script !== null) $("head").append(`<script type="module" src="${toRoot}${site.script}"></script>\n`);
  return $.html();
}

/** Tables of written pages scroll inside themselves, as generated ones do; a number tells two under one heading apart. */
function frameTables($: CheerioAPI): void {
  $("#observablehq-main > table").each((i, element) => {
    const heading = $(element).prevAll("h1, h2, h3").first().text();
    const name = escaped(`Table ${i + 1}: ${heading}`);
    $(element).wrap(`<div class="table-scroll written" tabindex="0" role="region" aria-label="${name}"></div>`);
  });
}

/** Pages link to one another by relative paths, so that the site also works below another address than a host's root. */
export const pathToRoot = (path: string): string => "../".repeat(path.split("/").length - 2) || "./";

const escaped = (words: string): string =>
  words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const CARD_WORDS = "Contract Scale: does buying bigger cost less, and do people stop coming back?";

function describe($: CheerioAPI, {path, description}: PageFacts, site: Site): void {
  const meta = (kind: "name" | "property", name: string, content: string): string =>
    `<meta ${kind}="${name}" content="${escaped(content)}">\n`;
  const address = site.url === null || path === "/404" ? null : new URL(path.slice(1), site.url).href;
  $("head").append(
    [
      site.icon === null ? "" : `<link rel="icon" href="${pathToRoot(path)}${site.icon}" type="image/svg+xml">\n`,
      description === null ? "" : meta("name", "description", description),
      meta("property", "og:type", "website"),
      meta("property", "og:site_name", site.title),
      meta("property", "og:title", pageTitle($, site)),
      description === null ? "" : meta("property", "og:description", description),
      address === null ? "" : meta("property", "og:url", address),
      ...(site.url === null || !site.card // a card elsewhere needs a whole address
        ? []
        : [
            meta("property", "og:image", new URL(site.card, site.url).href),
            meta("property", "og:image:alt", CARD_WORDS),
            meta("name", "twitter:card", "summary_large_image")
          ]),
      address === null ? "" : `<link rel="canonical" href="${escaped(address)}">\n`,
      path === "/404" ? meta("name", "robots", "noindex") : ""
    ].join("")
  );
}

/** Framework writes "page | site"; a link preview shows the site's name by itself. */
const pageTitle = ($: CheerioAPI, {title}: Site): string => $("head > title").text().replace(` | ${title}`, "");

const CLIENT_ONLY = /^import "[^"]*\/_observablehq\/client\.\w+\.js";$/;

/** Whether nothing on the page runs: no cell, no file to load, no table of contents to follow. */
function isStill($: CheerioAPI): boolean {
  const scripts = $("script[type=module]:not([src])").toArray();
  return (
    scripts.length > 0 && scripts.every((script) => isIdle($(script).text())) && $("#observablehq-toc").length === 0
  );
}

const isIdle = (script: string): boolean =>
  CLIENT_ONLY.test(script.trim()) || script.includes("location.pathname.endsWith");

/** On a phone the links are a popover, which needs no script; where there is room, or no popover, they are a list. */
function siteHeader(path: string, site: Site): string {
  const toRoot = pathToRoot(path);
  const link = (name: string, to: string, className = ""): string =>
    `<a href="${toRoot}${to.slice(1)}"${className}${to === path ? ' aria-current="page"' : ""}>${escaped(name)}</a>`;
  const items = site.navigation.map(({name, path: to}) => `<li>${link(name, to)}</li>`);
  return `<header class="site-header">
<a class="skip-link" href="#observablehq-main">Skip to the content</a>
<nav aria-label="Site">${link(site.title, "/", ' class="site-name"')}<button class="menu-button" type="button" popovertarget="site-menu">Menu</button><ul id="site-menu" popover>${items.join("")}</ul></nav>
${site.searchScript === null ? "" : searchBox(toRoot + site.searchScript)}</header>
${banner(site.reservations, `${toRoot}status`)}`;
}

/**
 * What stands on every page while a check has a reservation; nothing while none has.
 * @param status address of the page that says more
 */
export function banner(reservations: readonly string[], status: string): string {
  if (reservations.length === 0) return "";
  const more = reservations.length > 1 ? ` And ${reservations.length - 1} more.` : "";
  return `<aside class="reservations" aria-label="About these data"><p><strong>Published with reservations.</strong> ${escaped(sentence(reservations[0]!))}.${more} <a href="${escaped(status)}">What the checks found</a></p></aside>
`;
}

const sentence = (words: string): string => (words[0] ?? "").toUpperCase() + words.slice(1);

/** The markup that Framework's search looks for. It needs JavaScript, so it shows only where there is some; its index loads on first use. */
function searchBox(script: string): string {
  return `<div id="observablehq-sidebar" class="site-search" role="search" aria-label="The whole site" hidden>
<div id="observablehq-search"><input type="search" aria-label="Search councils and pages" placeholder="Search" autocomplete="off" spellcheck="false"></div>
<div id="observablehq-search-results"></div>
</div>
<script type="module">${searchCode(script)}</script>
`;
}

const searchCode = (script: string): string => `const box = document.querySelector(".site-search");
box.hidden = false;
box.querySelector("input").addEventListener("focus", () => import(${JSON.stringify(script)}), {once: true});`;

const DEEPEST = 6; // folders below the root that a page may lie in

/** Every inline script that this file writes into pages, for their policy. */
export const ownScripts = ({searchScript}: Pick<Site, "searchScript">): Set<string> =>
  new Set(
    searchScript === null
      ? []
      : Array.from({length: DEEPEST}, (_, depth) => searchCode(("../".repeat(depth) || "./") + searchScript))
  );

/** A page that sends its reader on, without a script and without the host's help. */
export function redirectPage({from, to}: Redirect, {title, url}: Site): string {
  const target = pathToRoot(from) + to.slice(1);
  const canonical = url === null ? target : new URL(to.slice(1), url).href;
  return `<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Moved | ${escaped(title)}</title>
<meta name="robots" content="noindex">
<link rel="canonical" href="${escaped(canonical)}">
<meta http-equiv="refresh" content="0; url=${escaped(target)}">
</head>
<body><main><h1>This page is at another address</h1><p><a href="${escaped(target)}">Go there</a></p></main></body>
</html>
`;
}
