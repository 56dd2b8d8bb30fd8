import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {type CheerioAPI, load} from "cheerio";
import {init, parse} from "es-module-lexer";
import {personalFindings} from "./personal.ts";

/** Something in a built site that must not be published. */
export interface Finding {
  readonly file: string; // from the site's root, "council/E08000035.html"
  readonly what: string;
}

/** Where a page or a script points to, as written, and how it is meant. */
interface Reference {
  readonly to: string;
  readonly by: string; // "a[href]", "import"
  readonly isLoaded: boolean; // fetched by the browser without the reader's doing
}

/** What one page is and where it points. */
export interface PageReading {
  readonly problems: readonly string[]; // what is wrong with the page by itself
  readonly ids: ReadonlySet<string>;
  readonly references: readonly Reference[];
}

/**
 * Everything that a reader, a screen reader or a browser would stumble over in a built site: live code that failed to compile,
 * modules that were never resolved, ways to reach people, anything loaded from another host, links and files that lead nowhere, pages without
 * language, title or heading, and ids given twice.
 */
export async function checkSite(folder: string): Promise<Finding[]> {
  await init;
  const files = new Set(
    readdirSync(folder, {recursive: true, withFileTypes: true})
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll("\\", "/")
      )
  );
  const textOf = (file: string): string => readFileSync(join(folder, file), "utf8");
  const pages = new Map([...files].filter(isPage).map((file) => [file, readPage(textOf(file))]));
  const site: SiteMap = {files, idsOf: (file) => pages.get(file)?.ids ?? new Set()};
  const findings: Finding[] = [];
  const add = (file: string, problems: readonly string[]): void => {
    for (const what of problems) findings.push({file, what});
  };
  for (const [file, {problems, references}] of pages)
    add(file, [...problems, ...references.flatMap((reference) => referenceProblems(reference, file, site))]);
  for (const file of files) {
    add(file, await personalFindings(file, join(folder, file), () => textOf(file)));
    if (/\.m?js$/.test(file))
      add(
        file,
        scriptReferences(textOf(file)).flatMap((reference) => referenceProblems(reference, file, site))
      );
    if (file.endsWith(".css"))
      add(
        file,
        styleReferences(textOf(file)).flatMap((reference) => referenceProblems(reference, file, site))
      );
  }
  return findings.sort((a, b) => (a.file === b.file ? 0 : a.file < b.file ? -1 : 1));
}

const isPage = (file: string): boolean => file.endsWith(".html");

/** Reads one page. The quick parser will do: nothing here depends on how a browser repairs markup. */
export function readPage(html: string): PageReading {
  const $ = load(html, {xml: {xmlMode: false, decodeEntities: true}});
  const ids = $("[id]")
    .toArray()
    .map((element) => $(element).attr("id")!);
  return {
    problems: [
      ...failedCells($),
      ...($("html").attr("lang") ? [] : ["the page does not say its language"]),
      ...($("head > title").text().trim() ? [] : ["the page has no title"]),
      ...($("h1").text().trim() ? [] : ["the page has no main heading (h1)"]),
      ...refusedByPolicy(html, $),
      ...repeated(ids).map((id) => `the id "${id}" is given more than once`)
    ],
    ids: new Set(ids),
    references: pageReferences($)
  };
}

const failedCells = ($: CheerioAPI): string[] =>
  $(".observablehq--error")
    .toArray()
    .map((element) => `live code that failed to compile (observablehq--error): ${$(element).text().trim()}`);

/** What the site's policy refuses, and what a browser that knows no policies would run all the same. */
function refusedByPolicy(html: string, $: CheerioAPI): string[] {
  if (!REFUSED.test(html)) return []; // most pages: walking every element takes longer than looking at the text
  const names = $("*")
    .toArray()
    .flatMap((element) => Object.keys($(element).attr() ?? {}))
    .filter((name) => /^(on[a-z]+|style|srcdoc)$/i.test(name));
  return [
    ...[...new Set(names)].map((name) => `an attribute "${name}", which the site's policy refuses`),
    ...($("style").length > 0 ? ["a <style> element, which the site's policy refuses"] : [])
  ];
}

const REFUSED = /\s(on[a-z]+|style|srcdoc)\s*=|<style/i;

function repeated(values: readonly string[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const value of values) (seen.has(value) ? twice : seen).add(value);
  return [...twice];
}

// Elements that a browser loads by itself, with the attributes that say from where. A link or a form only leads somewhere.
const LOADED = [
  ["script", "src"],
  ["img", "src"],
  ["source", "src"],
  ["video", "src"],
  ["video", "poster"],
  ["audio", "src"],
  ["track", "src"],
  ["iframe", "src"],
  ["embed", "src"],
  ["object", "data"],
  ["use", "href"],
  ["image", "href"],
  ["feimage", "href"]
] as const;
const NOT_LOADED_LINKS = /^(canonical|alternate|license|author|next|prev|help|search)$/;

function pageReferences($: CheerioAPI): Reference[] {
  const valuesOf = (selector: string, attribute: string): string[] =>
    $(selector)
      .toArray()
      .flatMap((element) => $(element).attr(attribute) ?? []);
  const base = $("base[href]").attr("href");
  const own = [
    ...LOADED.flatMap(([element, attribute]) =>
      [...valuesOf(element, attribute), ...(attribute === "href" ? valuesOf(element, "xlink:href") : [])].map((to) =>
        loaded(to, element)
      )
    ),
    ...valuesOf("img[srcset], source[srcset]", "srcset").flatMap((set) =>
      set.split(",").map((one) => loaded(one.trim().split(/\s+/)[0]!, "srcset"))
    ),
    ...$("link[href]")
      .toArray()
      .map((link) => linkReference($(link).attr("rel") ?? "", $(link).attr("href")!)),
    ...valuesOf("a", "href").map((to) => leadsTo(to, "a")),
    ...valuesOf("area", "href").map((to) => leadsTo(to, "area")),
    ...valuesOf("form", "action").map((to) => leadsTo(to, "form")),
    ...valuesOf("meta[http-equiv=refresh]", "content").map((content) =>
      leadsTo(content.replace(/^.*?url=/i, ""), "refresh")
    ),
    ...valuesOf("[style]", "style").flatMap(styleReferences),
    ...$("style")
      .toArray()
      .flatMap((style) => styleReferences($(style).text())),
    ...$("script:not([src])")
      .toArray()
      .filter((script) => /^(|module|text\/javascript)$/.test($(script).attr("type") ?? ""))
      .flatMap((script) => scriptReferences($(script).text()))
  ];
  return base === undefined ? own : own.map((reference) => ({...reference, to: againstBase(reference.to, base)}));
}

const loaded = (to: string, by: string): Reference => ({to, by, isLoaded: true});
const leadsTo = (to: string, by: string): Reference => ({to, by, isLoaded: false});

const linkReference = (rel: string, to: string): Reference =>
  NOT_LOADED_LINKS.test(rel.trim().toLowerCase()) ? leadsTo(to, `link[rel=${rel}]`) : loaded(to, `link[rel=${rel}]`);

/** Only a root-relative base is used, by the page for addresses that are not there. */
const againstBase = (to: string, base: string): string =>
  isElsewhere(to) || hasScheme(to) || to.startsWith("#")
    ? to
    : new URL(to, new URL(base, SITE)).href.slice(SITE.length - 1);

/** What a style sheet loads. */
export const styleReferences = (css: string): Reference[] =>
  [...css.matchAll(/@import\s+(?:url\()?\s*["']?([^"')\s;]+)|url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]+))\s*\)/gi)]
    .map(([, imported, double, single, bare]) => imported ?? double ?? single ?? bare ?? "")
    .filter((to) => !to.startsWith("#")) // a gradient or clip path of the page itself
    .map((to) => loaded(to, "style sheet"));

/** What a script imports. A specifier that is worked out as the script runs cannot be read here. */
export function scriptReferences(code: string): Reference[] {
  const [imports] = parse(code);
  return imports.flatMap((one) => {
    if (one.type === "import-meta" || one.specifier == null) return [];
    return [loaded(one.specifier, one.type === "dynamic" ? "lazy import" : "import")];
  });
}

interface SiteMap {
  readonly files: ReadonlySet<string>;
  readonly idsOf: (file: string) => ReadonlySet<string>;
}

const SITE = "https://site.invalid/";
const isElsewhere = (to: string): boolean => /^(https?:)?\/\//i.test(to);
const hasScheme = (to: string): boolean => /^[a-z][a-z0-9+.-]*:/i.test(to);

/**
 * What is wrong with one reference of one file, which is nothing or one sentence. What Framework's client could load lazily is
 * not followed: it names libraries that no page asks for, and those are not shipped.
 */
function referenceProblems({to, by, isLoaded}: Reference, file: string, site: SiteMap): string[] {
  if (isElsewhere(to)) return isLoaded ? [`${by} loads ${to} from another host`] : [];
  if (hasScheme(to)) return /^javascript:/i.test(to) ? [`${by} runs ${to}`] : [];
  if (by.endsWith("import")) {
    if (!/^\.{0,2}\//.test(to)) return [`the module "${to}" was never resolved: no browser knows where it is`];
    if (by === "lazy import" && file.startsWith("_observablehq/")) return [];
  }
  const url = new URL(to, SITE + file);
  const target = fileAt(decodeURIComponent(url.pathname).slice(1), site.files);
  if (target === null) return [`${by} leads to ${to}, which is not there`];
  const id = decodeURIComponent(url.hash.slice(1));
  if (id === "" || !isPage(target) || site.idsOf(target).has(id)) return [];
  return [`${by} leads to ${to}, but no element there has the id "${id}"`];
}

/** The file that a host would answer with: itself, the page of that name, or the folder's index. */
function fileAt(path: string, files: ReadonlySet<string>): string | null {
  const folder = path === "" || path.endsWith("/");
  const candidates = folder ? [`${path}index.html`] : [path, `${path}.html`];
  return candidates.find((candidate) => files.has(candidate)) ?? null;
}
