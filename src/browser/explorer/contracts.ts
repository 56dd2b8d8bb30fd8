import {
  type ExplorerFile,
  type ExplorerIndex,
  type Fact,
  type ListingRow,
  listingFile
} from "../../components/explorerIndex.ts";
import {type Columns, RemoteParquet, readWhole, rowsOf} from "./parquet.ts";
import {type Query, searchWords} from "./query.ts";

const FEWEST_LETTERS_OF_A_BEGINNING = 3; // two letters begin too many words to read them all

/** The contracts of the site, read from its files as they are needed. Rows are named by their position. */
export class Contracts {
  private readonly files = new Map<string, RemoteParquet>();
  private readonly lines = new Map<number, Promise<ListingRow[]>>();

  constructor(
    readonly index: ExplorerIndex,
    private readonly folder: string // ends with a slash
  ) {}

  static async open(folder: string): Promise<Contracts> {
    const answer = await fetch(`${folder}index.json`);
    if (!answer.ok) throw new Error(`${folder}index.json answered ${answer.status}`);
    return new Contracts((await answer.json()) as ExplorerIndex, folder);
  }

  /** The rows that a query asks for, in its order. */
  async find(query: Query): Promise<Int32Array> {
    let rows = this.rowsOfCouncil(query.council);
    for (const [field, typed] of [
      ["title", query.title],
      ["supplier", query.supplier]
    ] as const)
      for (const word of searchWords(typed)) rows = intersection(rows, await this.rowsWith(field, word));
    for (const [fact, keeps] of tests(query)) {
      const values = await this.values(fact, rows);
      rows = rows.filter((_, i) => keeps(values[i]));
    }
    return this.inOrder(rows, query.order);
  }

  /** Rows of one council stand together, so nothing has to be read for them. */
  private rowsOfCouncil(council: string): Int32Array {
    let first = 0;
    if (council === "") return consecutive(0, this.index.rows);
    const wanted = council === "none" ? "" : council;
    for (const [gss, n] of this.index.councils) {
      if (gss === wanted) return consecutive(first, n);
      first += n;
    }
    return new Int32Array(0);
  }

  /** The rows in whose words one begins so, or is exactly this when it is short. */
  private async rowsWith(field: "title" | "supplier", word: string): Promise<Int32Array> {
    const entry = this.index.words[field][word[0]!];
    if (entry === undefined) return new Int32Array(0);
    const isBeginning = word.length >= FEWEST_LETTERS_OF_A_BEGINNING;
    const last = isBeginning ? `${word}\uffff` : word;
    const file = this.file(entry);
    const groups = (await file.spans("word")).flatMap(({low, high}, group) =>
      String(low) <= last && String(high) >= word ? [group] : []
    );
    const found: number[] = [];
    for (const {word: words, row} of (await file.read(groups)) as Columns[])
      for (let i = 0; i < words!.length; i += 1)
        if (isBeginning ? (words![i] as string).startsWith(word) : words![i] === word) found.push(row![i] as number);
    return Int32Array.from(new Set(found)).sort();
  }

  /** A fact of each of the rows, in their order; reads only the row groups that they stand in. */
  async values(fact: Fact, rows: Int32Array): Promise<unknown[]> {
    const size = this.index.facts_rows;
    const groups = [...new Set(rows.map((row) => Math.floor(row / size)))];
    const read = await this.file(this.index.facts[fact]).read(groups);
    const columns = new Map(groups.map((group, i) => [group, read[i]![fact]!]));
    return Array.from(rows, (row) => columns.get(Math.floor(row / size))![row % size] ?? null);
  }

  private async inOrder(rows: Int32Array, order: Query["order"]): Promise<Int32Array> {
    if (order === "council") return rows;
    const keys = await this.values(order === "latest" ? "published_day" : "size_gbp", rows);
    const size = (i: number): number => (keys[i] as number | null) ?? Number.NEGATIVE_INFINITY;
    const positions = Array.from(rows.keys()).sort((a, b) => size(b) - size(a) || rows[a]! - rows[b]!);
    return Int32Array.from(positions, (position) => rows[position]!);
  }

  /** What a line of results shows, for rows in any order. */
  async read(rows: ArrayLike<number>): Promise<ListingRow[]> {
    const size = this.index.listing_rows;
    return Promise.all(Array.from(rows, async (row) => (await this.linesOf(Math.floor(row / size)))[row % size]!));
  }

  /** Adds up only what the scale measures count, so that no ceiling, duplicate or placeholder is ever in a total. */
  async total(rows: Int32Array): Promise<Total> {
    const sorted = rows.slice().sort();
    const isCounted = await this.values("is_counted", sorted);
    const counted = sorted.filter((_, i) => isCounted[i] === true);
    const values = (await this.values("value_gbp", counted)) as (number | null)[];
    const pence = values.reduce<number>((sum, value) => sum + Math.round((value ?? 0) * 100), 0);
    return {counted: counted.length, left_out: rows.length - counted.length, value_gbp: pence / 100};
  }

  /** How many files hold these rows: what reading them all costs. */
  filesOf(rows: Int32Array): number {
    return new Set(rows.map((row) => Math.floor(row / this.index.listing_rows))).size;
  }

  /** How many row groups of the facts hold these rows: what adding them up costs. */
  groupsOf(rows: Int32Array): number {
    return new Set(rows.map((row) => Math.floor(row / this.index.facts_rows))).size;
  }

  private linesOf(i: number): Promise<ListingRow[]> {
    const known = this.lines.get(i);
    if (known !== undefined) return known;
    const path = `${this.folder}${listingFile(i)}?v=${this.index.version}`;
    const read = readWhole(path).then((columns) => {
      if (columns === null) throw new Error(`${path} is not there`);
      return rowsOf<ListingRow>(columns);
    });
    this.lines.set(i, read);
    return read;
  }

  private file(entry: ExplorerFile): RemoteParquet {
    const known = this.files.get(entry[0]);
    if (known !== undefined) return known;
    const made = RemoteParquet.of(entry, this.folder, this.index.version);
    this.files.set(entry[0], made);
    return made;
  }
}

/** What a query asks of the facts, the columns that are smallest first. */
function tests(query: Query): [Fact, (value: unknown) => boolean][] {
  const is = (fact: Fact, wanted: unknown): [Fact, (value: unknown) => boolean] => [fact, (value) => value === wanted];
  const {least, most} = query;
  return [
    ...(query.counted ? [is("is_counted", true)] : []),
    ...(query.register === "" ? [] : [is("register_id", query.register)]),
    ...(query.kind === "" ? [] : [is("value_kind", query.kind)]),
    ...(query.service === "" ? [] : [is("service_line", query.service)]),
    ...(query.year === "" ? [] : [is("year", Number(query.year))]),
    ...(least === null && most === null
      ? []
      : [
          ["size_gbp", (value: unknown) => isWithin(value as number | null, least, most)] as [
            Fact,
            (value: unknown) => boolean
          ]
        ])
  ];
}

const isWithin = (value: number | null, least: number | null, most: number | null): boolean =>
  value !== null && (least === null || value >= least) && (most === null || value <= most);

const consecutive = (first: number, n: number): Int32Array => Int32Array.from({length: n}, (_, i) => first + i);

/** What two sorted lists have in common. */
function intersection(a: Int32Array, b: Int32Array): Int32Array {
  const both: number[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i]! === b[j]!) both.push(a[i]!);
    if (a[i]! <= b[j]!) i += 1;
    else j += 1;
    while (j < b.length && i < a.length && b[j]! < a[i]!) j += 1;
  }
  return Int32Array.from(both);
}

/** What may be added up: the published values of rows that count in scale measures, and how many rows are in no total. */
export interface Total {
  readonly counted: number;
  readonly left_out: number;
  readonly value_gbp: number;
}
