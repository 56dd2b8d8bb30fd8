import {mkdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {contractFile, type ExplorerFile, type ExplorerIndex, listingFile} from "../../src/components/explorerIndex.ts";
import {Warehouse} from "../warehouse/warehouse.ts";
import {readParquet} from "./tableFiles.ts";

// How much a browser reads at once. DuckDB makes no row group below 2,048 rows, so what is looked up row by row stands in small files.
const LISTING_ROWS = 256; // of a file: results that lie scattered cost about 25 kB each, those of one council 100 bytes
const FACTS_GROUP = 16_384;
const WORDS_GROUP = 8_192;
const CONTRACTS_A_FILE = 256; // at most, on average
const MOST_DIGITS = 3; // of an id that names a file: four thousand files at most, for hosts count files
const NAMES_SHOWN = 5;

export interface ExplorerOptions {
  readonly version: string;
  readonly onProgress?: (line: string) => void;
}

/**
 * Writes the contracts of a release in the forms that a browser searches without a server, a range of bytes at a time:
 *
 * - `listing/*.parquet`: what a line of results shows, in the order of councils and, within one, latest first;
 * - `facts/*.parquet`: what filters, totals and other orders need, row for row the same, a column each;
 * - `words/*.parquet`: every word of titles and of suppliers' names, with the rows it stands in;
 * - `contract/*.parquet`: all columns of single contracts with their suppliers, by the first digits of the id;
 * - `index.json`: which file holds what.
 *
 * Made from the release's own Parquet files, so that nothing stands here that the tables withhold.
 */
export async function writeExplorerFiles(
  release: string,
  folder: string,
  options: ExplorerOptions
): Promise<ExplorerIndex> {
  for (const part of ["listing", "facts", "words", "contract"]) mkdirSync(join(folder, part), {recursive: true});
  const scratch = join(folder, "scratch.duckdb"); // on disk: a million rows and their words are gigabytes in memory
  const bundle = await Warehouse.openFile(scratch, {threads: 1}); // thousands of small files: to share one out among threads takes longer than to write it
  try {
    await bundle.run(`create view contracts as ${readParquet(release, "contracts")}`);
    await bundle.run(`create view suppliers as ${readParquet(release, "contract-suppliers")}`);
    await bundle.run(LISTED);
    const write: Write = async (path, query, group) => {
      await bundle.writeParquet(query, join(folder, path), group);
      return fileAt(folder, path);
    };
    const [totals] = await bundle.rows<{rows: number; untitled: number}>(
      "select count(*)::integer as rows, (count(*) filter (where title is null))::integer as untitled from listed"
    );
    const {rows, untitled} = totals!;
    const index: ExplorerIndex = {
      version: options.version,
      rows,
      untitled,
      councils: (
        await bundle.rows<{gss: string; n: number}>(
          "select coalesce(council_gss, '') as gss, count(*)::integer as n from listed group by council_gss order by min(row)"
        )
      ).map(({gss, n}) => [gss, n]),
      years: (await bundle.rows<{year: number}>("select distinct year from listed order by year desc")).map(
        ({year}) => year
      ),
      listing_rows: await listingFiles(rows, write),
      facts_rows: FACTS_GROUP,
      facts: await factFiles(write),
      words: {
        title: await wordFiles(bundle, "title", "coalesce(title, cpv_label)", write),
        supplier: await wordFiles(bundle, "supplier", "all_names", write)
      },
      contract_digits: await contractFiles(bundle, rows, write)
    };
    writeFileSync(join(folder, "index.json"), `${JSON.stringify(index)}\n`);
    return index;
  } finally {
    bundle.close();
    rmSync(scratch, {force: true});
  }
}

type Write = (path: string, query: string, group: number) => Promise<ExplorerFile>;

async function listingFiles(rows: number, write: Write): Promise<number> {
  for (let i = 0; i * LISTING_ROWS < rows; i += 1)
    await write(
      listingFile(i),
      `${LISTING} where row >= ${i * LISTING_ROWS} and row < ${(i + 1) * LISTING_ROWS} order by row`,
      FACTS_GROUP
    );
  return LISTING_ROWS;
}

async function factFiles(write: Write): Promise<ExplorerIndex["facts"]> {
  const files: [string, ExplorerFile][] = [];
  for (const [name, sql] of Object.entries(FACTS))
    files.push([
      name,
      await write(`facts/${name}.parquet`, `select ${sql} as ${name} from listed order by row`, FACTS_GROUP)
    ]);
  return Object.fromEntries(files) as unknown as ExplorerIndex["facts"];
}

/** A file's size and that of its footer, so that a browser asks for exactly that first. */
function fileAt(folder: string, path: string): ExplorerFile {
  const bytes = readFileSync(join(folder, path));
  return [path, bytes.length, bytes.readUInt32LE(bytes.length - 8) + 8];
}

const LISTED = `create table listed as
  with names as (
    select
      contract_id,
      list_sort(list(distinct coalesce(supplier_name, 'name withheld, may be a person'))) as names
    from suppliers
    group by contract_id
  )
  select
    (row_number() over (order by council_gss nulls last, published_on desc, contract_id) - 1)::integer as row,
    contract_id, title, cpv_label, buyer_name, council_gss, service_line, value_kind, value_gbp, annual_value_gbp,
    published_on, starts_on, ends_on, register_id, notice_url, left_out_because,
    year(published_on)::integer as year,
    left_out_because is null as is_counted,
    array_to_string(names.names[:${NAMES_SHOWN}], '; ')
      || case when len(names.names) > ${NAMES_SHOWN} then '; and ' || (len(names.names) - ${NAMES_SHOWN}) || ' more' else '' end as supplier_names,
    array_to_string(names.names, ' ') as all_names
  from contracts
  left join names using (contract_id)
  order by row`;

const LISTING = `select contract_id, title, cpv_label, buyer_name, council_gss, service_line, value_kind, value_gbp, annual_value_gbp,
  published_on::varchar as published_on, starts_on::varchar as starts_on, ends_on::varchar as ends_on, supplier_names, register_id,
  notice_url, left_out_because from listed`;

const FACTS: Readonly<Record<keyof ExplorerIndex["facts"], string>> = {
  service_line: "service_line",
  value_kind: "value_kind",
  year: "year",
  register_id: "register_id",
  is_counted: "is_counted",
  size_gbp: "case when is_counted then annual_value_gbp end",
  value_gbp: "value_gbp",
  published_day: "(published_on - date '1970-01-01')::integer"
};

/** Every word of two letters or more with the rows it stands in; a file for each first letter or digit that there is. */
async function wordFiles(
  bundle: Warehouse,
  name: string,
  words: string,
  write: Write
): Promise<Record<string, ExplorerFile>> {
  await bundle.run(
    `create or replace table words as
     select distinct word, row from (select row, unnest(regexp_extract_all(strip_accents(lower(${words})), '[a-z0-9]{2,}')) as word from listed)
     order by word, row`
  );
  const letters = await bundle.rows<{letter: string}>("select distinct word[1] as letter from words order by letter");
  const files: Record<string, ExplorerFile> = {};
  for (const {letter} of letters)
    files[letter] = await write(
      `words/${name}-${letter}.parquet`,
      `select word, row from words where word >= '${letter}' and word < chr(ascii('${letter}') + 1) order by word, row`,
      WORDS_GROUP
    );
  return files;
}

/** A file for each beginning of an id that there is. @returns how many first digits of an id name its file */
async function contractFiles(bundle: Warehouse, rows: number, write: Write): Promise<number> {
  const digits = Math.min(MOST_DIGITS, Math.max(0, Math.ceil(Math.log(rows / CONTRACTS_A_FILE) / Math.log(16))));
  await bundle.run(CONTRACT);
  const heads = await bundle.rows<{head: string; first: string}>(
    `select distinct left(contract_id, ${digits}) as head, left(contract_id, least(1, ${digits})) as first from single order by head`
  );
  const starting = (beginning: string): string => `contract_id >= '${beginning}' and contract_id < '${beginning}g'`;
  let held: string | null = null;
  for (const {head, first} of heads) {
    // Thousands of files are each looked up in a sixteenth of the rows.
    if (first !== held)
      await bundle.run(
        `create or replace temp table part as select * from single where ${starting(first)} order by contract_id`
      );
    held = first;
    await write(contractFile(head), `select * from part where ${starting(head)} order by contract_id`, FACTS_GROUP);
  }
  return digits;
}

const CONTRACT = `create table single as
  with named as (
    select
      contract_id,
      to_json(list({
        name: supplier_name, scheme: identifier_scheme, identifier: identifier, gss: supplier_gss, reach: reach,
        is_sme: is_sme, is_vcse: is_vcse, is_natural_person: is_natural_person
      } order by supplier_name nulls last, supplier_id))::varchar as suppliers
    from (select distinct * from suppliers)
    group by contract_id
  ),
  again as (
    select duplicate_of as contract_id, string_agg(contract_id, ' ' order by contract_id) as duplicates
    from contracts where duplicate_of is not null group by duplicate_of
  )
  select contracts.*, named.suppliers, again.duplicates
  from contracts left join named using (contract_id) left join again using (contract_id)
  order by contract_id`;
