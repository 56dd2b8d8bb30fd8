import {cpSync, existsSync, mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {parse} from "csv-parse/sync";
import {cellId, citeDataset} from "../../src/components/citation.ts";
import type {PublishedFile} from "../../src/components/rows.ts";
import {linkFile} from "../linkTree.ts";
import {checksumFaults} from "./checksums.ts";
import {escapeXml as escaped} from "./feed.ts";
import type {TextRow} from "./recompute.ts";
import {type Manifest, readManifest} from "./release.ts";
import {Releases} from "./releases.ts";
import {type ReleaseTable, SPREADSHEETS} from "./tableFiles.ts";

const STYLE = "permalink.css";

/**
 * Puts every release into a built site: at /v/<version>/ its tables as Parquet and as spreadsheet-safe CSV with what proves them, exactly as
 * released, and beside them one page for the version and one a council, on which every number has an address of its own. Large tables are
 * there as CSV inside one archive only, and the verbatim and DuckDB forms not at all: they say the same rows again and would make the site
 * several times as large with every version. The pages are made anew each time, because an old one must say that newer data exist; the
 * files are the released ones.
 */
export function placeReleases(releaseFolder: string, site: string, reservations: readonly string[] = []): void {
  const releases = new Releases(releaseFolder);
  const list = releases.list();
  const newest = list.at(-1);
  if (newest === undefined) return;
  for (const {version} of list) {
    const folder = releases.path(version);
    const place = join(site, "v", version);
    mkdirSync(place, {recursive: true});
    for (const path of placedPaths(readManifest(folder))) linkFile(join(folder, path), join(place, path));
    assertAsReleased(version, place);
    for (const [path, html] of permalinkPages(folder, newest.version, reservations)) {
      mkdirSync(dirname(join(place, path)), {recursive: true});
      writeFileSync(join(place, path), html);
    }
  }
  writeFileSync(join(site, "v", STYLE), CSS);
  const embeds = join(releaseFolder, "embed");
  if (existsSync(embeds)) cpSync(embeds, join(site, "embed"), {recursive: true}); // copies: pages are completed in place
  const feed = join(releaseFolder, "feed.xml");
  if (existsSync(feed)) linkFile(feed, join(site, "feed.xml"));
}

/** What was damaged on disk since it was released is never published. */
function assertAsReleased(version: string, place: string): void {
  const faults = checksumFaults(place).filter((fault) => !fault.endsWith("is listed and not there")); // only some forms are placed
  if (faults.length > 0)
    throw new Error(
      `version ${version}: ${faults[0]}. Put its folder back from a backup; the newest version is made again by "npm run pipeline -- publish"`
    );
}

const PROOF = ["SHA256SUMS", "manifest.json", "provenance.json", "README.txt"];

/** Files of a release that stand at /v/<version>/, by path. */
export const placedPaths = ({files}: Manifest): string[] => [...files.filter(isPlaced).map(({path}) => path), ...PROOF];

const LARGEST_CSV_BYTES = 1_000_000; // a larger one is in the archive

const isPlaced = ({label, format, table, bytes}: PublishedFile): boolean =>
  format === "parquet" ||
  format === "zip" ||
  (format === "csv" && (table === null || (label === "spreadsheet-safe" && bytes <= LARGEST_CSV_BYTES)));

/** What stands on a council's page: the columns that are shown, of the rows that are the council's. */
const SHOWN: readonly {
  readonly table: string;
  readonly columns: readonly string[]; // beside the key
  readonly addressed?: readonly string[]; // of them, those that show the link to themselves; all when not said
  readonly isOf: (row: TextRow) => string | undefined; // the council's code
}[] = [
  {
    table: "council-scale",
    columns: [
      "contract_count",
      "total_in_year_gbp",
      "median_annual_gbp",
      "typical_pound_gbp",
      "over_1m_pct",
      "over_5m_pct",
      "largest_pct",
      "supplier_hhi",
      "coverage_pct",
      "left_out_count",
      "not_measured_reason"
    ],
    isOf: ({gss}) => gss
  },
  {
    table: "scale-and-outcome",
    columns: ["scale_value", "scale_value_below_gate", "outcome_value", "low_95", "high_95", "contract_count"],
    isOf: ({gss}) => gss
  },
  {
    table: "observations",
    columns: ["value", "low_95", "high_95", "numerator", "denominator", "missing_reason"],
    addressed: ["value"], // what the value is made of has an address too; hundreds of thousands of links would double the pages
    isOf: ({gss, council_gss}) => council_gss || gss
  },
  {
    table: "contracts",
    columns: ["value_gbp", "annual_value_gbp", "term_days", "value_kind", "left_out_because"],
    isOf: ({council_gss}) => council_gss
  }
];

/** The pages of one version one after another, by path below /v/<version>/: with a million contracts they do not fit into memory. */
export function* permalinkPages(
  folder: string,
  newest: string,
  reservations: readonly string[] = []
): Generator<[path: string, html: string]> {
  const manifest: Shown = {...readManifest(folder), reservations};
  const councils = readRows(folder, "councils", ["gss", "name"]);
  const names = new Map(councils.map(({gss = "", name = ""}) => [gss, name]));
  const keyOf = (name: string): readonly string[] => manifest.tables.find(({file}) => file === name)?.key ?? [];
  const rows = new Map(
    SHOWN.map(({table, columns, isOf}) => {
      const kept = [...keyOf(table), ...columns, "gss", "council_gss"];
      return [table, grouped(readRows(folder, table, kept), isOf)];
    })
  );
  const pages = new Set<string>();
  for (const [gss, name] of names) {
    const sections = SHOWN.flatMap((shown) => {
      const {table} = shown;
      const found = manifest.tables.find(({file}) => file === table);
      const own = rows.get(table)?.get(gss) ?? [];
      return found === undefined || own.length === 0 ? [] : [section(found, shown, own)];
    });
    if (sections.length === 0) continue;
    pages.add(`council/${gss}/index.html`);
    yield [`council/${gss}/index.html`, councilPage(manifest, newest, {gss, name}, sections)];
  }
  yield ["index.html", versionPage(manifest, newest, names, pages)];
}

/** A release with what the checks before publishing had to say, which concerns the newest only. */
type Shown = Manifest & {readonly reservations: readonly string[]};

/** Only the cells that pages show: a contract has forty more. */
function readRows(folder: string, table: string, columns: readonly string[]): TextRow[] {
  const path = join(folder, `${table}.verbatim.csv`);
  const shown = new Set(columns);
  const header = (names: string[]): (string | false)[] => names.map((name) => shown.has(name) && name);
  return existsSync(path) ? (parse(readFileSync(path), {columns: header}) as TextRow[]) : [];
}

function grouped(rows: readonly TextRow[], keyOf: (row: TextRow) => string | undefined): Map<string, TextRow[]> {
  const groups = new Map<string, TextRow[]>();
  for (const row of rows) {
    const key = keyOf(row) ?? "";
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

const isFigure = (cell: string): boolean => /^-?[\d.]+(e[+-]?\d+)?$/.test(cell);

function section(
  table: ReleaseTable,
  {columns, addressed = columns}: Pick<(typeof SHOWN)[number], "columns" | "addressed">,
  rows: readonly TextRow[]
): string {
  const key = table.key.filter((column) => column !== "gss");
  const cell = (row: TextRow, column: string): string => {
    const value = row[column] ?? "";
    const isAddressed = isFigure(value) || (column === "value" && value === ""); // a withheld value is cited as such
    if (!isAddressed) return `<td>${escaped(value)}</td>`;
    const id = escaped(cellId({table: table.file, key: table.key.map((name) => row[name] ?? ""), column}));
    if (value === "") return `<td id="${id}"></td>`;
    return `<td id="${id}">${addressed.includes(column) ? `<a href="#${id}">${escaped(value)}</a>` : escaped(value)}</td>`;
  };
  return `<h2>${escaped(table.title)}</h2>
<div class="wide"><table><thead><tr>${[...key, ...columns].map((name) => `<th scope="col">${escaped(name)}</th>`).join("")}</tr></thead>
<tbody>
${rows
  .map(
    (row) =>
      `<tr>${key.map((name) => `<th scope="row">${escaped(row[name] ?? "")}</th>`).join("")}${columns.map((name) => cell(row, name)).join("")}</tr>`
  )
  .join("\n")}
</tbody></table></div>`;
}

function councilPage(
  manifest: Shown,
  newest: string,
  {gss, name}: {readonly gss: string; readonly name: string},
  sections: readonly string[]
): string {
  const {version} = manifest;
  const body = `<h1>${escaped(name)}, data version ${version}</h1>
${notices(manifest, newest, `council/${gss}/`, "../../")}
<p>Every number below keeps its address: follow it and copy the address; a limit, numerator or denominator has its column in place of “value” there. What the columns mean is in <a href="../../dictionary.csv">dictionary.csv</a>; an empty cell is missing, never zero. Published values are not money spent. <code>npm run pipeline -- verify</code> with an address works the number out again.</p>
${sections.join("\n")}`;
  return page(`${name}, data version ${version}`, "../../../", body);
}

function versionPage(
  manifest: Shown,
  newest: string,
  names: ReadonlyMap<string, string>,
  pages: ReadonlySet<string>
): string {
  const {version, files, data_cut_off_on, schema_version} = manifest;
  const listed = [...names].filter(([gss]) => pages.has(`council/${gss}/index.html`));
  const body = `<h1>Contract Scale, data version ${version}</h1>
${notices(manifest, newest, "", "")}
<p>Latest source ${data_cut_off_on}; schema ${schema_version}. Cite as: ${escaped(citeDataset(version).text)}</p>
<h2>Files</h2>
<p>Here are the tables as Parquet and as CSV that a spreadsheet cannot be made to run, the largest of these in <a href="${SPREADSHEETS}">${SPREADSHEETS}</a> with all the others. To check their bytes: <code>sha256sum -c --ignore-missing SHA256SUMS</code>. ${
    newest === version
      ? 'The other forms of this version are at <a href="../../data">the data page</a>.'
      : "The other forms of an older version are listed with their hashes and not kept on this site; they hold the same rows."
  }</p>
<div class="wide"><table><thead><tr><th scope="col">File</th><th scope="col">What it holds</th><th scope="col">Rows</th><th scope="col">Bytes</th><th scope="col">SHA-256</th></tr></thead>
<tbody>
${files
  .map((file) => ({...file, href: isPlaced(file) ? file.path : newest === version ? `../../data/${file.path}` : null}))
  .map(
    ({path, href, title, label, rows, bytes, sha256}) =>
      `<tr><th scope="row">${href === null ? escaped(path) : `<a href="${escaped(href)}">${escaped(path)}</a>`}</th><td>${escaped(title)} (${label})</td><td>${rows}</td><td>${bytes}</td><td><code>${sha256}</code></td></tr>`
  )
  .join("\n")}
</tbody></table></div>
<p>Also: ${PROOF.map((path) => `<a href="${path}">${path}</a>`).join(", ")}.</p>
<h2>Councils</h2>
<ul>
${listed.map(([gss, name]) => `<li><a href="council/${gss}/">${escaped(name)}</a></li>`).join("\n")}
</ul>`;
  return page(`Data version ${version}`, "../", body);
}

function notices(manifest: Shown, newest: string, path: string, toVersion: string): string {
  const newer =
    newest === manifest.version
      ? ""
      : `<p class="notice" role="note">Newer data exist: <a href="${toVersion}../${newest}/">version ${newest}</a>. The numbers here stay as they were in version ${manifest.version}.</p>`;
  const own = manifest.notices.map(({text}) => `<p class="notice" role="note">${escaped(text)}</p>`).join("\n");
  const site = `<p><a href="${toVersion}../../">Contract Scale</a>${path === "" ? "" : ` · <a href="${toVersion}">this version</a>`}</p>`;
  const reserved = newest === manifest.version ? manifest.reservations : [];
  const reservation =
    reserved.length === 0
      ? ""
      : `<p class="notice" role="note">Published with reservations. ${escaped(reserved.join("; "))}. <a href="${toVersion}../../status">What the checks found</a></p>`;
  return `${site}\n${newer}\n${own}\n${reservation}`;
}

function page(title: string, toVersions: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} | Contract Scale</title>
<link rel="stylesheet" href="${toVersions}${STYLE}">
</head>
<body><main>
${body}
</main></body>
</html>
`;
}

const CSS = `body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 80rem; padding: 1rem; color: #1a1a1a; background: #fff; }
table { border-collapse: collapse; font-size: 0.9rem; }
th, td { border: 1px solid #ccc; padding: 0.2rem 0.5rem; text-align: left; font-weight: normal; }
thead th { background: #f2f2f2; font-weight: bold; }
td a { color: inherit; text-decoration: underline dotted; }
td:target { background: #fff3b0; outline: 3px solid #1a1a1a; }
.wide { overflow-x: auto; }
.notice { border-left: 0.4rem solid #b35900; background: #fff6ec; padding: 0.5rem 1rem; }
`;
