import {citeNumber} from "../components/citation.ts";

/**
 * The citation of one number as text, Harvard, BibTeX and CSL-JSON, by the name of the form.
 *
 * @param address where the number stands for good: ".../v/<version>/council/<gss>/#<table>/<key>…/<column>"
 * @throws {Error} when the address is of another shape
 */
export function citationForms(
  address: string,
  {what, value, unit}: {readonly what: string; readonly value: string; readonly unit: string}
): [name: string, words: string][] {
  const [, site, version, gss, cell] = /^(.*)\/v\/([^/]+)\/council\/([^/]+)\/#(.+)$/.exec(address) ?? [];
  const [table, ...rest] = (cell ?? "").split("/").map(decodeURIComponent);
  const column = rest.pop();
  if (version === undefined || gss === undefined || table === undefined || column === undefined)
    throw new Error(`${address} is no address of a number`);
  const {text, harvard, bibtex, csl} = citeNumber({table, key: rest, column, version, gss, what, value, unit}, site);
  return [
    ["Text", text],
    ["Harvard", harvard],
    ["BibTeX", bibtex],
    ["CSL-JSON", JSON.stringify([csl], null, 2)]
  ];
}
