import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {parse as parseCsv} from "csv-parse/sync";
import {recognise} from "../../pipeline/formats/recognise.ts";
import {releaseBodies} from "../../pipeline/ocds/packages.ts";
import {type Row, stageReleases} from "../../pipeline/ocds/stage.ts";
import type {Warehouse} from "../../pipeline/warehouse/warehouse.ts";

/** The files whose awards are hand-labelled, in the three forms in which they lie there. */
const FOLDERS = [
  "contracts-finder-ocds-accommodation-backfill",
  "contracts-finder-bluetail-2019",
  "contracts-finder-v1-ocds-2025",
  "find-a-tender",
  "contracts-finder-csv-search-exports",
  "contracts-finder-lancashire-councils"
];

export type GoldRow = Readonly<Record<string, string>>;

export const readGold = (corpus: string, file: string): GoldRow[] =>
  parseCsv(readFileSync(join(corpus, "gold", file)), {columns: true}) as GoldRow[];

/** Stages every labelled file; `raw_sha256` holds the file's path, so that a label finds its row. */
export async function stageCorpus(warehouse: Warehouse, corpus: string): Promise<string[]> {
  const refused: string[] = [];
  for (const folder of FOLDERS)
    for (const name of readdirSync(join(corpus, "data/registers", folder)).filter((file) =>
      /\.(json|csv)$/.test(file)
    )) {
      const path = `${folder}/${name}`;
      const bodies = readBodies(corpus, path);
      if (typeof bodies === "string") refused.push(`${path}: ${bodies}`);
      else await stageFile(warehouse, path, bodies);
    }
  return refused;
}

async function stageFile(warehouse: Warehouse, path: string, bodies: readonly unknown[]): Promise<void> {
  const register_id = path.split("/")[0]!;
  const staged = stageReleases(bodies, {register_id, raw_sha256: path}, () => null);
  for (const [table, rows] of Object.entries(staged)) await warehouse.insert(`staging.${table}`, rows as Row[]);
}

function readBodies(corpus: string, path: string): unknown[] | string {
  const bytes = readFileSync(join(corpus, "data/registers", path));
  if (path.endsWith(".csv")) return exportRows(bytes).map(exportRelease);
  if (path.includes("lancashire")) {
    const {contracts} = JSON.parse(bytes.toString("utf8")) as {contracts: SearchItem[]};
    return contracts.filter(({status}) => status === "awarded").map(searchRelease);
  }
  try {
    return releaseBodies(recognise(bytes), {fallback: "iso-8859-1"}).bodies;
  } catch (error) {
    return (error as Error).message;
  }
}

const exportRows = (bytes: Uint8Array): GoldRow[] =>
  parseCsv(Buffer.from(bytes), {columns: true, relax_column_count: true, relax_quotes: true, bom: true}) as GoldRow[];

const dayOf = (text: string | undefined): string | null => {
  const [, day, month, year] = /^(\d{2})\/(\d{2})\/(\d{4})/.exec(text ?? "") ?? [];
  return year === undefined ? null : `${year}-${month}-${day}`;
};

const amountOf = (text: string | number | undefined): {amount: number; currency: string} | undefined =>
  text === undefined || text === "" || Number.isNaN(Number(text)) ? undefined : {amount: Number(text), currency: "GBP"};

/** A row of the website's search export; its row number is the award's id, as in the labels. */
function exportRelease(row: GoldRow, i: number): unknown {
  const suppliers = [
    ...(row["Supplier [Name|Address|Ref type|Ref Number|Is SME|Is VCSE]"] ?? "").matchAll(/\[([^|\]]+)\|/g)
  ].map(([, name], n) => ({id: String(n), name}));
  return {
    ocid: row["Notice Identifier"] || `row${i + 2}`,
    id: `row${i + 2}`,
    date: /^\d{4}-\d{2}-\d{2}T/.test(row["Published Date"] ?? "") ? row["Published Date"] : "2000-01-01T00:00:00Z",
    tag: ["award"],
    buyer: {id: "b", name: row["Organisation Name"]},
    tender: {
      title: row.Title,
      description: [row.Description, row["Additional Text"]].filter(Boolean).join(" "),
      procurementMethodDetails: row["OJEU Procedure Type"],
      classification: {scheme: "CPV", id: (row["Cpv Codes"] ?? "").match(/\d{8}/)?.[0] ?? ""},
      value: amountOf(row["Value High"] || row["Value Low"]),
      minValue: row["Value High"] ? amountOf(row["Value Low"]) : undefined
    },
    awards:
      row.Status === "Awarded"
        ? [
            {
              id: `row${i + 2}`,
              status: "active",
              value: amountOf(row["Awarded Value"]),
              suppliers,
              contractPeriod: {startDate: dayOf(row["Contract start date"]), endDate: dayOf(row["Contract end date"])}
            }
          ]
        : []
  };
}

interface SearchItem {
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  readonly organisation: string;
  readonly status: string;
  readonly published_date: string;
  readonly value_low: number;
  readonly value_high: number;
  readonly awarded_value: number;
  readonly awarded_supplier: string | null;
  readonly cpv_codes: string | null;
}

/** An item of the search service: no dates of the contract, and one supplier's name for all. */
function searchRelease(item: SearchItem): unknown {
  return {
    ocid: item.id,
    id: item.id,
    date: item.published_date,
    tag: ["award"],
    buyer: {id: "b", name: item.organisation},
    tender: {
      title: item.title,
      description: item.description,
      classification: {scheme: "CPV", id: (item.cpv_codes ?? "").match(/\d{8}/)?.[0] ?? ""},
      value: amountOf(item.value_high || item.value_low),
      minValue: item.value_high ? amountOf(item.value_low) : undefined
    },
    awards: [
      {
        id: "",
        status: "active",
        value: amountOf(item.awarded_value),
        suppliers: item.awarded_supplier ? [{id: "0", name: item.awarded_supplier}] : []
      }
    ]
  };
}

export const corpusIsHere = (corpus: string): boolean => existsSync(join(corpus, "gold", "awards.csv"));
