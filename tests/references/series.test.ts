import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {readCsv} from "../../pipeline/formats/csv.ts";
import {recognise} from "../../pipeline/formats/recognise.ts";
import deflator from "../../pipeline/references/deflator.ts";
import population from "../../pipeline/references/population.ts";
import {sheetOf, writtenXlsx} from "../formats/writtenWorkbook.ts";
import {ROOT} from "../house/imports.ts";

const text = (...lines: string[]) => recognise(new TextEncoder().encode(lines.join("\n")));
const DFE = "time_period,time_identifier,geographic_level,new_la_code,age_group,population_estimate";
const child = (line: string) => text(DFE, line);

test("residents under 18 are of 30 June of the year that the Department names", () => {
  const rows = population.rows(
    child("2024,Reporting year,Local authority,E08000035,Children aged 0 to 17 years,173500")
  );
  expect(rows).toMatchObject([
    {gss: "E08000035", population_on: "2024-06-30", age_group: "under-18", residents: "173500"}
  ]);
});

test("a council that did not exist has no row, and an age that nobody knows is refused", () => {
  expect(population.rows(child("2018,Reporting year,Local authority,E06000028,Children aged 0 to 17 years,x"))).toEqual(
    []
  );
  expect(() => population.rows(child("2018,Reporting year,Local authority,E06000028,Aged 3,5"))).toThrow(
    'line 2: "Aged 3" is not one of the ages'
  );
});

test("a download of Nomis is read by its own columns", () => {
  const file = text('"DATE","GEOGRAPHY_CODE","C_AGE_NAME","OBS_VALUE"', "2024,E08000035,All Ages,845000"); // SYNTHETIC
  expect(population.recognises(file)).toBe(true);
  expect(population.rows(file)).toMatchObject([{gss: "E08000035", age_group: "all", residents: "845000"}]);
});

test("the deflator of a financial year is the mean of its four quarters, and of fewer there is none", () => {
  // SYNTHETIC index
  const file = text(
    '"Title","SYNTHETIC deflator"',
    '"CDID","L8GG"',
    '"Release date","30-09-2024"',
    '"2023","98"',
    '"2023 Q1","90"',
    '"2023 Q2","98"',
    '"2023 Q3","99"',
    '"2023 Q4","101"',
    '"2024 Q1","102"',
    '"2024 Q2","103"'
  );
  expect(deflator.recognises(file)).toBe(true);
  expect(deflator.rows(file)).toEqual([
    {version: "2024-09-30", price_year: "2024", financial_year: "2024", index_number: "100", source: "ONS L8GG"} // 400 / 4
  ]);
  expect(() => deflator.rows(text('"CDID","YBHA"'))).toThrow("the file is of series YBHA, not L8GG");
});

// SYNTHETIC figures in the layout that HM Treasury's workbooks are known to have
const treasury = (...years: readonly (readonly string[])[]) =>
  writtenXlsx([
    sheetOf("Contents", [["GDP deflators"]]),
    sheetOf("Sept 2025 QNA", [
      ["Table 1: GDP Deflators at Market Prices, and Money GDP"],
      ["Outturn data are as at 30 September 2025. Forecast data are consistent with March 2025."],
      ["Financial year", "GDP deflator at market prices", "", "Money GDP"],
      ["", "2024-25 = 100", "per cent change on previous year", "Cash £ million"],
      ...years
    ])
  ]);

test("a workbook of HM Treasury gives whole years, by the words above its columns, and no forecast", () => {
  const file = treasury(
    ["1955-56", "3.5", "", "20000"],
    ["2023-24", "96", "5", "2700000"],
    ["2024-25", "100", "4.2", "2850000"],
    ["2025-26", "103", "3", "3000000"]
  );
  expect(deflator.recognises(file)).toBe(true);
  const same = {version: "2025-09", price_year: "2025", source: "HM Treasury, Sept 2025 QNA"};
  expect(deflator.rows(file)).toEqual([
    {...same, financial_year: "2024", index_number: "96"},
    {...same, financial_year: "2025", index_number: "100"}
  ]);
});

test("a workbook that does not say when it was made is refused, since its last years may be forecasts", () => {
  const file = writtenXlsx([
    sheetOf("T", [
      ["Financial year", "GDP deflator"],
      ["2023-24", "96"]
    ])
  ]);
  expect(() => deflator.rows(file)).toThrow("T names no month such as September 2025 above its table");
});

test("the committed deflator has no figure from memory", () => {
  expect(readCsv(readFileSync(join(ROOT, "data/reference/deflator.csv"))).rows).toEqual([]);
});

const WHOLE = join(
  ROOT,
  "../shared/data/indicators/dfe-csc-outcomes-enablers/ons_mid-year_population_estimates_2012_to_2024.csv"
);
const absent = existsSync(WHOLE) ? "" : " (not run: the whole file is not at hand)";

test.skipIf(absent !== "")(`the committed population is the publisher's file${absent}`, () => {
  const key = (row: Readonly<Record<string, string>>) => `${row.gss} ${row.population_on} ${row.residents}`;
  const committed = readCsv(readFileSync(join(ROOT, "data/reference/population.csv"))).rows.map(({cells}) =>
    key(cells)
  );
  expect(committed.sort()).toEqual(
    population
      .rows(recognise(readFileSync(WHOLE)))
      .map(key)
      .sort()
  );
});
