import {count, dayMonthYear} from "../components/format.ts";
import {list, table, text} from "../components/html.ts";
import type {DictionaryRow} from "../components/rows.ts";
import type {Page} from "./page.ts";
import {sliceNote} from "./page.ts";
import {grouped, type Site} from "./site.ts";

/** The files, how to cite them, how to fill the picture, and what every column means. */
export function dataPage(site: Site): Page {
  return {
    path: "data.md",
    title: "Data",
    description:
      "Every table behind the site as CSV, with checksums, licences, how to cite, and what every column means.",
    body: [
      `<h1>Data</h1>`,
      `<p class="lede">Version <code>${text(site.version)}</code>, sources to ${dayMonthYear(site.data_cut_off_on)}. The first part of a version is the date of the latest source, the second a hash of the content: the same data have the same version wherever they are built.</p>`,
      files(site),
      `<p>Checksums: <a href="/data/SHA256SUMS">SHA256SUMS</a>. Machine-readable list: <a href="/data/manifest.json">manifest.json</a>. Text of other people’s that a spreadsheet would run as a formula has an apostrophe in front.</p>`,
      `<h2 id="cite">How to cite</h2>`,
      `<p>Contract Scale, version <code>${text(site.version)}</code>, table and code of the council; and the publisher of the figure, who is named in each row’s source. Data: Open Government Licence v3.0, with the attributions in <a href="/data#licences">Licences</a>.</p>`,
      `<h2 id="fill">Fill the picture</h2>`,
      `<p>What is embedded is a small slice. Files of your own are added from the project’s folder, and the site is built again with <code>npm start</code>:</p>`,
      "```sh\nnpm run pipeline -- import contracts-finder FILE-OR-FOLDER\nnpm run pipeline -- import children-in-need FILE.csv\n```",
      sliceNote(site),
      `<h2 id="registers">The registers</h2>`,
      registers(site),
      `<h2 id="licences">Licences</h2>`,
      `<p>Contains public sector information licensed under the <a href="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/">Open Government Licence v3.0</a>. Councils’ names, codes and history: mySociety, “UK local authority names and codes”, CC BY 4.0, changed; Office for National Statistics. The code is under the MIT licence.</p>`,
      `<h2 id="dictionary">What every column means</h2>`,
      dictionary(site)
    ].join("\n\n")
  };
}

function files(site: Site): string {
  return table("The published files", site.files, [
    {heading: "File", cell: ({path}) => `<a href="/data/${text(path)}">${text(path)}</a>`},
    {heading: "What it holds", cell: ({title}) => text(title)},
    {heading: "Rows", cell: ({rows}) => count(rows), isNumber: true},
    {heading: "Bytes", cell: ({bytes}) => count(bytes), isNumber: true},
    {heading: "SHA-256", cell: ({sha256}) => `<code title="${sha256}">${sha256.slice(0, 8)}…</code>`}
  ]);
}

function registers(site: Site): string {
  return site.registers
    .map(
      ({title, publisher, contract_count, first_published_on, last_published_on, caveats}) =>
        `<h3>${text(title)}</h3>\n\n<p>${text(publisher)}. ${count(contract_count)} contracts at hand, published from ${dayMonthYear(first_published_on)} to ${dayMonthYear(last_published_on)}.</p>\n\n${list(caveats.map(text))}`
    )
    .join("\n\n");
}

function dictionary(site: Site): string {
  return [...grouped(site.dictionary, ({table: name}) => name)]
    .map(
      ([name, rows]) =>
        `<details id="dictionary-${text(name)}"><summary><code>${text(name)}.csv</code>, ${count(rows.length)} columns</summary>${columns(name, rows)}</details>`
    )
    .join("\n\n");
}

const columns = (name: string, rows: readonly DictionaryRow[]): string =>
  table(`Columns of ${name}.csv`, rows, [
    {heading: "Column", cell: ({column}) => `<code>${text(column)}</code>`},
    {heading: "Type", cell: ({type}) => text(type.toLowerCase())},
    {heading: "Meaning", cell: ({description}) => text(description)}
  ]);
