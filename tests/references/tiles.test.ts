import {readFileSync} from "node:fs";
import {parse} from "csv-parse/sync";
import {expect, test} from "vitest";
import type {CouncilRecord} from "../../pipeline/references/councils.ts";
import {hexLayout} from "../../pipeline/references/tiles.ts";

interface TileRow {
  readonly layout: string;
  readonly gss: string;
  readonly column: string;
  readonly row: string;
}

const table = <T>(name: string): T[] =>
  parse(readFileSync(`data/reference/${name}.csv`, "utf8"), {columns: true}) as T[];
const councils = table<CouncilRecord>("councils").filter(({valid_to}) => valid_to === "");
const tiles = table<TileRow>("tiles");
const layout = (name: string) => tiles.filter((tile) => tile.layout === name);

test.each([
  ["single-and-lower", "upper"],
  ["single-and-upper", "lower"]
])("%s: every council in force but the %s tier has one hexagon of its own", (name, leftOut) => {
  const wanted = councils.filter(({tier}) => tier !== leftOut).map(({gss}) => gss);
  expect(
    layout(name)
      .map(({gss}) => gss)
      .sort()
  ).toEqual(wanted.sort());
  expect(new Set(layout(name).map(({column, row}) => `${column} ${row}`)).size).toBe(wanted.length);
});

/** The six hexagons around one, when odd rows are moved half a column to the east. */
const around = (column: number, row: number): string[] => {
  const east = row % 2 === 0 ? 0 : 1;
  return [
    [column - 1, row],
    [column + 1, row],
    ...[-1, 1].flatMap((up) => [
      [column + east - 1, row + up],
      [column + east, row + up]
    ])
  ].map(([c, r]) => `${c} ${r}`);
};

test("London is one piece", () => {
  const london = new Set(councils.filter(({region}) => region === "London").map(({gss}) => gss));
  const cells = new Set(
    layout("single-and-lower")
      .filter(({gss}) => london.has(gss))
      .map(({column, row}) => `${column} ${row}`)
  );
  const reached = new Set<string>();
  const walk = (cell: string): void => {
    if (!cells.has(cell) || reached.has(cell)) return;
    reached.add(cell);
    const [column, row] = cell.split(" ").map(Number);
    for (const next of around(column!, row!)) walk(next);
  };
  walk([...cells][0]!);
  expect(reached.size).toBe(33);
});

test("Shetland is the northernmost, Scilly the westernmost of the South West, and Leeds north of Leicester", () => {
  const of = (gss: string) => layout("single-and-lower").find((tile) => tile.gss === gss)!;
  const rows = layout("single-and-lower").map(({row}) => Number(row));
  expect(Number(of("S12000027").row)).toBe(Math.max(...rows));
  const southWest = new Set(councils.filter(({region}) => region === "South West").map(({gss}) => gss));
  const columns = layout("single-and-lower")
    .filter(({gss}) => southWest.has(gss))
    .map(({column}) => Number(column));
  expect(Number(of("E06000053").column)).toBe(Math.min(...columns));
  expect(Number(of("E08000035").row)).toBeGreaterThan(Number(of("E06000016").row));
});

test("two councils far apart keep their directions; two on one spot get a hexagon each; the order given does not matter", () => {
  const north = {gss: "A", latitude: 57, longitude: -2};
  const south = {gss: "B", latitude: 51, longitude: -2};
  const [a, b] = hexLayout([south, north]);
  expect([a?.gss, b?.gss]).toEqual(["A", "B"]);
  expect(a!.row).toBeGreaterThan(b!.row);
  const same = hexLayout([south, {...south, gss: "C"}]);
  expect(new Set(same.map(({column, row}) => `${column} ${row}`)).size).toBe(2);
  expect(hexLayout([north, south])).toEqual(hexLayout([south, north]));
});
