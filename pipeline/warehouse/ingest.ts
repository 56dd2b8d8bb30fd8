import {rmSync} from "node:fs";
import type {Archive, ArchivedFile} from "../archive/archive.ts";
import {LayoutError} from "../formats/layoutError.ts";
import {type Recognised, recognise} from "../formats/recognise.ts";
import type {Observation, Publication} from "../indicators/indicator.ts";
import {ENGLAND} from "../indicators/reading/places.ts";
import {PARSER_VERSION, type Row, stageReleases} from "../ocds/stage.ts";
import type {Reference} from "../references/reference.ts";
import {type Register, readRegisterFile} from "../registers/register.ts";
import {partsFolder, type ReadChunk, readReleases} from "./readReleases.ts";
import type {Warehouse} from "./warehouse.ts";

/** What became of one raw file: `seen = staged + rejected`, or a problem that kept the whole file out. */
export interface Ingested {
  readonly file: ArchivedFile;
  readonly seen: number;
  readonly staged: number;
  readonly rejected: number;
  readonly problem: string | null;
  readonly wasKnown: boolean; // already parsed by this version of the parser: nothing was done
}

/** What `staging.files` says of a file that was read. */
export interface FileFacts {
  readonly format: string | null;
  readonly decodedAs: string | null;
  readonly repairs: readonly string[];
  readonly staged: number;
  readonly rejected: number;
  readonly problem: string | null;
}

/** A file's rows by staging table, and the facts about it. */
interface Parsed extends FileFacts {
  readonly tables: Readonly<Record<string, readonly Row[]>>;
}

/** Anything that an archived file can be read by. */
export type Source =
  | {readonly register: Register}
  | {readonly publication: Publication}
  | {readonly reference: Reference};

/** A file is read again when this changes; registers have a version of their own. */
const PUBLICATION_READER_VERSION = "3";

const versionOf = (source: Source): string =>
  "register" in source ? PARSER_VERSION : `indicators-${PUBLICATION_READER_VERSION}`;

export function sourceId(source: Source): string {
  if ("register" in source) return source.register.id;
  return "publication" in source ? source.publication.id : source.reference.id;
}

/**
 * Stages every archived file of a source that this version of the parser has not staged yet, some files in one transaction,
 * so that a run that is killed loses nothing and repeats nothing.
 *
 * @param onFile called for each file, known ones first
 * @param jobs threads that read releases, at most; the rows are the same, in the same order, whatever their number
 */
export async function ingest(
  warehouse: Warehouse,
  archive: Archive,
  source: Source,
  onFile: (ingested: Ingested) => void = () => {},
  jobs = 1
): Promise<Ingested[]> {
  rmSync(partsFolder(archive.dataFolder), {recursive: true, force: true}); // what a killed run left
  const known = await knownFiles(warehouse, source);
  const files = archive.files(sourceId(source));
  const results = new Map<string, Ingested>();
  const note = (file: ArchivedFile, outcome: Outcome, wasKnown: boolean): void => {
    results.set(file.sha256, {...outcome, file, wasKnown});
    onFile({...outcome, file, wasKnown});
  };
  for (const file of files) {
    const outcome = known.get(file.sha256);
    if (outcome !== undefined) note(file, outcome, true);
  }
  const unread = files.filter(({sha256}) => !known.has(sha256));
  if ("register" in source && unread.length > 1)
    await warehouse.whileParsing(() =>
      stageInBatches(warehouse, archive, source, unread, jobs, (file, outcome) => note(file, outcome, false))
    );
  else for (const file of unread) note(file, await ingestFile(warehouse, archive, source, file), false);
  return files.flatMap(({sha256}) => results.get(sha256) ?? []);
}

const BATCH_RELEASES = 50_000; // in one transaction: from there on DuckDB writes rows to their place at once, not to its log first

/** Stages many files of a register; a batch that DuckDB refuses is staged file by file, so that the error names its file. */
async function stageInBatches(
  warehouse: Warehouse,
  archive: Archive,
  source: {readonly register: Register},
  unread: readonly ArchivedFile[],
  jobs: number,
  onFile: (file: ArchivedFile, outcome: Outcome) => void
): Promise<void> {
  let batch: ReadChunk[] = [];
  const flush = async (): Promise<void> => {
    const files = batch.flatMap((chunk) => chunk.files);
    const isStaged = await stageBatch(warehouse, source, batch).then(
      () => true,
      () => false
    );
    for (const chunk of batch) for (const path of Object.values(chunk.parts)) rmSync(path);
    for (const {file, ...facts} of files)
      onFile(file, isStaged ? outcomeOf(facts) : await ingestFile(warehouse, archive, source, file));
    batch = [];
  };
  const reading = {
    registerId: source.register.id,
    dataFolder: archive.dataFolder,
    columns: await stagingColumns(warehouse)
  };
  for await (const chunk of readReleases(source.register, unread, reading, jobs)) {
    batch.push(chunk);
    if (releasesIn(batch) >= BATCH_RELEASES) await flush();
  }
  await flush();
  rmSync(partsFolder(archive.dataFolder), {recursive: true, force: true});
}

const releasesIn = (batch: readonly ReadChunk[]): number =>
  batch.reduce((sum, {files}) => sum + files.reduce((seen, {staged, rejected}) => seen + staged + rejected, 0), 0);

async function stagingColumns(warehouse: Warehouse): Promise<Record<string, string[]>> {
  const columns: Record<string, string[]> = {};
  for (const table of RELEASE_TABLES)
    columns[table] = (await warehouse.columns(`staging.${table}`)).map(({column}) => column);
  return columns;
}

async function stageBatch(warehouse: Warehouse, source: Source, batch: readonly ReadChunk[]): Promise<void> {
  const files = batch.flatMap((chunk) => chunk.files);
  await warehouse.inTransaction(async () => {
    for (const file of await stagedBefore(warehouse, source, files)) await forgetFile(warehouse, file);
    for (const table of RELEASE_TABLES)
      await warehouse.appendParts(
        `staging.${table}`,
        batch.flatMap(({parts}) => parts[table] ?? [])
      );
    await warehouse.insert(
      "staging.files",
      files.map(({file, ...facts}) => fileRow(source, file, facts))
    );
  });
}

/** Those of the files that an older version of the parser staged. */
async function stagedBefore(
  warehouse: Warehouse,
  source: Source,
  files: readonly {readonly file: ArchivedFile}[]
): Promise<ArchivedFile[]> {
  const rows = await warehouse.rows<{raw_sha256: string}>(
    "select raw_sha256 from staging.files where source_id = $id",
    {id: sourceId(source)}
  );
  const staged = new Set(rows.map(({raw_sha256}) => raw_sha256));
  return files.map(({file}) => file).filter(({sha256}) => staged.has(sha256));
}

type Outcome = Omit<Ingested, "file" | "wasKnown">;

async function knownFiles(warehouse: Warehouse, source: Source): Promise<Map<string, Outcome>> {
  const rows = await warehouse.rows<{
    raw_sha256: string;
    seen_count: number;
    staged_count: number;
    reject_count: number;
    problem: string | null;
  }>("select * from staging.files where source_id = $id and parser_version = $version", {
    id: sourceId(source),
    version: versionOf(source)
  });
  return new Map(
    rows.map((row) => [
      row.raw_sha256,
      {seen: row.seen_count, staged: row.staged_count, rejected: row.reject_count, problem: row.problem}
    ])
  );
}

async function ingestFile(
  warehouse: Warehouse,
  archive: Archive,
  source: Source,
  file: ArchivedFile
): Promise<Outcome> {
  const {tables, ...facts} = await parse(source, file, archive.read(file));
  const stage = async (rowsOf: typeof tables, outcome: FileFacts): Promise<Outcome> => {
    await warehouse.inTransaction(async () => {
      if (await wasStagedBefore(warehouse, file)) await forgetFile(warehouse, file);
      for (const [table, rows] of Object.entries(rowsOf)) await warehouse.insert(`staging.${table}`, rows);
      await warehouse.insert("staging.files", [fileRow(source, file, outcome)]);
    });
    return outcomeOf(outcome);
  };
  return stage(tables, facts).catch((error: Error) => {
    if (!ROWS_DO_NOT_FIT.test(error.message)) throw error;
    const problem = `its rows do not fit the tables, which is a defect here: ${error.message.split("\n")[0]}`;
    return stage({}, {...facts, staged: 0, rejected: 0, problem});
  });
}

/** What the reader let through and the database does not: one such file is refused and said, for it would stop all others for good. */
const ROWS_DO_NOT_FIT = /^(Conversion|Out of Range|Invalid Input) Error/;

const outcomeOf = ({staged, rejected, problem}: FileFacts): Outcome => ({
  seen: staged + rejected,
  staged,
  rejected,
  problem
});

function fileRow(source: Source, file: ArchivedFile, facts: FileFacts): Row {
  return {
    source_id: file.source,
    raw_sha256: file.sha256,
    origin: file.origin,
    received_at: file.received_at,
    size_bytes: file.bytes,
    parser_version: versionOf(source),
    format: facts.format,
    decoded_as: facts.decodedAs,
    repairs: facts.repairs,
    seen_count: facts.staged + facts.rejected,
    staged_count: facts.staged,
    reject_count: facts.rejected,
    problem: facts.problem
  };
}

const RELEASE_TABLES = ["releases", "awards", "contracts", "lots", "parties", "suppliers", "rejects", "drift"];

async function wasStagedBefore(warehouse: Warehouse, {source, sha256}: ArchivedFile): Promise<boolean> {
  const found = "select 1 from staging.files where source_id = $source and raw_sha256 = $sha256";
  return (await warehouse.rows(found, {source, sha256})).length > 0;
}

/** Rows that an older version of the parser made of the same bytes. */
async function forgetFile(warehouse: Warehouse, {source, sha256}: ArchivedFile): Promise<void> {
  for (const table of RELEASE_TABLES)
    await warehouse.run(`delete from staging.${table} where register_id = $source and raw_sha256 = $sha256`, {
      source,
      sha256
    });
  await warehouse.run("delete from staging.observations where publication_id = $source and raw_sha256 = $sha256", {
    source,
    sha256
  });
  await warehouse.run("delete from staging.reference_rows where reference_id = $source and raw_sha256 = $sha256", {
    source,
    sha256
  });
  await warehouse.run("delete from staging.files where source_id = $source and raw_sha256 = $sha256", {source, sha256});
}

/** Reads one file; a file that is not what its source promises is a problem to report, not a crash. */
export async function parse(source: Source, file: ArchivedFile, bytes: Uint8Array): Promise<Parsed> {
  let format: string | null = null;
  try {
    const recognised = recognise(bytes);
    format = recognised.format;
    return {
      format,
      ...(await parsedAs(source, file, recognised))
    };
  } catch (error) {
    if (!(error instanceof LayoutError)) throw error;
    return {tables: {}, format, decodedAs: null, repairs: [], staged: 0, rejected: 0, problem: error.message};
  }
}

async function parsedAs(source: Source, file: ArchivedFile, recognised: Recognised): Promise<Omit<Parsed, "format">> {
  if ("register" in source) return parseReleases(source.register, file, recognised);
  return "publication" in source
    ? parseObservations(source.publication, file, recognised)
    : parseReference(source.reference, file, recognised);
}

function parseReference(reference: Reference, file: ArchivedFile, recognised: Recognised): Omit<Parsed, "format"> {
  if (!reference.recognises(recognised))
    throw new LayoutError(`not a file of "${reference.title}" as far as its contents tell; see ${reference.page}`);
  const rows = reference.rows(recognised).map((row, i) => ({
    reference_id: reference.id,
    raw_sha256: file.sha256,
    position: i + 1,
    cells: JSON.stringify(row)
  }));
  if (rows.length === 0) throw new LayoutError(`no row for "${reference.title}" in it`);
  return {
    tables: {reference_rows: rows},
    decodedAs: null,
    repairs: [],
    staged: rows.length,
    rejected: 0,
    problem: null
  };
}

function parseReleases(register: Register, file: ArchivedFile, recognised: Recognised): Omit<Parsed, "format"> {
  const {bodies, decodedAs, repairs} = readRegisterFile(register, recognised, file);
  const place = {register_id: register.id, raw_sha256: file.sha256};
  const staged = stageReleases(bodies, place, (releaseId) => register.noticeUrl(releaseId));
  return {
    tables: {...staged},
    decodedAs,
    repairs: Object.entries(repairs).map(([rule, times]) => `${rule}: ${times}`),
    staged: staged.releases.length,
    rejected: staged.rejects.length,
    problem: null
  };
}

async function parseObservations(
  publication: Publication,
  file: ArchivedFile,
  recognised: Recognised
): Promise<Omit<Parsed, "format">> {
  if (!publication.recognises(recognised))
    throw new LayoutError(
      `not a file of "${publication.title}" as far as its contents tell${await whatIsAmiss(publication, recognised)}; see ${publication.page}`
    );
  const observations = await publication.observations(recognised);
  if (observations.length === 0) throw new LayoutError("no row in it is about a council or England");
  assertPercentages(publication, observations);
  assertCouncilCounts(publication, observations);
  const rows = observations.map((observation) => observationRow(publication, file, observation));
  return {tables: {observations: rows}, decodedAs: null, repairs: [], staged: rows.length, rejected: 0, problem: null};
}

/** What the reader misses in a file of the right format: a new layout is told apart from a wrong file by the sheet or heading. */
async function whatIsAmiss(publication: Publication, file: Recognised): Promise<string> {
  try {
    await publication.observations(file);
    return "";
  } catch (error) {
    if (!(error instanceof LayoutError)) throw error;
    return / is damaged/.test(error.message) ? "" : ` (${error.message})`;
  }
}

/** A layout that half works shows first in the number of councils. */
function assertCouncilCounts(publication: Publication, observations: readonly Observation[]): void {
  const [min, max] = publication.expect.councilsPerPeriod;
  const councils = new Map<string, number>();
  for (const {indicatorId, period} of observations.filter(({gss}) => gss !== ENGLAND)) {
    const cell = `${indicatorId} ${period}`;
    councils.set(cell, (councils.get(cell) ?? 0) + 1);
  }
  for (const [cell, count] of councils)
    if (count < min || count > max)
      throw new LayoutError(`${cell} has ${count} councils where ${min} to ${max} are expected`);
}

const ENOUGH_TO_JUDGE = 20;

/** Counts give a fraction away; where a file has only the percentages, all of them below 1 are fractions of 1. */
function assertPercentages({indicators}: Publication, observations: readonly Observation[]): void {
  for (const {id} of indicators.filter(({unit, per}) => unit === "percent" && per === null)) {
    const values = observations.flatMap(({indicatorId, value}) =>
      indicatorId === id && value !== null ? [value] : []
    );
    if (values.length >= ENOUGH_TO_JUDGE && values.every((value) => Math.abs(value) <= 1))
      throw new LayoutError(
        `${id}: none of ${values.length} figures is above 1: fractions, where per cent are expected`
      );
  }
}

function observationRow(publication: Publication, file: ArchivedFile, observation: Observation): Row {
  return {
    publication_id: publication.id,
    raw_sha256: file.sha256,
    position: observation.position,
    indicator_id: observation.indicatorId,
    gss: observation.gss,
    period: observation.period,
    period_start_on: observation.periodStartOn,
    period_end_on: observation.periodEndOn,
    value: observation.value,
    numerator: observation.numerator,
    denominator: observation.denominator,
    missing_reason: observation.missingReason
  };
}
