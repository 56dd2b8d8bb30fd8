import {load} from "cheerio";
import {LayoutError} from "../../formats/layoutError.ts";

const FILE = /\.(csv|xlsx|ods)(?:$|[?#])|[?&]format=(csv|xlsx|ods)\b/i;
const CATALOGUE = /data\.gov\.uk\/dataset\/|\/api\/3\/action\/package_show\?|\/dataset\/[\w-]+\/?$/i;
const FORMATS = /^(csv|xlsx|ods)$/i;
const ABOUT_CONTRACTS = /contract/i;
const OTHER_LISTS = /purchase order|spend|payment|invoice|opportunit|procedure rules|standing orders/i;

/**
 * The register files that a council's page, or a catalogue's description of a dataset, links to; null for a register file.
 *
 * @throws {LayoutError} when a page links to none: pages change, and no link is not the same as no contracts
 */
export function registerLinks(bytes: Uint8Array, url: string): readonly string[] | null {
  const beginning = Buffer.from(bytes.subarray(0, 2048)).toString("latin1").trimStart();
  const found = beginning.startsWith("<")
    ? linksOnPage(new TextDecoder().decode(bytes), url)
    : beginning.startsWith("{")
      ? linksInCatalogue(new TextDecoder().decode(bytes), url)
      : null;
  if (found?.length === 0)
    throw new LayoutError(
      `${url}: no link to a contract register (CSV, XLSX, ODS or a catalogue entry) is on the page any more`
    );
  return found;
}

function linksOnPage(html: string, url: string): string[] {
  const $ = load(html);
  const links = $("a[href]")
    .toArray()
    .map((element) => {
      const anchor = $(element);
      const href = anchor.attr("href") ?? "";
      const row = anchor.closest("tr, li, section, .attachment").text(); // "Contracts register" may stand beside "Download CSV"
      return {href, words: `${anchor.text()} ${anchor.attr("title") ?? ""} ${decodeURI(safe(href))} ${row}`};
    })
    .filter(({href}) => (FILE.test(href) || CATALOGUE.test(href)) && URL.canParse(href, url))
    .filter(({words}) => ABOUT_CONTRACTS.test(words) && !OTHER_LISTS.test(words));
  return [...new Set(links.map(({href}) => new URL(href, url).href))];
}

const safe = (href: string): string =>
  href.replaceAll(/%(?![0-9a-f]{2})/gi, "%25").replaceAll(/%(?:[89a-f][0-9a-f])/gi, "");

/** The files of a dataset as CKAN describes it, alone or in the answer of `package_show`. */
function linksInCatalogue(json: string, url: string): string[] | null {
  const {resources} = packageIn(json);
  if (!Array.isArray(resources)) return null;
  return resources
    .filter((one): one is {url: string; format?: unknown} => typeof one === "object" && one !== null && "url" in one)
    .filter((one) => FORMATS.test(String(one.format ?? "")) || FILE.test(String(one.url)))
    .filter((one) => URL.canParse(String(one.url), url))
    .map((one) => new URL(String(one.url), url).href);
}

function packageIn(json: string): {resources?: unknown} {
  try {
    const value = JSON.parse(json) as {result?: unknown; resources?: unknown};
    return typeof value.result === "object" && value.result !== null ? (value.result as {resources?: unknown}) : value;
  } catch {
    return {};
  }
}
