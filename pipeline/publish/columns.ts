import {z} from "zod";
import type {DictionaryRow} from "../../src/components/rows.ts";
import {CLOSED_CODES} from "./codes.ts";

// One column, one meaning: from its name, its DuckDB type and its model's comment follow the unit, what null says, the zod schema, the
// field of the data package and the JSON Schema of the API. Nothing is written twice, so nothing can disagree.

const UNIT_BY_NAME: Readonly<Record<string, string>> = {
  value: "the indicator's unit",
  low_95: "the unit of the value",
  high_95: "the unit of the value",
  numerator: "count or amount, as the indicator says",
  denominator: "count or amount, as the indicator says",
  outcome_value: "the indicator's unit",
  scale_value: "pounds, per cent or index, as scale_measure says",
  scale_value_below_gate: "pounds, per cent or index, as scale_measure says",
  value_published: "the currency of the row",
  financial_year: "year that ends on 31 March",
  lag_years: "years",
  imd_score: "index points",
  population: "residents",
  supplier_hhi: "index from 0 to 1",
  range_min: "the indicator's unit",
  range_max: "the indicator's unit",
  size_bytes: "bytes",
  position: "place in the file, from 0"
};

const UNIT_BY_SUFFIX: readonly (readonly [RegExp, string])[] = [
  [/_gbp$/, "pounds"],
  [/_pct$/, "per cent"],
  [/_days$/, "days"],
  [/_count$/, "count"],
  [/_km$/, "kilometres"],
  [/_years$/, "years"],
  [/_on$|^valid_(from|to)$/, "date"],
  [/_at$/, "UTC timestamp"],
  [/^(is|has)_/, "true or false"]
];

/** The unit a column is in, told from its name as the naming rules have it; empty for words and codes. */
export function unitOf(column: string): string {
  return UNIT_BY_NAME[column] ?? UNIT_BY_SUFFIX.find(([suffix]) => suffix.test(column))?.[1] ?? "";
}

/** What an empty cell says, from the model's own comment ("null when …"), else that it is not known. */
export function nullMeaning(description: string): string {
  const stated = /\bnull ((?:when|while|until|unless|for|without|after|below|where)\b[^;()]*)/.exec(description)?.[1];
  return stated === undefined ? "not published or not known" : `empty ${stated.trim()}`;
}

/** The column beside a judged one that names the rule: value_kind has value_kind_rule, reach has reach_basis. */
export function ruleColumnOf(column: string, columns: readonly string[]): string {
  const candidates = [`${column}_rule`, `${column}_basis`, `${column.replace(/_(line|pct|kind)$/, "")}_rule`];
  candidates.push(`${column.replace(/_pct$/, "")}_basis`);
  return candidates.find((name) => name !== column && columns.includes(name)) ?? "";
}

/** The zod schema of one cell as the JSON forms hold it: money as a number, dates as ISO text. */
export function cellSchema({column, type, null_means, description}: DictionaryRow): z.ZodType {
  const schema = bareSchema(column, type);
  return (null_means === "" ? schema : schema.nullable()).describe(description);
}

function bareSchema(column: string, type: string): z.ZodType {
  const codes = CLOSED_CODES[column];
  if (codes) return z.enum(Object.keys(codes) as [string, ...string[]]);
  if (/^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|UBIGINT)$/.test(type)) return z.int();
  if (/^(DECIMAL|DOUBLE|FLOAT)/.test(type)) return z.number();
  if (type === "DATE") return z.iso.date();
  if (type === "BOOLEAN") return z.boolean();
  if (/_sha256$/.test(column)) return z.string().regex(HASHES);
  if (type === "VARCHAR") return z.string();
  throw new Error(
    `there is no published form for ${column} of type ${type}: cast it in the query of publishedTables.ts`
  );
}

/** One SHA-256, or several with a space between them where a figure is made of several files. */
export const HASHES = /^[0-9a-f]{64}( [0-9a-f]{64})*$/;

/** The zod schema of one row of a table. */
export const rowSchema = (columns: readonly DictionaryRow[]): z.ZodObject =>
  z.strictObject(Object.fromEntries(columns.map((column) => [column.column, cellSchema(column)])));

/** Cells as DuckDB's JSON rows hold them (decimals and large integers as text) turned into JSON numbers. */
export function jsonRow(
  row: Readonly<Record<string, unknown>>,
  columns: readonly DictionaryRow[]
): Record<string, unknown> {
  return Object.fromEntries(
    columns.map(({column, type}) => {
      const cell = row[column] ?? null;
      return [column, typeof cell === "string" && /^(DECIMAL|BIGINT|HUGEINT|UBIGINT)/.test(type) ? Number(cell) : cell];
    })
  );
}
