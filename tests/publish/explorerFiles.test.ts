import {mkdirSync, mkdtempSync, readdirSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {writeExplorerFiles} from "../../pipeline/publish/explorerFiles.ts";
import {type SiteServer, serveSite} from "../../pipeline/site/serve.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {Contracts} from "../../src/browser/explorer/contracts.ts";
import {type ContractRecord, contractHtml} from "../../src/browser/explorer/contractView.ts";
import {readWhole, rowsOf} from "../../src/browser/explorer/parquet.ts";
import {NOTHING_ASKED, type Query} from "../../src/browser/explorer/query.ts";
import {contractFile} from "../../src/components/explorerIndex.ts";

// SYNTHETIC contracts written as publish writes them, served over HTTP, and searched by what the browser runs.

const folder = mkdtempSync(join(tmpdir(), "explorer-"));
const MANY = 1_000; // of one council: four listing files
let server: SiteServer;
let contracts: Contracts;

beforeAll(async () => {
  const warehouse = await Warehouse.openFile(":memory:");
  const release = join(folder, "release");
  await warehouse.run(`create table contracts as
    select * from (values
      ('a000000000000001', 'Repairs to Ÿnys schools', 'E1', 'education', 'contract', 300.10, 100.10, date '2020-05-01', null, null),
      ('a000000000000002', 'School meals', 'E1', 'education', 'framework-ceiling', 9000000, 3000000, date '2021-05-01', 'framework-ceiling', null),
      ('a000000000000003', null, 'E1', 'environmental', 'call-off', 200.20, 200.20, date '2022-05-01', null, null),
      ('b000000000000004', 'School meals again', 'E1', 'education', 'contract', 300.10, 100.10, date '2020-05-01', 'duplicate', 'a000000000000001'),
      ('c000000000000005', 'Old school roof', null, 'capital-works', 'contract', 50, 50, date '2020-06-01', 'not one council''s', null)
    ) as t(contract_id, title, council_gss, service_line, value_kind, value_gbp, annual_value_gbp, published_on, left_out_because, duplicate_of)
    union all
    select lpad(range::varchar, 16, '0'), 'SYNTHETIC number ' || range, 'E2', 'planning', 'contract', range, range, date '2023-01-01' + (range % 300)::integer, null, null
    from range(1, ${MANY + 1})`);
  await warehouse.run(`create table suppliers as
    select * from (values
      ('a000000000000001', 's1', 'Smith & Sons Ltd', false), ('a000000000000001', 's2', null, true),
      ('a000000000000003', 's3', 'Roofing of Ash', false)
    ) as t(contract_id, supplier_id, supplier_name, is_natural_person)`);
  mkdirSync(release);
  await warehouse.writeParquet(
    `select *, 'SYNTHETIC cleaning' as cpv_label, 'SYNTHETIC buyer' as buyer_name, date '2020-01-01' as starts_on, date '2021-01-01' as ends_on,
       'a-register' as register_id, 'https://example.org/' || contract_id as notice_url from contracts`,
    join(release, "contracts.parquet")
  );
  await warehouse.writeParquet(
    `select *, null::varchar as identifier_scheme, null::varchar as identifier, null::varchar as supplier_gss, 'unknown' as reach,
       null::boolean as is_sme, null::boolean as is_vcse from suppliers`,
    join(release, "contract-suppliers.parquet")
  );
  warehouse.close();
  await writeExplorerFiles(release, join(folder, "site/explorer"), {version: "2025-01-01-0a1b2c3d"});
  server = await serveSite({root: join(folder, "site"), port: 0, host: "127.0.0.1"});
  contracts = await Contracts.open(`${server.url}/explorer/`);
}, 600_000);

afterAll(async () => {
  await server?.close();
  rmSync(folder, {recursive: true, force: true});
});

async function found(query: Partial<Query>): Promise<string[]> {
  const rows = await contracts.find({...NOTHING_ASKED, ...query});
  return (await contracts.read(rows)).map(({contract_id}) => contract_id);
}

test("a council's rows come latest first, every one in place, and reading them takes no filter", async () => {
  expect(await found({council: "E1"})).toEqual([
    "a000000000000003",
    "a000000000000002",
    "a000000000000001",
    "b000000000000004"
  ]);
  expect(await found({council: "none"})).toEqual(["c000000000000005"]);
  expect(await found({council: "E9"})).toEqual([]);
  const all = await found({council: "E2"});
  expect([all.length, new Set(all).size]).toEqual([MANY, MANY]);
});

test("filters add to one another", async () => {
  expect(await found({service: "education", year: "2020"})).toEqual(["a000000000000001", "b000000000000004"]);
  expect(await found({service: "education", year: "2020", counted: true})).toEqual(["a000000000000001"]);
  expect(await found({kind: "framework-ceiling"})).toEqual(["a000000000000002"]);
  expect(await found({register: "another-register"})).toEqual([]);
});

test("words are found by their beginnings, without accents, in any order, and by CPV where there is no title", async () => {
  expect(await found({title: "school REPAIRS"})).toEqual(["a000000000000001"]);
  expect(await found({title: "ynys"})).toEqual(["a000000000000001"]);
  expect(await found({title: "chool"})).toEqual([]);
  expect(await found({title: "cleaning", council: "E1"})).toEqual(["a000000000000003"]);
  expect(await found({title: "school", council: "none"})).toEqual(["c000000000000005"]);
});

test("a two-letter word is found whole, so that it does not stand for every word that it begins", async () => {
  expect(await found({supplier: "of"})).toEqual(["a000000000000003"]);
  expect(await found({supplier: "sm"})).toEqual([]);
  expect(await found({supplier: "smi"})).toEqual(["a000000000000001"]);
});

test("size is of rows that count: a ceiling has none, is outside every size filter, and comes last", async () => {
  expect(await found({council: "E1", least: 100.1, most: 250})).toEqual(["a000000000000003", "a000000000000001"]);
  expect(await found({council: "E1", least: 1_000_000})).toEqual([]);
  expect(await found({council: "E1", order: "largest"})).toEqual([
    "a000000000000003",
    "a000000000000001",
    "a000000000000002",
    "b000000000000004"
  ]);
  expect((await found({council: "E2", order: "largest"})).slice(0, 2)).toEqual([
    "0000000000001000",
    "0000000000000999"
  ]);
});

test("a total holds what counts and nothing else: no ceiling, no duplicate", async () => {
  const rows = await contracts.find({...NOTHING_ASKED, council: "E1"});
  expect(await contracts.total(rows)).toEqual({counted: 2, left_out: 2, value_gbp: 500.3}); // 300.10 + 200.20
});

test("a name that may be a person's stands in no file of the explorer", async () => {
  const [row] = await contracts.read((await contracts.find({...NOTHING_ASKED, title: "repairs"})).slice(0, 1));
  expect(row?.supplier_names).toBe("Smith & Sons Ltd; name withheld, may be a person");
});

test("one contract is found by the first digits of its id, with its suppliers and what points at it", async () => {
  const {contract_digits: digits} = contracts.index;
  expect(digits).toBe(1); // 1,005 rows in files of 256 at most on average
  const id = "a000000000000001";
  const columns = await readWhole(`${server.url}/explorer/${contractFile(id.slice(0, digits))}`);
  const row = rowsOf<ContractRecord>(columns!).find(({contract_id}) => contract_id === id)!;
  expect(row.duplicates).toBe("b000000000000004");
  const html = contractHtml(row, {root: "/", version: "2025-01-01-0a1b2c3d", meaningOf: () => null});
  expect(html).toContain("Smith &#38; Sons Ltd");
  expect(html).toContain("name withheld: it may be a person’s");
  expect(html).toContain('href="https&#58;//example.org/a000000000000001"');
  expect(html).toContain("published once more, and is counted once");
  expect(await readWhole(`${server.url}/explorer/${contractFile("f")}`)).toBeNull();
});

test("nothing but the promised files is left in the folder", () => {
  expect(readdirSync(join(folder, "site/explorer")).sort()).toEqual([
    "contract",
    "facts",
    "index.json",
    "listing",
    "words"
  ]);
});
