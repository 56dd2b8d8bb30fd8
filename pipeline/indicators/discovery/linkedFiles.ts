import {type Discovery, type Found, type FoundFile, type Link, linksIn} from "./discovery.ts";

const isData = ({url}: Link): boolean => /\.(csv|xlsx|ods|parquet)$/i.test(new URL(url).pathname);

/**
 * Files linked from a publisher's own pages, where there is no interface for programs (NHS England Digital, a repository).
 *
 * @param page to begin with
 * @param file which links are the publication's files, by their words or address
 * @param release which links lead to pages with more of them, such as one year's release
 */
export function linkedFiles(page: string, file: RegExp, release?: RegExp): Discovery {
  const fits = (pattern: RegExp, {url, words}: Link): boolean => pattern.test(words) || pattern.test(url);
  return {
    start: [page],
    read: (answer): Found => {
      const links = linksIn(answer);
      const files = links.filter((link) => isData(link) && fits(file, link));
      const pages = release === undefined ? [] : links.filter((link) => !isData(link) && fits(release, link));
      return {
        files: files.map(({url, words}): FoundFile => ({url, title: words})),
        ask: [...new Set(pages.map(({url}) => url))].filter((url) => url !== answer.url)
      };
    }
  };
}

/** A file with an address of its own, answered by the interface that makes it. */
export function fixedAddress(url: string, title: string): Discovery {
  return {start: [url], read: () => ({files: [{url, title}], ask: []})};
}
