import {readFileSync} from "node:fs";
import {zipSync} from "fflate";
import {readCsv} from "../../pipeline/formats/csv.ts";

// Answers of statistical publishers, made after their own descriptions of their interfaces: none has been recorded from a live
// answer. All figures in the files are SYNTHETIC; the councils' codes are those in force.

const reference = (name: string) =>
  readCsv(readFileSync(new URL(`../../data/reference/${name}.csv`, import.meta.url))).rows.map(({cells}) => cells);

/** Councils that answered for children in 2024-25, by the Department's own numbers. */
export const UPPER_TIER = reference("dfe_la_codes")
  .filter(({first_year, last_year}) => Number(first_year) <= 2025 && Number(last_year) >= 2025)
  .map(({la_number, gss}) => ({number: la_number!, gss: gss!}));

const EES = "/statistics/v1";
const PUBLICATION = "0195c6ff-1111-7000-8000-000000000001";
const FILE = "0195c6ff-2222-7000-8000-00000000000";

/** The path of an answer, and what is answered there. */
export type Answers = Readonly<Record<string, Uint8Array | string>>;

/** The column names of the 2025 release; a referral in five is a repeat. */
export function referrals(year: number, repeats = 20): string {
  const row = (level: string, number: string, gss: string, count: number) =>
    `${year - 1}${String(year).slice(2)},Financial year,${level},E92000001,England,,,${number},${gss},SYNTHETIC,${count},${(count * repeats) / 100},${repeats}`;
  return [
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,new_la_code,la_name,referral_count,rereferral_count,rereferral_percent",
    row("National", "", "", 600_000),
    ...UPPER_TIER.map(({number, gss}) => row("Local authority", number, gss, 1000))
  ].join("\n");
}

/** Plans in the columns of 2025; a fifth are second ones. */
export const plans = (year: number): string =>
  referrals(year).replace(
    "referral_count,rereferral_count,rereferral_percent",
    "CPP_start,CPP_subsequent,CPP_subsequent_percent"
  );

/** Explore Education Statistics: a search in two pages, data sets, files as they were uploaded. */
export const exploreEducation = (files: {readonly referrals: string; readonly plans: string}): Answers => ({
  [`${EES}/publications`]: JSON.stringify({
    paging: {page: 1, pageSize: 40, totalResults: 1, totalPages: 1},
    results: [{id: PUBLICATION, slug: "characteristics-of-children-in-need", title: "Children in need"}]
  }),
  [`${EES}/publications/${PUBLICATION}/data-sets`]: JSON.stringify({
    paging: {page: 1, pageSize: 40, totalResults: 2, totalPages: 1},
    results: [
      {id: "d1", title: "C1 - Referrals and re-referrals", latestVersion: {version: "1.0", file: {id: `${FILE}1`}}},
      {
        id: "d2",
        title: "D3 - Second or subsequent child protection plans",
        latestVersion: {version: "1.0", file: {id: `${FILE}2`}}
      }
    ]
  }),
  [`/data-catalogue/data-set/${FILE}1/csv`]: files.referrals,
  [`/data-catalogue/data-set/${FILE}2/csv`]: files.plans
});

/** The GDP deflator as the Office for National Statistics lays its time series out; SYNTHETIC index numbers, 2 more each quarter. */
export function deflator(release = "30-09-2025"): string {
  const quarters = [2022, 2023, 2024].flatMap((year) => [1, 2, 3, 4].map((quarter) => `"${year} Q${quarter}"`));
  return [
    '"Title","SYNTHETIC implied deflator of GDP at market prices: SA index"',
    '"CDID","L8GG"',
    '"Source dataset ID","PN2"',
    '"PreUnit",""',
    '"Unit","Index, base year = 100"',
    `"Release date","${release}"`,
    '"Next release","22 December 2025"',
    '"Important notes",""',
    ...quarters.map((quarter, i) => `${quarter},"${100 + 2 * i}"`)
  ].join("\n");
}

/** Nomis: residents of all ages, of two years. */
export function nomis(residents = 200_000): string {
  const rows = UPPER_TIER.flatMap(({gss}) => [2023, 2024].map((year) => `${year},"${gss}","All Ages",${residents}`));
  return ['"DATE","GEOGRAPHY_CODE","C_AGE_NAME","OBS_VALUE"', ...rows].join("\n");
}

const ITEM = "00000000000000000000000000000001";

/** The postcode directory, as an item of ArcGIS Online: a zip with one file for each area, and one with all. */
export const postcodeDirectory: Answers = {
  "/sharing/rest/search": JSON.stringify({
    total: 2,
    start: 1,
    num: 50,
    nextStart: -1,
    results: [
      {id: "0".repeat(32), title: "ONS Postcode Directory (May 2025) for the UK", type: "CSV Collection"},
      {id: ITEM, title: "ONS Postcode Directory (August 2025) for the UK", type: "CSV Collection"}
    ]
  }),
  [`/sharing/rest/content/items/${ITEM}/data`]: zipSync({
    "Data/ONSPD_AUG_2025_UK.csv": new TextEncoder().encode("pcds,lad25cd\nZZ1 1AA,E08000035\n"),
    "Data/multi_csv/ONSPD_AUG_2025_UK_ZZ.csv": new TextEncoder().encode(
      "pcds,lad25cd\nZZ1 1AA,E08000035\nZZ1 1AB,E08000035\n"
    ),
    "User Guide/ONSPD User Guide.pdf": new TextEncoder().encode("%PDF SYNTHETIC")
  })
};

/** Time series and population, at the paths of their fixed addresses. */
export const references = (files: {readonly deflator?: string; readonly nomis?: string} = {}): Answers => ({
  "/generator": files.deflator ?? deflator(),
  "/api/v01/dataset/NM_2002_1.data.csv": files.nomis ?? nomis()
});
