import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {init, parse} from "es-module-lexer";
import {type Handler, Parser} from "htmlparser2";
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

/** Reads one page in one pass. The quick parser will do: nothing here depends on how a browser repairs markup. */
export function readPage(html: string): PageReading {
  const page = new PageReader(html);
  new Parser(page, {decodeEntities: true}).end(html);
  return {
    problems: [
      ...page.errors.map((said) => `live code that failed to compile (observablehq--error): ${said.trim()}`),
      ...(page.lang ? [] : ["the page does not say its language"]),
      ...(page.title.trim() ? [] : ["the page has no title"]),
      ...(page.heading.trim() ? [] : ["the page has no main heading (h1)"]),
      ...[...page.refused].map((name) => `an attribute "${name}", which the site's policy refuses`),
      ...(page.hasStyle ? ["a <style> element, which the site's policy refuses"] : []),
      ...repeated(page.ids).map((id) => `the id "${id}" is given more than once`)
    ],
    ids: new Set(page.ids),
    references: page.references()
  };
}

type Attributes = Readonly<Record<string, string>>;

/** An open element whose words are gathered until it is closed. */
interface Gathering {
  readonly depth: number;
  readonly words: string[];
  readonly done: (text: string) => void;
}

/** What the parser tells, element by element; hundreds of elements of a drawing cost no tree. */
class PageReader implements Partial<Handler> {
  readonly ids: string[] = [];
  readonly errors: string[] = [];
  readonly refused = new Set<string>(); // what the policy refuses, and what a browser that knows no policies would run all the same
  lang = "";
  title = "";
  heading = "";
  hasStyle = false;
  readonly #own: Reference[] = [];
  #base: string | undefined;
  readonly #open: string[] = [];
  #gathering: Gathering[] = [];
  readonly #mayHoldRefused: boolean;

  constructor(html: string) {
    this.#mayHoldRefused = REFUSED.test(html); // most pages do not
  }

  onopentag(name: string, attributes: Attributes): void {
    this.#open.push(name);
    if (attributes.id !== undefined) this.ids.push(attributes.id);
    if (this.#mayHoldRefused)
      for (const attribute of Object.keys(attributes))
        if (/^(on[a-z]+|style|srcdoc)$/i.test(attribute)) this.refused.add(attribute);
    if (attributes.class?.split(/\s+/).includes("observablehq--error"))
      this.#gather((text) => void this.errors.push(text));
    if (name === "html") this.lang ||= attributes.lang ?? "";
    else if (name === "base") this.#base ??= attributes.href;
    else if (name === "title" && this.#open.at(-2) === "head") this.#gather((text) => (this.title += text));
    else if (name === "h1") this.#gather((text) => (this.heading += text));
    else if (name === "style") {
      this.hasStyle = true;
      this.#gather((text) => this.#add(styleReferences(text)));
    } else if (name === "script" && attributes.src === undefined && IS_CODE.test(attributes.type ?? ""))
      this.#gather((text) => this.#add(scriptReferences(text)));
    this.#add(elementReferences(name, attributes));
  }

  ontext(words: string): void {
    for (const one of this.#gathering) one.words.push(words);
  }

  onclosetag(): void {
    const depth = this.#open.length;
    this.#open.pop();
    if (this.#gathering.length === 0) return;
    const ended = this.#gathering.filter((one) => one.depth === depth);
    this.#gathering = this.#gathering.filter((one) => one.depth !== depth);
    for (const {words, done} of ended) done(words.join(""));
  }

  references(): Reference[] {
    const base = this.#base;
    return base === undefined
      ? this.#own
      : this.#own.map((reference) => ({...reference, to: againstBase(reference.to, base)}));
  }

  #add(references: readonly Reference[]): void {
    this.#own.push(...references);
  }

  #gather(done: (text: string) => void): void {
    this.#gathering.push({depth: this.#open.length, words: [], done});
  }
}

const IS_CODE = /^(|module|text\/javascript)$/;
const REFUSED = /\s(on[a-z]+|style|srcdoc)\s*=|<style/i;

function repeated(values: readonly string[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const value of values) (seen.has(value) ? twice : seen).add(value);
  return [...twice];
}

// Elements that a browser loads by itself, with the attributes that say from where. A link or a form only leads somewhere.
const LOADED: Readonly<Record<string, readonly string[]>> = {
  script: ["src"],
  img: ["src"],
  source: ["src"],
  video: ["src", "poster"],
  audio: ["src"],
  track: ["src"],
  iframe: ["src"],
  embed: ["src"],
  object: ["data"],
  use: ["href", "xlink:href"],
  image: ["href", "xlink:href"],
  feimage: ["href", "xlink:href"]
};
const LEADING: Readonly<Record<string, string>> = {a: "href", area: "href", form: "action"};
const NOT_LOADED_LINKS = /^(canonical|alternate|license|author|next|prev|help|search)$/;

/** Where one element points. */
function elementReferences(name: string, attributes: Attributes): Reference[] {
  const references = (LOADED[name] ?? []).flatMap((attribute) => {
    const to = attributes[attribute];
    return to === undefined ? [] : [loaded(to, name)];
  });
  const leading = attributes[LEADING[name] ?? ""];
  if (leading !== undefined) references.push(leadsTo(leading, name));
  if ((name === "img" || name === "source") && attributes.srcset !== undefined)
    references.push(...attributes.srcset.split(",").map((one) => loaded(one.trim().split(/\s+/)[0]!, "srcset")));
  if (name === "link" && attributes.href !== undefined)
    references.push(linkReference(attributes.rel ?? "", attributes.href));
  if (name === "meta" && attributes["http-equiv"]?.toLowerCase() === "refresh" && attributes.content !== undefined)
    references.push(leadsTo(attributes.content.replace(/^.*?url=/i, ""), "refresh"));
  if (attributes.style !== undefined) references.push(...styleReferences(attributes.style));
  return references;
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
