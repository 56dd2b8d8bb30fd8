import {z} from "zod";
import {LayoutError} from "../../formats/layoutError.ts";
import {type Answer, type Discovery, type Found, type FoundFile, jsonOf, linksIn, NOTHING} from "./discovery.ts";

const API = "https://api.education.gov.uk/statistics/v1";
const SITE = "https://explore-education-statistics.service.gov.uk";

const Publications = z.object({results: z.array(z.object({id: z.string(), slug: z.string(), title: z.string()}))});

const DataSets = z.object({
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
 * comes next.
 *
 * The file as it was uploaded is preferred to the API's CSV, whose headings are labels that may change.
 *
 * @param slug of the publication in the site's addresses
 * @param search what to search for in the API
 * @param titles of the data sets that the publication reads
 *
 * Source: https://api.education.gov.uk/statistics/docs/
 */
export function exploreEducationStatistics(slug: string, search: string, titles: readonly RegExp[]): Discovery {
  const wanted = (title: string): boolean => titles.some((pattern) => pattern.test(title));
  return {
    start: [`${API}/publications?search=${encodeURIComponent(search)}&pageSize=40`, `${SITE}/find-statistics/${slug}`],
    read: (answer) => {
      const {pathname} = new URL(answer.url);
      if (pathname.endsWith("/data-sets")) return fromDataSets(answer, wanted);
      return pathname.endsWith("/publications") ? fromPublications(answer, slug) : fromPage(answer, wanted);
    }
  };
}

function fromPublications(answer: Answer, slug: string): Found {
  const {results} = parsed(answer, Publications);
  const ask = results
    .filter((one) => one.slug === slug)
    .map(({id}) => `${API}/publications/${id}/data-sets?pageSize=40`);
  return {...NOTHING, ask};
}

function fromDataSets(answer: Answer, wanted: (title: string) => boolean): Found {
  const {results} = parsed(answer, DataSets);
  const files = results
    .filter(({title}) => wanted(title))
    .map(({id, title, latestVersion}): FoundFile => ({url: addressOf(id, latestVersion?.file?.id), title}));
  return {...NOTHING, files};
}

const addressOf = (dataSet: string, file: string | undefined): string =>
  file === undefined ? `${API}/data-sets/${dataSet}/csv` : `${SITE}/data-catalogue/data-set/${file}/csv`;

function fromPage(answer: Answer, wanted: (title: string) => boolean): Found {
  const files = linksIn(answer).flatMap(({url, words}): FoundFile[] => {
    const dataSet = /^(.*\/data-catalogue\/data-set\/[0-9a-f-]{36})(?:\/csv)?$/.exec(url)?.[1];
    return dataSet !== undefined && wanted(words) ? [{url: `${dataSet}/csv`, title: words}] : [];
  });
  return {...NOTHING, files: [...new Map(files.map((file) => [file.url, file])).values()]};
}

function parsed<T>(answer: Answer, schema: z.ZodType<T>): T {
  const result = schema.safeParse(jsonOf(answer));
  if (result.success) return result.data;
  throw new LayoutError(`${answer.url} is not what the API promises: ${z.prettifyError(result.error)}`);
}
