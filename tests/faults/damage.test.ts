import {appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, beforeEach, expect, test, vi} from "vitest";
import {Archive} from "../../pipeline/archive/archive.ts";
import {check} from "../../pipeline/commands/check.ts";
import {lastStatus} from "../../pipeline/commands/record.ts";
import {reproduceRelease} from "../../pipeline/commands/releases.ts";
import {checksumFaults} from "../../pipeline/publish/checksums.ts";
import {fetchStatus} from "../../pipeline/status.ts";
import {sentenceOf} from "../../pipeline/words.ts";
import {awards, SmallWorld} from "./small.ts";

vi.setConfig({testTimeout: 120_000, hookTimeout: 120_000}); // a machine may be busy; nothing here is about time

// Files of the data folder that something else has written to: each is named in the sentence, with what mends it.

const REGISTER = "contracts-finder";
const world = new SmallWorld();
const path = (name: string): string => join(world.data, name);
let said: string[] = [];
beforeAll(async () => {
  await world.import("first.json", awards(10));
  await world.build();
  await world.publish();
});
beforeEach(() => {
  said = [];
  for (const stream of [process.stderr, process.stdout])
    vi.spyOn(stream, "write").mockImplementation((text) => {
      said.push(String(text));
      return true;
    });
});
afterAll(() => {
  vi.restoreAllMocks();
  world.remove();
});

/** Does something while a file holds other bytes, or none at all, and puts the right ones back. */
async function whileDamaged(file: string, bytes: string, work: () => unknown): Promise<void> {
  const good = readFileSync(file);
  writeFileSync(file, bytes);
  try {
    await work();
  } finally {
    rmSync(file, {recursive: true});
    writeFileSync(file, good);
  }
}

test.each(['{"level', "", "null", "[1, 2]", '{"level":"green"}', '{"at":"yesterday","level":"green","gates":[]}'])(
  "status.json with %s in it is told, and hides nothing else",
  async (bytes) => {
    await whileDamaged(path("status.json"), bytes, () => {
      expect(lastStatus(world.data)).toBeNull();
      expect(said.join("")).toContain("status.json cannot be read, so what the last attempt came to is not known");
    });
  }
);

test("status.json that was damaged is written anew by the next publish", async () => {
  writeFileSync(path("status.json"), "{");
  expect(await world.publish()).toBe(0);
  expect(lastStatus(world.data)).toMatchObject({outcome: "published"});
});

const archive = (): Archive => new Archive(world.data);
const entry = () => archive().files(REGISTER)[0]!;
const damaged = (name: string): RegExp =>
  new RegExp(`raw/${REGISTER}/${name}.jsonl is damaged at the line that begins`);

test.each(["7", "null", "{}", '{"event":"start"}'])(
  "a note that says %s is named, and may be taken away",
  async (line) => {
    for (const name of ["runs", "refused", "second-looks"]) {
      const file = path(`raw/${REGISTER}/${name}.jsonl`);
      appendFileSync(file, `${line}\n`);
      const read = () => (name === "refused" ? archive().unnamed(REGISTER) : fetchStatus(archive(), REGISTER));
      expect(read).toThrow(damaged(name));
      expect(read).toThrow("take that line away: no data rest on it");
      rmSync(file);
    }
  }
);

test("a hash that is a path to somewhere else is damage, in the manifest and among what is to be deleted", async () => {
  const away = `${"../".repeat(21)}x`;
  expect(away).toHaveLength(64);
  const manifest = path(`raw/${REGISTER}/manifest.jsonl`);
  await whileDamaged(manifest, `${JSON.stringify({...entry(), sha256: away})}\n`, () => {
    expect(() => archive().files(REGISTER)).toThrow(damaged("manifest"));
  });
  const forgotten = path(`raw/${REGISTER}/forgotten.jsonl`);
  const tombstone = {sha256: away, forgotten_at: "2024-06-01T00:00:00Z", reason: "SYNTHETIC", replaced_by: null};
  writeFileSync(forgotten, `${JSON.stringify(tombstone)}\n`);
  expect(() => archive().sweep(REGISTER)).toThrow(damaged("forgotten"));
  rmSync(forgotten);
});

test.each([`raw/${REGISTER}/manifest.jsonl`, "archived bytes", "charts.cache"])(
  "a folder where %s belongs is named with its path",
  async (name) => {
    const file = name === "archived bytes" ? path(`raw/${REGISTER}/${entry().sha256}`) : path(name);
    const one = entry();
    await whileDamaged(file, "", async () => {
      rmSync(file);
      mkdirSync(file);
      const work = name === "charts.cache" ? world.publish() : Promise.resolve().then(() => archive().read(one));
      if (name.endsWith("manifest.jsonl")) expect(() => archive().files(REGISTER)).toThrow(`${file} is a folder`);
      else await expect(work).rejects.toThrow(`${file} is a folder`);
    });
  }
);

test.each(["its folder is gone", "its folder is empty", "its manifest is cut short"])(
  "the newest version is made again when %s",
  async (what) => {
    const {version} = world.releases.latest()!;
    const folder = world.releases.path(version);
    if (what === "its manifest is cut short") {
      rmSync(join(folder, "manifest.json")); // the file is shared with the pages' copy: another takes its place
      writeFileSync(join(folder, "manifest.json"), '{"version":');
    } else rmSync(folder, {recursive: true});
    if (what === "its folder is empty") mkdirSync(folder);
    expect(await world.publish()).toBe(0);
    expect(world.releases.latest()!.version).toBe(version);
    expect(checksumFaults(folder)).toEqual([]);
  }
);

test.each(["[]", "", "{}", '[{"version": 1}]'])(
  "a list of versions that says %s beside versions is damage",
  async (bytes) => {
    await whileDamaged(path("release/versions.json"), bytes, async () => {
      await expect(world.publish()).rejects.toThrow("versions.json is damaged: put it back from a backup");
    });
  }
);

test("the newest version is not dropped for another when its folder is gone", async () => {
  const {version} = world.releases.latest()!;
  await world.import("second.json", awards(3, "2024-05", 500));
  await world.build();
  rmSync(world.releases.path(version), {recursive: true});
  await expect(world.publish()).rejects.toThrow(`earlier versions would be dropped: ${version}`);
});

test("a Parquet file cut short is a fault of the release, in a sentence and with exit code 1", async () => {
  const other = new SmallWorld();
  await other.import("first.json", awards(10));
  await other.build();
  await other.publish();
  const file = join(other.releases.path(other.releases.latest()!.version), "contracts.parquet");
  const half = readFileSync(file).subarray(0, 500);
  rmSync(file);
  writeFileSync(file, half);
  expect(await reproduceRelease(undefined, {data: other.data})).toBe(1);
  expect(said.join("")).toContain("contracts.parquet has other bytes than when it was released");
  other.remove();
});

test.each([
  ["is empty", () => "", "councils.csv is empty, not even a header is in it: put it back as it was"],
  [
    "has lost a column",
    (good: string) => good.replace(/^gss,/, "code,").replace(/^([^\n]*),gss(,|\n)/, "$1,code$2"),
    /^[^\n]*Binder Error[^\n]*Either a table in .*reference or what reads it is not as it was: put it back/
  ],
  ["ends in half a line", (good: string) => good.slice(0, -20), "councils.csv cannot be read as CSV in UTF-8"]
])("a reference table that %s is one sentence, and nothing is published of it", async (_what, change, sentence) => {
  const file = join(world.folder, "reference/councils.csv");
  await whileDamaged(file, change(readFileSync(file, "utf8")), async () => {
    await expect(world.build()).rejects.toThrow(sentence);
    await expect(world.publish()).rejects.toThrow("did not come to its end");
  });
});

test("a list of councils without any council is a broken promise, also of a first version", async () => {
  const file = join(world.folder, "reference/councils.csv");
  const [header] = readFileSync(file, "utf8").split("\n");
  await whileDamaged(file, `${header}\n`, async () => {
    expect(await world.build()).toBe(0);
    expect(await check({data: world.data})).toBe(1);
    expect(said.join("")).toContain(
      "there are councils: an emptied list of them would leave every contract without one"
    );
  });
});

test("a file that may not be read is not called a folder that may not be written", () => {
  const denied = (file: string) =>
    Object.assign(new Error(`EACCES: permission denied, open '${file}'`), {
      code: "EACCES",
      syscall: "open",
      path: file
    });
  expect(sentenceOf(denied(path("status.json")))).toContain("It may not be read or not be written: mend its rights");
  expect(sentenceOf(denied(path("lock.tmp")))).toContain("The folder may not be written: nothing was changed");
  expect(sentenceOf(new Error('IO Error: Cannot open file "warehouse.duckdb": Operation not permitted'))).toContain(
    "The folder may not be written: nothing was changed"
  );
  expect(sentenceOf(new Error('IO Error: Could not read from file "warehouse.duckdb": Is a directory'))).toContain(
    "A folder stands where a file is needed: take it away"
  );
});
