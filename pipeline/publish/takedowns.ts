import {existsSync, readFileSync} from "node:fs";
import {parse} from "csv-parse/sync";
import {z} from "zod";

/**
 * A decision to withhold words and identities from every version of the dataset.
 *
 * Figures of public bodies stay, so every total and every citation of a number stays what it was. To take a row itself out of the data
 * is a correction, or `forget` of the archived bytes, and makes a new version.
 */
export type Takedown = z.infer<typeof TakedownRow>;

const TakedownRow = z
  .object({
    kind: z.enum(["supplier", "contract", "bytes"]),
    key: z.string(), // supplier_id, contract_id, or SHA-256 of the archived bytes: never a name
    decided_on: z.iso.date(),
    reason: z.string().min(3),
    lifted_on: z.iso
      .date()
      .or(z.literal("").transform(() => null))
      .nullable()
      .default(null) // versions made from that day on say again what was withheld; earlier ones do not
  })
  .refine(({kind, key}) => (kind === "bytes" ? /^[0-9a-f]{64}$/ : /^[0-9a-f]{16}$/).test(key), {
    path: ["key"],
    message: "a supplier or contract is 16 hexadecimal digits, bytes are a SHA-256 of 64"
  });

/**
 * Reads the committed list of takedowns; no file is no takedown.
 * @throws {Error} naming the line and what is wrong with it, so that a mistyped takedown never passes as done
 */
export function readTakedowns(path: string): Takedown[] {
  if (!existsSync(path)) return [];
  const rows = rowsOf(path);
  return rows.map((row, i) => {
    const read = TakedownRow.safeParse(row);
    if (!read.success) {
      const [issue] = read.error.issues;
      throw new Error(
        `${path}, line ${i + 2}: ${issue?.path.join(".")}: ${issue?.message}; the columns are ${COLUMNS}, and lifted_on where one was lifted`
      );
    }
    return read.data;
  });
}

const COLUMNS = "kind,key,decided_on,reason";
const COLUMNS_WITH_LIFTED = `${COLUMNS},lifted_on`;

/** Whether a list has the column that says when a takedown was lifted. */
export const hasLifted = (text: string): boolean => headerOf(text) === COLUMNS_WITH_LIFTED;

function headerOf(text: string): string {
  const header = /^\ufeff?([^\r\n]*)/.exec(text)?.[1] ?? "";
  return header
    .split(",")
    .map((name) => name.trim())
    .join();
}

/** The rows of the list; one without its header has been emptied or cut, and is not a list of nobody. */
function rowsOf(path: string): unknown[] {
  const text = readFileSync(path, "utf8");
  if (headerOf(text) !== COLUMNS && !hasLifted(text))
    throw new Error(
      `${path} begins ${JSON.stringify(headerOf(text).slice(0, 60))} where ${COLUMNS} is expected, as UTF-8: put it back from the repository's history, so that nobody who was withheld comes back`
    );
  try {
    return parse(text, {bom: true, columns: true, skip_empty_lines: true, trim: true}) as unknown[];
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}; the columns are ${COLUMNS}`);
  }
}

/**
 * Makes sure that what an earlier version withholds is still withheld: a line that is lost would bring back whom it hid.
 *
 * @param applied the takedowns that a published version says it applied
 * @throws {Error} naming those that the list no longer has
 */
export function refuseLost(takedowns: readonly Takedown[], applied: readonly string[], version: string): void {
  const known = new Set(takedowns.map(takedownId));
  const lost = applied.filter((id) => !known.has(id));
  if (lost.length > 0)
    throw new Error(
      `takedowns.csv no longer has ${lost.join(", ")}, which version ${version} withholds: put the line back. Where the decision itself was undone, keep the line and write the day under lifted_on`
    );
}

// Columns that can say who or what a row is about, beyond its figures, dates and codes.
const WORDS = [
  "title",
  "title_sha256",
  "notice_url",
  "supplier_key",
  "supplier_name",
  "identifier_scheme",
  "identifier",
  "postcode"
];
const REJECT_WORDS = ["ocid", "path", "reason"];

const list = (keys: readonly string[]): string => `(${keys.map((key) => `'${key}'`).join(", ")})`;

/** Queries of the same release, to find a contract by its bytes and the suppliers of a contract. */
interface Related {
  readonly contracts: string;
  readonly suppliers: string;
}

/**
 * A table's query with the words of every row that a takedown names withheld; the rows, their figures and their order stay.
 *
 * @param columns the query's columns; the rules go by column name, so a new table is covered without being named here
 */
export function withheld(
  query: string,
  columns: readonly string[],
  takedowns: readonly Takedown[],
  related: Related
): string {
  const changes = new Map<string, string>();
  const change = (column: string, when: string, to = "null"): void => {
    if (columns.includes(column))
      changes.set(column, `case when ${when} then ${to} else ${changes.get(column) ?? `"${column}"`} end`);
  };
  const keys = (kind: Takedown["kind"]): string[] => takedowns.filter((one) => one.kind === kind).map(({key}) => key);
  const [suppliers, contracts, bytes] = [keys("supplier"), keys("contract"), keys("bytes")];
  const isNamed = rowIsNamed(columns, contracts, bytes, related);
  if (isNamed !== null) {
    for (const column of WORDS) change(column, isNamed);
    if (!columns.includes("contract_id")) for (const column of REJECT_WORDS) change(column, isNamed);
    change("supplier_id", isNamed, "'withheld'");
  }
  if (suppliers.length > 0) {
    if (columns.includes("supplier_id")) {
      for (const column of WORDS) change(column, `supplier_id in ${list(suppliers)}`);
      change("supplier_id", `supplier_id in ${list(suppliers)}`, "'withheld'");
    } else if (columns.includes("contract_id"))
      change(
        "supplier_key",
        `contract_id in (select contract_id from (${related.suppliers}) where supplier_id in ${list(suppliers)})`
      );
  }
  if (changes.size === 0) return query;
  const replaced = [...changes].map(([column, expression]) => `${expression} as "${column}"`);
  return `select * replace (${replaced.join(", ")}) from (${query})`;
}

/**
 * SQL that is true of rows a contract's or the bytes' takedown names; null when no such takedown can touch the table.
 *
 * A table of suppliers has no contract in it: its row is named when every contract of the supplier is, since its words came from nowhere else.
 */
function rowIsNamed(
  columns: readonly string[],
  contracts: readonly string[],
  bytes: readonly string[],
  related: Related
): string | null {
  const tests: string[] = [];
  if (columns.includes("supplier_id") && !columns.includes("contract_id"))
    return suppliersOfNamedContracts(contracts, bytes, related);
  if (columns.includes("contract_id") && contracts.length > 0) tests.push(`contract_id in ${list(contracts)}`);
  if (bytes.length > 0) {
    if (columns.includes("register_id") && columns.includes("raw_sha256")) tests.push(`raw_sha256 in ${list(bytes)}`);
    else if (columns.includes("contract_id"))
      tests.push(`contract_id in (select contract_id from (${related.contracts}) where raw_sha256 in ${list(bytes)})`);
  }
  return tests.length === 0 ? null : `(${tests.join(" or ")})`;
}

function suppliersOfNamedContracts(
  contracts: readonly string[],
  bytes: readonly string[],
  related: Related
): string | null {
  const named = [
    ...(contracts.length > 0 ? [`contract_id in ${list(contracts)}`] : []),
    ...(bytes.length > 0
      ? [`contract_id in (select contract_id from (${related.contracts}) where raw_sha256 in ${list(bytes)})`]
      : [])
  ];
  if (named.length === 0) return null;
  return `supplier_id in (select supplier_id from (${related.suppliers}) group by supplier_id having bool_and(${named.join(" or ")}))`;
}

/** The takedowns that hold for a version: those in force, and those lifted since that it was written under, whose words it no longer has. */
export const inForce = (takedowns: readonly Takedown[], applied: readonly string[] = []): Takedown[] =>
  takedowns.filter((takedown) => takedown.lifted_on === null || applied.includes(takedownId(takedown)));

/** How a manifest names a takedown that was applied. */
export const takedownId = ({kind, key}: Takedown): string => `${kind} ${key}`;

/** How a notice on a re-issued version words a takedown: what was done and why, without saying to whom. */
export function takedownNotice({kind, decided_on, reason, lifted_on}: Takedown): string {
  const what = {
    supplier: "The name and identifiers of one supplier are withheld",
    contract: "The words of one contract are withheld",
    bytes: "The words of rows read from one archived file are withheld"
  }[kind];
  const lifted = lifted_on === null ? "" : ` Lifted on ${lifted_on} for the versions after it.`;
  return `${what} since ${decided_on}: ${reason}. No figure has changed.${lifted}`;
}
