import {type ChildProcess, spawn} from "node:child_process";
import {readdirSync} from "node:fs";
import {join} from "node:path";
import fc from "fast-check";
import {afterEach, beforeEach, expect, test} from "vitest";
import {Archive, sha256} from "../../pipeline/archive/archive.ts";
import {ROOT} from "../house/imports.ts";
import {neverAnswers, noticesOf, type RegisterServer, startRegisterServer} from "../register-server/registerServer.ts";
import {DataFolder} from "./world.ts";

let data: DataFolder;
let server: RegisterServer;
const DAYS = ["2024-05-06", "2024-05-07", "2024-05-08"];
const notices = DAYS.flatMap((day) => noticesOf(day, 350));
beforeEach(async () => {
  data = new DataFolder();
  server = await startRegisterServer({notices, lossyCursor: true});
});
afterEach(async () => {
  await server.close();
  data.remove();
});

const start = (): ChildProcess =>
  spawn(
    process.execPath,
    ["--import", "tsx", "tests/faults/fetchProcess.ts", data.path, server.url, DAYS[0]!, DAYS[2]!],
    {cwd: ROOT, stdio: ["ignore", "pipe", "inherit"]}
  );

const ended = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.on("exit", resolve));

/** Kills the process when the server has seen so many more requests. */
async function killAfter(requests: number): Promise<boolean> {
  const target = server.requests.length + requests;
  const child = start();
  const exit = ended(child);
  let isDone = false;
  exit.then(() => {
    isDone = true;
  });
  while (!isDone && server.requests.length < target) await new Promise((resolve) => setTimeout(resolve, 1));
  child.kill("SIGKILL");
  return (await exit) === 0;
}

test("killed again and again, a fetch ends with every notice once, at worst one page a kill asked again, nothing half-written", async () => {
  const [steps] = fc.sample(fc.array(fc.integer({min: 1, max: 6}), {minLength: 8, maxLength: 8}), {
    numRuns: 1,
    seed: 20_240_610
  });
  let kills = 0;
  let isDone = false;
  for (const requests of steps!) {
    isDone = await killAfter(requests);
    if (isDone) break;
    kills += 1;
  }
  expect(kills).toBeGreaterThan(3);
  if (!isDone) expect(await ended(start())).toBe(0);

  expect(data.releaseIds()).toEqual(notices.map(({release}) => release.id).sort());
  const repeats = server.requests.length - new Set(server.requests.map(({path}) => path)).size;
  expect(repeats).toBeLessThanOrEqual(kills); // a kill costs the page that was under way, and no other
  expect(readdirSync(join(data.path, "raw", "synthetic-register")).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  const archive = new Archive(data.path);
  for (const file of archive.files("synthetic-register")) expect(sha256(archive.read(file))).toBe(file.sha256);
}, 120_000);

test("fault 28: a second run is told who holds the data folder, and changes nothing", async () => {
  server.misbehaveAt(() => true, neverAnswers);
  const first = start();
  const firstEnd = ended(first);
  while (server.requests.length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
  const second = spawn(
    process.execPath,
    ["--import", "tsx", "tests/faults/fetchProcess.ts", data.path, server.url, DAYS[0]!, DAYS[2]!],
    {cwd: ROOT, stdio: ["ignore", "ignore", "pipe"]}
  );
  let words = "";
  second.stderr.on("data", (chunk: Buffer) => {
    words += chunk.toString();
  });
  expect(await ended(second)).not.toBe(0);
  expect(words).toContain(`is in use: "fetch" runs as process ${first.pid}`);
  first.kill("SIGKILL");
  await firstEnd;
  expect(server.requests).toHaveLength(1);
}, 60_000);
