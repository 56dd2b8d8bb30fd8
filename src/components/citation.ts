// How a number or the whole dataset is cited, and the address that keeps showing it. Pure text: pages, files and the verifier share it.

export const DATASET_TITLE =
  "Contract Scale: how large UK council contracts are, beside what services cost and how often people come back";
export const DATASET_AUTHOR = "Contract Scale contributors";

/** One cell of a published table: which row, by the table's key in order, and which column. */
export interface Cell {
  readonly table: string; // "council-scale"
  readonly key: readonly string[]; // ["E08000012", "childrens-social-care", "2025"]
  readonly column: string; // "typical_pound_gbp"
}

export interface Cited extends Cell {
  readonly version: string;
  readonly what: string; // "Liverpool, children's social care, year to 31 March 2025: typical pound"
  readonly value: string; // as it stands in the file, such as "375200.00"; the verifier compares it digit by digit
  readonly unit: string; // "pounds"
  readonly gss?: string | undefined; // the council on whose page the number stands
}

/** The name of a cell inside its page: "council-scale/E08000012/childrens-social-care/2025/typical_pound_gbp". */
export const cellId = ({table, key, column}: Cell): string =>
  [table, ...key, column].map((part) => encodeURIComponent(part)).join("/");

/**
 * The address that shows a cell as it was in one version, for good.
 *
 * @param gss the council whose page holds it; without one it is the version's own page
 * @param site address of the site, without a slash at the end; empty for an address inside the site
 */
export function permalink(
  cell: Cell & {readonly version: string; readonly gss?: string | undefined},
  site = ""
): string {
  const page = cell.gss === undefined ? "" : `council/${cell.gss}/`;
  return `${site}/v/${cell.version}/${page}#${cellId(cell)}`;
}

export interface Citation {
  readonly text: string;
  readonly harvard: string;
  readonly bibtex: string;
  readonly csl: CslItem;
}

/** An item of CSL-JSON, as citation managers import it. */
export interface CslItem {
  readonly id: string;
  readonly type: "dataset";
  readonly title: string;
  readonly author: readonly {readonly literal: string}[];
  readonly issued: {readonly "date-parts": readonly (readonly number[])[]};
  readonly version: string;
  readonly URL: string;
  readonly publisher: string;
  readonly note?: string;
}

/** "Cite this" for one number. */
export function citeNumber(cited: Cited, site = ""): Citation {
  const url = permalink(cited, site);
  const figure = `${cited.what}, value ${cited.value} ${cited.unit}`.trim();
  return {
    text: `${DATASET_AUTHOR}, Contract Scale, "${cited.what}", value ${cited.value} ${cited.unit}, data version ${cited.version}, ${url}`.replaceAll(
      " ,",
      ","
    ),
    ...formats({title: figure, version: cited.version, url, id: cellId(cited), note: `value ${cited.value}`})
  };
}

/** What is no single number: a chart, a contract, an indicator, the verdict on a claim. */
export interface CitedPage {
  readonly title: string; // "H1, Contract scale and repeat demand: too little data"
  readonly version: string;
  readonly url: string;
}

/** "Cite this" for a page or a part of one, with the version of the data that it was made of. */
export function citePage({title, version, url}: CitedPage): Citation {
  const id = url.replace(/^(https?:\/\/[^/]+)?\//, "");
  return {
    text: `${DATASET_AUTHOR}, Contract Scale, "${title}", data version ${version}, ${url}`,
    ...formats({title, version, url, id, note: null})
  };
}

/** "Cite this" for the whole dataset at one version. */
export function citeDataset(version: string, site = ""): Citation {
  const url = `${site}/v/${version}/`;
  return {
    text: `${DATASET_AUTHOR}, ${DATASET_TITLE}, data version ${version}, ${url}`,
    ...formats({title: DATASET_TITLE, version, url, id: "dataset", note: null})
  };
}

interface Parts {
  readonly title: string;
  readonly version: string;
  readonly url: string;
  readonly id: string;
  readonly note: string | null;
}

function formats({title, version, url, id, note}: Parts): Omit<Citation, "text"> {
  const [year = 0, month = 0, day = 0] = version.split("-").map(Number);
  const name = `contract-scale-${version}-${id}`.replaceAll(/[^A-Za-z0-9-]+/g, "-").replace(/-$/, "");
  return {
    harvard: `${DATASET_AUTHOR} (${year}) ‘${title}’, Contract Scale [data set], version ${version}. Available at: ${url}`,
    bibtex: [
      `@misc{${name},`,
      `  author = {{${DATASET_AUTHOR}}},`,
      `  title = {{${escapeTex(title)}}},`,
      `  year = {${year}},`,
      `  month = {${month}},`,
      `  howpublished = {Data set},`,
      `  version = {${version}},`,
      ...(note === null ? [] : [`  note = {${note}},`]),
      `  url = {${url}}`,
      "}"
    ].join("\n"),
    csl: {
      id: name,
      type: "dataset",
      title,
      author: [{literal: DATASET_AUTHOR}],
      issued: {"date-parts": [[year, month, day]]},
      version,
      URL: url,
      publisher: "Contract Scale",
      ...(note === null ? {} : {note})
    }
  };
}

// Characters that TeX would act on; £ has no meaning to it and is understood since it reads UTF-8.
const escapeTex = (text: string): string =>
  text
    .replaceAll(/[\\{}]/g, "")
    .replaceAll(/[&%$#_]/g, "\\$&")
    .replaceAll("~", "{\\textasciitilde}")
    .replaceAll("^", "{\\textasciicircum}");

/** The dataset as schema.org describes one, for a `<script type="application/ld+json">` on the data page. */
export function datasetJsonLd(
  given: {
    readonly version: string;
    readonly data_cut_off_on: string;
    readonly files: readonly {
      readonly path: string;
      readonly format: string;
      readonly bytes: number;
      readonly sha256: string;
    }[];
    readonly sources: readonly {readonly publisher: string; readonly title: string; readonly page: string}[];
    readonly columns: readonly string[];
  },
  site = ""
): Record<string, unknown> {
  return {
    "@context": "https://schema.org/",
    "@type": "Dataset",
    name: DATASET_TITLE,
    description:
      "Public contracts of UK councils, each counted once with every judgement named, beside official statistics of cost and repeat demand by council and year. Published values are not money spent, and an association says nothing about causes.",
    url: `${site}/data/`,
    identifier: `contract-scale/${given.version}`,
    version: given.version,
    dateModified: given.data_cut_off_on,
    isAccessibleForFree: true,
    inLanguage: "en-GB",
    license: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    creator: {"@type": "Organization", name: DATASET_AUTHOR},
    spatialCoverage: {"@type": "Place", name: "United Kingdom"},
    keywords: ["public procurement", "open contracting", "local government", "United Kingdom"],
    variableMeasured: given.columns,
    isBasedOn: given.sources.map(({publisher, title, page}) => ({
      "@type": "CreativeWork",
      name: title,
      url: page,
      publisher: {"@type": "Organization", name: publisher}
    })),
    distribution: given.files.map(({path, format, bytes, sha256}) => ({
      "@type": "DataDownload",
      name: path,
      encodingFormat: MEDIA[format] ?? "application/octet-stream",
      contentUrl: `${site}/data/${path}`,
      contentSize: `${bytes} B`,
      sha256
    }))
  };
}

const MEDIA: Readonly<Record<string, string>> = {
  csv: "text/csv",
  parquet: "application/vnd.apache.parquet",
  json: "application/json",
  zip: "application/zip",
  text: "text/plain"
};
