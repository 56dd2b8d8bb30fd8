import {readFileSync} from "node:fs";
import {parse} from "csv-parse/sync";
import {expect, test} from "vitest";
import {type CodeLife, isNested, todaysCodes} from "../../pipeline/geography/succession.ts";

const councils: CodeLife[] = parse(readFileSync("data/reference/councils.csv", "utf8"), {columns: true});

test("a code in force answers for itself", () => {
  expect(todaysCodes("E08000035", councils)).toEqual(["E08000035"]);
});

test("Barnsley and Sheffield are one council each under their codes of 1974 and of 2025", () => {
  expect(todaysCodes("E08000016", councils)).toEqual(["E08000038"]);
  expect(todaysCodes("E08000019", councils)).toEqual(["E08000039"]);
});

test("the other recoded councils follow: Gateshead, Northumberland, four in Hertfordshire, four in Scotland", () => {
  const old = "E08000020 E06000048 E07000100 E07000104 E07000097 E07000101 S12000015 S12000024 S12000044 S12000046";
  const today = "E08000037 E06000057 E07000240 E07000241 E07000242 E07000243 S12000047 S12000048 S12000050 S12000049";
  expect(old.split(" ").flatMap((code) => todaysCodes(code, councils))).toEqual(today.split(" "));
});

test("a district merged twice follows the chain: Taunton Deane, then Somerset West and Taunton, then Somerset", () => {
  expect(todaysCodes("E07000190", councils)).toEqual(["E06000066"]);
});

test("Cumbria and Northamptonshire were split, so two councils answer and the county nests in neither", () => {
  expect(todaysCodes("E10000006", councils)).toEqual(["E06000063", "E06000064"]);
  expect(todaysCodes("E10000021", councils)).toEqual(["E06000061", "E06000062"]);
  expect(isNested("E10000006", councils)).toBe(false);
});

test("old Dorset county does not nest in new Dorset, because Christchurch left it", () => {
  expect(todaysCodes("E10000009", councils)).toEqual(["E06000059", "E06000058"]);
  expect(isNested("E10000009", councils)).toBe(false);
});

test("old North Yorkshire nests in new North Yorkshire", () => {
  expect(isNested("E10000023", councils)).toBe(true);
});

test("a code that is no council is refused by name", () => {
  expect(() => todaysCodes("E12000007", councils)).toThrow(
    new RangeError("E12000007 is not a council code in the reference table")
  );
});

test("a code that ended without a successor is refused", () => {
  const lost = [{gss: "E07000999", valid_to: "2019-03-31", successor_gss: null}];
  expect(() => todaysCodes("E07000999", lost)).toThrow(/E07000999 ended on 2019-03-31/);
});

test("two codes that succeed each other are an error, not an endless walk", () => {
  const circle = [
    {gss: "A", valid_to: "2019-03-31", successor_gss: "B"},
    {gss: "B", valid_to: "2020-03-31", successor_gss: "A"}
  ];
  expect(() => todaysCodes("A", circle)).toThrow(/A -> B -> A/);
});

test("two halves of a split that meet again are one council", () => {
  const rejoined = [
    {gss: "A", valid_to: "2019-03-31", successor_gss: "B C"},
    {gss: "B", valid_to: "2020-03-31", successor_gss: "D"},
    {gss: "C", valid_to: "2020-03-31", successor_gss: "D"},
    {gss: "D", valid_to: null, successor_gss: null}
  ];
  expect(todaysCodes("A", rejoined)).toEqual(["D"]);
});
