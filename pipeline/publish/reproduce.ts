import {createReadStream, existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {parse} from "csv-parse";
import {absentFiles, checksumFaults} from "./checksums.ts";
import {Cells, GATE, significant, type TextRow} from "./recompute.ts";

/** One figure of a release beside its second computation. */
export interface Reproduced {
  readonly name: string;
  readonly published: string; // six significant figures
  readonly recomputed: string;
  readonly isMatch: boolean;
}

export interface Reproduction {
  readonly version: string;
  readonly figures: readonly Reproduced[];
  readonly absent: number; // files of the release that were not downloaded, and so not checked
  readonly faults: readonly string[]; // everything that is not as it should be, in sentences; empty when all is
}

export const HEADLINE = "headline.json";

/** The figures a release stands for, by name. */
export type Headline = Readonly<Record<string, number>>;

/**
 * Works the headline figures and every measured cell of a release out again from its contracts and observations, offline.
 *
 * @param folder a release: the folder with SHA256SUMS in it
 * @param isWhole whether a listed file that is not there is a fault; without it the tables that are worked with suffice
 * @throws {Error} when the folder is no release
 */
export async function reproduce(folder: string, {isWhole = true} = {}): Promise<Reproduction> {
  if (!existsSync(join(folder, HEADLINE)))
    throw new Error(
      `${folder} is no release: there is no ${HEADLINE} in it. Publish first, or name the folder of a release.`
    );
  const {version, figures: published} = readHeadline(join(folder, HEADLINE));
  const faults = checksumFaults(folder, {isWhole});
  const cells = await readCells(folder);
  const scale = await compareCells(folder, cells);
  const figures = compare(published, headlineOf(cells));
  return {
    version,
    figures,
    absent: isWhole ? 0 : absentFiles(folder).length,
    faults: [...faults, ...scale, ...differences(figures)]
  };
}

function readHeadline(path: string): {readonly version: string; readonly figures: Headline} {
  try {
    const {version, figures} = JSON.parse(readFileSync(path, "utf8"));
    if (typeof version !== "string" || typeof figures !== "object" || figures === null)
      throw new Error("no version and figures in it");
    return {version, figures};
  } catch (error) {
    throw new Error(`${path} is damaged: take the release's files again. (${(error as Error).message})`);
  }
}

const differences = (figures: readonly Reproduced[]): string[] =>
  figures
    .filter(({isMatch}) => !isMatch)
    .map(({name, published, recomputed}) => `${name} is published as ${published} and works out as ${recomputed}`);

/** The same with estimates that were run again, where the code that estimates is at hand. */
export const withEstimates = (found: Reproduction, estimates: readonly Reproduced[]): Reproduction => ({
  ...found,
  figures: [...found.figures, ...estimates],
  faults: [...found.faults, ...differences(estimates)]
});

/** Contracts, their years and running expenses of a release, read from the verbatim CSV files. */
export async function readCells(folder: string): Promise<Cells> {
  const cells = new Cells();
  for await (const row of csvRows(folder, "contracts")) cells.addContract(row);
  for await (const row of csvRows(folder, "contract-years")) cells.addYear(row);
  for await (const row of csvRows(folder, "observations")) cells.addObservation(row);
  return cells;
}

/** The rows of a table of a release, one at a time, so that its size does not matter. */
export function csvRows(folder: string, table: string): AsyncIterable<TextRow> {
  const path = join(folder, `${table}.verbatim.csv`);
  if (!existsSync(path)) throw new Error(`the release has no ${table}.verbatim.csv`);
  return createReadStream(path).pipe(parse({columns: true, bom: true}));
}

/** The figures a release stands for, from its cells. */
export function headlineOf(cells: Cells): Headline {
  const measured = cells
    .keys()
    .map((key) => cells.measures(key))
    .filter(({contract_count = 0}) => contract_count >= GATE);
  const typical = measured.map(({typical_pound_gbp = 0}) => typical_pound_gbp).sort((a, b) => a - b);
  const money = measured.reduce((sum, {total_in_year_gbp = 0}) => sum + total_in_year_gbp, 0);
  return {
    contracts_counted: cells.counted.contracts,
    value_counted_gbp: cells.counted.valueGbp,
    cells_measured: measured.length,
    money_in_measured_cells_gbp: money,
    ...(typical.length === 0
      ? {}
      : {median_typical_pound_gbp: (typical.at((typical.length - 1) >> 1)! + typical.at(typical.length >> 1)!) / 2})
  };
}

function compare(published: Headline, recomputed: Headline): Reproduced[] {
  const names = new Set([...Object.keys(published), ...Object.keys(recomputed)]);
  return [...names].map((name) => {
    const [said, found] = [published[name], recomputed[name]].map((value) =>
      value === undefined ? "nothing" : significant(value)
    );
    return {name, published: said!, recomputed: found!, isMatch: said === found};
  });
}

/** Every cell and dot of the released tables against the second computation; the first few that differ, in sentences. */
async function compareCells(folder: string, cells: Cells): Promise<string[]> {
  const faults: string[] = [];
  for await (const row of csvRows(folder, "council-scale")) {
    const key = `${row.gss} ${row.service_line} ${row.financial_year}`;
    for (const [measure, value] of Object.entries(cells.measures(key)))
      if (row[measure] !== undefined && !isSame(row[measure], value))
        faults.push(
          `council-scale ${key} ${measure} is published as ${row[measure] || "nothing"} and works out as ${value}`
        );
  }
  for await (const row of csvRows(folder, "scale-and-outcome")) {
    if (row.scale_value === "") continue;
    const key = `${row.gss} ${row.service_line} ${row.financial_year}`;
    const value = cells.measures(key)[row.scale_measure ?? ""];
    if (value !== undefined && !isSame(row.scale_value ?? "", value))
      faults.push(
        `scale-and-outcome ${key} ${row.scale_measure} is published as ${row.scale_value} and works out as ${value}`
      );
  }
  return faults;
}

const isSame = (published: string, value: number): boolean =>
  published !== "" && significant(Number(published)) === significant(value);

/** A reproduction as lines to print, the verdict last. */
export function reproductionLines({version, figures, absent, faults}: Reproduction): string[] {
  return [
    `Contract Scale ${version}`,
    ...figures.map(
      ({name, published, recomputed, isMatch}) =>
        `${isMatch ? "MATCH  " : "DIFFERS"} ${name}: published ${published}, worked out again ${recomputed}`
    ),
    ...faults.slice(0, 20),
    ...(absent > 0 ? [`${absent} files of the release are not in this folder; the others were checked`] : []),
    faults.length === 0
      ? "MATCH: every file has the bytes it was released with, and every figure works out again"
      : `DIFFERS: ${faults.length} things are not as they were released`
  ];
}
