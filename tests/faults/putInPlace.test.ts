import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {Worker} from "node:worker_threads";
import {afterAll, beforeAll, expect, test} from "vitest";
import {canExchange, putInPlace, recover} from "../../pipeline/putInPlace.ts";

let folder: string;
let place: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "contract-scale-place-"));
  place = join(folder, "site");
});
afterAll(() => rmSync(folder, {recursive: true}));

function put(content: string): void {
  mkdirSync(`${place}-next`);
  writeFileSync(join(`${place}-next`, "page.txt"), content);
  putInPlace(`${place}-next`, place, {old: `${place}-old`, passing: "site.moved"});
}

/** Looks again and again, in a thread of its own, and says how often it looked and how often nothing was there. */
const LOOKS = `
const {parentPort, workerData} = require("node:worker_threads");
const {openSync, closeSync} = require("node:fs");
const {isOver, page} = workerData;
let looks = 0;
let missed = 0;
while (Atomics.load(isOver, 0) === 0) {
  looks += 1;
  try { closeSync(openSync(page)); } catch { missed += 1; }
  if (looks === 1) parentPort.postMessage("looking");
}
parentPort.postMessage({looks, missed});`;

test.runIf(canExchange())("while a folder takes another's place there is no moment without one", async () => {
  put("0");
  const isOver = new Int32Array(new SharedArrayBuffer(4));
  const watcher = new Worker(LOOKS, {eval: true, workerData: {isOver, page: join(place, "page.txt")}});
  await new Promise((resolve) => watcher.once("message", resolve));
  for (let i = 1; i <= 500; i += 1) put(String(i));
  Atomics.store(isOver, 0, 1);
  const {looks, missed} = await new Promise<{looks: number; missed: number}>((resolve) =>
    watcher.once("message", resolve)
  );
  expect(looks).toBeGreaterThan(10);
  expect(missed).toBe(0);
  expect(readFileSync(join(place, "page.txt"), "utf8")).toBe("500");
  expect(readdirSync(folder)).toEqual(["site"]);
});

test("what stands aside after two renames were cut short goes back, and a whole folder is left alone", () => {
  rmSync(place, {recursive: true, force: true});
  mkdirSync(`${place}-old`);
  recover(place, `${place}-old`);
  expect(readdirSync(folder)).toEqual(["site"]);
  recover(place, `${place}-old`);
  expect(existsSync(place)).toBe(true);
});
