import {citeDataset, datasetJsonLd} from "../components/citation.ts";
import {count, dayMonthYear} from "../components/format.ts";
import {address, list, preformatted, table, text} from "../components/html.ts";
import type {DictionaryRow, PublishedFile, ReleaseRow, SourceRow} from "../components/rows.ts";
import type {Page} from "./page.ts";
import {sliceNote} from "./page.ts";
import {grouped, type Site} from "./site.ts";

/** The files, how to cite, read and check them, what changed between versions, and what every column and code means. */
export function dataPage(site: Site): Page {
  return {
    path: "data.md",
    title: "Data",
    description:
      "Every table behind the site as Parquet, CSV and DuckDB, with sizes, checksums, licences, how to cite, and what every column and code means.",
    body: [
      `<h1>Data</h1>`,
      `<p class="lede">Version <code>${text(site.version)}</code>, sources to ${dayMonthYear(site.data_cut_off_on)}, schema ${text(site.dataset.schema_version)}. The first part of a version is the date of the latest source, the second a hash of the content: the same data have the same version wherever they are built.</p>`,
      `<p><a href="#files">Files</a> · <a href="#check">Check</a> · <a href="#cite">Cite</a> · <a href="#examples">Examples</a> · <a href="#api">API</a> · <a href="#dictionary">Columns</a> · <a href="#codes">Codes</a> · <a href="#licences">Licences</a> · <a href="#releases">Releases</a> · <a href="/large">When one machine is not enough</a></p>`,
      sliceNote(site),
      `<h2 id="files">The files</h2>`,
      files(site),
      `<h2 id="check">Check and rerun</h2>`,
      CHECK,
      `<h2 id="cite">Cite this</h2>`,
      citation(site),
      `<h2 id="examples">Examples that run</h2>`,
      examples(site),
      `<h2 id="api">An API of files</h2>`,
      API,
      `<h2 id="dictionary">What every column means</h2>`,
      `<p>Made from the code that makes the tables. An empty cell is missing, never zero; what it says is in its own column here. As a file: <a href="/data/dictionary.csv">dictionary.csv</a>.</p>`,
      dictionary(site),
      `<h2 id="codes">What every code means</h2>`,
      `<p>Every code of every coded column, with how many rows carry it in this version. As a file: <a href="/data/codes.csv">codes.csv</a>.</p>`,
      codes(site),
      `<h2 id="licences">Sources and licences</h2>`,
      licences(site),
      `<h2 id="releases">Releases, and what changed</h2>`,
      releases(site),
      `<h2 id="fill">Fill the picture</h2>`,
      `<p>Files of your own are added from the project’s folder, and the site is built again with <code>npm start</code>:</p>`,
      "```sh\nnpm run pipeline -- import contracts-finder FILE-OR-FOLDER\nnpm run pipeline -- import children-in-need FILE.csv\n```",
      `<h2 id="registers">The registers</h2>`,
      registers(site),
      jsonLd(site)
    ].join("\n\n")
  };
}

/** A size as people say it, in powers of ten as disks are sold. */
function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 999_500 ? `${(bytes / 1e3).toPrecision(3)} kB` : `${(bytes / 1e6).toPrecision(3)} MB`;
}

const link = (path: string, words = path): string => `<a href="/data/${text(path)}">${text(words)}</a>`;

/** One row a table with its forms; then the files that are about all of them. Hashes stand in full in a list that opens. */
function files(site: Site): string {
  const byTable = [
    ...grouped(
      site.files.filter((file) => file.table !== null),
      (file) => file.table ?? ""
    )
  ];
  const form = (own: readonly PublishedFile[], format: string, label: string): string => {
    const found = own.filter((file) => file.format === format && file.label === label);
    return found.length === 0
      ? ""
      : found.map(({path, bytes}) => `${link(path, path.split("/").pop() ?? path)} ${size(bytes)}`).join("<br>");
  };
  const tables = table(`${count(byTable.length)} tables, each in three forms`, byTable, [
    {heading: "Table", cell: ([name]) => `<a href="#dictionary-${text(name)}"><code>${text(name)}</code></a>`},
    {heading: "What it holds", cell: ([, own]) => text(own[0]?.title)},
    {heading: "Rows", cell: ([, own]) => count(own.find(({label}) => label === "verbatim")?.rows ?? 0), isNumber: true},
    {heading: "Parquet, typed", cell: ([, own]) => form(own, "parquet", "typed")},
    {heading: "CSV for spreadsheets", cell: ([, own]) => form(own, "csv", "spreadsheet-safe")},
    {heading: "CSV verbatim", cell: ([, own]) => form(own, "csv", "verbatim")},
    {heading: "Licence", cell: ([, own]) => text(own[0]?.licence.replaceAll(" AND ", ", "))}
  ]);
  const others = table(
    "All tables together, and what describes them",
    site.files.filter((file) => file.table === null),
    [
      {heading: "File", cell: ({path}) => link(path)},
      {heading: "What it holds", cell: ({title}) => text(title)},
      {heading: "Size", cell: ({bytes}) => size(bytes), isNumber: true},
      {heading: "Licence", cell: ({licence}) => text(licence.replaceAll(" AND ", ", "))}
    ]
  );
  const hashes = table("SHA-256 of every file", site.files, [
    {heading: "File", cell: ({path}) => link(path)},
    {heading: "Bytes", cell: ({bytes}) => count(bytes), isNumber: true},
    {heading: "SHA-256", cell: ({sha256}) => `<code>${sha256}</code>`}
  ]);
  return [
    tables,
    others,
    `<p><strong>Which form?</strong> Parquet keeps types and is smallest. In CSV for spreadsheets, words of other people that a spreadsheet would run as a formula have an apostrophe in front; in verbatim CSV every cell is exactly as held. Both are UTF-8 with commas and CR LF (RFC 4180). Money is decimal, to the penny.</p>`,
    `<details><summary>The SHA-256 of every file</summary>${hashes}</details>`
  ].join("\n\n");
}

/** What the second computation reads. */
const RERUN = [
  "reproduce.mjs",
  "SHA256SUMS",
  "headline.json",
  "contracts.verbatim.csv",
  "contract-years.verbatim.csv",
  "observations.verbatim.csv",
  "council-scale.verbatim.csv",
  "scale-and-outcome.verbatim.csv"
];

const CHECK = `<p><strong>To rerun the published figures</strong>, put these ${RERUN.length} files into one folder and run <code>node reproduce.mjs</code> in it: ${RERUN.map((path) => `<a href="/data/${path}">${path}</a>`).join(", ")}. It needs Node 20.19 or newer and no network, works every measure out again from the contracts and says MATCH, or what differs. The estimates of the claims are run again by <code>npm run reproduce</code> from the project’s folder.</p>

<p>${link("SHA256SUMS")} lists every file; ${link("manifest.json")} and ${link("datapackage.json")} (Frictionless, with a Table Schema of every table) say the same to programs; ${link("provenance.json")} names the code, the hash of every input and the parameters; every row of a contract or an observation names the hash of the bytes it was read from, and ${link("source-files.csv")} the file.</p>

\`\`\`sh
sha256sum -c SHA256SUMS                          # in the folder of a release
node reproduce.mjs                               # every figure a second time: Node 20.19 or newer, no network
npm run reproduce                                # the same from the project's folder
npm run pipeline -- verify PERMALINK-OR-CITATION # MATCH, or what differs
\`\`\``;

function citation({version}: Site): string {
  const {text: words, harvard, bibtex, csl} = citeDataset(version);
  return [
    `<p>The address names the version, so it will show the same numbers next year; put the address of the site you read in front. Every number on a version’s pages has an address of its own as well.</p>`,
    `<h3>Text</h3>`,
    preformatted(words),
    `<h3>Harvard</h3>`,
    preformatted(harvard),
    `<h3>BibTeX</h3>`,
    preformatted(bibtex),
    `<h3>CSL-JSON</h3>`,
    preformatted(JSON.stringify(csl, null, 2)),
    `<p>For the project as a whole: ${link("CITATION.cff")}. Name the publisher of the figures too: see <a href="#licences">Sources and licences</a>.</p>`
  ].join("\n\n");
}

function examples({dataset}: Site): string {
  const shown = dataset.examples.map(
    ({path, language, needs, text: program}) =>
      `<details><summary>${text(language)}${needs === "" ? "" : `: needs ${text(needs)}`}</summary><p>${link(path, path.split("/").pop() ?? path)}</p>${preformatted(program)}</details>`
  );
  return `<p>Each answers one question: how much money do the contracts that count hold, by service line? Give it the folder of a release, or the address of <code>/data</code>.</p>\n\n${shown.join("\n\n")}`;
}

const API = `<p>Every council, indicator and list of contracts is a JSON file; nothing runs behind it.</p>

${list([
  `${link("api/v1/index.json", "/data/api/v1/index.json")}: what there is, with addresses`,
  `<code>/data/api/v1/councils/E08000035.json</code>: a council, its contract scale and observations`,
  `<code>/data/api/v1/indicators/children-rereferrals.json</code>: an indicator and every council’s observations, as columns and rows`,
  `<code>/data/api/v1/contracts/E08000035.json</code>: a council’s contracts`,
  `JSON Schemas: ${link("api/v1/schema/council.schema.json", "council")}, ${link("api/v1/schema/indicator.schema.json", "indicator")}, ${link("api/v1/schema/contracts.schema.json", "contracts")}, ${link("api/v1/schema/index.schema.json", "index")}`
])}

<p><strong>From other sites (CORS).</strong> A page of another site may read these files when the host sends <code>Access-Control-Allow-Origin: *</code>. The server that comes with the project sends it for <code>/data/</code>, <code>/v/</code>, <code>/feed.xml</code> and <code>/status.json</code>, and the header files that come with the built site (<code>_headers</code>, <code>server/nginx.conf</code>, <code>server/Caddyfile</code>) tell other hosts to. Nothing here needs a key or sets a cookie. A field that goes or changes its meaning makes <code>/api/v2/</code> beside it. News of releases and corrections: <a href="/feed.xml">Atom feed</a>.</p>`;

function dictionary(site: Site): string {
  return [...grouped(site.dictionary, ({table: name}) => name)]
    .map(
      ([name, rows]) =>
        `<details id="dictionary-${text(name)}"><summary><code>${text(name)}</code>, ${count(rows.length)} columns</summary>${columns(name, rows)}</details>`
    )
    .join("\n\n");
}

const columns = (name: string, rows: readonly DictionaryRow[]): string =>
  table(`Columns of ${name}`, rows, [
    {heading: "Column", cell: ({column}) => `<code>${text(column)}</code>`},
    {heading: "Type", cell: ({type}) => text(type.toLowerCase())},
    {heading: "Unit", cell: ({unit}) => text(unit)},
    {heading: "Meaning", cell: ({description}) => text(description)},
    {heading: "Empty says", cell: ({null_means}) => text(null_means === "" ? "never empty" : null_means)},
    {heading: "Rule in", cell: ({rule_column}) => (rule_column === "" ? "" : `<code>${text(rule_column)}</code>`)}
  ]);

function codes({dataset}: Site): string {
  return [...grouped(dataset.codes, ({table: name}) => name)]
    .map(
      ([name, rows]) =>
        `<details><summary><code>${text(name)}</code>, ${count(new Set(rows.map(({column}) => column)).size)} coded columns</summary>${table(
          `Codes of ${name}`,
          rows,
          [
            {heading: "Column", cell: ({column}) => `<code>${text(column)}</code>`},
            {heading: "Code", cell: ({code}) => `<code>${text(code)}</code>`},
            {heading: "Meaning", cell: ({meaning}) => text(meaning)},
            {heading: "Rows", cell: ({rows: n}) => count(n), isNumber: true}
          ]
        )}</details>`
    )
    .join("\n\n");
}

const LICENCES: Readonly<Record<string, string>> = {
  "OGL-UK-3.0": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
  "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
  MIT: "https://opensource.org/license/mit"
};

function licences({dataset}: Site): string {
  const licence = ({licence: id}: SourceRow): string =>
    LICENCES[id] === undefined ? text(id) : `<a href="${address(LICENCES[id])}">${text(id)}</a>`;
  return `<p>Repeat the sentence of each source whose rows you use. Where rows of one table may come under different licences, the row says so: <code>licence</code> in contracts, elsewhere <code>register_id</code> or the <code>source_id</code> of its indicator, and ${link("sources.csv")} has the licence of each. The code is under the MIT licence.</p>\n\n${table(
    `${count(dataset.sources.length)} sources`,
    dataset.sources,
    [
      {
        heading: "Source",
        cell: ({title, page}) =>
          page.startsWith("https://") ? `<a href="${address(page)}">${text(title)}</a>` : text(title)
      },
      {heading: "Publisher", cell: ({publisher}) => text(publisher)},
      {heading: "Licence", cell: licence},
      {heading: "Sentence to repeat", cell: ({attribution}) => text(attribution)}
    ]
  )}`;
}

function releases({dataset, version}: Site): string {
  const one = ({version: name, schema_version, data_cut_off_on, note, notices}: ReleaseRow): string =>
    `<h3><a href="/v/${text(name)}/">${text(name)}</a>${name === version ? ", this version" : ""}</h3>\n\n<p class="quiet">Sources to ${dayMonthYear(data_cut_off_on)}, schema ${text(schema_version)}.</p>\n\n${list(
      [...note.map(text), ...notices.map(({text: notice}) => `<strong>Correction.</strong> ${text(notice)}`)]
    )}`;
  return [
    `<p>A version once released is kept at its own address and never changed, but for words that had to be withheld, which it then says. A renamed or removed column raises the first number of the schema.</p>`,
    ...[...dataset.releases].reverse().map(one)
  ].join("\n\n");
}

function registers(site: Site): string {
  return site.registers
    .map(
      ({title, publisher, contract_count, first_published_on, last_published_on, caveats}) =>
        `<h3>${text(title)}</h3>\n\n<p>${text(publisher)}. ${count(contract_count)} contracts at hand, published from ${dayMonthYear(first_published_on)} to ${dayMonthYear(last_published_on)}.</p>\n\n${list(caveats.map(text))}`
    )
    .join("\n\n");
}

/** For dataset search engines. A script element that runs nothing; "<" and what the site generator would run are escaped as JSON allows. */
function jsonLd(site: Site): string {
  const described = datasetJsonLd({
    version: site.version,
    data_cut_off_on: site.data_cut_off_on,
    files: site.files.filter(({label}) => label !== "spreadsheet-safe"),
    sources: site.dataset.sources.filter(({page}) => page.startsWith("https://")),
    columns: [...new Set(site.dictionary.filter(({unit}) => unit !== "").map(({column}) => column))]
  });
  const json = JSON.stringify(described).replaceAll(
    /[<$`]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`
  );
  return `<script type="application/ld+json">${json}</script>`;
}
