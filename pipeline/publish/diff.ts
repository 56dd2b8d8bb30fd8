import {readFileSync} from "node:fs";
import {join} from "node:path";
import {Warehouse} from "../warehouse/warehouse.ts";
import {readManifest} from "./release.ts";
import {type Shape, shapeChanges} from "./schemaVersion.ts";
import {type ReleaseTable, readParquet} from "./tableFiles.ts";

const count = (n: number): string => n.toLocaleString("en-GB");
const plural = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;
const pounds = (n: number): string => `£${Math.round(n).toLocaleString("en-GB")}`;

/**
 * What changed between two releases, in sentences: shape, rows, totals, councils, rules.
 *
 * @param before folder of the earlier release
 * @param after folder of the later one
 * @returns one sentence a change; one that says so when there is none
 */
export async function diffReleases(before: string, after: string): Promise<string[]> {
  const reader = await Warehouse.openFile(":memory:");
  try {
    const sentences = [
      ...shapeSentences(before, after),
      ...(await rowSentences(reader, before, after)),
      ...(await totalSentences(reader, before, after)),
      ...(await councilSentences(reader, before, after)),
      ...(await ruleSentences(reader, before, after))
    ];
    return sentences.length === 0 ? ["Nothing changed."] : sentences;
  } finally {
    reader.close();
  }
}

function shapeSentences(before: string, after: string): string[] {
  const [old, now] = [before, after].map(
    (folder) => JSON.parse(readFileSync(join(folder, "schema.json"), "utf8")) as {version: string; tables: Shape}
  );
  const changes = shapeChanges(old!.tables, now!.tables);
  return changes.length === 0
    ? []
    : [`The schema went from ${old!.version} to ${now!.version}: ${changes.map(({text}) => text).join("; ")}.`];
}

/** Tables that both releases have, with the same key. */
function sharedTables(before: string, after: string): ReleaseTable[] {
  const old = readManifest(before).tables;
  return readManifest(after).tables.filter((table) =>
    old.some(({file, key}) => file === table.file && key.join() === table.key.join())
  );
}

async function rowSentences(reader: Warehouse, before: string, after: string): Promise<string[]> {
  const sentences: string[] = [];
  for (const table of sharedTables(before, after)) {
    const {added, gone, changed, rows} = await rowChanges(reader, table, before, after);
    const parts = [
      added > 0 ? `${count(added)} new` : "",
      gone > 0 ? `${count(gone)} gone` : "",
      changed > 0 ? `${count(changed)} changed` : ""
    ].filter((part) => part !== "");
    if (parts.length > 0) sentences.push(`${table.file}: ${plural(rows, "row")} now, ${parts.join(", ")}.`);
  }
  return sentences;
}

interface RowChanges {
  readonly added: number;
  readonly gone: number;
  readonly changed: number;
  readonly rows: number;
}

async function rowChanges(
  reader: Warehouse,
  {file, key}: ReleaseTable,
  before: string,
  after: string
): Promise<RowChanges> {
  const [old, now] = [readParquet(before, file), readParquet(after, file)];
  const shared = await sharedColumns(reader, old, now);
  const names = (key.length === 0 ? shared : key).map((column) => `"${column}"`).join(", ");
  const hashed = (query: string): string =>
    `select ${names}, hash(${shared.map((column) => `"${column}"`).join(", ")}) as row_hash from (${query})`;
  const same = (key.length === 0 ? shared : key)
    .map((column) => `o."${column}" is not distinct from n."${column}"`)
    .join(" and ");
  const [row] = await reader.rows<RowChanges>(
    `select
       count(*) filter (where o.row_hash is null)::integer as added,
       count(*) filter (where n.row_hash is null)::integer as gone,
       count(*) filter (where o.row_hash <> n.row_hash)::integer as changed,
       count(n.row_hash)::integer as rows
     from (${hashed(old)}) as o full join (${hashed(now)}) as n on ${same}`
  );
  return row ?? {added: 0, gone: 0, changed: 0, rows: 0};
}

async function sharedColumns(reader: Warehouse, old: string, now: string): Promise<string[]> {
  const known = new Set((await reader.columns(`(${old})`)).map(({column}) => column));
  return (await reader.columns(`(${now})`)).map(({column}) => column).filter((column) => known.has(column));
}

async function totalSentences(reader: Warehouse, before: string, after: string): Promise<string[]> {
  const total = async (folder: string) => {
    const [row] = await reader.rows<{n: number; gbp: number}>(
      `select count(*)::integer as n, coalesce(sum(value_gbp), 0)::double as gbp from (${readParquet(folder, "contracts")}) where left_out_because is null`
    );
    return row ?? {n: 0, gbp: 0};
  };
  const [old, now] = [await total(before), await total(after)];
  return old.n === now.n && old.gbp === now.gbp
    ? []
    : [
        `Contracts that count: ${count(old.n)} worth ${pounds(old.gbp)} before, ${count(now.n)} worth ${pounds(now.gbp)} now.`
      ];
}

const LARGEST = 5; // changes that are named one by one

async function councilSentences(reader: Warehouse, before: string, after: string): Promise<string[]> {
  const scale = (folder: string): string =>
    `select gss, name, count(typical_pound_gbp)::integer as cells, sum(total_in_year_gbp)::double as gbp
     from (${readParquet(folder, "council-scale")}) join (select gss, name from (${readParquet(folder, "councils")})) using (gss) group by gss, name`;
  const rows = await reader.rows<{name: string; old_cells: number; cells: number; old_gbp: number; gbp: number}>(
    `select coalesce(n.name, o.name) as name, coalesce(o.cells, 0) as old_cells, coalesce(n.cells, 0) as cells,
       coalesce(o.gbp, 0) as old_gbp, coalesce(n.gbp, 0) as gbp
     from (${scale(before)}) as o full join (${scale(after)}) as n using (gss)
     where o.cells is distinct from n.cells or o.gbp is distinct from n.gbp
     order by abs(coalesce(n.gbp, 0) - coalesce(o.gbp, 0)) desc, name`
  );
  if (rows.length === 0) return [];
  const named = rows
    .slice(0, LARGEST)
    .map(({name, old_gbp, gbp, old_cells, cells}) =>
      old_cells === cells
        ? `${name} (${pounds(old_gbp)} to ${pounds(gbp)})`
        : `${name} (${pounds(old_gbp)} to ${pounds(gbp)}; ${plural(cells, "measured cell")}, before ${count(old_cells)})`
    );
  return [
    `${plural(rows.length, "council")} with other contract scale than before${rows.length > LARGEST ? `, the ${LARGEST} largest changes` : ""}: ${named.join("; ")}.`
  ];
}

const RULES = [
  ["contracts", "value_kind_rule"],
  ["contracts", "service_rule"],
  ["contracts", "left_out_because"],
  ["buyers", "match_rule"]
] as const;

async function ruleSentences(reader: Warehouse, before: string, after: string): Promise<string[]> {
  const sentences: string[] = [];
  for (const [file, column] of RULES) {
    const [old, now] = [readParquet(before, file), readParquet(after, file)];
    if (!(await sharedColumns(reader, old, now)).includes(column)) continue;
    const counted = (query: string): string =>
      `select "${column}" as rule, count(*)::integer as n from (${query}) where "${column}" is not null group by 1`;
    const rows = await reader.rows<{rule: string; old_n: number; n: number}>(
      `select rule, coalesce(o.n, 0) as old_n, coalesce(n.n, 0) as n from (${counted(old)}) as o full join (${counted(now)}) as n using (rule)
       where o.n is distinct from n.n order by rule`
    );
    if (rows.length > 0)
      sentences.push(
        `${file}.${column}: ${rows.map(({rule, old_n, n}) => `"${rule}" decides ${count(n)}, before ${count(old_n)}`).join("; ")}.`
      );
  }
  return sentences;
}
