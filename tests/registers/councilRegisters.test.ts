import {readFileSync} from "node:fs";
import {join} from "node:path";
import {afterEach, expect, test} from "vitest";
import {recognise} from "../../pipeline/formats/recognise.ts";
import {stageReleases} from "../../pipeline/ocds/stage.ts";
import {readDay, readMoney} from "../../pipeline/registers/council-registers/cells.ts";
import {registerLinks} from "../../pipeline/registers/council-registers/links.ts";
import councilRegisters from "../../pipeline/registers/council-registers.ts";
import {readRegisterFile} from "../../pipeline/registers/register.ts";
import {DataFolder} from "../faults/world.ts";
import {ROOT} from "../house/imports.ts";
import {type RegisterServer, startRegisterServer} from "../register-server/registerServer.ts";

const about = {gss: "E07000147", name: "SYNTHETIC District Council"};
const staged = (content: string | Uint8Array, owner: typeof about | null = about) => {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const {bodies} = readRegisterFile(councilRegisters, recognise(bytes), {
    origin: "https://council.invalid/contracts",
    about: owner ?? undefined,
    received_at: "2024-06-10T12:00:00Z"
  });
  return stageReleases(bodies, {register_id: "council-registers", raw_sha256: "0"}, () => null);
};
const fixture = (name: string) => readFileSync(join(ROOT, "tests/fixtures/council-registers", name));
const pageNamed = (name: string) => readFileSync(join(ROOT, "tests/register-server/pages", name));

test("the Local Government Association's numbered columns: money, dates, CPV code, company number", () => {
  const {awards, suppliers} = staged(fixture("local-government-association.csv"), null);
  expect(awards[0]).toMatchObject({
    buyer_name: "SYNTHETIC Ashshire County Council",
    tender_title: "SYNTHETIC fostering",
    value_amount: "1234567.5",
    starts_at: "2023-04-01",
    ends_at: "2026-03-31",
    cpv_code: "85311300"
  });
  expect(suppliers[0]).toMatchObject({
    identifier_scheme: "GB-COH",
    identifier: "1234567",
    is_sme: true,
    is_vcse: false
  });
  expect(suppliers[1]).toMatchObject({identifier: null, is_sme: false, is_vcse: null});
});

test("semicolons, a title above the header, 1.2m, a value per annum, an open end and a row of totals", () => {
  const {awards, rejects} = staged(fixture("transparency-code-list.csv"));
  expect(rejects).toEqual([]);
  expect(awards).toMatchObject([
    {buyer_name: "SYNTHETIC District Council", value_amount: "1200000", starts_at: "2024-04-01", ends_at: "2027-03-31"},
    {value_amount: "12000", tender_description: "SYNTHETIC. £12000 per annum", ends_at: null}
  ]);
});

test("tabs in UTF-16, and the extended value where there is one", () => {
  expect(staged(fixture("vendor-and-validity-utf-16.tsv")).awards).toMatchObject([{value_amount: "120000"}]);
});

test("a range is no amount, and the contract stands all the same", () => {
  expect(staged(fixture("other-parties.csv")).awards).toMatchObject([
    {value_amount: null, awarded_at: "2014-12-02", starts_at: "2015-01-05"}
  ]);
});

test("a header in two rows with merged cells above", () => {
  const {awards} = staged(fixture("scottish-regulated-procurement.csv"));
  expect(awards).toMatchObject([{value_amount: "75000", awarded_at: "2024-02-03"}]);
});

test("a column of annual values says so in words, a column of total values does not", () => {
  expect(staged(fixture("annual-value.csv")).awards).toMatchObject([
    {value_amount: "25000", tender_description: "£25000 per annum"}
  ]);
  expect(staged(fixture("total-value.csv")).awards).toMatchObject([{value_amount: "80000", tender_description: null}]);
});

test("a workbook of two sheets: notes before the register, a merged title, numbers, serial dates and a row of totals", () => {
  const {awards, rejects} = staged(fixture("total-value.xlsx"));
  expect(rejects).toEqual([]);
  expect(awards).toMatchObject([
    {
      tender_title: "SYNTHETIC grounds maintenance",
      value_amount: "1234567.89",
      starts_at: "2024-04-01",
      ends_at: "2027-03-31"
    },
    {tender_title: "SYNTHETIC school meals", value_amount: "1200000", starts_at: "2023-09-01", ends_at: "2026-08-31"}
  ]);
});

test("an open document: money and days as stored, whatever is shown; a range and an open end are neither", () => {
  const {awards, rejects} = staged(fixture("scottish-regulated-procurement.ods"));
  expect(rejects).toEqual([]);
  expect(awards).toMatchObject([
    {value_amount: "75000", awarded_at: "2024-02-03", starts_at: "2024-03-31", ends_at: "2026-03-30"},
    {value_amount: null, awarded_at: "2023-11-20", starts_at: "2024-01-01", ends_at: null}
  ]);
});

test("fault 32: a renamed column is an error that names the page, the layout and the column", () => {
  const renamed = fixture("annual-value.csv").toString().replace("Supplier", "Who");
  expect(() => staged(renamed)).toThrow(
    'https://council.invalid/contracts: the layout is not known; nearest is "annual-value", of which the column "supplier" is missing; the columns are Ref, Contract, Who, Annual value (£), Start date, End date'
  );
});

test("fault 32: a header with nothing below it is an error, not a council without contracts", () => {
  expect(() => staged("Ref,Contract,Supplier,Annual value\n")).toThrow("and no contract below it");
});

test("a header that two layouts fit is an error", () => {
  expect(() => staged("Contract,Supplier,Annual value,Total value\nSYNTHETIC,SYNTHETIC,1,2\n")).toThrow(
    'the header fits "annual-value" and "total-value"'
  );
});

test("a register that nobody put a name to is refused, saying what to do", () => {
  expect(() => staged(fixture("annual-value.csv"), null)).toThrow("put it in a folder named by the council's GSS code");
});

test.each([
  ["£1,234.50", {amount: 1234.5, isPerYear: false}],
  ["1234", {amount: 1234, isPerYear: false}],
  ["(500)", {amount: -500, isPerYear: false}],
  ["-£500.00", {amount: -500, isPerYear: false}],
  ["1.2m", {amount: 1_200_000, isPerYear: false}],
  ["£1.2 million", {amount: 1_200_000, isPerYear: false}],
  ["£50k p.a.", {amount: 50_000, isPerYear: true}],
  ["", {none: true}],
  ["N/A", {none: true}],
  ["£5,000 - £10,000", {none: true}],
  ["50k to 100k", {none: true}],
  ["1,23", {unreadable: "1,23"}],
  ["see below", {unreadable: "see below"}]
])("reads %j as money", (text, expected) => {
  expect(readMoney(text)).toEqual(expected);
});

test.each([
  ["31/03/2024", "2024-03-31"],
  ["1/4/24", "2024-04-01"],
  ["2024-04-01T00:00:00", "2024-04-01"],
  ["1st April 2024", "2024-04-01"],
  ["01-Apr-2024", "2024-04-01"],
  ["31/03/2024 00:00:00", "2024-03-31"],
  ["Ongoing", null],
  ["", null],
  ["05/23/2024", "05/23/2024"], // month first: nobody's day, and rejected as it stands
  ["when done", "when done"]
])("reads %j as a day", (text, expected) => {
  expect(readDay(text)).toBe(expected);
});

test("a negative amount and a day that is none are rejects with their place", () => {
  const csv =
    "Ref,Contract,Supplier,Annual value,Start date\n1,SYNTHETIC,SYNTHETIC,(500),01/04/2024\n2,SYNTHETIC,SYNTHETIC,500,05/23/2024\n";
  expect(staged(csv).rejects.map(({path}) => path)).toEqual([
    "awards[0].value.amount",
    "awards[0].contractPeriod.startDate"
  ]);
});

test("a list of links: the contract register and its catalogue entry, not purchase orders, not rules", () => {
  expect(registerLinks(pageNamed("list-of-links.html"), "https://council.invalid/open-data")).toEqual([
    "https://council.invalid/files/contracts-register-q1.csv",
    "https://council.invalid/dataset/synthetic-contract-register"
  ]);
});

test("a table of downloads: what a link is about may stand in the cell beside it", () => {
  expect(registerLinks(pageNamed("table-of-downloads.html"), "https://council.invalid/data/page")).toEqual([
    "https://council.invalid/media/2024?format=xlsx",
    "https://council.invalid/media/2024.csv"
  ]);
});

test("a dataset of a catalogue: its files in formats that can be read", () => {
  const dataset = {
    result: {
      resources: [
        {url: "https://a.invalid/1.csv", format: "CSV"},
        {url: "https://a.invalid/2.pdf", format: "PDF"}
      ]
    }
  };
  expect(
    registerLinks(Buffer.from(JSON.stringify(dataset)), "https://a.invalid/api/3/action/package_show?id=x")
  ).toEqual(["https://a.invalid/1.csv"]);
});

test("fault 33: a page that no longer links to a register is an error that names it, not zero contracts", () => {
  expect(() =>
    registerLinks(Buffer.from("<html><body>We have moved</body></html>"), "https://council.invalid/x")
  ).toThrow("https://council.invalid/x: no link to a contract register");
});

let server: RegisterServer | undefined;
afterEach(() => server?.close());

test("a crawl reads robots.txt, the page and its file, and knows whose file it is", async () => {
  const data = new DataFolder();
  server = await startRegisterServer({
    files: {
      "/robots.txt": "User-agent: *\nDisallow: /private/\n",
      "/open-data": '<a href="/files/contracts.csv">Contracts</a> <a href="/private/contracts.csv">Contracts, old</a>',
      "/files/contracts.csv": fixture("annual-value.csv")
    }
  });
  const pages = [{...about, url: "https://council.invalid/open-data", hosts: ["council.invalid"]}];
  const {outcome, archive} = await data.fetch(server.url, {
    register: councilRegisters,
    channel: councilRegisters.live!,
    pages
  });
  expect(outcome).toMatchObject({state: "failed", releases: 1, failed_addresses: 1});
  expect(outcome.why).toContain("robots.txt asks programs not to");
  expect(archive.files("council-registers")).toMatchObject([{about}]);
  data.remove();
});
