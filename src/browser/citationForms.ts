import {type Citation, type CitedPage, citeNumber, citePage} from "../components/citation.ts";

export type Forms = readonly (readonly [name: string, words: string])[];

/**
 * The citation of one number as text, Harvard, BibTeX and CSL-JSON, by the name of the form.
 *
 * @param address where the number stands for good: ".../v/<version>/council/<gss>/#<table>/<key>…/<column>"
 * @throws {Error} when the address is of another shape
 */
export function citationForms(
  address: string,
  {what, value, unit}: {readonly what: string; readonly value: string; readonly unit: string}
): Forms {
  const [, site, version, gss, cell] = /^(.*)\/v\/([^/]+)\/council\/([^/]+)\/#(.+)$/.exec(address) ?? [];
  const [table, ...rest] = (cell ?? "").split("/").map(decodeURIComponent);
  const column = rest.pop();
  if (version === undefined || gss === undefined || table === undefined || column === undefined)
    throw new Error(`${address} is no address of a number`);
  return formsOf(citeNumber({table, key: rest, column, version, gss, what, value, unit}, site));
}

/** The same forms for a chart, a contract, an indicator or a verdict. */
export const pageForms = (cited: CitedPage): Forms => formsOf(citePage(cited));

const formsOf = ({text, harvard, bibtex, csl}: Citation): Forms => [
  ["Text", text],
  ["Harvard", harvard],
  ["BibTeX", bibtex],
  ["CSL-JSON", JSON.stringify([csl], null, 2)]
];
