import type {DuckDBConnection} from "@duckdb/node-api";

export interface Model {
  readonly name: string; // schema.table, which is also folder/file: core/contracts.sql makes core.contracts
  readonly sql: string;
  readonly wanted?: string; // SQL of x.wanted.sql: ids whose rows differ because of a row under another key (see increment.ts)
}

/** A model with the qualified tables that it reads. */
export interface OrderedModel extends Model {
  readonly reads: ReadonlySet<string>;
}

/**
 * Sorts models so that each runs after the models it reads.
 *
 * What a model reads comes from DuckDB's own parser, so a model file stays plain SQL that can be pasted into a DuckDB shell:
 * a qualified name (`core.contracts`) is a table, an unqualified one a common table expression.
 *
 * @throws {Error} naming the circle, when models read each other
 */
export async function inRunningOrder(models: readonly Model[], connection: DuckDBConnection): Promise<OrderedModel[]> {
  const known: OrderedModel[] = [];
  for (const model of models) known.push({...model, reads: await tablesRead(model.sql, connection)});
  const ordered: OrderedModel[] = [];
  const visit = (model: OrderedModel, path: readonly string[]): void => {
    if (path.includes(model.name)) throw new Error(`models read each other: ${[...path, model.name].join(" -> ")}`);
    if (ordered.includes(model)) return;
    for (const upstream of known.filter(({name}) => model.reads.has(name))) visit(upstream, [...path, model.name]);
    ordered.push(model);
  };
  for (const model of known) visit(model, []);
  return ordered;
}

/** The qualified tables that a statement reads, through subqueries, joins and common table expressions. */
export async function tablesRead(sql: string, connection: DuckDBConnection): Promise<Set<string>> {
  const reader = await connection.runAndReadAll("select json_serialize_sql($sql::varchar)", {sql});
  const tree = JSON.parse(String(reader.getRows()[0]?.[0])) as {error: boolean; error_message?: string};
  if (tree.error) throw new Error(`the SQL does not parse: ${tree.error_message ?? ""}`);
  const found = new Set<string>();
  collectTables(tree, found);
  return found;
}

function collectTables(node: unknown, found: Set<string>): void {
  if (typeof node !== "object" || node === null) return;
  const {type, schema_name, table_name} = node as Record<string, unknown>;
  if (type === "BASE_TABLE" && schema_name) found.add(`${String(schema_name)}.${String(table_name)}`);
  for (const child of Object.values(node)) collectTables(child, found);
}
