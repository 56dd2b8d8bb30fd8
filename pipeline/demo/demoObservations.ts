import {createHash} from "node:crypto";
import {mkdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {stringify} from "csv-stringify/sync";
import {randomNormal} from "d3-random";
import type {WorldCell} from "../analysis/world.ts";
import type {Indicator, Publication} from "../indicators/indicator.ts";
import {randomOf} from "../statistics/random.ts";
import type {DemoCouncil, DemoWorld} from "./demoWorld.ts";

interface Figure {
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly missing_reason: string | null;
}

const WITHHELD: Figure = {value: null, numerator: null, denominator: null, missing_reason: "c"};

/**
 * Every indicator for every council of the invented country that answers for it, as an embedded slice without contracts.
 *
 * Four indicators follow from contracts: children's re-referrals and the weekly cost of residential care from children's contracts,
 * repeat homelessness and the cost of clearing fly-tips from housing contracts. All others are noise around a usual value.
 *
 * @param committed data/snapshot, for the columns of its tables
 */
export function writeObservations(
  world: DemoWorld,
  publications: readonly Publication[],
  columns: {readonly contracts: readonly string[]; readonly contract_suppliers: readonly string[]},
  folder: string
): void {
  mkdirSync(join(folder, "observations"), {recursive: true});
  for (const [table, names] of Object.entries(columns))
    writeFileSync(join(folder, `${table}.csv`), `${names.join(",")}\n`);
  writeFileSync(
    join(folder, "observation_files.csv"),
    stringify(
      publications.map(({id}, i) => ({
        file: i + 1,
        publication_id: id,
        source_sha256: createHash("sha256").update(`SYNTHETIC ${id}`).digest("hex")
      })),
      {header: true}
    )
  );
  publications.forEach(({id, indicators}, i) => {
    const rows = indicators
      .filter(({derivedFrom}) => derivedFrom === undefined)
      .flatMap((indicator) => indicatorRows(world, indicator))
      .map((row) => ({...row, file: i + 1}));
    writeFileSync(join(folder, "observations", `${id}.csv`), stringify(rows, {header: true}));
  });
  writeFileSync(
    join(folder, "note.txt"),
    "SYNTHETIC: every council, contract, supplier and figure here is invented, with an effect put there on purpose. Nothing here says anything about a real council.\n"
  );
}

function indicatorRows(world: DemoWorld, indicator: Indicator): object[] {
  const random = randomOf(`SYNTHETIC ${indicator.id}`);
  const normal = (sd: number): number => randomNormal.source(random)(0, sd)();
  const planted = plantedIn(world, indicator.id);
  const councils = world.councils.filter(
    ({tier}) => tier === "single" || tier === (indicator.tier === "upper" ? "upper" : "lower")
  );
  const outcomeYears = world.years.map((year) => year + 1);
  return councils.flatMap((council, i) => {
    const own = normal(1);
    return outcomeYears.flatMap((year, t) => {
      const cell = planted?.cells[i * world.years.length + t];
      const figure = cell === undefined ? noise(council, indicator, own, normal) : planted!.figureOf(cell);
      return periodsOf(indicator, year).map((period, _, all) => ({
        indicator_id: indicator.id,
        gss: council.gss,
        period,
        ...(all.length > 1 ? quarterOf(figure, indicator) : figure)
      }));
    });
  });
}

/** Outcomes that follow from contracts, by council and year in the world's order. */
function plantedIn(
  {childrens, housing}: DemoWorld,
  indicatorId: string
): {readonly cells: readonly WorldCell[]; readonly figureOf: (cell: WorldCell) => Figure} | null {
  const share = ({repeated, referrals}: WorldCell): Figure =>
    repeated === null ? WITHHELD : {value: null, numerator: repeated, denominator: referrals, missing_reason: null};
  const weekly = ({weeklyCost}: WorldCell): Figure =>
    weeklyCost === null ? WITHHELD : {...WITHHELD, value: Number(weeklyCost.toFixed(2)), missing_reason: null};
  const perIncident = ({weeklyCost, referrals}: WorldCell): Figure =>
    weeklyCost === null
      ? WITHHELD
      : {
          value: null,
          numerator: Math.round((weeklyCost / 80) * referrals),
          denominator: referrals,
          missing_reason: null
        };
  switch (indicatorId) {
    case "children-rereferrals":
      return {cells: childrens.cells, figureOf: share};
    case "residential-weekly-cost":
      return {cells: childrens.cells, figureOf: weekly};
    case "homelessness-repeat-history":
      return {cells: housing.cells, figureOf: share};
    case "fly-tipping-clearance-cost":
      return {cells: housing.cells, figureOf: perIncident};
    default:
      return null;
  }
}

/** A usual value, the council's own lean and chance; about one in fifty is withheld. */
function noise(council: DemoCouncil, indicator: Indicator, own: number, normal: (sd: number) => number): Figure {
  if (normal(1) > 2.05) return WITHHELD;
  const lean = Math.exp(0.2 * own + normal(0.08));
  const usual = {
    percent: 20,
    "per-thousand-households": 4,
    "pounds-per-week": 900,
    "pounds-thousand": council.population * (council.tier === "lower" ? 0.05 : 0.1),
    "pounds-per-resident": 900,
    "pounds-per-incident": 60
  }[indicator.unit];
  const value = usual * lean;
  if (indicator.per === null) return {...WITHHELD, value: Number(value.toFixed(2)), missing_reason: null};
  const denominator = Math.max(40, Math.round(council.population / 120));
  const numerator = Math.round((value * denominator) / indicator.per);
  return {value: null, numerator, denominator, missing_reason: null};
}

/** A flow's quarter has a quarter of the year's counts; a stock stands at every quarter's end. */
function quarterOf(figure: Figure, {periodType}: Indicator): Figure {
  if (periodType === "quarter-end-stock" || figure.numerator === null || figure.denominator === null) return figure;
  return {...figure, numerator: Math.round(figure.numerator / 4), denominator: Math.round(figure.denominator / 4)};
}

/** Names of the periods of a financial year, by the year in which it ends. */
function periodsOf({periodType}: Indicator, year: number): string[] {
  if (periodType === "financial-year") return [`${year - 1}-${String(year).slice(2)}`];
  if (periodType === "calendar-year") return [String(year - 1)];
  return [`${year - 1}-Q2`, `${year - 1}-Q3`, `${year - 1}-Q4`, `${year}-Q1`];
}
