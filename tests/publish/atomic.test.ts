import {existsSync, mkdirSync, renameSync, rmSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test, vi} from "vitest";
import {Releases} from "../../pipeline/publish/releases.ts";
import type {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {releaseOf, worldOf} from "../warehouse/world.ts";
import {fingerprints, newFolder, publishInto} from "./released.ts";

vi.setConfig({testTimeout: 60_000, hookTimeout: 120_000}); // a machine may be busy; nothing here is about time

const folder = newFolder();
let old: Warehouse;
let changed: Warehouse;
let before: Record<string, string>;

beforeAll(async () => {
  old = await worldOf([releaseOf({ocid: "ocds-synth0-a"})]);
  changed = await worldOf([releaseOf({ocid: "ocds-synth0-a", amount: 730_000})]);
  await publishInto(old, folder);
  before = visible();
}, 600_000);
afterAll(() => {
  old.close();
  changed.close();
  rmSync(folder, {recursive: true, force: true});
});

/** What a reader can reach: everything but the folders that are being written. */
const visible = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fingerprints(folder)).filter(
      ([path]) => !path.startsWith("release/next/") && !path.startsWith("src/.next/")
    )
  );

/** The same warehouse, whose n-th question fails as a full disk or a killed process would. */
function failingAt(warehouse: Warehouse, n: number): {readonly failing: Warehouse; readonly asked: () => number} {
  let asked = 0;
  const failing = new Proxy(warehouse, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return (...words: unknown[]) => {
        asked += 1;
        if (asked === n) throw new Error(`failed at question ${n}`);
        return Reflect.apply(member, target, words) as unknown;
      };
    }
  });
  return {failing, asked: () => asked};
}

test("a failure anywhere in the middle leaves the old release and the old pages as they were", async () => {
  const counting = failingAt(changed, -1);
  await publishInto(counting.failing, newFolder());
  const steps = counting.asked();
  expect(steps).toBeGreaterThan(50);
  for (let n = 1; n <= steps; n += Math.ceil(steps / 12)) {
    const {failing} = failingAt(changed, n);
    await expect(publishInto(failing, folder), `at ${n}`).rejects.toThrow(`failed at question ${n}`);
    expect(visible(), `at ${n}`).toEqual(before);
  }
}, 600_000);

test("a page that cannot be made leaves everything as it was", async () => {
  const site = {
    generatedPages: () => {
      throw new Error("no page");
    },
    redirects: () => []
  };
  await expect(publishInto(changed, folder, {site})).rejects.toThrow("no page");
  expect(visible()).toEqual(before);
});

test("after failures a run completes, and the earlier version is still there, byte for byte", async () => {
  const {version, note} = await publishInto(changed, folder);
  const after = visible();
  const kept = Object.keys(before).filter((path) => /^release\/\d/.test(path));
  expect(kept.length).toBeGreaterThan(50);
  for (const path of kept) expect(after[path], path).toBe(before[path]);
  expect(after["release/latest"]).toBe(`-> ${version}`);
  expect(note).toContain("Contracts that count: 1 worth £365,000 before, 1 worth £730,000 now.");
  expect(new Releases(join(folder, "release")).list()).toHaveLength(2);
});

test("an earlier version that went missing is missed, not dropped", async () => {
  const releases = new Releases(join(folder, "release"));
  const [first] = releases.list();
  renameSync(releases.path(first!.version), join(folder, "elsewhere"));
  const again = await worldOf([releaseOf({ocid: "ocds-synth0-a", amount: 1_095_000})]);
  await expect(publishInto(again, folder)).rejects.toThrow(`earlier versions would be dropped: ${first!.version}`);
  again.close();
  renameSync(join(folder, "elsewhere"), releases.path(first!.version));
});

test("a run that was killed while it put a version back finishes on the next one", () => {
  const releases = new Releases(join(folder, "release"));
  const [first] = releases.list();
  renameSync(releases.path(first!.version), `${releases.path(first!.version)}.old`);
  mkdirSync(join(folder, "release", "next"), {recursive: true});
  releases.stage();
  expect(existsSync(releases.path(first!.version))).toBe(true);
});
