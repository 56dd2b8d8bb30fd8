import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {recognise} from "../../pipeline/formats/recognise.ts";
import {stageReleases} from "../../pipeline/ocds/stage.ts";
import contractsFinder from "../../pipeline/registers/contracts-finder.ts";
import {readRegisterFile} from "../../pipeline/registers/register.ts";
import {ROOT} from "../house/imports.ts";

const read = (content: string | Uint8Array) =>
  readRegisterFile(
    contractsFinder,
    recognise(typeof content === "string" ? new TextEncoder().encode(content) : content),
    {
      origin: "fixture"
    }
  ).bodies;
const staged = (content: string | Uint8Array) =>
  stageReleases(read(content), {register_id: "contracts-finder", raw_sha256: "0"}, contractsFinder.noticeUrl);
const fixture = (name: string) => readFileSync(join(ROOT, "tests/fixtures/contracts-finder", name));

test("a row of the website's export becomes an award with its value, term, CPV code and every supplier", () => {
  const {awards, suppliers, rejects} = staged(fixture("website-export-2017.csv"));
  expect(rejects).toEqual([]);
  expect(awards[0]).toMatchObject({
    buyer_name: "Northamptonshire County Council",
    value_amount: "58400000",
    currency: "GBP",
    starts_at: "2018-04-01",
    ends_at: "2022-03-31",
    cpv_code: "85000000",
    supplier_count: 3
  });
  expect(suppliers.slice(0, 3).map(({supplier_name}) => supplier_name)).toEqual([
    "change, grow, live (CGL)",
    "Bridge Substance Misuse Programme Ltd",
    "Richmond Fellowship"
  ]);
});

test("bars inside a supplier's address do not shift what follows them", () => {
  const {suppliers} = staged(fixture("website-export-2017.csv"));
  expect(suppliers.find(({supplier_name}) => supplier_name === "RED SNAPPER MANAGED SERVICES")).toMatchObject({
    address: "3RD FLOOR WHITECROSS STUDIOS | 50 BANNER STREET | 50 BANNER STREET LONDON EC1Y 8ST",
    identifier: null,
    is_sme: true,
    is_vcse: false
  });
});

test("a company number of the export is a company number, a reference of type NONE is none", () => {
  const {suppliers} = staged(fixture("website-export-2017.csv"));
  const schemes = suppliers.map(({identifier_scheme}) => identifier_scheme);
  expect(schemes.filter((scheme) => scheme === "GB-COH").length).toBeGreaterThan(0);
  expect(new Set(schemes)).toEqual(new Set(["GB-COH", "GB-CHC", null]));
});

test("the same notice in two exports is one process, so an award replaces the tender before it", () => {
  const bodies = read(fixture("website-export-2017.csv")) as {ocid: string}[];
  const again = read(fixture("website-export-2017.csv")) as {ocid: string}[];
  expect(bodies.map(({ocid}) => ocid)).toEqual(again.map(({ocid}) => ocid));
  expect(new Set(bodies.map(({ocid}) => ocid)).size).toBe(bodies.length);
});

test("a notice of the export that is open has no award, and an amount that is no number is a reject with its place", () => {
  const [header = ""] = fixture("website-export-2017.csv").toString().split("\n");
  const names = header.split(",");
  const row = (cells: Record<string, string>) => names.map((name) => cells[name] ?? "").join(",");
  const common = {
    "Notice Identifier": "1",
    "Notice Type": "Contract",
    "Organisation Name": "SYNTHETIC",
    "Published Date": "2024-05-07T10:00:00Z"
  };
  expect(staged(`${header}\n${row({...common, Status: "Open"})}\n`)).toMatchObject({
    releases: [{tags: ["tender"]}],
    awards: []
  });
  const {rejects} = staged(`${header}\n${row({...common, Status: "Awarded", "Awarded Value": "1.2m"})}\n`);
  expect(rejects).toMatchObject([{path: "awards[0].value.amount"}]);
});

test("the daily file is the same releases as the search gives, whatever columns the day has", () => {
  const search = JSON.parse(fixture("search-page-2025-01.json").toString()) as {releases: unknown[]};
  const asSearched = staged(JSON.stringify({releases: search.releases.slice(0, 5)}));
  const asDaily = staged(fixture("daily-2025-01-23.csv"));
  const withoutHash = (rows: readonly object[]) => rows.map((row) => ({...row, body_sha256: ""}));
  expect(withoutHash(asDaily.awards)).toEqual(withoutHash(asSearched.awards));
  expect(asDaily.suppliers).toEqual(asSearched.suppliers);
  expect(asDaily.rejects).toEqual([]);
});

test("columns of a daily file may come in any order, leave gaps in a list and hold a list in one cell", () => {
  const csv = [
    "releases/0/awards/0/suppliers/2/name,uri,releases/0/awards/0/suppliers/0/name,releases/0/ocid,releases/0/id,releases/0/date,releases/0/tag,releases/0/awards/0/id,releases/0/awards/0/value/amount",
    '"Second, Ltd",x,First Ltd,ocds-b5fd17-1,1,2024-05-07T10:00:00Z,award;contract,007,1500.50'
  ].join("\r\n");
  expect(read(csv)).toEqual([
    {
      ocid: "ocds-b5fd17-1",
      id: "1",
      date: "2024-05-07T10:00:00Z",
      tag: ["award", "contract"],
      awards: [{id: "007", value: {amount: 1500.5}, suppliers: [{name: "First Ltd"}, {name: "Second, Ltd"}]}]
    }
  ]);
});

test("a daily file without process identifiers is refused, naming the column", () => {
  expect(() => read("uri,releases/0/id\nx,1\n")).toThrow('no column "releases/0/ocid" among the 2 columns');
});

test("an item of the older search becomes a release; 0 as the upper end of a range is no upper end", () => {
  const {awards, rejects} = staged(fixture("older-search-2025.json"));
  expect(rejects).toEqual([]);
  const cycle = awards.find(({value_amount}) => value_amount === "144000");
  expect(cycle).toMatchObject({
    buyer_name: expect.any(String),
    notice_url: expect.stringMatching(/^https:\/\/www\.contractsfinder\.service\.gov\.uk\/Notice\/[0-9a-f-]{36}$/),
    supplier_count: 1
  });
  const [body] = read(
    '{"noticeList":[{"item":{"id":"x","publishedDate":"2024-05-07T10:00:00Z","noticeStatus":"Open","noticeType":"Contract","valueLow":5,"valueHigh":0}}]}'
  );
  expect(body).toMatchObject({tag: ["tender"], tender: {minValue: {amount: 5}}});
  expect(body).not.toHaveProperty("tender.value");
});

test("an older search answer whose item has no id is refused with its place", () => {
  expect(() => read('{"noticeList":[{"score":1}]}')).toThrow("noticeList[0] has no item with an id");
});

test.each(["website-export-2017.csv", "daily-2025-01-23.csv"])(
  "%s saved again by a spreadsheet, as UTF-16, is the same file",
  (name) => {
    const text = fixture(name)
      .toString("utf8")
      .replace(/^\ufeff/, "");
    expect(read(Buffer.from(`\ufeff${text}`, "utf16le"))).toEqual(read(text));
  }
);
