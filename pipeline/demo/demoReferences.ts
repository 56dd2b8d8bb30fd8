import {cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {parse} from "csv-parse/sync";
import {stringify} from "csv-stringify/sync";
import type {Unblinding} from "../analysis/blinding.ts";
import {type DemoCouncil, type DemoWorld, SERVICES} from "./demoWorld.ts";

type Row = Readonly<Record<string, string | number | null>>;

const SOURCE = "SYNTHETIC";
const PLACE_COLUMN = /gss|^successor$/; // a table with such a column speaks of real councils

/**
 * The committed tables of the invented country: rules as they are, tables of councils with invented rows or none.
 *
 * @param committed data/reference
 */
export function writeReferences(world: DemoWorld, unblinding: Unblinding, committed: string, folder: string): void {
  mkdirSync(folder, {recursive: true});
  const invented = inventedTables(world);
  for (const file of readdirSync(committed).filter((name) => name.endsWith(".csv"))) {
    const [columns = []] = parse(readFileSync(join(committed, file)), {to: 1}) as string[][];
    const rows = invented[file.replace(/\.csv$/, "")];
    if (rows === undefined && !columns.some((column) => PLACE_COLUMN.test(column)))
      cpSync(join(committed, file), join(folder, file));
    else writeFileSync(join(folder, file), stringify([...(rows ?? [])], {header: true, columns}));
  }
  writeFileSync(join(folder, "unblind.json"), `${JSON.stringify(unblinding, null, 2)}\n`);
}

/** What a table has where the invented country says nothing is an empty cell. */
function inventedTables({councils, years}: DemoWorld): Record<string, Row[]> {
  const years1 = [...years, Math.max(...years) + 1];
  return {
    councils: councils.map((council) => ({
      gss: council.gss,
      name: council.name,
      short_name: council.short,
      slug: council.short.toLowerCase().replaceAll(" ", "-"),
      tier: council.tier,
      class: council.class,
      region: council.region,
      nation: "England",
      county_gss: council.county,
      population: council.population,
      population_on: `${years[0]}-06-30`,
      imd_score: Number(council.imd.toFixed(2)),
      rural_pct: Number(council.rural.toFixed(1)),
      source: SOURCE
    })),
    council_names: councils.map(({gss, name}) => ({gss, name, kind: "rule", source: SOURCE})),
    council_places: councils.map(({gss}, i) => ({
      gss,
      latitude: (51 + (i % 12) * 0.3).toFixed(4),
      longitude: (-3 + Math.floor(i / 12) * 0.2).toFixed(4),
      source: SOURCE
    })),
    tiers: councils.flatMap((council) => tiersOf(council)),
    population: councils.flatMap(({gss, population}) =>
      years1.map((year) => ({
        gss,
        population_on: `${year - 1}-06-30`,
        age_group: "under-18",
        residents: Math.round(population * 0.21),
        source: SOURCE
      }))
    ),
    neighbours: councils.map((council) => ({
      set_id: "ons-global",
      version: SOURCE,
      gss: council.gss,
      neighbours: councils
        .filter((other) => other.class === council.class && other !== council)
        .sort((a, b) => Math.abs(a.imd - council.imd) - Math.abs(b.imd - council.imd))
        .slice(0, 8)
        .map(({gss}) => gss)
        .join(" "),
      cluster: "A"
    })),
    postcode_sectors: councils.map(({gss}, i) => ({sector: sectorOf(i), gss, share_pct: 100})),
    tiles: ["single-and-lower", "single-and-upper"].flatMap((layout) =>
      councils
        .filter(({tier}) => layout.includes(tier))
        .map(({gss}, i) => ({layout, gss, column: i % 14, row: Math.floor(i / 14)}))
    ),
    deflator: years1.map((year) => ({
      version: SOURCE,
      price_year: Math.max(...years1),
      financial_year: year,
      index_number: (100 * 1.02 ** (year - Math.max(...years1))).toFixed(4),
      source: SOURCE
    }))
  };
}

/** The only postcode sector of a council of the invented country: areas from QA: no real one begins with Q. */
export const sectorOf = (council: number): string =>
  `Q${String.fromCharCode(65 + Math.floor(council / 90))}${10 + (council % 90)} 1`;

function tiersOf({gss, tier, county}: DemoCouncil): Row[] {
  return SERVICES.map(({line, tier: responsible}) => ({
    gss,
    service_line: line,
    run_by: responsible === "upper" ? (county ?? gss) : tier === "upper" ? null : gss,
    body_name: responsible === "lower" && tier === "upper" ? "its district councils" : null,
    source: SOURCE
  }));
}
