import {columnNamed, csvHeader, readCsv} from "../formats/csv.ts";
import {LayoutError} from "../formats/layoutError.ts";
import type {Recognised} from "../formats/recognise.ts";
import {fixedAddress} from "../indicators/discovery/linkedFiles.ts";
import {openGovernment} from "../indicators/indicator.ts";
import {type DfeRow, dfeRows, hasColumns} from "../indicators/reading/dfeCsv.ts";
import {figure} from "../indicators/reading/figures.ts";
import {defineReference} from "./reference.ts";

const DFE = {group: ["age_group"], residents: ["population_estimate"]} as const;
const NOMIS = ["DATE", "GEOGRAPHY_CODE", "C_AGE_NAME", "OBS_VALUE"];

/** The ages that indicators ask for, by the words of either publisher. */
const AGE_GROUPS: Readonly<Record<string, string>> = {
  "Children aged 0 to 17 years": "under-18",
  "Aged 0 to 17": "under-18",
  "Aged 0-17": "under-18",
  "All Ages": "all",
  "All ages": "all",
  "Aged 18+": "18-and-over",
  "Aged 65+": "65-and-over"
};

const NOMIS_QUERY =
  "https://www.nomisweb.co.uk/api/v01/dataset/NM_2002_1.data.csv?geography=TYPE423,TYPE424&date=latestMINUS12-latest&gender=0&c_age=200&measures=20100&select=date,geography_code,c_age_name,obs_value";

export default defineReference({
  id: "population",
  title: "Mid-year population estimates of local authorities",
  publisher: "Office for National Statistics",
  licence: "OGL-UK-3.0",
  attribution: openGovernment("Office for National Statistics; Department for Education"),
  page: "https://www.nomisweb.co.uk/datasets/pestsyoala",
  discovery: fixedAddress(NOMIS_QUERY, "Population estimates by local authority, from Nomis"),
  caveats: [
    "Estimates for 30 June of each year; the years after a census are revised.",
    "The committed table has residents under 18 only, for the councils that run children's services: no source for other ages is at hand."
  ],
  table: "population",
  columns: ["gss", "population_on", "age_group", "residents", "source"],
  key: ["gss", "population_on", "age_group"], // the Department has the under-18s, Nomis everybody

  recognises: (file) => hasColumns(file, DFE) || isNomis(file),

  rows: (file) => (isNomis(file) ? fromNomis(file) : fromDfe(file))
});

interface Row {
  readonly gss: string;
  readonly population_on: string;
  readonly age_group: string;
  readonly residents: string;
  readonly source: string;
  readonly [column: string]: string;
}

/** The Department's file names the year of the estimate, not a year that ends in March; "x" where a council did not exist. */
function fromDfe(file: Recognised): Row[] {
  return dfeRows(file, DFE).flatMap((row) => rowOf(row, DFE_SOURCE));
}

const DFE_SOURCE = "ONS mid-year estimates, as the Department for Education published them (2012 to 2024)";

function rowOf({gss, period, cell, where}: DfeRow<typeof DFE>, source: string): Row[] {
  const {number} = figure(cell.residents, where);
  if (number === null) return [];
  const year = period.periodEndOn.slice(0, 4);
  return [
    {gss, population_on: `${year}-06-30`, age_group: ageGroup(cell.group, where), residents: String(number), source}
  ];
}

function ageGroup(words: string, where: string): string {
  const group = AGE_GROUPS[words.trim()];
  if (group === undefined)
    throw new LayoutError(`${where}: "${words}" is not one of the ages ${Object.keys(AGE_GROUPS).join(", ")}`);
  return group;
}

function isNomis({format, bytes}: Recognised): boolean {
  const header = format === "text" ? csvHeader(bytes) : null;
  return header !== null && NOMIS.every((name) => header.includes(name));
}

const NOMIS_ROWS_AT_MOST = 25_000;

function fromNomis({bytes}: Recognised): Row[] {
  const table = readCsv(bytes);
  const [date, code, age, value] = NOMIS.map((name) => columnNamed(table, name)) as [string, string, string, string];
  if (table.rows.length >= NOMIS_ROWS_AT_MOST)
    throw new LayoutError(
      `the file has ${table.rows.length.toLocaleString("en-GB")} rows, Nomis's limit without a key: it was cut off`
    );
  return table.rows.flatMap(({cells, line}): Row[] => {
    const where = `line ${line}`;
    const {number} = figure(cells[value], where);
    if (number === null) return [];
    if (!/^20\d\d$/.test(cells[date] ?? "")) throw new LayoutError(`${where}: "${cells[date]}" is not a year`);
    return [
      {
        gss: cells[code] ?? "",
        population_on: `${cells[date]}-06-30`,
        age_group: ageGroup(cells[age] ?? "", where),
        residents: String(number),
        source: "ONS mid-year estimates, from Nomis"
      }
    ];
  });
}
