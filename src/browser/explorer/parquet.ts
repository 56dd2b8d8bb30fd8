import {decompress} from "fzstd";
import {type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetRead} from "hyparquet";
import type {ExplorerFile} from "../../components/explorerIndex.ts";

// Parquet files read over HTTP, a range at a time: the footer once, then whole row groups that stand side by side in one request.

/** The values of every column of some consecutive rows. */
export type Columns = Readonly<Record<string, ArrayLike<unknown>>>;

/** The smallest and the largest value of a column in a row group, as its footer says. */
export interface Span {
  readonly low: unknown;
  readonly high: unknown;
}

const compressors = {
  ZSTD: (input: Uint8Array, bytes: number): Uint8Array => decompress(input, new Uint8Array(bytes))
};

/** One Parquet file at an address. What was read once is kept. */
export class RemoteParquet {
  private footer: Promise<FileMetaData> | undefined;
  private readonly groups = new Map<number, Promise<Columns>>();

  constructor(
    private readonly url: string,
    private readonly size: {readonly bytes: number; readonly footer: number}
  ) {}

  static of([path, bytes, footer]: ExplorerFile, folder: string, version: string): RemoteParquet {
    return new RemoteParquet(`${folder}${path}?v=${version}`, {bytes, footer});
  }

  private metadata(): Promise<FileMetaData> {
    this.footer ??= fetchRange(this.url, this.size.bytes - this.size.footer, this.size.bytes).then((bytes) =>
      parquetMetadataAsync(window(bytes, this.size.bytes - this.size.footer, this.size.bytes), {
        initialFetchSize: this.size.footer
      })
    );
    return this.footer;
  }

  /** What the footer says of a column, row group by row group: which of them can be skipped. */
  async spans(column: string): Promise<Span[]> {
    const {row_groups} = await this.metadata();
    return row_groups.map(({columns}) => {
      const statistics = columns.find(({meta_data}) => meta_data?.path_in_schema[0] === column)?.meta_data?.statistics;
      return {
        low: statistics?.min_value ?? statistics?.min,
        high: statistics?.max_value ?? statistics?.max
      };
    });
  }

  /** Whole row groups, by number, in the order asked for. */
  async read(wanted: readonly number[]): Promise<Columns[]> {
    const metadata = await this.metadata();
    const absent = [...new Set(wanted)].filter((group) => !this.groups.has(group)).sort((a, b) => a - b);
    for (const [from, to] of runs(absent)) {
      const bytes = this.fetchGroups(metadata, from, to);
      for (let group = from; group < to; group += 1) this.groups.set(group, this.decode(metadata, group, bytes));
    }
    return Promise.all(wanted.map((group) => this.groups.get(group)!));
  }

  private async fetchGroups(metadata: FileMetaData, from: number, to: number): Promise<AsyncBuffer> {
    const chunks = metadata.row_groups.slice(from, to).flatMap(({columns}) => columns.map(({meta_data}) => meta_data!));
    const starts = chunks.map((chunk) => Number(chunk.dictionary_page_offset ?? chunk.data_page_offset));
    const ends = chunks.map((chunk, i) => starts[i]! + Number(chunk.total_compressed_size));
    const [start, end] = [Math.min(...starts), Math.max(...ends)];
    return window(await fetchRange(this.url, start, end), start, this.size.bytes);
  }

  private async decode(metadata: FileMetaData, group: number, bytes: Promise<AsyncBuffer>): Promise<Columns> {
    const rowStart = metadata.row_groups.slice(0, group).reduce((sum, {num_rows}) => sum + Number(num_rows), 0);
    const rowEnd = rowStart + Number(metadata.row_groups[group]!.num_rows);
    return columnsOf({file: await bytes, metadata, rowStart, rowEnd});
  }
}

/** Every row of a small file, in one request. @returns null when there is no such file */
export async function readWhole(url: string): Promise<Columns | null> {
  const answer = await fetch(url);
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  const file = await answer.arrayBuffer();
  return columnsOf({file, metadata: await parquetMetadataAsync(file)});
}

async function columnsOf(given: {
  file: AsyncBuffer;
  metadata: FileMetaData;
  rowStart?: number;
  rowEnd?: number;
}): Promise<Columns> {
  const columns: Record<string, ArrayLike<unknown>> = {};
  await parquetRead({
    ...given,
    compressors,
    onChunk: ({columnName, columnData}) => {
      const before = columns[columnName];
      columns[columnName] = before === undefined ? columnData : [...Array.from(before), ...Array.from(columnData)];
    }
  });
  return columns;
}

/** Rows as objects, from their columns. */
export function rowsOf<T>(columns: Columns): T[] {
  const names = Object.keys(columns);
  const length = columns[names[0] ?? ""]?.length ?? 0;
  return Array.from(
    {length},
    (_, i) => Object.fromEntries(names.map((name) => [name, columns[name]?.[i] ?? null])) as T
  );
}

/** Numbers that follow one another, as half-open runs: 3, 4, 5, 9 as [3, 6] and [9, 10]. */
export function runs(sorted: readonly number[]): [from: number, to: number][] {
  const found: [number, number][] = [];
  for (const n of sorted) {
    const last = found.at(-1);
    if (last !== undefined && last[1] === n) last[1] = n + 1;
    else found.push([n, n + 1]);
  }
  return found;
}

/** Part of a file that lies in memory, addressed as in the whole. */
const window = (bytes: ArrayBuffer, offset: number, byteLength: number): AsyncBuffer => ({
  byteLength,
  slice: (start, end = byteLength) => bytes.slice(start - offset, end - offset)
});

async function fetchRange(url: string, start: number, end: number): Promise<ArrayBuffer> {
  const answer = await fetch(url, {headers: {Range: `bytes=${start}-${end - 1}`}});
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  const bytes = await answer.arrayBuffer();
  return answer.status === 206 ? bytes : bytes.slice(start, end); // a host without ranges sends the whole file
}
