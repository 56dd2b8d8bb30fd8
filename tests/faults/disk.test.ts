import {chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test, vi} from "vitest";
import {Archive} from "../../pipeline/archive/archive.ts";
import {takeLock} from "../../pipeline/archive/lock.ts";
import {openRun} from "../../pipeline/archive/runs.ts";
import {locked, withSite} from "../../pipeline/commands/command.ts";
import {printStatus} from "../../pipeline/commands/status.ts";
import {checksumFaults} from "../../pipeline/publish/checksums.ts";
import {placeReleases} from "../../pipeline/publish/permalinkPages.ts";
import {swap} from "../../pipeline/site/build.ts";
import {serveSite} from "../../pipeline/site/serve.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {releaseOf} from "../warehouse/world.ts";
import {awards, inShell, SmallWorld} from "./small.ts";

vi.setConfig({testTimeout: 120_000, hookTimeout: 120_000}); // a machine may be busy; nothing here is about time

const world = new SmallWorld();
beforeAll(async () => {
  expect(await world.import("first.json", awards(40))).toBe(0);
  expect(await world.build()).toBe(0);
  expect(await world.publish()).toBe(0);
});
afterAll(() => world.remove());

const NOTHING_NEW = {
  why: null,
  retry_at: null,
  requests: 1,
  releases: 0,
  rejects: 0,
  windows_done: 0,
  windows_left: 0,
  incomplete_windows: 0,
  failed_addresses: 0
} as const;

const flip = (path: string, at: number): void => {
  const bytes = readFileSync(path);
  bytes[at]! ^= 0xff;
  writeFileSync(path, bytes);
};
const contracts = async (): Promise<unknown> => {
  const warehouse = await Warehouse.open(world.data, {readOnly: true});
  try {
    return await warehouse.rows("select contract_id, value_gbp, title from core.contracts order by contract_id");
  } finally {
    warehouse.close();
  }
};

test("fault 26: a disk that is full while a page is archived: no line names it, the sentence says what to do, and the same command completes it", async () => {
  const data = join(world.folder, "full");
  const big = join(world.folder, "big.json");
  writeFileSync(
    big,
    JSON.stringify({releases: [releaseOf({ocid: "ocds-synth0-big", title: "SYNTHETIC words ".repeat(20_000)})]})
  );
  const words = ["import", "contracts-finder", big, "--data", data];
  const {code, err} = await inShell(words, {before: "trap '' XFSZ; ulimit -f 128;"}); // no file above 128 KiB
  expect(code).toBe(1);
  expect(err).toMatch(/The disk is full: what was there stays as it was/);
  expect(existsSync(join(data, "raw/contracts-finder/manifest.jsonl"))).toBe(false);
  expect((await inShell(words)).code).toBe(0);
  expect(new Archive(data).files("contracts-finder")).toHaveLength(1);
  expect(readdirSync(join(data, "raw/contracts-finder")).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("fault 26: a disk that is full while the warehouse is written: nothing of the build is kept, and the next one is whole", async () => {
  await world.import("more.json", awards(400, "2024-05"));
  const words = ["build", "--no-snapshot", "--data", world.data];
  const {code, err} = await inShell(words, {before: "trap '' XFSZ; ulimit -f 2000;"});
  expect(code).toBe(1);
  expect(err).toMatch(/The disk is full/);
  expect(err).not.toMatch(/\n\s+at /);
  expect(await world.build()).toBe(0);
  expect(await contracts()).toHaveLength(440);
});

test.skipIf(process.getuid === undefined)(
  "fault 26: a folder that may not be written is one sentence, and nothing changes",
  async () => {
    const data = join(world.folder, "closed");
    mkdirSync(data);
    const file = join(world.folder, "first.json");
    const isRoot = process.getuid!() === 0; // whom no mode keeps out, so the run is somebody else's
    chmodSync(world.folder, 0o755);
    chmodSync(file, 0o644);
    if (isRoot) chownSync(data, 0, 0);
    chmodSync(data, 0o555);
    const {code, err} = await inShell(
      ["import", "contracts-finder", file, "--data", data],
      isRoot ? {uid: 65_534} : {}
    );
    chmodSync(data, 0o755);
    expect(err).toMatch(/EACCES.*The folder may not be written: nothing was changed/);
    expect(code).toBe(1);
    expect(readdirSync(data)).toEqual([]);
  }
);

test("fault 28: a verb that writes is told who holds the data folder, and changes nothing", async () => {
  const before = world.visible();
  const other = join(world.folder, "held");
  const unlock = takeLock(other, "refresh", () => world.now);
  let ran = false;
  const verb = locked("publish", async () => {
    ran = true;
    return 0;
  });
  await expect(verb(world.around, {data: other})).rejects.toThrow(
    `is in use: "refresh" runs as process ${process.pid}`
  );
  unlock();
  expect(ran).toBe(false);
  expect(await verb(world.around, {data: other})).toBe(0);
  expect(world.visible()).toEqual(before);
});

test("fault 28: two data folders that share a site write it one after the other", async () => {
  const before = world.visible();
  await withSite(world.around, "refresh", async () => {
    const second = withSite(world.around, "publish", () => world.publish());
    await expect(second).rejects.toThrow(/dist-lock is in use: "refresh" runs as process \d+/);
  });
  expect(world.visible()).toEqual(before);
  expect(await withSite(world.around, "publish", () => world.publish())).toBe(0);
});

test.each([
  ["its header", () => 100],
  ["its middle", (size: number) => Math.floor(size / 2)],
  ["its end", (size: number) => size - 1000]
])("fault 29: a warehouse with a flipped bit in %s is set aside and made again from raw", async (_where, at) => {
  const path = join(world.data, "warehouse.duckdb");
  const before = await contracts();
  flip(path, at(readFileSync(path).length));
  expect(await world.build()).toBe(0);
  expect(await contracts()).toEqual(before);
});

test("fault 29: a warehouse cut short, or empty, is made again from raw", async () => {
  const path = join(world.data, "warehouse.duckdb");
  const before = await contracts();
  for (const bytes of [readFileSync(path).subarray(0, 100_000), Buffer.from("not a database")]) {
    writeFileSync(path, bytes);
    await expect(world.publish()).rejects.toThrow(/is damaged: run "npm run pipeline -- build"/);
    expect(await world.build()).toBe(0);
    expect(await contracts()).toEqual(before);
  }
  expect(existsSync(`${path}.damaged`)).toBe(true);
});

test("fault 29: a write-ahead log cut short loses at most what the next build stages again", async () => {
  const path = join(world.data, "warehouse.duckdb");
  const before = await contracts();
  const file = join(world.folder, "walled.json");
  writeFileSync(file, JSON.stringify({releases: awards(5, "2024-03")}));
  const {code} = await inShell(["import", "contracts-finder", file, "--data", world.data], {
    before: "CONTRACT_SCALE_FAIL_AT=transaction.committed"
  });
  expect(code).not.toBe(0); // killed with its rows in the log only
  const log = readFileSync(`${path}.wal`);
  writeFileSync(`${path}.wal`, log.subarray(0, Math.floor(log.length / 2)));
  expect(await world.build()).toBe(0);
  expect(await contracts()).toHaveLength((before as unknown[]).length + 5);
});

test("fault 29: archived bytes that changed on disk stop the build with their name, and nothing is published", async () => {
  const archive = new Archive(world.data);
  const [file] = archive.files("contracts-finder");
  const path = join(world.data, "raw/contracts-finder", file!.sha256);
  const good = readFileSync(path);
  rmSync(join(world.data, "warehouse.duckdb"));
  flip(path, 50);
  await expect(world.build()).rejects.toThrow(`raw/contracts-finder/${file!.sha256} was changed on disk`);
  writeFileSync(path, good);
  expect(await world.build()).toBe(0);
});

test("rows of files that a damaged manifest no longer names stop the build, until the files come again", async () => {
  const manifest = join(world.data, "raw/contracts-finder/manifest.jsonl");
  const good = readFileSync(manifest);
  const before = await contracts();
  writeFileSync(manifest, "");
  await expect(world.build()).rejects.toThrow(
    /the warehouse holds rows of \d+ files that raw\/contracts-finder\/manifest\.jsonl does not name/
  );
  writeFileSync(manifest, good);
  expect(await world.build()).toBe(0);
  expect(await contracts()).toEqual(before);
});

test("a build that fails on a reference table leaves nothing that could be published", async () => {
  const councils = join(world.folder, "reference/councils.csv");
  const good = readFileSync(councils);
  rmSync(councils);
  await expect(world.build()).rejects.toThrow();
  await expect(world.publish()).rejects.toThrow("did not come to its end");
  writeFileSync(councils, good);
  expect(await world.build()).toBe(0);
});

test("fault 29: a published Parquet file with a flipped bit is made again when it is the newest, and never placed on a site", async () => {
  expect(await world.publish()).toBe(0);
  const {version} = world.releases.latest()!;
  const path = join(world.releases.path(version), "contracts.parquet");
  flip(path, 200);
  expect(checksumFaults(world.releases.path(version))).toEqual([
    "contracts.parquet has other bytes than when it was released"
  ]);
  expect(await world.publish()).toBe(0);
  expect(world.releases.latest()!.version).toBe(version);
  expect(checksumFaults(world.releases.path(version))).toEqual([]);

  const earlier = world.releases.list()[0]!.version;
  const csv = join(world.releases.path(earlier), "contracts.csv");
  const good = readFileSync(csv);
  flip(csv, 200);
  const site = join(world.folder, "placed");
  mkdirSync(site);
  expect(() => placeReleases(world.releases.folder, site)).toThrow(
    `version ${earlier}: contracts.csv has other bytes than when it was released. Put its folder back from a backup`
  );
  writeFileSync(csv, good);
});

test("fault 39: red at the last step leaves the release folder and the site as they were, and says why", async () => {
  expect(await world.publish()).toBe(0);
  const before = world.visible();
  const bad = awards(90, "2024-06", 1000).map((release, i) => (i < 54 ? {...release, date: "yesterday"} : release));
  await world.import("bad.json", bad); // 60 % of them
  expect(await world.build()).toBe(0);
  expect(await world.publish()).toBe(1);
  expect(world.visible()).toEqual(before);
  expect(world.status).toMatchObject({level: "red", published_version: world.releases.latest()!.version});
  expect(world.status.outcome).toContain(
    "nothing was published: rejects, contracts-finder: 54 of 90 new releases were rejected (60.0 %); at most 10.0 % may be"
  );
  expect(world.status.outcome).toContain("--accept rejects:contracts-finder");
  const written = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  await printStatus({data: world.data, json: true});
  const words = written.mock.calls.map(([text]) => String(text)).join("");
  written.mockRestore();
  expect((JSON.parse(words) as {last_attempt: unknown}).last_attempt).toEqual(world.status); // programs are told the same
});

test("fault 23: what a person has looked at is published, and stands in the status as accepted", async () => {
  expect(await world.publish(["rejects:contracts-finder"])).toBe(0);
  expect(world.status.gates.find(({gate}) => gate === "rejects")).toMatchObject({level: "red", is_accepted: true});
});

test("a publication that was fetched once and not looked for in five weeks is published with a banner, and its fetch stands in the status", async () => {
  const id = "children-in-need";
  const at = new Date(world.now.getTime() - 36 * 86_400_000).toISOString();
  const run = openRun(
    new Archive(world.data),
    id,
    {from: "2024-05-07", until: "2024-05-07", base: "https://example.org"},
    new Date(at)
  );
  run.close({...NOTHING_NEW, state: "complete"}, new Date(at));
  expect(await world.publish(["rejects:contracts-finder"])).toBe(0);
  expect(world.status.gates.find(({gate, subject}) => gate === "freshness" && subject === id)).toMatchObject({
    level: "amber",
    because: "last fetched whole 36.0 days ago, on 2024-05-07; 35 are normal"
  });
  expect(world.status.sources.find(({source_id}) => source_id === id)).toMatchObject({
    kind: "publication",
    state: "complete",
    last_success_at: at
  });
});

test("fault 24: a key that nobody knows is accepted and reported, a type that changed is rejected with its place", async () => {
  const [one, two] = awards(2, "2024-07");
  await world.import("drift.json", [
    {...one, sustainability: {hasSocial: true}},
    {...two, awards: [{id: 1, value: {amount: "12,000"}}]}
  ]);
  await world.build();
  await world.publish(["rejects"]);
  const source = world.status.sources.find(({source_id}) => source_id === "contracts-finder")!;
  expect(source).toMatchObject({drift_keys: 1, rejects: 55}); // 54 of the bad file and one here
});

test("fault 40: while one site takes another's place, a reader gets the whole old or the whole new", async () => {
  const site = join(world.folder, "swapped");
  const put = (content: string): void => {
    mkdirSync(`${site}-next`);
    writeFileSync(join(`${site}-next`, "manifest.txt"), content.repeat(200_000));
    swap(`${site}-next`, site);
  };
  put("a");
  const server = await serveSite({root: site, port: 0, host: "127.0.0.1"});
  const got = new Set<string>();
  let isDone = false;
  const reading = (async () => {
    while (!isDone) {
      const response = await fetch(`${server.url}/manifest.txt`);
      const text = await response.text();
      got.add(
        response.status === 200 && text.length === 200_000 && text === text[0]!.repeat(200_000)
          ? text[0]!
          : `${response.status} ${text.length}`
      );
    }
  })();
  for (let i = 0; i < 30; i += 1) {
    put(i % 2 === 0 ? "b" : "a");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  isDone = true;
  await reading;
  await server.close();
  expect([...got].sort()).toEqual(["a", "b"]);
});

test("only raw is left: everything else comes back, to the last digit", async () => {
  expect(await world.publish(["rejects"])).toBe(0);
  const before = {contracts: await contracts(), version: world.releases.latest()!.version};
  for (const name of readdirSync(world.data).filter((entry) => entry !== "raw"))
    rmSync(join(world.data, name), {recursive: true});
  rmSync(join(world.folder, "src"), {recursive: true});
  mkdirSync(join(world.folder, "src"));
  expect(await world.build()).toBe(0);
  expect(await world.publish(["rejects"])).toBe(0);
  expect({contracts: await contracts(), version: world.releases.latest()!.version}).toEqual(before);
});
