import {createHash} from "node:crypto";
import {cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {stringify} from "csv-stringify/sync";
import {JSDOM} from "jsdom";
import type {DictionaryRow, PublishedFile} from "../../src/components/rows.ts";
import {generatedPages, redirects} from "../../src/pages/all.ts";
import {modelsIn, type Warehouse} from "../warehouse/warehouse.ts";
import {modelDoc} from "./dictionary.ts";
import {type PublishedTable, publishedTables} from "./publishedTables.ts";
import {readSiteTables} from "./siteTables.ts";

/** What a publication consists of. */
export interface Publication {
  readonly version: string; // latest source cut-off date and the first eight digits of the content's hash
  readonly files: readonly PublishedFile[];
  readonly pageCount: number;
}

export interface PublishOptions {
  readonly siteSource: string; // src/: the data go to src/data, the generated pages beside the written ones
  readonly releaseFolder: string; // data/release: one immutable folder a version
  readonly snapshotNote: string | null;
}

const LICENCE = "OGL-UK-3.0";

/**
 * Writes the published tables, their checksums and dictionary, and the pages made from them.
 *
 * Everything is written beside its place and renamed at the end, so that a reader sees the whole old or the whole new.
 */
export async function publish(warehouse: Warehouse, options: PublishOptions): Promise<Publication> {
  const staged = join(options.releaseFolder, "next");
  rmSync(staged, {recursive: true, force: true});
  mkdirSync(staged, {recursive: true});
  const dictionary = await readDictionary(warehouse);
  const files = await writeTables(warehouse, staged, dictionary);
  const version = await versionOf(warehouse, files);
  writeFileSync(join(staged, "SHA256SUMS"), files.map(({sha256, path}) => `${sha256}  ${path}\n`).join(""));
  writeFileSync(join(staged, "manifest.json"), `${JSON.stringify({version, licence: LICENCE, files}, null, 2)}\n`);
  const tables = await readSiteTables(warehouse, {version, files, dictionary, snapshotNote: options.snapshotNote});
  const pages = generatedPages(tables, new JSDOM().window.document);
  writePages(options.siteSource, pages);
  replaceFolder(staged, join(options.siteSource, "data"));
  writeFileSync(join(options.siteSource, "data", "redirects.csv"), stringify(redirects(tables), {header: true}));
  keepRelease(staged, join(options.releaseFolder, version));
  return {version, files, pageCount: pages.size};
}

/** Every published column with its type from the data and its meaning from the model. */
export async function readDictionary(warehouse: Warehouse): Promise<DictionaryRow[]> {
  const rows: DictionaryRow[] = [];
  for (const {file, model} of publishedTables) {
    const docs = new Map(documentationOf(model).columns.map(({column, description}) => [column, description]));
    for (const {column, type} of await warehouse.columns(model))
      rows.push({table: file, column, type, description: docs.get(column) ?? ""});
  }
  return rows;
}

function documentationOf(model: string) {
  const schema = model.split(".")[0] as "staging" | "core" | "marts";
  const found = modelsIn(schema).find(({name}) => name === model);
  if (!found) throw new Error(`there is no model ${model}`);
  return modelDoc(found.sql);
}

async function writeTables(
  warehouse: Warehouse,
  folder: string,
  dictionary: readonly DictionaryRow[]
): Promise<PublishedFile[]> {
  const files: PublishedFile[] = [];
  for (const table of publishedTables) {
    await warehouse.writeCsv(safeQuery(table), join(folder, `${table.file}.csv`));
    const [row] = await warehouse.rows<{n: number}>(`select count(*)::integer as n from (${table.query})`);
    files.push(describeFile(folder, `${table.file}.csv`, table.title, row?.n ?? 0));
  }
  writeFileSync(join(folder, "dictionary.csv"), stringify(dictionary as DictionaryRow[], {header: true}));
  files.push(describeFile(folder, "dictionary.csv", "What every column of every table means", dictionary.length));
  return files;
}

/** Words of other people are defused for spreadsheets; numbers and codes of ours are left as they are. */
function safeQuery({query, text, orderBy}: PublishedTable): string {
  const defused = text.map((column) => `defused(${column}) as ${column}`).join(", ");
  return `select * ${defused === "" ? "" : `replace (${defused})`} from (${query}) order by ${orderBy}`;
}

function describeFile(folder: string, name: string, title: string, rows: number): PublishedFile {
  const path = join(folder, name);
  const sha256 = createHash("sha256").update(readFileSync(path)).digest("hex");
  return {path: name, title, rows, bytes: statSync(path).size, sha256, licence: LICENCE};
}

async function versionOf(warehouse: Warehouse, files: readonly PublishedFile[]): Promise<string> {
  const [row] = await warehouse.rows<{cut_off: string | null}>(
    "select coalesce((select max(published_on) from core.contracts), (select max(period_end_on) from core.observations))::varchar as cut_off"
  );
  if (!row?.cut_off)
    throw new Error(
      "there is nothing to publish: no contract and no observation. Import a file, or build with the embedded snapshot."
    );
  const content = createHash("sha256")
    .update(files.map(({sha256, path}) => `${sha256}  ${path}\n`).join(""))
    .digest("hex");
  return `${row.cut_off}-${content.slice(0, 8)}`;
}

/** Generated folders are replaced whole, so that a page of a council that is no longer there does not stay behind. */
function writePages(siteSource: string, pages: ReadonlyMap<string, string>): void {
  for (const folder of new Set([...pages.keys()].map((path) => dirname(path)).filter((folder) => folder !== ".")))
    rmSync(join(siteSource, folder), {recursive: true, force: true});
  for (const [path, text] of pages) {
    mkdirSync(dirname(join(siteSource, path)), {recursive: true});
    writeFileSync(join(siteSource, path), text);
  }
}

function replaceFolder(from: string, to: string): void {
  cpSync(from, `${to}.next`, {recursive: true});
  rmSync(to, {recursive: true, force: true});
  renameSync(`${to}.next`, to);
}

/** A released version is never changed: the same content gives the same name, so what is there stays. */
function keepRelease(staged: string, release: string): void {
  if (existsSync(release)) rmSync(staged, {recursive: true, force: true});
  else renameSync(staged, release);
}
