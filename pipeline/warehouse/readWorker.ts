import {parentPort, workerData} from "node:worker_threads";
import type {ArchivedFile} from "../archive/archive.ts";
import {register} from "../discover.ts";
import {type Reading, readChunk} from "./readReleases.ts";

// A thread that reads archived files of one register, a chunk for each message.

const reading = workerData as Reading;
const definition = await register(reading.registerId);

parentPort?.on("message", async ({number, files}: {readonly number: number; readonly files: ArchivedFile[]}) => {
  parentPort?.postMessage(await readChunk(definition, files, number, reading));
});
