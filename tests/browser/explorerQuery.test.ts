import {expect, test} from "vitest";
import {csvOf} from "../../src/browser/explorer/page.ts";
import {runs} from "../../src/browser/explorer/parquet.ts";
import {NOTHING_ASKED, parametersOf, type Query, queryOf, searchWords} from "../../src/browser/explorer/query.ts";
import type {ListingRow} from "../../src/components/explorerIndex.ts";

const asked: Query = {
  ...NOTHING_ASKED,
  council: "E08000035",
  title: "school meals",
  counted: true,
  least: 1000,
  order: "largest",
  page: 3
};

test("what is asked and what the address says are the same", () => {
  expect(queryOf(parametersOf(asked))).toEqual(asked);
  expect(String(parametersOf(NOTHING_ASKED))).toBe("");
  expect(queryOf(new URLSearchParams())).toEqual(NOTHING_ASKED);
});

test("amounts are read as people write them, and nonsense is as if it were not there", () => {
  expect(queryOf(new URLSearchParams("least=£1,000&most=lots&page=-2&order=best"))).toEqual({
    ...NOTHING_ASKED,
    least: 1000
  });
});

test("words are looked up without accents, capitals or repetition, single letters not at all", () => {
  expect(searchWords("Ynys Môn a  YNYS")).toEqual(["ynys", "mon"]);
});

test("row groups that follow one another are one request", () => {
  expect(runs([0, 1, 2, 5, 7, 8])).toEqual([
    [0, 3],
    [5, 6],
    [7, 9]
  ]);
});

const row: ListingRow = {
  contract_id: "0123456789abcdef",
  title: '=HYPERLINK("x")',
  cpv_label: null,
  buyer_name: "SYNTHETIC, Council",
  council_gss: "E08000035",
  service_line: "education",
  value_kind: "framework-ceiling",
  value_gbp: 12.5,
  annual_value_gbp: 12.5,
  published_on: "2024-01-02",
  starts_on: null,
  ends_on: null,
  supplier_names: "+44 Ltd",
  register_id: "a-register",
  notice_url: "https://example.org/1",
  left_out_because: "framework-ceiling"
};

test("a saved row has no cell that a spreadsheet would run, and a ceiling has no size", () => {
  const [head, line] = csvOf([row]).split("\r\n");
  expect(head).toMatch(/^contract,buyer_name,/);
  expect(line).toBe(
    `"'=HYPERLINK(""x"")","SYNTHETIC, Council",E08000035,'+44 Ltd,education,,,"Framework ceiling, not spend",framework-ceiling,12.5,,2024-01-02,a-register,https://example.org/1,0123456789abcdef`
  );
});
