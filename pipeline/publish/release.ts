import {createHash} from "node:crypto";
import {mkdirSync, readFileSync, statSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {parse} from "csv-parse/sync";
import {stringify} from "csv-stringify/sync";
import {build as bundleCode} from "esbuild";
import {citeDataset, DATASET_AUTHOR, DATASET_TITLE} from "../../src/components/citation.ts";
import type {CodeRow, DictionaryRow, Notice, PublishedFile, SourceRow} from "../../src/components/rows.ts";
import {Warehouse} from "../warehouse/warehouse.ts";
import {API, writeApi} from "./api.ts";
import {CHECKSUMS, checksums, sha256Of} from "./checksums.ts";
import {readCodes} from "./codes.ts";
import {nullMeaning, ruleColumnOf, unitOf} from "./columns.ts";
import {dataPackage} from "./dataPackage.ts";
import {documentationOf} from "./dictionary.ts";
import {examples} from "./examples.ts";
import {type PublishedTable, publishedTables, type SourceKind} from "./publishedTables.ts";
import {GATE} from "./recompute.ts";
import {HEADLINE, type Headline} from "./reproduce.ts";
import {nextSchemaVersion, type SchemaRelease, shapeOf} from "./schemaVersion.ts";
import {
  DUCKDB_FILE,
  PARTITION_ABOVE_ROWS,
  parquetFiles,
  type ReleaseTable,
  rewriteParquet,
  SPREADSHEETS,
  writeCsvs,
  writeDuckDb,
  writeParquet,
  writeSpreadsheets
} from "./tableFiles.ts";
import {type Takedown, takedownId, withheld} from "./takedowns.ts";

/** What a release was made with: enough to make it again. */
export interface Provenance {
  readonly code_commit: string | null; // null when the code was not under version control
  readonly inputs: readonly {readonly path: string; readonly sha256: string}[]; // committed tables; source-files.csv has the raw bytes
  readonly parameters: Readonly<Record<string, string | number>>;
}

/** Everything that is said about a release, in manifest.json. */
export interface Manifest {
  readonly version: string; // latest source cut-off date and the first eight digits of the content's hash
  readonly schema_version: string;
  readonly data_cut_off_on: string;
  readonly licence: string; // SPDX identifiers of all tables together
  readonly snapshot_note: string | null;
  readonly notices: readonly Notice[];
  readonly withheld: readonly string[]; // takedowns that were applied
  readonly tables: readonly ReleaseTable[];
  readonly files: readonly PublishedFile[];
}

/** A written release with the tables that pages are made from. */
export interface Release {
  readonly manifest: Manifest;
  readonly dictionary: readonly DictionaryRow[];
  readonly codes: readonly CodeRow[];
  readonly sources: readonly SourceRow[];
}

export interface ReleaseOptions {
  readonly snapshotNote: string | null;
  readonly takedowns: readonly Takedown[];
  readonly lastSchema: SchemaRelease;
  readonly provenance: Provenance;
}

/** Every published column: type from the data, meaning from the model, unit and the rest from its name. */
export async function readDictionary(
  warehouse: Warehouse,
  tables: readonly PublishedTable[] = publishedTables
): Promise<DictionaryRow[]> {
  const rows: DictionaryRow[] = [];
  for (const {file, model, query, key, added} of tables) {
    const docs = new Map(documentationOf(model).columns.map(({column, description}) => [column, description]));
    const columns = await warehouse.columns(`(${query})`);
    const names = columns.map(({column}) => column);
    for (const {column, type} of columns) {
      const description = docs.get(column) ?? added[column] ?? "";
      rows.push({
        table: file,
        column,
        type,
        unit: unitOf(column),
        null_means: key.includes(column) ? "" : nullMeaning(description),
        rule_column: ruleColumnOf(column, names),
        source: `pipeline/models/${model.replace(".", "/")}.sql`,
        description
      });
    }
  }
  return rows;
}

/**
 * Writes a whole release into an empty folder.
 *
 * The Parquet files come first and everything else is made from them: what is in the DuckDB file, the CSV files and the API is what is in
 * the Parquet files, and an earlier release can be written again from its own.
 */
export async function writeRelease(warehouse: Warehouse, folder: string, options: ReleaseOptions): Promise<Release> {
  const dictionary = await readDictionary(warehouse);
  const licences = await licencesByKind(warehouse);
  const tables: ReleaseTable[] = [];
  for (const table of publishedTables) {
    const columns = dictionary.filter((row) => row.table === table.file).map(({column}) => column);
    const query = withheld(table.query, columns, options.takedowns, {
      contracts: "select * from core.contracts",
      suppliers: "select * from core.contract_suppliers"
    });
    await writeParquet(warehouse, table, query, folder);
    tables.push(await releaseTable(warehouse, table, licences));
  }
  const cutOffOn = await cutOff(warehouse);
  return completeRelease(folder, {
    version: null,
    schemaVersion: nextSchemaVersion(options.lastSchema, shapeOf(tables, dictionary)),
    cutOffOn,
    snapshotNote: options.snapshotNote,
    notices: [],
    takedowns: options.takedowns,
    tables,
    dictionary,
    provenance: {
      ...options.provenance,
      parameters: {
        ...options.provenance.parameters,
        duckdb: await duckDbVersion(warehouse),
        contracts_for_a_measure: GATE,
        partition_above_rows: PARTITION_ABOVE_ROWS
      }
    }
  });
}

/** Writes an earlier release again into an empty folder, under its own name, with what was taken down withheld and a notice that says so. */
export async function reissueRelease(
  from: string,
  to: string,
  takedowns: readonly Takedown[],
  notices: readonly Notice[]
): Promise<Release> {
  const manifest = readManifest(from);
  const reader = await Warehouse.openFile(":memory:");
  try {
    for (const table of manifest.tables) await rewriteParquet(reader, table, from, to, takedowns);
  } finally {
    reader.close();
  }
  const rows = parse(readFileSync(join(from, "dictionary.csv")), {columns: true}) as DictionaryRow[];
  return completeRelease(to, {
    version: manifest.version,
    schemaVersion: manifest.schema_version,
    cutOffOn: manifest.data_cut_off_on,
    snapshotNote: manifest.snapshot_note,
    notices,
    takedowns,
    tables: manifest.tables,
    dictionary: rows,
    provenance: JSON.parse(readFileSync(join(from, "provenance.json"), "utf8")) as Provenance
  });
}

export const MANIFEST = "manifest.json";

/** @throws {Error} saying which release lost it, and what mends it */
export function readManifest(folder: string): Manifest {
  try {
    return JSON.parse(readFileSync(join(folder, MANIFEST), "utf8")) as Manifest;
  } catch (error) {
    throw new Error(
      `${join(folder, MANIFEST)} is missing or damaged: put the folder of that version back from a backup. (${(error as Error).message})`
    );
  }
}

async function releaseTable(
  warehouse: Warehouse,
  table: PublishedTable,
  licences: ReadonlyMap<SourceKind, readonly string[]>
): Promise<ReleaseTable> {
  const {file, title, model, key, orderBy, text, refersTo, year, query, sources} = table;
  const [counted] = await warehouse.rows<{n: number}>(`select count(*)::integer as n from (${query})`);
  const licence = [...new Set(sources.flatMap((kind) => licences.get(kind) ?? []))].sort().join(" AND ");
  return {
    file,
    title,
    description: documentationOf(model).description,
    key,
    orderBy,
    text,
    refersTo,
    year,
    licence,
    rows: counted?.n ?? 0
  };
}

async function licencesByKind(warehouse: Warehouse): Promise<Map<SourceKind, readonly string[]>> {
  const rows = await warehouse.rows<{source_kind: SourceKind; licences: string[]}>(
    "select source_kind, list(distinct licence order by licence) as licences from core.sources group by source_kind"
  );
  return new Map(rows.map(({source_kind, licences}) => [source_kind, licences]));
}

async function cutOff(warehouse: Warehouse): Promise<string> {
  const [row] = await warehouse.rows<{cut_off: string | null}>(
    "select coalesce((select max(published_on) from core.contracts), (select max(period_end_on) from core.observations))::varchar as cut_off"
  );
  if (!row?.cut_off)
    throw new Error(
      "there is nothing to publish: no contract and no observation. Import a file, or build with the embedded snapshot."
    );
  return row.cut_off;
}

async function duckDbVersion(warehouse: Warehouse): Promise<string> {
  const [row] = await warehouse.rows<{version: string}>("select version() as version");
  return row?.version ?? "";
}

interface Given {
  readonly version: string | null; // null: from the content
  readonly schemaVersion: string;
  readonly cutOffOn: string;
  readonly snapshotNote: string | null;
  readonly notices: readonly Notice[];
  readonly takedowns: readonly Takedown[];
  readonly tables: readonly ReleaseTable[];
  readonly dictionary: readonly DictionaryRow[];
  readonly provenance: Provenance;
}

/** Makes everything of a release that follows from its Parquet files. */
async function completeRelease(folder: string, given: Given): Promise<Release> {
  const {tables, dictionary} = given;
  await writeDuckDb(folder, tables, dictionary);
  const bundle = await Warehouse.openFile(join(folder, DUCKDB_FILE), {readOnly: true});
  try {
    await writeCsvs(bundle, folder, tables);
    const codes = await readCodes(
      bundle,
      tables.map((table) => ({file: table.file, columns: columnsOf(dictionary, table.file)}))
    );
    const sources = await bundle.rows<SourceRow>("select * from sources order by source_id");
    writeTable(folder, "dictionary", dictionary);
    writeTable(folder, "codes", codes);
    writeSpreadsheets(folder, tables);
    const files = await describeFiles(bundle, folder, tables, {dictionary: dictionary.length, codes: codes.length});
    const manifest: Manifest = {
      version: given.version ?? `${given.cutOffOn}-${contentHash(files).slice(0, 8)}`,
      schema_version: given.schemaVersion,
      data_cut_off_on: given.cutOffOn,
      licence: licenceOfAll(tables),
      snapshot_note: given.snapshotNote,
      notices: given.notices,
      withheld: given.takedowns.map(takedownId),
      tables,
      files
    };
    await writeApi(bundle, folder, dictionary, {
      version: manifest.version,
      data_cut_off_on: manifest.data_cut_off_on,
      licence: manifest.licence
    });
    writeJson(folder, HEADLINE, {version: manifest.version, figures: await headline(bundle)});
    writeJson(
      folder,
      "datapackage.json",
      dataPackage({...manifest, schemaVersion: manifest.schema_version, dictionary, codes, sources})
    );
    writeJson(folder, "schema.json", {version: manifest.schema_version, tables: shapeOf(tables, dictionary)});
    writeJson(folder, "provenance.json", given.provenance);
    writeJson(folder, MANIFEST, manifest);
    writeFileSync(join(folder, "CITATION.cff"), citationFile(manifest));
    writeFileSync(join(folder, "README.txt"), readme(manifest, sources));
    await writePrograms(folder);
    writeFileSync(join(folder, CHECKSUMS), checksums(folder));
    return {manifest, dictionary, codes, sources};
  } finally {
    bundle.close();
  }
}

const columnsOf = (dictionary: readonly DictionaryRow[], file: string): string[] =>
  dictionary.filter(({table}) => table === file).map(({column}) => column);

const writeJson = (folder: string, name: string, body: unknown): void =>
  writeFileSync(join(folder, name), `${JSON.stringify(body, null, 1)}\n`);

function writeTable(folder: string, name: string, rows: readonly object[]): void {
  writeFileSync(join(folder, `${name}.csv`), stringify(rows as object[], {header: true, record_delimiter: "windows"}));
}

const ABOUT = {
  dictionary: "What every column of every table means",
  codes: "What every code of every coded column means, and how many rows carry it"
} as const;

async function describeFiles(
  bundle: Warehouse,
  folder: string,
  tables: readonly ReleaseTable[],
  about: Readonly<Record<keyof typeof ABOUT, number>>
): Promise<PublishedFile[]> {
  const describe = (path: string, rest: Omit<PublishedFile, "path" | "bytes" | "sha256">): PublishedFile => ({
    path,
    ...rest,
    bytes: statSync(join(folder, path)).size,
    sha256: sha256Of(join(folder, path))
  });
  const licence = licenceOfAll(tables);
  const files: PublishedFile[] = [];
  for (const table of tables) {
    const common = {title: table.title, table: table.file, licence: table.licence, rows: table.rows};
    files.push(
      describe(`${table.file}.csv`, {...common, format: "csv", label: "spreadsheet-safe"}),
      describe(`${table.file}.verbatim.csv`, {...common, format: "csv", label: "verbatim"})
    );
    for (const {path, rows} of await parquetRows(bundle, folder, table.file))
      files.push(describe(path, {...common, rows, format: "parquet", label: "typed"}));
  }
  const whole = {table: null, licence};
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  files.push(
    describe(DUCKDB_FILE, {...whole, title: "All tables in one DuckDB file", rows, format: "duckdb", label: "typed"})
  );
  files.push(
    describe(SPREADSHEETS, {
      ...whole,
      title: "All tables as spreadsheet-safe CSV in one archive",
      rows,
      format: "zip",
      label: "spreadsheet-safe"
    })
  );
  for (const name of Object.keys(ABOUT) as (keyof typeof ABOUT)[])
    files.push(
      describe(`${name}.csv`, {...whole, title: ABOUT[name], rows: about[name], format: "csv", label: "verbatim"})
    );
  return files;
}

const licenceOfAll = (tables: readonly ReleaseTable[]): string =>
  [...new Set(tables.flatMap(({licence}) => licence.split(" AND ")))].sort().join(" AND ");

async function parquetRows(bundle: Warehouse, folder: string, file: string): Promise<{path: string; rows: number}[]> {
  const parts: {path: string; rows: number}[] = [];
  for (const path of parquetFiles(folder, file)) {
    const quoted = join(folder, path).replaceAll("'", "''");
    const [counted] = await bundle.rows<{n: number}>(`select count(*)::integer as n from read_parquet('${quoted}')`);
    parts.push({path, rows: counted?.n ?? 0});
  }
  return parts;
}

/** A hash of what the tables say, whatever form they are kept in: of the verbatim CSV files and the meaning of their columns. */
function contentHash(files: readonly PublishedFile[]): string {
  const content = files.filter(({label, format}) => label === "verbatim" && format === "csv");
  return createHash("sha256")
    .update(content.map(({sha256, path}) => `${sha256}  ${path}\n`).join(""))
    .digest("hex");
}

/** The figures a release stands for, in SQL; `reproduce` works them out again in another way. */
async function headline(bundle: Warehouse): Promise<Headline> {
  const [row] = await bundle.rows<Record<string, number | null>>(
    `select
       (select count(*) from contracts where left_out_because is null)::double as contracts_counted,
       (select coalesce(sum(value_gbp), 0) from contracts where left_out_because is null)::double as value_counted_gbp,
       (select count(*) from council_scale where not_measured_reason is null)::double as cells_measured,
       (select coalesce(sum(total_in_year_gbp), 0) from council_scale where not_measured_reason is null)::double as money_in_measured_cells_gbp,
       (select median(typical_pound_gbp) from council_scale where not_measured_reason is null)::double as median_typical_pound_gbp`
  );
  return Object.fromEntries(
    Object.entries(row ?? {}).flatMap(([name, value]) => (value === null ? [] : [[name, value]]))
  );
}

function citationFile({version, data_cut_off_on}: Manifest): string {
  return `cff-version: 1.2.0
message: "If you use these data, please cite them with this version."
type: dataset
title: ${JSON.stringify(DATASET_TITLE)}
version: ${JSON.stringify(version)}
date-released: ${data_cut_off_on}
authors:
  - name: ${JSON.stringify(DATASET_AUTHOR)}
keywords:
  - public procurement
  - local government
  - United Kingdom
`;
}

function readme(
  {version, schema_version, data_cut_off_on, snapshot_note, notices}: Manifest,
  sources: readonly SourceRow[]
): string {
  return `${DATASET_TITLE}
Data version ${version}, latest source ${data_cut_off_on}, schema ${schema_version}
${notices.map(({text}) => `\nNotice: ${text}\n`).join("")}${snapshot_note === null ? "" : `\n${snapshot_note}\n`}
Forms. Every table comes as
  <table>.parquet       typed, zstd, sorted; a large table is a folder with one file a year
  <table>.verbatim.csv  every cell exactly as held; an empty cell is missing, never zero; UTF-8, RFC 4180
  <table>.csv           the same for spreadsheets: a cell that one would run as a formula has an apostrophe in front
  ${DUCKDB_FILE}  all tables in one file, made from the Parquet files; equal in content, not in bytes, when it is made again
dictionary.csv says what every column means, codes.csv what every code means, datapackage.json both for programs.
${API}/ has the same rows as JSON by council and by indicator (of observations not the hash and the dates), with JSON Schemas in ${API}/schema/.

Check. sha256sum -c ${CHECKSUMS}
Rerun. node reproduce.mjs    (Node 20.19 or newer, no network: works the figures of ${HEADLINE} out again)
Cite.  ${citeDataset(version).text}

Read first. A published value is not money spent, and a framework's ceiling is not a contract: sum only rows with left_out_because empty.

Licences and the sentences to repeat:
${sources.map(({publisher, title, licence, attribution}) => `  ${publisher}, ${title} (${licence}): ${attribution}`).join("\n")}
`;
}

/** The programs that come with the data: examples, and the second computation in one file that needs nothing installed but Node. */
async function writePrograms(folder: string): Promise<void> {
  mkdirSync(join(folder, "examples"), {recursive: true});
  for (const {path, text} of examples()) writeFileSync(join(folder, path), text);
  await bundleCode({
    entryPoints: [fileURLToPath(new URL("standalone/reproduce.mjs", import.meta.url))],
    outfile: join(folder, "reproduce.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    legalComments: "inline",
    alias: {stream: "node:stream", buffer: "node:buffer"}, // a module that no browser and no reader of the file could mistake for a package
    logLevel: "silent"
  });
}
