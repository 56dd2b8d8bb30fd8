import {type Discovery, type Found, type FoundFile, type Link, linksIn, NOTHING} from "./discovery.ts";

const isData = ({url}: Link): boolean => /\.(csv|xlsx|ods|parquet|zip)$/i.test(new URL(url).pathname);

/** Which links of a publisher's own pages lead to its files. */
export interface Linked {
  readonly page: string; // to begin with
  readonly file: RegExp; // by a link's words or address
  readonly release?: RegExp; // links that lead to pages with more of them, such as one year's release
  readonly filesOn?: readonly string[]; // other hosts on which the files lie
}

/** Files linked from a publisher's own pages, where there is no interface for programs (NHS England Digital). */
export function linkedFiles({page, file, release, filesOn = []}: Linked): Discovery {
  const fits = (pattern: RegExp, {url, words}: Link): boolean => pattern.test(words) || pattern.test(url);
  const hosts = [new URL(page).hostname, ...filesOn];
  return {
    start: [[page]],
    hosts,
    forPrograms: filesOn.map((host) => `https://${host}/`),
    notTriedLive:
      "The page's links are made up after addresses that others name; the site may ask programs to stay away.",
    wants: `link to a file whose words or address fit ${file.source}`,
    read: (answer): Found => {
      const links = linksIn(answer).filter(({url}) => hosts.includes(new URL(url).hostname));
      const files = links.filter((link) => isData(link) && fits(file, link));
      const pages = release === undefined ? [] : links.filter((link) => !isData(link) && fits(release, link));
      return {
        files: files.map(({url, words}): FoundFile => ({url, title: words})),
        ask: [...new Set(pages.map(({url}) => url))].filter((url) => url !== answer.url),
        others: links.filter((link) => isData(link) && !files.includes(link)).map(({words, url}) => words || url)
      };
    }
  };
}

/** A file with an address of its own, answered by the interface that makes it. */
export function fixedAddress(url: string, title: string): Discovery {
  return {
    start: [],
    files: [{url, title}],
    hosts: [new URL(url).hostname],
    forPrograms: [url],
    notTriedLive: "The address is as others name it; no answer of it has been seen.",
    wants: title,
    read: () => NOTHING
  };
}
