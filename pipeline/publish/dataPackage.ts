import type {CodeRow, DictionaryRow, PublishedFile, SourceRow} from "../../src/components/rows.ts";
import {CLOSED_CODES} from "./codes.ts";
import {HASHES} from "./columns.ts";
import type {ReleaseTable} from "./tableFiles.ts";

export interface PackageGiven {
  readonly version: string;
  readonly schemaVersion: string;
  readonly tables: readonly ReleaseTable[];
  readonly dictionary: readonly DictionaryRow[];
  readonly codes: readonly CodeRow[];
  readonly sources: readonly SourceRow[];
  readonly files: readonly PublishedFile[];
}

const LICENCES: Readonly<Record<string, {name: string; title: string; path: string}>> = {
  "OGL-UK-3.0": {
    name: "OGL-UK-3.0",
    title: "Open Government Licence v3.0",
    path: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
  },
  "CC-BY-4.0": {
    name: "CC-BY-4.0",
    title: "Creative Commons Attribution 4.0",
    path: "https://creativecommons.org/licenses/by/4.0/"
  }
};

/**
 * The Frictionless description of a release (Data Package 1 and 2 both read it).
 *
 * A resource is a table in its verbatim CSV form, which every reader of data packages opens; `alternatives` names the same rows in the
 * other forms, with their hashes.
 */
export function dataPackage(given: PackageGiven): Record<string, unknown> {
  return {
    $schema: "https://datapackage.org/profiles/2.0/datapackage.json",
    profile: "tabular-data-package",
    name: "contract-scale",
    id: `contract-scale/${given.version}`,
    title:
      "Contract Scale: how large UK council contracts are, beside what services cost and how often people come back",
    version: given.version,
    schema_version: given.schemaVersion,
    created: `${given.version.slice(0, 10)}T00:00:00Z`,
    licenses: licencesOf(given.sources.map(({licence}) => licence)),
    sources: given.sources.map(({title, page, attribution, licence, publisher}) => ({
      title: `${publisher}: ${title}`,
      path: page,
      licence,
      attribution
    })),
    contributors: [{title: "Contract Scale contributors", role: "author", roles: ["author"]}],
    keywords: ["public procurement", "open contracting", "local government", "United Kingdom"],
    resources: [...given.tables.map((table) => resource(table, given)), ...describing(given.files)]
  };
}

function licencesOf(ids: readonly string[]): Record<string, string>[] {
  return [...new Set(ids.flatMap((id) => id.split(" AND ")))].sort().map((id) => {
    const licence = LICENCES[id];
    if (!licence) throw new Error(`the licence ${id} has no title and address in pipeline/publish/dataPackage.ts`);
    return licence;
  });
}

function resource(table: ReleaseTable, given: PackageGiven): Record<string, unknown> {
  const files = given.files.filter((file) => file.table === table.file);
  const main = files.find(({label}) => label === "verbatim");
  if (!main) throw new Error(`the release has no verbatim CSV of ${table.file}`);
  return {
    profile: "tabular-data-resource",
    type: "table",
    ...described(main),
    name: table.file,
    title: table.title,
    description: table.description,
    licenses: licencesOf([table.licence]),
    dialect: DIALECT,
    schema: tableSchema(table, given),
    alternatives: files
      .filter((file) => file !== main)
      .map(({label, ...file}) => ({...described({...file, label}), label}))
  };
}

const ABOUT_FIELDS: Readonly<Record<string, readonly string[]>> = {
  "dictionary.csv": ["table", "column", "type", "unit", "null_means", "rule_column", "source", "description"],
  "codes.csv": ["table", "column", "code", "meaning", "rows"]
};

/** Files that explain the tables, described as tables themselves. */
function describing(files: readonly PublishedFile[]): Record<string, unknown>[] {
  return files
    .filter(({table, format}) => table === null && format === "csv")
    .map((file) => ({
      profile: "tabular-data-resource",
      type: "table",
      ...described(file),
      name: file.path.replace(/\.csv$/, ""),
      title: file.title,
      dialect: DIALECT,
      schema: {
        fields: (ABOUT_FIELDS[file.path] ?? []).map((name) => ({name, type: name === "rows" ? "integer" : "string"})),
        missingValues: [""]
      }
    }));
}

const DIALECT = {
  delimiter: ",",
  lineTerminator: "\r\n",
  quoteChar: '"',
  doubleQuote: true,
  header: true,
  skipInitialSpace: false
};

const MEDIA: Readonly<Record<PublishedFile["format"], string>> = {
  csv: "text/csv",
  parquet: "application/vnd.apache.parquet",
  duckdb: "application/octet-stream",
  json: "application/json",
  zip: "application/zip",
  text: "text/plain"
};

function described({path, format, bytes, sha256, rows}: PublishedFile): Record<string, unknown> {
  return {
    path,
    format,
    mediatype: MEDIA[format],
    ...(format === "csv" ? {encoding: "utf-8"} : {}),
    bytes,
    hash: `sha256:${sha256}`,
    rowcount: rows
  };
}

/** The Table Schema of a table: types, units, what an empty cell says, codes, key, and which rows of other tables it names. */
export function tableSchema(table: ReleaseTable, {dictionary, codes}: PackageGiven): Record<string, unknown> {
  return {
    fields: dictionary.filter((row) => row.table === table.file).map((row) => field(row, table, codes)),
    missingValues: [""],
    ...(table.key.length === 0 ? {} : {primaryKey: table.key}),
    ...(table.refersTo.length === 0
      ? {}
      : {foreignKeys: table.refersTo.map((reference) => foreignKey(reference, table.file))})
  };
}

const foreignKey = ({column, table, key}: ReleaseTable["refersTo"][number], own: string): Record<string, unknown> => ({
  fields: column,
  reference: {resource: table === own ? "" : table, fields: key}
});

function field(row: DictionaryRow, table: ReleaseTable, codes: readonly CodeRow[]): Record<string, unknown> {
  const closed = CLOSED_CODES[row.column];
  const isKey = table.key.includes(row.column);
  const meanings = codes.filter(({table: file, column}) => file === row.table && column === row.column);
  return {
    name: row.column,
    ...fieldType(row.type),
    description: row.description,
    ...(row.unit === "" ? {} : {unit: row.unit}),
    ...(row.null_means === "" ? {} : {null_means: row.null_means}),
    ...(row.rule_column === "" ? {} : {rule_column: row.rule_column}),
    ...(meanings.length === 0 ? {} : {codes: Object.fromEntries(meanings.map(({code, meaning}) => [code, meaning]))}),
    constraints: {
      ...(row.null_means === "" ? {required: true} : {}),
      ...(isKey && table.key.length === 1 ? {unique: true} : {}),
      ...(closed ? {enum: Object.keys(closed)} : {}),
      ...(row.column.endsWith("_sha256") ? {pattern: HASHES.source} : {})
    }
  };
}

/** The Table Schema type of a DuckDB type. */
export function fieldType(type: string): Record<string, unknown> {
  if (/INT$|^INTEGER$/.test(type)) return {type: "integer"};
  if (/^(DECIMAL|DOUBLE|FLOAT)/.test(type)) return {type: "number", duckdb_type: type};
  if (type === "DATE") return {type: "date", format: "default"};
  if (type === "BOOLEAN") return {type: "boolean", trueValues: ["true"], falseValues: ["false"]};
  return {type: "string"};
}
