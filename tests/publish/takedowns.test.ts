import {existsSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {parse} from "csv-parse/sync";
import {afterAll, beforeAll, expect, test, vi} from "vitest";
import {checksumFaults, filesIn} from "../../pipeline/publish/checksums.ts";
import {readManifest} from "../../pipeline/publish/release.ts";
import {Releases} from "../../pipeline/publish/releases.ts";
import {reproduce} from "../../pipeline/publish/reproduce.ts";
import {readTakedowns, type Takedown} from "../../pipeline/publish/takedowns.ts";
import type {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {releaseOf, worldOf} from "../warehouse/world.ts";
import {newFolder, publishInto} from "./released.ts";

vi.setConfig({testTimeout: 60_000, hookTimeout: 120_000}); // a machine may be busy; nothing here is about time

const folder = newFolder();
const list = join(folder, "takedowns.csv");
const release = (version: string): string => join(folder, "release", version);
const rows = (version: string, table: string) =>
  parse(readFileSync(join(release(version), `${table}.verbatim.csv`)), {columns: true}) as Record<string, string>[];

let warehouse: Warehouse;
let first: string;
let second: string;
let contractId: string;

beforeAll(async () => {
  warehouse = await worldOf([
    releaseOf({
      ocid: "ocds-synth0-a",
      title: "SYNTHETIC words one",
      suppliers: ["SYNTHETIC Withdrawn Ltd", "SYNTHETIC Other Ltd"]
    }),
    releaseOf({
      ocid: "ocds-synth0-b",
      title: "SYNTHETIC words two",
      suppliers: ["SYNTHETIC Other Ltd", "SYNTHETIC Solitary Ltd"] // the second holds no other contract
    })
  ]);
  first = (await publishInto(warehouse, folder)).version;
  contractId = rows(first, "contracts").find(({ocid}) => ocid === "ocds-synth0-b")!.contract_id!;
  const supplier = rows(first, "contract-suppliers").find(
    ({supplier_name}) => supplier_name === "SYNTHETIC Withdrawn Ltd"
  );
  const takedowns: Takedown[] = [
    {
      kind: "supplier",
      key: supplier!.supplier_id!,
      decided_on: "2025-02-01",
      reason: "SYNTHETIC objection",
      lifted_on: null
    },
    {
      kind: "contract",
      key: contractId,
      decided_on: "2025-02-02",
      reason: "SYNTHETIC error of the register",
      lifted_on: null
    }
  ];
  writeFileSync(
    list,
    `kind,key,decided_on,reason\n${takedowns.map(({lifted_on, ...one}) => Object.values(one).join(",")).join("\n")}\n`
  );
  second = (await publishInto(warehouse, folder, {takedowns: readTakedowns(list)})).version;
}, 600_000);
afterAll(() => {
  warehouse.close();
  rmSync(folder, {recursive: true, force: true});
});

test("what is taken down is in no file of any version, in no form", () => {
  for (const version of [first, second])
    for (const path of filesIn(release(version))) {
      const bytes = readFileSync(join(release(version), path), "latin1");
      expect(bytes.includes("Withdrawn"), `${version} ${path}`).toBe(false);
      expect(bytes.includes("Solitary"), `${version} ${path}`).toBe(false);
      expect(bytes.includes("words two"), `${version} ${path}`).toBe(false);
    }
});

test("what is not taken down stays, and so does every figure", () => {
  for (const version of [first, second]) {
    expect(
      rows(version, "contracts")
        .map(({title, value_gbp}) => [title, value_gbp])
        .sort()
    ).toEqual([
      ["", "365000.00"],
      ["SYNTHETIC words one", "365000.00"]
    ]);
    expect(
      rows(version, "contract-suppliers")
        .map(({supplier_name}) => supplier_name)
        .sort()
    ).toEqual(["", "", "", "SYNTHETIC Other Ltd"]);
    // A supplier whose only contract is taken down goes with it; one that holds another contract stays.
    expect(
      rows(version, "suppliers")
        .map(({supplier_id, supplier_name}) => (supplier_id === "withheld" ? supplier_id : supplier_name))
        .sort()
    ).toEqual(["SYNTHETIC Other Ltd", "withheld", "withheld"]);
  }
  expect(rows(second, "council-scale")).toEqual(rows(first, "council-scale"));
});

test("the earlier version keeps its name and says what was done to it; its checksums are those of its new bytes", async () => {
  expect(second).not.toBe(first);
  expect(readManifest(release(first)).notices.map(({text}) => text)).toEqual([
    "The name and identifiers of one supplier are withheld since 2025-02-01: SYNTHETIC objection. No figure has changed.",
    "The words of one contract are withheld since 2025-02-02: SYNTHETIC error of the register. No figure has changed."
  ]);
  expect(readManifest(release(second)).notices).toEqual([]);
  expect(checksumFaults(release(first))).toEqual([]);
  expect((await reproduce(release(first))).faults).toEqual([]);
  const feed = readFileSync(join(folder, "release", "feed.xml"), "utf8");
  expect(feed.match(/<category term="correction"\/>/g)).toHaveLength(2);
  expect(new Releases(join(folder, "release")).list()[0]!.notices).toHaveLength(2);
});

test("a takedown that was carried out is not carried out again", async () => {
  const again = await publishInto(warehouse, folder, {takedowns: readTakedowns(list)});
  expect(again).toMatchObject({version: second, reissued: []});
});

test("bytes that are taken down withhold the words of every row read from them", async () => {
  const sha256 = "a".repeat(64);
  const other = newFolder();
  await warehouse.run(
    "create or replace table core.contracts as select * replace ($sha256 as raw_sha256) from core.contracts",
    {sha256}
  );
  const {version} = await publishInto(warehouse, other, {
    takedowns: [{kind: "bytes", key: sha256, decided_on: "2025-02-03", reason: "SYNTHETIC", lifted_on: null}]
  });
  const path = join(other, "release", version);
  const read = (table: string) =>
    parse(readFileSync(join(path, `${table}.verbatim.csv`)), {columns: true}) as Record<string, string>[];
  expect(read("contracts").map(({title}) => title)).toEqual(["", ""]);
  expect(read("contract-suppliers").map(({supplier_name}) => supplier_name)).toEqual(["", "", "", ""]);
  expect(read("suppliers").map(({supplier_name, supplier_id}) => [supplier_name, supplier_id])).toEqual(
    Array(3).fill(["", "withheld"])
  );
  expect(read("contracts").map(({value_gbp}) => value_gbp)).toEqual(["365000.00", "365000.00"]);
  rmSync(other, {recursive: true, force: true});
});

test.each([
  ["an unknown kind", "person,0011223344556677,2025-02-01,objection", "kind"],
  [
    "a name in place of an identifier",
    "supplier,Somebody Ltd,2025-02-01,objection",
    "a supplier or contract is 16 hexadecimal digits"
  ],
  ["a day that is none", "supplier,0011223344556677,1 February,objection", "decided_on"],
  ["no reason", "supplier,0011223344556677,2025-02-01,", "reason"]
])("a takedown with %s is refused with its line, never passed over", (_name, line, words) => {
  const path = join(folder, "wrong.csv");
  writeFileSync(path, `kind,key,decided_on,reason\n${line}\n`);
  expect(() => readTakedowns(path)).toThrow(words);
  expect(() => readTakedowns(path)).toThrow("line 2");
});

test.each(["", "key,reason\n", "kind;key;decided_on;reason\n", "\ufffd\ufffdk\0"])(
  "a list that was emptied or is no such list, %j, is refused: it is not a list of nobody",
  (text) => {
    const path = join(folder, "emptied.csv");
    writeFileSync(path, text);
    expect(() => readTakedowns(path)).toThrow(`${path} begins`);
  }
);

test("a list that a spreadsheet has saved, with a byte-order mark and CR LF, is read", () => {
  const path = join(folder, "saved.csv");
  writeFileSync(path, "\ufeffkind,key,decided_on,reason\r\nsupplier,0011223344556677,2025-02-01,objection\r\n");
  expect(readTakedowns(path)).toHaveLength(1);
});

test("a takedown that the list has lost stops the publication: nobody who was withheld comes back", async () => {
  await expect(publishInto(warehouse, folder, {takedowns: []})).rejects.toThrow(
    `takedowns.csv no longer has supplier `
  );
});

test("no list is no takedown", () => {
  expect(existsSync(join(folder, "none.csv"))).toBe(false);
  expect(readTakedowns(join(folder, "none.csv"))).toEqual([]);
});

test("a takedown that was lifted is in force no more, its line stays, and earlier versions stay without the words", async () => {
  const before = readFileSync(list, "utf8").trimEnd().split("\n");
  const lines = before.map((line, i) => (i === 0 ? `${line},lifted_on` : i === 1 ? `${line},2025-03-01` : `${line},`));
  writeFileSync(join(folder, "lifted.csv"), `${lines.join("\n")}\n`);
  const takedowns = readTakedowns(join(folder, "lifted.csv"));
  expect(takedowns.map(({lifted_on}) => lifted_on)).toEqual(["2025-03-01", null]);
  const more: Takedown = {...takedowns[1]!, key: "0011223344556677", decided_on: "2025-03-02"};
  const {version} = await publishInto(warehouse, folder, {takedowns: [...takedowns, more]});
  const named = (of: string) => rows(of, "contract-suppliers").map(({supplier_name}) => supplier_name);
  expect(named(version)).toContain("SYNTHETIC Withdrawn Ltd");
  expect(named(version)).not.toContain("SYNTHETIC Solitary Ltd"); // the other takedown holds
  for (const earlier of [first, second].filter((one) => one !== version)) {
    expect(named(earlier)).not.toContain("SYNTHETIC Withdrawn Ltd");
    expect(readManifest(release(earlier)).withheld).toHaveLength(3);
    expect(JSON.stringify(readManifest(release(earlier)).notices)).toContain("Lifted on 2025-03-01");
  }
});
