import {spawnSync} from "node:child_process";
import {cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {Archive} from "../../pipeline/archive/archive.ts";
import {redacted} from "../../pipeline/archive/redact.ts";
import {build} from "../../pipeline/commands/build.ts";
import {IN_REPOSITORY, type Surroundings} from "../../pipeline/commands/command.ts";
import {forget, forgetOptions} from "../../pipeline/commands/forget.ts";
import {importFiles} from "../../pipeline/commands/import.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {releaseOf} from "../warehouse/world.ts";

const PERSON = "Mrs Jane Q. Testperson";
const person = {
  id: "s0",
  name: "Mrs  Jane Q. Testperson", // two spaces, as registers write
  roles: ["supplier"],
  identifier: {scheme: "GB-XYZ", id: "QQ123456C"},
  address: {streetAddress: "1 Synthetic Lane", locality: "Leeds", postalCode: "LS1 4AP"},
  contactPoint: {name: "Jane", email: "jane@example.invalid", telephone: "0113 496 0000"}
};

test("a page without a person keeps everything else, and every number its digits", () => {
  const page = `{"releases":[{"ocid":"a","value":{"amount":1e3,"x": 12.50},"title":"Care by ${PERSON.toUpperCase()} at home","parties":[${JSON.stringify(person)}]},{"ocid":"b","title":"Roads","parties":[{"name":"Other Ltd","address":{"locality":"Leeds"}}]}]}`;
  const {text} = redacted(page, [PERSON]);
  expect(text).not.toMatch(/Testperson|Synthetic Lane|LS1 4AP|jane@|0113|QQ123456C/i);
  expect(text).toContain('"amount":1e3,"x": 12.50');
  expect(text).toContain('"title":"Roads"');
  expect(text).toContain('"name":"Other Ltd","address":{"locality":"Leeds"}');
  expect(JSON.parse(text)).toMatchObject({releases: [{parties: [{name: "Natural person (withheld)"}]}, {ocid: "b"}]});
});

test.each([
  ["no key", "Jane", "why", "neither the SHA-256"],
  ["no reason", "a".repeat(64), undefined, "say why with --reason"]
])("%s is wrong usage", (_name, key, reason, sentence) => {
  expect(() => forgetOptions(key, {data: "x", ...(reason === undefined ? {} : {reason})})).toThrow(sentence);
});

let folder: string;
let around: Surroundings;
const data = () => join(folder, "data");
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "contract-scale-forget-"));
  cpSync(IN_REPOSITORY.reference, join(folder, "reference"), {recursive: true});
  around = {
    now: () => new Date("2025-03-01T10:00:00Z"),
    random: () => 0.5,
    siteUrl: null,
    contact: "",
    places: {...IN_REPOSITORY, reference: join(folder, "reference")}
  };
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

const everyByteOf = (path: string): string =>
  readdirSync(path, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"))
    .join("\n");

test("a person who is forgotten is in no byte of the data folder, the page stays without, and the bytes do not come back", async () => {
  const named = {...releaseOf({ocid: "ocds-synth0-p", title: "SYNTHETIC words kept"}), parties: [person]};
  (named as unknown as {awards: {suppliers: unknown}[]}).awards[0]!.suppliers = [{id: "s0", name: person.name}];
  const path = join(folder, "page.json");
  writeFileSync(
    path,
    JSON.stringify({releases: [named, releaseOf({ocid: "ocds-synth0-o", title: "SYNTHETIC other"})]})
  );
  expect(await importFiles(around, "contracts-finder", [path], {data: data(), jobs: 1})).toBe(0);
  await build(around, {data: data(), snapshot: false, jobs: 1});
  const before = await Warehouse.open(data(), {readOnly: true});
  const [row] = await before.rows<{supplier_id: string}>(
    "select supplier_id from core.contract_suppliers where is_natural_person"
  );
  before.close();
  expect(everyByteOf(data())).toContain("Testperson");

  expect(await forget(around, forgetOptions(row!.supplier_id, {data: data(), reason: "SYNTHETIC request"}))).toBe(0);
  expect(everyByteOf(data())).not.toMatch(/Testperson|Synthetic Lane|jane@example/i);
  expect(readFileSync(join(folder, "reference/takedowns.csv"), "utf8")).toContain(
    `supplier,${row!.supplier_id},2025-03-01,SYNTHETIC request`
  );
  const archive = new Archive(data());
  expect(archive.files("contracts-finder")).toHaveLength(1);
  expect(await importFiles(around, "contracts-finder", [path], {data: data(), jobs: 1})).toBe(1); // the same bytes again
  await build(around, {data: data(), snapshot: false, jobs: 1});
  const after = await Warehouse.open(data(), {readOnly: true});
  expect(await after.rows("select ocid, title from core.contracts order by ocid")).toEqual([
    {ocid: "ocds-synth0-o", title: "SYNTHETIC other"},
    {ocid: "ocds-synth0-p", title: "SYNTHETIC words kept"}
  ]);
  after.close();
  expect(everyByteOf(data())).not.toMatch(/Testperson/i);
}, 180_000);

test("bytes that are forgotten leave a tombstone and a takedown, once however often they are forgotten", async () => {
  const archive = new Archive(data());
  const {file} = archive.store("contracts-finder", Buffer.from('{"releases":[]}'), "x", new Date());
  const options = forgetOptions(file.sha256, {data: data(), reason: "SYNTHETIC request"});
  await forget(around, options);
  await forget(around, options);
  expect(existsSync(join(data(), "raw/contracts-finder", file.sha256))).toBe(false);
  expect(new Archive(data()).files("contracts-finder")).toEqual([]);
  expect(readFileSync(join(data(), "raw/contracts-finder/forgotten.jsonl"), "utf8").trim().split("\n")).toHaveLength(1);
  expect(readFileSync(join(folder, "reference/takedowns.csv"), "utf8").match(/bytes,/g)).toHaveLength(1);
});

test("bytes whose tombstone was written before a kill are gone after the next run", () => {
  const archive = new Archive(data());
  const {file} = archive.store("r", Buffer.from("words"), "x", new Date());
  writeFileSync(
    join(data(), "raw/r/forgotten.jsonl"),
    `${JSON.stringify({sha256: file.sha256, forgotten_at: "2025-03-01T10:00:00Z", reason: "why", replaced_by: null})}\n`
  );
  new Archive(data()).sweep("r");
  expect(existsSync(join(data(), "raw/r", file.sha256))).toBe(false);
});

test("names of files and words of registers cannot command a terminal", () => {
  const path = join(folder, "\u001b]0;owned\u0007\u001b[31m\u202eevil.json");
  writeFileSync(path, '{"\u001b[2Jkey":1}');
  const {stdout, stderr, status} = spawnSync(
    process.execPath,
    ["--import", "tsx", "pipeline/cli.ts", "import", "contracts-finder", path, "--data", data()],
    {cwd: IN_REPOSITORY.siteRoot, encoding: "utf8"}
  );
  expect(status).toBe(1);
  expect(stderr).toContain("\\u001b]0;owned\\u0007\\u001b[31m\\u202eevil.json");

  expect(stdout + stderr).not.toMatch(/[^\P{Cc}\n\t]|[\u202a-\u202e]/u);
}, 30_000);
