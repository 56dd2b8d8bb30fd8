import {LayoutError} from "../../formats/layoutError.ts";

// data.gov.uk (CKAN) lists a dataset for each month, "Contracts Finder Notices MM YYYY", whose resources are the daily files in
// the publisher's own store. Some months stand there several times, of which all but one have been emptied.

/** The search that finds a month's datasets. */
export function catalogueAddress(month: string): string {
  const [year, number] = month.split("-");
  return `/api/3/action/package_search?q=${encodeURIComponent(`title:"Contracts Finder Notices ${number} ${year}"`)}&rows=50`;
}

/**
 * The daily files that the catalogue lists for the month it was asked for, each once; null for a daily file itself.
 *
 * @throws {LayoutError} when it lists none: a month without files is a month that is missing
 */
export function filesInCatalogue(bytes: Uint8Array, url: string): readonly string[] | null {
  if (!Buffer.from(bytes.subarray(0, 64)).toString("latin1").trimStart().startsWith("{")) return null;
  const month = /Notices (\d{2} \d{4})/.exec(new URL(url).searchParams.get("q") ?? "")?.[1] ?? "";
  const datasets = datasetsIn(new TextDecoder().decode(bytes), url).filter(
    ({title}) => typeof title === "string" && title.endsWith(`Notices ${month}`)
  );
  const files = datasets
    .flatMap(({resources}) => (Array.isArray(resources) ? resources : []) as Resource[])
    .map(({url: address}) => String(address))
    .filter((address) => /\.csv(?:$|\?)|\/Notices\/Data\/CSV\//i.test(address) && URL.canParse(address, url));
  if (files.length === 0)
    throw new LayoutError(
      `${url}: the catalogue lists no daily file for ${month} (${datasets.length} datasets of that month, all empty)`
    );
  return [...new Set(files.map((address) => new URL(address, url).href))];
}

interface Resource {
  readonly url?: unknown;
}

interface Dataset {
  readonly title?: unknown;
  readonly resources?: unknown;
}

function datasetsIn(json: string, url: string): readonly Dataset[] {
  try {
    const {result} = JSON.parse(json) as {result?: {results?: unknown}};
    if (Array.isArray(result?.results)) return result.results as Dataset[];
  } catch (error) {
    throw new LayoutError(`${url}: the catalogue's answer is damaged: ${(error as Error).message}`);
  }
  throw new LayoutError(`${url}: the catalogue's answer holds no list of datasets`);
}
