import {z} from "zod";
import {LayoutError} from "../../formats/layoutError.ts";
import {type Answer, type Discovery, type Found, type FoundFile, jsonOf, linksIn, NOTHING} from "./discovery.ts";

const API = "https://api.education.gov.uk/statistics/v1";
const SITE = "https://explore-education-statistics.service.gov.uk";
const FILES = "https://content.explore-education-statistics.service.gov.uk/api/releases/";

const Paging = z.object({page: z.number(), totalPages: z.number()}).optional();

const Publications = z.object({
  paging: Paging,
  results: z.array(z.object({id: z.string(), slug: z.string(), title: z.string()}))
});

const DataSets = z.object({
  paging: Paging,
  results: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      latestVersion: z.object({file: z.object({id: z.string()}).optional()}).nullish()
    })
  )
});

/**
 * Files of a publication of Explore Education Statistics: the API by the publication's name, its data sets by title, since
 * neither has an identifier that is promised to stay. Not every file is a data set of the API, so the release's own page
 * comes next: its data sets by title, and where none fits, the zip of everything in the release.
 *
 * The file as it was uploaded is preferred to the API's CSV, whose headings are labels that may change.
 *
 * @param slug of the publication in the site's addresses
 * @param search what to search for in the API
 * @param titles of the data sets that the publication reads; a place that lacks one of them is not enough
 *
 * Source: https://api.education.gov.uk/statistics/docs/
 */
export function exploreEducationStatistics(slug: string, search: string, titles: readonly RegExp[]): Discovery {
  return {
    start: [
      [`${API}/publications?search=${encodeURIComponent(search)}&pageSize=40`, `${SITE}/find-statistics/${slug}`]
    ],
    hosts: [API, SITE, FILES].map((address) => new URL(address).hostname),
    forPrograms: [`${API}/`, FILES],
    notTriedLive:
      "The API's shapes are those of its documentation; the page's links and the address of the zip are those that other clients use.",
    wants: `data set of "${slug}" whose title fits ${titles.map(({source}) => source).join(" or ")}`,
    lacks: (files) => {
      const missing = titles.filter((pattern) => !files.some(({title}) => title === EVERYTHING || pattern.test(title)));
      if (missing.length === 0) return null;
      return `data set of "${slug}" whose title fits ${missing.map(({source}) => source).join(" or ")}`;
    },
    read: (answer) => {
      const {pathname} = new URL(answer.url);
      if (pathname.endsWith("/data-sets")) return fromDataSets(answer, titles);
      return pathname.endsWith("/publications") ? fromPublications(answer, slug) : fromPage(answer, titles);
    }
  };
}

const EVERYTHING = "every file of the release";

const fits = (title: string, titles: readonly RegExp[]): boolean => titles.some((pattern) => pattern.test(title));

function fromPublications(answer: Answer, slug: string): Found {
  const {results, paging} = parsed(answer, Publications);
  const wanted = results.filter((one) => one.slug === slug);
  return {
    files: [],
    ask:
      wanted.length > 0
        ? wanted.map(({id}) => `${API}/publications/${id}/data-sets?pageSize=40`)
        : next(answer, paging),
    others: results.filter((one) => one.slug !== slug).map(({title}) => title)
  };
}

function fromDataSets(answer: Answer, titles: readonly RegExp[]): Found {
  const {results, paging} = parsed(answer, DataSets);
  const files = results
    .filter(({title}) => fits(title, titles))
    .map(({id, title, latestVersion}): FoundFile => ({url: addressOf(id, latestVersion?.file?.id), title}));
  const others = results.filter(({title}) => !fits(title, titles)).map(({title}) => title);
  return {files, ask: next(answer, paging), others};
}

/** The page after this one, by the API's own count. */
function next({url}: Answer, paging: z.infer<typeof Paging>): string[] {
  if (paging === undefined || paging.page >= paging.totalPages) return [];
  const address = new URL(url);
  address.searchParams.set("page", String(paging.page + 1));
  return [address.href];
}

const addressOf = (dataSet: string, file: string | undefined): string =>
  file === undefined ? `${API}/data-sets/${dataSet}/csv` : `${SITE}/data-catalogue/data-set/${file}/csv`;

function fromPage(answer: Answer, titles: readonly RegExp[]): Found {
  const links = linksIn(answer);
  const dataSets = links.flatMap(({url, words}): FoundFile[] => {
    const dataSet = /^(.*\/data-catalogue\/data-set\/[0-9a-f-]{36})(?:\/csv)?$/.exec(url)?.[1];
    return dataSet === undefined ? [] : [{url: `${dataSet}/csv`, title: words}];
  });
  const wanted = dataSets.filter(({title}) => fits(title, titles));
  const zips = links.filter(({url}) => /\/api\/releases\/[0-9a-f-]{36}\/files(\?|$)/.test(url));
  const everything = zips.slice(0, 1).map(({url}): FoundFile => ({url, title: EVERYTHING}));
  const isWhole = titles.every((pattern) => wanted.some(({title}) => pattern.test(title)));
  const files = isWhole || everything.length === 0 ? wanted : everything;
  return {
    ...NOTHING,
    files: [...new Map(files.map((file) => [file.url, file])).values()],
    others: dataSets.map(({title}) => title).filter((title) => !fits(title, titles))
  };
}

function parsed<T>(answer: Answer, schema: z.ZodType<T>): T {
  const result = schema.safeParse(jsonOf(answer));
  if (result.success) return result.data;
  throw new LayoutError(`${answer.url} is not what the API promises: ${z.prettifyError(result.error)}`);
}
