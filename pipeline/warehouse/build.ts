import {existsSync} from "node:fs";
import {join} from "node:path";
import type {Publication} from "../indicators/indicator.ts";
import type {Row} from "../ocds/stage.ts";
import type {Reference} from "../references/reference.ts";
import type {Register} from "../registers/register.ts";
import {loadObservations} from "./embeddedObservations.ts";
import {type Increment, incrementSince, noteInputs} from "./increment.ts";
import {hashOfRules} from "./inputs.ts";
import {writeReadings} from "./readings.ts";
import type {Warehouse} from "./warehouse.ts";
import {createWordRules} from "./wordRules.ts";

export interface BuildOptions {
  readonly referenceFolder: string; // committed tables: councils, succession, CPV …
  readonly snapshotFolder: string | null; // the embedded default; null to build without it
  readonly registers: readonly Register[];
  readonly publications: readonly Publication[];
  readonly references?: readonly Reference[]; // tables that files at hand replace; none keeps the committed ones
  readonly isWhole?: boolean; // every row anew, also those that nothing new can have changed
  readonly onModel?: (name: string) => void;
  readonly rowsAPart?: number; // of awards that a model in parts takes at a time; see parts.ts
}

/**
 * Makes core and marts from what is staged, what is embedded and what is committed as reference. When only files came since the last
 * build, the rows that they can have changed are made anew and all others stay: see increment.ts.
 * @returns whether every row was made
 */
export async function buildWarehouse(
  warehouse: Warehouse,
  options: BuildOptions
): Promise<{readonly isWhole: boolean}> {
  const {referenceFolder, snapshotFolder, registers, publications, references = []} = options;
  const rules = await hashOfRules(warehouse, {
    folders: [referenceFolder, snapshotFolder],
    declared: [registers.map(registerRow), publications.flatMap(indicatorRows), references],
    references: references.map(({id}) => id)
  });
  const increment = options.isWhole ? null : await incrementSince(warehouse, rules);
  await warehouse.markUnbuilt();
  if (increment === null) await warehouse.loadCsvFolder(referenceFolder, "reference");
  await fromTables(warehouse, options, increment).catch((error: Error) => {
    throw /^(models\/\S+: )?(Binder|Catalog) Error/.test(error.message)
      ? new Error(
          `${error.message.split("\n")[0]} Either a table in ${referenceFolder} or what reads it is not as it was: put it back, such as with "git checkout"`
        )
      : error;
  });
  await noteInputs(warehouse, rules);
  await warehouse.markBuilt();
  return {isWhole: increment === null};
}

async function fromTables(warehouse: Warehouse, options: BuildOptions, increment: Increment | null): Promise<void> {
  const {snapshotFolder, registers, publications, references = [], onModel, rowsAPart} = options;
  if (increment === null) {
    for (const reference of references) await replaceReference(warehouse, reference);
    await createWordRules(warehouse);
    await loadDefinitions(warehouse, registers, publications);
    await loadSnapshot(warehouse, snapshotFolder);
  }
  await writeReadings(warehouse, increment !== null);
  await warehouse.runModels({onModel, rowsAPart, increment});
}

/** The table as the file archived last makes it, where there is one; else it stays as committed. */
async function replaceReference(warehouse: Warehouse, reference: Reference): Promise<void> {
  if (reference.key !== undefined) return completeReference(warehouse, reference, reference.key);
  const {id, table, columns} = reference;
  const newest = `select raw_sha256 from staging.files where source_id = '${id}' and problem is null
    order by received_at desc, raw_sha256 desc limit 1`;
  const [file] = await warehouse.rows(newest);
  if (file === undefined) return;
  const cells = columns.map((column) => `json_extract_string(cells, '$.${column}') as ${column}`);
  await warehouse.run(
    `create or replace table reference.${table} as select ${cells.join(", ")} from staging.reference_rows
     where reference_id = '${id}' and raw_sha256 = (${newest}) order by position`
  );
}

/** Of each row the reading archived last, and the committed rows that no file has. */
async function completeReference(
  warehouse: Warehouse,
  {id, table, columns}: Reference,
  key: readonly string[]
): Promise<void> {
  const cells = columns.map((column) => `json_extract_string(cells, '$.${column}') as ${column}`);
  await warehouse.run(
    `create or replace table reference.${table} as
     with all_rows as (
       select ${columns.join(", ")}, null::timestamptz as received_at, '' as raw_sha256 from reference.${table}
       union all
       select ${cells.join(", ")}, files.received_at, files.raw_sha256
       from staging.reference_rows as rows
       join staging.files as files on files.raw_sha256 = rows.raw_sha256 and files.source_id = rows.reference_id
       where rows.reference_id = '${id}' and files.problem is null
     )
     select ${columns.join(", ")} from all_rows
     qualify row_number() over (partition by ${key.join(", ")} order by received_at desc nulls last, raw_sha256 desc) = 1
     order by ${key.join(", ")}`
  );
}

/** What registers and indicators declare of themselves, as tables, so that SQL and pages never name one. */
async function loadDefinitions(
  warehouse: Warehouse,
  registers: readonly Register[],
  publications: readonly Publication[]
): Promise<void> {
  await warehouse.run(`
    create or replace table reference.registers (register_id varchar, title varchar, publisher varchar, licence varchar,
      attribution varchar, documentation varchar, caveats varchar[]);
    create or replace table reference.indicators (indicator_id varchar, kind varchar, title varchar, question varchar, unit varchar,
      polarity varchar, tier varchar, service_line varchar, numerator varchar, denominator varchar, per double, interval_method varchar,
      range_min double, range_max double, period_type varchar, derived_from varchar, derived_times double, derived_population varchar,
      breaks varchar[], periods varchar, next_update varchar, publication_id varchar, publication varchar, publisher varchar, licence varchar, attribution varchar, page varchar,
      caveats varchar[], traps varchar[])`);
  await warehouse.insert("reference.registers", registers.map(registerRow));
  await warehouse.insert("reference.indicators", publications.flatMap(indicatorRows));
}

function registerRow(register: Register): Row {
  const {id, title, publisher, licence, attribution, documentation, caveats} = register;
  return {register_id: id, title, publisher, licence, attribution, documentation, caveats};
}

function indicatorRows(publication: Publication): Row[] {
  const {publisher, licence, attribution, page} = publication;
  return publication.indicators.map((indicator) => ({
    indicator_id: indicator.id,
    kind: indicator.kind,
    title: indicator.title,
    question: indicator.question,
    unit: indicator.unit,
    polarity: indicator.polarity,
    tier: indicator.tier,
    service_line: indicator.serviceLine,
    numerator: indicator.numerator,
    denominator: indicator.denominator,
    per: indicator.per,
    interval_method: indicator.interval,
    range_min: indicator.range[0],
    range_max: indicator.range[1],
    period_type: indicator.periodType,
    derived_from: indicator.derivedFrom?.indicatorId ?? null,
    derived_times: indicator.derivedFrom?.times ?? null,
    derived_population: indicator.derivedFrom?.population ?? null,
    breaks: (indicator.breaks ?? []).map(({on, what}) => `${on}: ${what}`),
    periods: publication.periods,
    next_update: publication.nextUpdate,
    publication_id: publication.id,
    publication: publication.title,
    publisher,
    licence,
    attribution,
    page,
    caveats: [...indicator.caveats, ...publication.caveats],
    traps: publication.traps
  }));
}

const SNAPSHOT_TABLES = ["contracts", "contract_suppliers"] as const;

/** The embedded rows, or empty tables of the same shape when they are left out. */
async function loadSnapshot(warehouse: Warehouse, folder: string | null): Promise<void> {
  await warehouse.createSnapshotTables();
  if (folder === null) return;
  for (const table of SNAPSHOT_TABLES) {
    const path = join(folder, `${table}.csv`);
    if (!existsSync(path))
      throw new Error(`the embedded snapshot has no ${path}; build with --no-snapshot to go without it`);
    await warehouse.appendCsv(path, `snapshot.${table}`);
  }
  await loadObservations(warehouse, folder);
}
