import {createHash} from "node:crypto";
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {load} from "cheerio";

/** Header lines for the addresses that match a path: "/councils", or "/council/*" for everything below. */
export interface HeaderRule {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

export const HEADERS_FILE = "_headers";
const EMBED = "embed/";
const EVERYWHERE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"};

/** What pages of other sites may read: the data, every released version, the feed and the status. */
const OPEN_FOLDERS = ["data", "v"];
const OPEN_FILES = ["feed.xml", "status.json"];
const OPEN_TO_ALL = {"Access-Control-Allow-Origin": "*"};

/** The header lines with which a browser lets pages of other sites read a file; none for what is not open. */
export const openHeaders = (file: string): Readonly<Record<string, string>> =>
  OPEN_FOLDERS.some((folder) => file.startsWith(`/${folder}/`)) || OPEN_FILES.includes(file.slice(1))
    ? OPEN_TO_ALL
    : {};

/**
 * Tells browsers what a built site may do: every page gets a policy with the hashes of its own scripts, and the folder gets the
 * same, and who may read the data, as header lines for hosts (`_headers`) and servers (`server/nginx.conf`, `server/Caddyfile`), which alone can say who may frame a page.
 *
 * Only scripts that the site itself writes get a hash. A policy that hashed whatever it found would bless what somebody planted.
 *
 * @param ownScripts the inline scripts that the site writes
 * @throws {Error} naming the page and the script's beginning, when a page holds any other
 */
export function writePolicies(site: string, ownScripts: ReadonlySet<string>): void {
  const files = readdirSync(site, {recursive: true, encoding: "utf8"}).map((name) => name.replaceAll("\\", "/"));
  const pages = files.filter((name) => name.endsWith(".html")).sort();
  const hashes = new Set<string>();
  for (const page of pages) {
    const html = readFileSync(join(site, page), "utf8");
    const own = scriptHashes(html, page, ownScripts);
    for (const hash of own) hashes.add(hash);
    writeFileSync(join(site, page), withPolicy(html, pagePolicy(page, own, /<base\b/i.test(html))));
  }
  const policies = {site: headerPolicy([...hashes].sort()), embed: embedPolicy()};
  writeFileSync(join(site, HEADERS_FILE), headersFile(headerRules(readdirSync(site), policies)));
  for (const [path, text] of [
    ["server/nginx.conf", nginx(policies)],
    ["server/Caddyfile", caddy(policies)]
  ] as const) {
    mkdirSync(dirname(join(site, path)), {recursive: true});
    writeFileSync(join(site, path), text);
  }
}

interface Policies {
  readonly site: string;
  readonly embed: string;
}

/** The hashes of a page's inline scripts, as a policy names them. */
export function scriptHashes(html: string, page: string, ownScripts: ReadonlySet<string>): string[] {
  const inline = plainScripts(html, ownScripts) ?? parsedScripts(html);
  const stranger = inline.find(({code, isInHead}) => !isOwn(code, isInHead, ownScripts));
  if (stranger !== undefined)
    throw new Error(
      `${page} holds a script that the site did not write, so nothing was published; it begins ${JSON.stringify(stranger.code.trim().slice(0, 80))}`
    );
  return [...new Set(inline.map(({code}) => `'sha256-${createHash("sha256").update(code).digest("base64")}'`))];
}

interface InlineScript {
  readonly code: string;
  readonly isInHead: boolean;
}

const isOwn = (code: string, isInHead: boolean, ownScripts: ReadonlySet<string>): boolean =>
  ownScripts.has(code) || (isInHead && IS_FRAMEWORKS.test(code));

/**
 * The inline scripts of a page on which every "<script" begins one that the site writes, as the site writes it; else nothing is said,
 * and the page has to be parsed, which takes fifty times as long.
 */
function plainScripts(html: string, ownScripts: ReadonlySet<string>): InlineScript[] | null {
  const inline: InlineScript[] = [];
  const headEnds = html.indexOf("</head>");
  const found = [...html.matchAll(/<script/gi)];
  for (const {index} of found) {
    PLAIN.lastIndex = index;
    const [, attributes, code] = PLAIN.exec(html) ?? [];
    if (attributes === undefined || code === undefined) return null;
    if (/ src="/.test(attributes)) {
      if (code !== "") return null;
      continue;
    }
    if (IS_DATA.test(/^ type="([^"]*)"$/.exec(attributes)?.[1] ?? "")) continue;
    const isInHead = index < headEnds;
    if (attributes !== ' type="module"' || !isOwn(code, isInHead, ownScripts)) return null;
    inline.push({code, isInHead});
  }
  return inline;
}

const PLAIN = /<script((?: (?:type|src)="[^"]*")*)>([^<]*)<\/script>/y;

function parsedScripts(html: string): InlineScript[] {
  const $ = load(html);
  return $('script:not([src]):not([type="application/ld+json"])') // a description for search engines is data: no browser runs it
    .toArray()
    .filter((element) => !IS_DATA.test($(element).attr("type") ?? ""))
    .map((element) => ({code: $(element).text(), isInHead: $(element).parent().is("head")}));
}

/** A block of data for other programs, which browsers never run. */
const IS_DATA = /^application\/(?:ld\+)?json$/;

/** Live code of a page: Framework writes it into the head, and nothing from a register ever stands there. */
const IS_FRAMEWORKS = /^\s*import (?:\{[\w, ]+\} from )?"[./]*\/_observablehq\/client\.\w+\.js";/;

const COMMON = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:", // a chart that is saved as a picture passes through one
  "connect-src 'self'",
  "form-action 'self'"
];

function pagePolicy(page: string, hashes: readonly string[], hasBase: boolean): string {
  const scripts = page.startsWith(EMBED) ? "script-src 'none'" : `script-src ${["'self'", ...hashes].join(" ")}`;
  return [...COMMON, scripts, `base-uri ${hasBase ? "'self'" : "'none'"}`].join("; ");
}

const headerPolicy = (hashes: readonly string[]): string =>
  [...COMMON, `script-src ${["'self'", ...hashes].join(" ")}`, "base-uri 'self'", "frame-ancestors 'none'"].join("; ");

const embedPolicy = (): string => [...COMMON, "script-src 'none'", "base-uri 'none'", "frame-ancestors *"].join("; ");

/** The policy goes before anything that it governs, right after the encoding. */
function withPolicy(html: string, policy: string): string {
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  const withIt = html.replace(/<meta charset="utf-8">/i, (charset) => `${charset}\n${meta}`);
  return withIt === html ? html.replace(/<head>/i, (head) => `${head}\n${meta}`) : withIt;
}

/**
 * One rule for each top-level page and folder: hosts add up the rules that match an address, and two different policies for one
 * page would both hold, so no rule but the harmless first may overlap another.
 */
function headerRules(entries: readonly string[], policies: Policies): HeaderRule[] {
  const pages = entries
    .filter((name) => name.endsWith(".html"))
    .map((name) => `/${name.replace(/(^index)?\.html$/, "")}`);
  const folders = entries
    .filter((name) => !name.includes(".") && name !== "embed" && name !== HEADERS_FILE)
    .map((name) => `/${name}/*`);
  const ofSite = {"Content-Security-Policy": policies.site};
  return [
    {path: "/*", headers: EVERYWHERE},
    ...[...pages, ...folders].sort().map((path) => ({path, headers: {...ofSite, ...openHeaders(path)}})),
    ...OPEN_FILES.map((name) => ({path: `/${name}`, headers: openHeaders(`/${name}`)})),
    {path: "/embed/*", headers: {"Content-Security-Policy": policies.embed}}
  ];
}

const headersFile = (rules: readonly HeaderRule[]): string =>
  rules
    .map(
      ({path, headers}) =>
        `${path}\n${Object.entries(headers)
          .map(([name, value]) => `  ${name}: ${value}\n`)
          .join("")}`
    )
    .join("");

/** Reads what `headersFile` wrote, as Netlify and Cloudflare Pages do. */
export function readHeaderRules(text: string): HeaderRule[] {
  const rules: {path: string; headers: Record<string, string>}[] = [];
  for (const line of text.split("\n").filter((one) => one.trim() !== "")) {
    if (!/^\s/.test(line)) rules.push({path: line.trim(), headers: {}});
    const [, name, value] = /^\s+([\w-]+):\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) rules.at(-1)!.headers[name] = value;
  }
  return rules;
}

/** The header lines for one address. */
export function headersFor(path: string, rules: readonly HeaderRule[]): Record<string, string> {
  const name = path.replace(/\.html$/, "").replace(/^\/index$/, "/");
  const matches = (rule: string): boolean => (rule.endsWith("*") ? name.startsWith(rule.slice(0, -1)) : rule === name);
  return Object.assign({}, ...rules.filter((rule) => matches(rule.path)).map(({headers}) => headers)) as Record<
    string,
    string
  >;
}

const nginx = ({
  site,
  embed
}: Policies): string => `# Inside http { }. Put the site's folder in place of /srv/contract-scale.
map $uri $contract_scale_policy {
  default "${site}";
  ~^/embed/ "${embed}";
}
map $uri $contract_scale_open {
  default "";
  ~^/(${OPEN_FOLDERS.join("|")})/ "*";
${OPEN_FILES.map((name) => `  /${name} "*";`).join("\n")}
}
server {
  listen 80;
  root /srv/contract-scale;
  error_page 404 /404.html;
${Object.entries({
  ...EVERYWHERE,
  "Content-Security-Policy": "$contract_scale_policy",
  "Access-Control-Allow-Origin": "$contract_scale_open"
})
  .map(([name, value]) => `  add_header ${name} "${value}" always;`)
  .join("\n")}
  location / {
    try_files $uri $uri.html $uri/index.html =404;
  }
  location = /${HEADERS_FILE} { return 404; }
}
`;

const caddy = ({
  site,
  embed
}: Policies): string => `# Put the site's address and folder in place of example.org and /srv/contract-scale.
example.org {
  root * /srv/contract-scale
  @embed path /embed/*
  @rest not path /embed/*
  @open path ${[...OPEN_FOLDERS.map((folder) => `/${folder}/*`), ...OPEN_FILES.map((name) => `/${name}`)].join(" ")}
  header {
${Object.entries(EVERYWHERE)
  .map(([name, value]) => `    ${name} "${value}"`)
  .join("\n")}
  }
  header @embed Content-Security-Policy "${embed}"
  header @rest Content-Security-Policy "${site}"
${Object.entries(OPEN_TO_ALL)
  .map(([name, value]) => `  header @open ${name} "${value}"`)
  .join("\n")}
  try_files {path} {path}.html {path}/index.html
  file_server {
    hide ${HEADERS_FILE}
  }
  handle_errors {
    rewrite * /404.html
    file_server
  }
}
`;
