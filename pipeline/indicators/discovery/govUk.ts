import {z} from "zod";
import {LayoutError} from "../../formats/layoutError.ts";
import {type Answer, type Discovery, type Found, type FoundFile, jsonOf, linksIn} from "./discovery.ts";

const SITE = "https://www.gov.uk";
const CONTENT = `${SITE}/api/content`;

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

const isData = (url: string): boolean => /\.(ods|xlsx|csv)$/i.test(new URL(url).pathname);

/**
 * Files attached to a page of GOV.UK, by its content API: the addresses of attachments hold a hash that changes with each
 * release, the page's own path does not. A collection or a landing page leads to its documents.
 *
 * @param path of the page, such as "statistics/fly-tipping-in-england" (under /government/)
 * @param attachment which attachments are the publication's, by title or file name
 * @param document which documents of a collection to look into, by title
 *
 * Source: https://content-api.publishing.service.gov.uk/
 */
export function govUk(path: string, attachment: RegExp, document: RegExp = attachment): Discovery {
  return {
    start: [`${CONTENT}/government/${path}`, `${SITE}/government/${path}`], // the page itself, should the API be gone
    read: (answer) =>
      answer.url.startsWith(`${CONTENT}/`) ? fromContent(answer, attachment, document) : fromPage(answer, attachment)
  };
}

function fromContent(answer: Answer, attachment: RegExp, document: RegExp): Found {
  const content = Content.safeParse(jsonOf(answer));
  if (!content.success)
    throw new LayoutError(`${answer.url} is not a page of the content API: ${z.prettifyError(content.error)}`);
  const {details, links} = content.data;
  return {
    files: details.attachments
      .filter(
        ({url, title, filename}) => isData(url) && [title, filename, lastPart(url)].some((it) => attachment.test(it))
      )
      .map(({url, title, filename}): FoundFile => ({url, title: title || filename || lastPart(url)})),
    ask: links.documents.filter(({title}) => document.test(title)).map(({base_path}) => `${CONTENT}${base_path}`)
  };
}

function fromPage(answer: Answer, attachment: RegExp): Found {
  const files = linksIn(answer)
    .filter(({url, words}) => isData(url) && (attachment.test(words) || attachment.test(lastPart(url))))
    .map(({url, words}): FoundFile => ({url, title: words || lastPart(url)}));
  return {files: [...new Map(files.map((file) => [file.url, file])).values()], ask: []};
}

const lastPart = (url: string): string => decodeURIComponent(new URL(url).pathname.split("/").at(-1) ?? "");
