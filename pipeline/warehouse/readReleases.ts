import {createRequire} from "node:module";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {Worker} from "node:worker_threads";
import {Archive, type ArchivedFile} from "../archive/archive.ts";
import type {Register} from "../registers/register.ts";
import {type FileFacts, parse} from "./ingest.ts";
import {PartWriter, type StagingColumns} from "./stagedParts.ts";

/** Consecutive archived files that were read: what became of each, and their rows as part files by table. */
export interface ReadChunk {
  readonly files: readonly (FileFacts & {readonly file: ArchivedFile})[];
  readonly parts: Readonly<Record<string, string>>;
}

/** What a thread needs to know once. */
export interface Reading {
  readonly registerId: string;
  readonly dataFolder: string;
  readonly columns: StagingColumns;
}

const CHUNK_BYTES = 2_000_000; // of archived bytes, compressed or not: a second's work at most
const CHUNK_FILES = 50;
const WORTH_A_THREAD = 4 * CHUNK_BYTES; // a thread takes a third of a second to start
const AHEAD = 4; // chunks a thread may be ahead of the warehouse, so that the part files stay few
const YOUNG_HEAP_MB = 16; // rows live for a moment: with less, collecting them takes a tenth of the time

export const partsFolder = (dataFolder: string): string => join(dataFolder, "parts.tmp");

/**
 * Reads archived release files, in threads where there is work for them, and hands them over in the order of the archive,
 * whatever the number of threads: the same rows in the same order.
 *
 * @param jobs threads at most; with 1 everything happens in this one
 */
export async function* readReleases(
  register: Register,
  files: readonly ArchivedFile[],
  reading: Reading,
  jobs: number
): AsyncGenerator<ReadChunk> {
  const chunks = chunksOf(files);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (jobs > 1 && bytes >= WORTH_A_THREAD) yield* inThreads(chunks, reading, Math.min(jobs, chunks.length));
  else for (const [i, chunk] of chunks.entries()) yield await readChunk(register, chunk, i, reading);
}

/** Reads the files of one chunk, one at a time, so that memory holds one file whatever their number. */
export async function readChunk(
  register: Register,
  files: readonly ArchivedFile[],
  number: number,
  {dataFolder, columns}: Reading
): Promise<ReadChunk> {
  const archive = new Archive(dataFolder);
  const writer = new PartWriter(partsFolder(dataFolder), String(number), columns);
  const read: ReadChunk["files"][number][] = [];
  for (const file of files) {
    const {tables, ...facts} = await parse({register}, file, archive.read(file));
    writer.add(tables);
    read.push({file, ...facts});
  }
  return {files: read, parts: writer.close()};
}

function chunksOf(files: readonly ArchivedFile[]): ArchivedFile[][] {
  const chunks: ArchivedFile[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const file of files) {
    const last = chunks.at(-1);
    if (last === undefined || bytes >= CHUNK_BYTES || last.length >= CHUNK_FILES) {
      chunks.push([file]);
      bytes = file.bytes;
    } else {
      last.push(file);
      bytes += file.bytes;
    }
  }
  return chunks;
}

async function* inThreads(
  chunks: readonly ArchivedFile[][],
  reading: Reading,
  jobs: number
): AsyncGenerator<ReadChunk> {
  const workers = Array.from({length: jobs}, () => startWorker(reading));
  const answers = new Map<number, Promise<ReadChunk>>();
  let asked = 0;
  const askNext = (worker: Worker): void => {
    if (asked >= chunks.length) return;
    const number = asked++;
    const answer = ask(worker, number, chunks[number] ?? []);
    answers.set(number, answer);
    answer.then(
      () => (number < taken + AHEAD * jobs ? askNext(worker) : waiting.push(worker)),
      () => {} // thrown where the answer is taken
    );
  };
  const waiting: Worker[] = [];
  let taken = 0;
  try {
    for (const worker of workers) askNext(worker);
    for (; taken < chunks.length; taken += 1) {
      while (!answers.has(taken)) await Promise.race(answers.values());
      yield await answers.get(taken)!;
      answers.delete(taken);
      for (const worker of waiting.splice(0)) askNext(worker);
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

// A thread does not inherit the loader of TypeScript; this starts it and then the thread's own file.
const TSX = new URL("dist/esm/api/index.mjs", pathToFileURL(createRequire(import.meta.url).resolve("tsx/package.json")))
  .href;
const START = `import(${JSON.stringify(TSX)}).then(({register}) => {
  register();
  return import(${JSON.stringify(new URL("./readWorker.ts", import.meta.url).href)});
});`;

function startWorker(reading: Reading): Worker {
  return new Worker(START, {
    eval: true,
    workerData: reading,
    resourceLimits: {maxYoungGenerationSizeMb: YOUNG_HEAP_MB}
  });
}

/** One question at a time to a worker. */
function ask(worker: Worker, number: number, files: readonly ArchivedFile[]): Promise<ReadChunk> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
    };
    const onMessage = (answer: ReadChunk): void => {
      settle();
      resolve(answer);
    };
    const onError = (error: Error): void => {
      settle();
      reject(error);
    };
    const onExit = (code: number): void => onError(new Error(`a reading thread ended by itself with code ${code}`));
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
    worker.postMessage({number, files});
  });
}
