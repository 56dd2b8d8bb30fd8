import {z} from "zod";
import {LayoutError} from "../../formats/layoutError.ts";
import {type Answer, type Discovery, type Found, type FoundFile, jsonOf, linksIn, NOTHING} from "./discovery.ts";

const SITE = "https://www.gov.uk";
const CONTENT = `${SITE}/api/content`;
const ASSETS = "https://assets.publishing.service.gov.uk";

/** A page as the content API gives it: only what leads to files. */
const Content = z.object({
  base_path: z.string(),
  details: z
    .object({
      attachments: z
        .array(z.object({url: z.string(), title: z.string().default(""), filename: z.string().default("")}))
        .default([])
    })
    .default({attachments: []}),
  links: z
    .object({documents: z.array(z.object({base_path: z.string(), title: z.string().default("")})).default([])})
    .default({documents: []})
});

/** Which attachments and documents of a page of GOV.UK are a publication's. */
export interface Wanted {
  readonly attachment: RegExp; // by title or file name
  readonly except?: RegExp; // of those, by title or file name
  readonly document?: RegExp; // of a collection, by title; else by the same words as attachments
}

/**
 * Files attached to pages of GOV.UK, by its content API: the addresses of attachments hold a hash that changes with each
 * release, a page's own path does not. A collection or a landing page leads to its documents. A table that is there in two
 * formats is taken once.
 *
 * @param paths of the pages, such as "statistics/fly-tipping-in-england" (under /government/)
 *
 * Source: https://content-api.publishing.service.gov.uk/
 */
export function govUk(paths: readonly string[], {attachment, except, document = attachment}: Wanted): Discovery {
  const isWanted = (...names: readonly string[]): boolean =>
    names.some((name) => attachment.test(name)) && !names.some((name) => except?.test(name));
  return {
    start: paths.map((path) => [`${CONTENT}/government/${path}`, `${SITE}/government/${path}`]), // the page itself, should the API be gone
    hosts: [SITE, ASSETS].map((address) => new URL(address).hostname),
    forPrograms: [`${CONTENT}/`, `${ASSETS}/`],
    notTriedLive:
      "The content API's shapes are those of its documentation; the pages' paths and the words of attachments are those of files seen elsewhere.",
    wants: `spreadsheet or CSV attached whose title or file name fits ${attachment.source}`,
    read: (answer) => {
      if (answer.url.startsWith(`${CONTENT}/`)) return fromContent(answer, isWanted, document);
      return fromPage(answer, isWanted);
    }
  };
}

const isData = (url: string): boolean => URL.canParse(url) && /\.(ods|xlsx|csv)$/i.test(new URL(url).pathname);

type IsWanted = (...names: readonly string[]) => boolean;

function fromContent(answer: Answer, isWanted: IsWanted, document: RegExp): Found {
  const content = Content.safeParse(jsonOf(answer));
  if (!content.success)
    throw new LayoutError(`${answer.url} is not a page of the content API: ${z.prettifyError(content.error)}`);
  const {details, links} = content.data;
  const attached = details.attachments.filter(({url}) => isData(url));
  const chosen = attached.filter(({url, title, filename}) => isWanted(title, filename, lastPart(url)));
  const documents = links.documents.filter(({title}) => document.test(title));
  return {
    files: onceEach(chosen.map(({url, title, filename}) => fileAt(url, title || filename || lastPart(url)))),
    ask: documents.map(({base_path}) => `${CONTENT}${base_path}`),
    others: [
      ...attached.filter((one) => !chosen.includes(one)).map(({title, url}) => title || lastPart(url)),
      ...links.documents.filter((one) => !documents.includes(one)).map(({title}) => title)
    ]
  };
}

function fromPage(answer: Answer, isWanted: IsWanted): Found {
  const links = linksIn(answer).filter(({url}) => isData(url));
  const chosen = links.filter(({url, words}) => isWanted(words, lastPart(url)));
  return {
    ...NOTHING,
    files: onceEach(chosen.map(({url, words}) => fileAt(url, words || lastPart(url)))),
    others: links.filter((one) => !chosen.includes(one)).map(({url, words}) => words || lastPart(url))
  };
}

const fileAt = (url: string, title: string): FoundFile => ({
  url,
  title,
  ...(url.startsWith(`${ASSETS}/media/`) ? {isFixed: true as const} : {}) // the folder's name is new for each upload
});

/** One file for each file name without its ending: the same tables as ODS and as XLSX are one thing to read, the first named. */
function onceEach(files: readonly FoundFile[]): FoundFile[] {
  const byName = new Map<string, FoundFile>();
  for (const file of files) {
    const name = lastPart(file.url)
      .replace(/\.\w+$/, "")
      .toLowerCase();
    if (!byName.has(name)) byName.set(name, file);
  }
  return [...byName.values()];
}

const lastPart = (url: string): string => decodeURIComponent(new URL(url).pathname.split("/").at(-1) ?? "");
