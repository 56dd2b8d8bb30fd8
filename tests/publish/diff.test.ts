import {cpSync, readFileSync, rmSync, statSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {diffReleases} from "../../pipeline/publish/diff.ts";
import {Releases} from "../../pipeline/publish/releases.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {releaseOf, worldOf} from "../warehouse/world.ts";
import {newFolder, publishInto} from "./released.ts";

// Two releases of a SYNTHETIC world: the second has one contract more, and one whose value was wrong.

const folder = newFolder();
const path = (version: string): string => join(folder, "release", version);
const five = ["a", "b", "c", "d", "e"].map((name) => releaseOf({ocid: `ocds-synth0-${name}`, amount: 100_000}));
let before: string;
let after: string;

beforeAll(async () => {
  const first = await worldOf(five);
  before = (await publishInto(first, folder)).version;
  first.close();
  const second = await worldOf([
    ...five.slice(1),
    releaseOf({ocid: "ocds-synth0-a", amount: 250_000}),
    releaseOf({ocid: "ocds-synth0-f", amount: 50_000})
  ]);
  after = (await publishInto(second, folder)).version;
  second.close();
}, 600_000);
afterAll(() => rmSync(folder, {recursive: true, force: true}));

test("rows, totals and councils that changed are named with the figure before and after", async () => {
  const sentences = await diffReleases(path(before), path(after));
  expect(sentences).toContain("contracts: 6 rows now, 1 new, 1 changed.");
  // 5 x £100,000; then 4 x £100,000 + £250,000 + £50,000.
  expect(sentences).toContain("Contracts that count: 5 worth £500,000 before, 6 worth £700,000 now.");
  expect(sentences.find((line) => /council with other contract scale/.test(line))).toMatch(/^1 council /);
});

test("the other way round what was new is gone", async () => {
  expect(await diffReleases(path(after), path(before))).toContain("contracts: 5 rows now, 1 gone, 1 changed.");
});

test("a release beside itself has not changed", async () => {
  expect(await diffReleases(path(after), path(after))).toEqual(["Nothing changed."]);
});

test("a rule that decides otherwise is named with how often it did", async () => {
  const changed = join(folder, "changed");
  cpSync(path(after), changed, {recursive: true});
  const reader = await Warehouse.openFile(":memory:");
  await reader.writeParquet(
    `select * replace ('SYNTHETIC rule' as value_kind_rule) from '${join(path(after), "contracts.parquet")}'`,
    join(changed, "contracts.parquet")
  );
  reader.close();
  const line = (await diffReleases(path(after), changed)).find((sentence) =>
    /^contracts\.value_kind_rule/.test(sentence)
  );
  expect(line).toContain('"SYNTHETIC rule" decides 6, before 0');
});

test("a column that went is said first, with the versions of the schema", async () => {
  const changed = join(folder, "renamed");
  cpSync(path(after), changed, {recursive: true});
  const schema = JSON.parse(readFileSync(join(changed, "schema.json"), "utf8"));
  const renamed = JSON.stringify(schema).replace('"value_gbp"', '"value_in_pounds"');
  rmSync(join(changed, "schema.json"));
  writeFileSync(join(changed, "schema.json"), renamed);
  const [first] = await diffReleases(path(after), changed);
  expect(first).toMatch(/^The schema went from .*contracts\.value_gbp is gone or has another name/);
});

test("the difference is the release's note, and the first version says that it is one", () => {
  const [first, second] = new Releases(join(folder, "release")).list();
  expect(first!.note).toEqual(["First version."]);
  expect(second!.note).toContain("contracts: 6 rows now, 1 new, 1 changed.");
});

test("files that two versions have alike are on the disk once, and stay what each version was released with", () => {
  const inode = (version: string, file: string): number => statSync(join(path(version), file)).ino;
  expect(inode(after, "councils.parquet")).toBe(inode(before, "councils.parquet"));
  expect(inode(after, "contracts.parquet")).not.toBe(inode(before, "contracts.parquet"));
});
