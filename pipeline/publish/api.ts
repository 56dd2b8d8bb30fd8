import {mkdirSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {z} from "zod";
import type {DictionaryRow} from "../../src/components/rows.ts";
import type {Warehouse} from "../warehouse/warehouse.ts";
import {cellSchema, jsonRow, rowSchema} from "./columns.ts";
import {sqlName} from "./publishedTables.ts";

/** Columns of observations that the API leaves to the tables: the period and the indicator say the rest. */
const LEFT_TO_TABLES = [
  "period_start_on",
  "period_end_on",
  "period_type",
  "interval_method",
  "source_sha256",
  "is_embedded"
];

const columnsInApi = (dictionary: readonly DictionaryRow[], table: string): DictionaryRow[] =>
  dictionary.filter((row) => row.table === table && !(table === "observations" && LEFT_TO_TABLES.includes(row.column)));

export const API = "api/v1"; // a field that goes or changes its meaning makes v2, beside v1

/** A kind of document of the API: its address with the id in it, and the zod schema that its JSON Schema is made from. */
export interface ApiDocument {
  readonly name: string;
  readonly address: string;
  readonly schema: z.ZodObject;
}

/** The kinds of document, from the columns of the published tables. */
export function apiDocuments(dictionary: readonly DictionaryRow[]): ApiDocument[] {
  const rows = (table: string) => rowSchema(columnsInApi(dictionary, table));
  const common = {
    api: z.literal("v1").describe("version of the shape of this document"),
    version: z.string().describe("version of the data"),
    data_cut_off_on: z.iso.date().describe("date of the latest source"),
    licence: z.string().describe("SPDX identifiers; sources.csv has the sentences to repeat"),
    tables: z.string().describe("address of the whole tables and their dictionary")
  };
  const document = (name: string, address: string, shape: z.ZodRawShape): ApiDocument => ({
    name,
    address: `${API}/${address}`,
    schema: z.strictObject({...common, ...shape})
  });
  const listed = (shape: z.ZodRawShape) => z.array(z.strictObject({...shape, address: z.string()}));
  return [
    document("index", "index.json", {
      councils: listed({gss: z.string(), name: z.string()}),
      indicators: listed({indicator_id: z.string(), title: z.string()})
    }),
    document("council", "councils/{gss}.json", {
      council: rows("councils"),
      council_scale: z.array(rows("council-scale")).describe("by service line and financial year"),
      observations: columnar(columnsInApi(dictionary, "observations")).describe(
        "of this council, under today's code or as it was"
      ),
      contracts: z.string().describe("address of its contracts")
    }),
    document("indicator", "indicators/{indicator_id}.json", {
      indicator: rows("indicators"),
      observations: columnar(columnsInApi(dictionary, "observations"))
    }),
    document("contracts", "contracts/{gss}.json", {
      gss: z.string(),
      contracts: z
        .array(rows("contracts"))
        .describe("every row, also those that no measure counts: see left_out_because")
    })
  ];
}

/** Rows as arrays with the names of their columns once: with a name before every cell, observations would be four times as large. */
function columnar(columns: readonly DictionaryRow[]): z.ZodObject {
  return z.strictObject({
    columns: z.tuple(atLeastOne(columns.map(({column}): z.ZodType => z.literal(column)))),
    rows: z.array(z.tuple(atLeastOne(columns.map(cellSchema))))
  });
}

function atLeastOne(schemas: readonly z.ZodType[]): [z.ZodType, ...z.ZodType[]] {
  const [first, ...rest] = schemas;
  if (first === undefined) throw new Error("a table of the API has no column");
  return [first, ...rest];
}

export interface ApiGiven {
  readonly version: string;
  readonly data_cut_off_on: string;
  readonly licence: string;
}

/** Writes every document of the API and its JSON Schemas below a release folder: files only, no server. */
export async function writeApi(
  bundle: Warehouse,
  folder: string,
  dictionary: readonly DictionaryRow[],
  given: ApiGiven
): Promise<void> {
  const select = async (table: string, where = "true", values = {}): Promise<Record<string, unknown>[]> => {
    const columns = columnsInApi(dictionary, table);
    const rows = await bundle.rows(`select ${asJson(columns)} from ${sqlName(table)} where ${where}`, values);
    return rows.map((row) => jsonRow(row, columns));
  };
  const observed = columnsInApi(dictionary, "observations").map(({column}) => column);
  const observations = async (where: string, values: Record<string, string>) => ({
    columns: observed,
    rows: (await select("observations", where, values)).map((row) => observed.map((column) => row[column]))
  });
  const write = (path: string, body: Record<string, unknown>): void =>
    writeJson(join(folder, API, path), {api: "v1", ...given, tables: "../../../datapackage.json", ...body});

  const [councils, indicators] = [await select("councils"), await select("indicators")];
  const written = new Set<string>();
  for await (const [gss, contracts] of ofEachCouncil(bundle, columnsInApi(dictionary, "contracts"))) {
    write(`contracts/${gss}.json`, {gss, contracts});
    written.add(gss);
  }
  for (const council of councils) {
    const gss = String(council.gss);
    write(`councils/${gss}.json`, {
      council,
      council_scale: await select("council-scale", "gss = $gss", {gss}),
      observations: await observations("coalesce(council_gss, gss) = $gss or gss = $gss", {gss}),
      contracts: `../contracts/${gss}.json`
    });
    if (!written.has(gss)) write(`contracts/${gss}.json`, {gss, contracts: []});
  }
  for (const indicator of indicators) {
    const id = String(indicator.indicator_id);
    write(`indicators/${id}.json`, {indicator, observations: await observations("indicator_id = $id", {id})});
  }
  write("index.json", {
    tables: "../../datapackage.json",
    councils: councils.map(({gss, name}) => ({gss, name, address: `councils/${String(gss)}.json`})),
    indicators: indicators.map(({indicator_id, title}) => ({
      indicator_id,
      title,
      address: `indicators/${String(indicator_id)}.json`
    }))
  });
  for (const {name, schema} of apiDocuments(dictionary))
    writeJson(join(folder, API, "schema", `${name}.schema.json`), z.toJSONSchema(schema));
}

/** Columns as they travel in JSON. */
const asJson = (columns: readonly DictionaryRow[]): string =>
  columns.map(({column, type}) => (type === "DATE" ? `"${column}"::varchar as "${column}"` : `"${column}"`)).join(", ");

/**
 * The contracts of each council that has any, read once for all: a look through a million rows for each would take minutes.
 * The database answers nothing else meanwhile.
 */
async function* ofEachCouncil(
  bundle: Warehouse,
  columns: readonly DictionaryRow[]
): AsyncGenerator<[gss: string, contracts: Record<string, unknown>[]]> {
  let gss = "";
  let contracts: Record<string, unknown>[] = [];
  const sorted = `select ${asJson(columns)} from contracts where council_gss is not null order by council_gss, rowid`;
  for await (const rows of bundle.chunks(sorted))
    for (const row of rows) {
      if (row.council_gss !== gss) {
        if (contracts.length > 0) yield [gss, contracts];
        gss = String(row.council_gss);
        contracts = [];
      }
      contracts.push(jsonRow(row, columns));
    }
  if (contracts.length > 0) yield [gss, contracts];
}

/** Documents are for programs: one line, so that a council of thousands of contracts stays small. */
function writeJson(path: string, body: unknown): void {
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, `${JSON.stringify(body)}\n`);
}
