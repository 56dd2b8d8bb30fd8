import {linearSumAssignment} from "linear-sum-assignment";

/** A place on the globe with a council's code. */
export interface Centroid {
  readonly gss: string;
  readonly latitude: number; // degrees
  readonly longitude: number;
}

/** A hexagon of a layout: columns from the west, rows from the south, every odd row moved half a column to the east. */
export interface Tile {
  readonly gss: string;
  readonly column: number;
  readonly row: number;
}

interface Point {
  readonly x: number; // in hexagon widths, to the east
  readonly y: number; // to the north
}

const KM_PER_DEGREE = 111.19; // 2 pi 6371 / 360
const MIDDLE_LATITUDE = (54.5 * Math.PI) / 180; // of the United Kingdom
const AREA_KM2 = 244_000; // of the United Kingdom: a hexagon is an equal share of it
const ROW_HEIGHT = Math.sqrt(3) / 2; // of a hexagon standing on its corner, in widths
const STEPS = 1000;

/**
 * A layout of equal hexagons, one a council, so that a map does not let area speak.
 *
 * Centroids closer than a hexagon push each other apart until London's boroughs have room; then each council gets the free
 * hexagon that keeps the sum of squared moves least (an assignment problem, solved exactly by Jonker and Volgenant's method).
 * The same centroids give the same layout: nothing is random.
 *
 * @param centroids one a council; the order does not matter
 */
export function hexLayout(centroids: readonly Centroid[]): Tile[] {
  const sorted = [...centroids].sort((a, b) => (a.gss < b.gss ? -1 : 1));
  const points = spread(sorted.map(projected(sorted.length)));
  const cells = cellsNear(points);
  const costs = points.map((point) => cells.map((cell) => squaredDistance(point, centreOf(cell))));
  const {rowAssignments} = linearSumAssignment(costs, {maximaze: false});
  const chosen = sorted.map(({gss}, i) => ({gss, ...cells[rowAssignments[i]!]!}));
  const [west, south] = [Math.min(...chosen.map(({column}) => column)), Math.min(...chosen.map(({row}) => row))];
  const origin = {column: west, row: south - (Math.abs(south) % 2)}; // an even row stays even, or the half column would flip
  return chosen.map(({gss, column, row}) => ({gss, column: column - origin.column, row: row - origin.row}));
}

/** Degrees to hexagon widths, on a plane that is true in the middle of the country. */
const projected =
  (count: number) =>
  ({latitude, longitude}: Centroid): Point => {
    const width = Math.sqrt(AREA_KM2 / count / ROW_HEIGHT);
    return {
      x: (longitude * Math.cos(MIDDLE_LATITUDE) * KM_PER_DEGREE) / width,
      y: (latitude * KM_PER_DEGREE) / width
    };
  };

/**
 * Moves points apart that are closer than one hexagon. The room asked for grows slowly to that size, so that a dense city swells
 * as a whole and its boroughs do not jump over its neighbours.
 */
function spread(start: readonly Point[]): Point[] {
  let points = [...start];
  for (let step = 1; step <= STEPS; step += 1) {
    const room = Math.min(1, (1.25 * step) / STEPS);
    points = points.map((point, i) => pushed(point, i, points, room));
  }
  return points;
}

function pushed(point: Point, index: number, points: readonly Point[], room: number): Point {
  let [x, y] = [point.x, point.y];
  points.forEach((other, i) => {
    if (i === index) return;
    const apart = Math.sqrt(squaredDistance(point, other));
    if (apart >= room) return;
    // Two councils on one spot part along a direction of their own, not a random one.
    const [dx, dy] =
      apart < 1e-9 ? [Math.cos(index), Math.sin(index)] : [(point.x - other.x) / apart, (point.y - other.y) / apart];
    x += (dx * (room - apart)) / 6;
    y += (dy * (room - apart)) / 6;
  });
  return {x, y};
}

type Cell = Omit<Tile, "gss">;

/** The hexagons around any of the points, in a stable order. */
function cellsNear(points: readonly Point[]): Cell[] {
  const cells = new Map<string, Cell>();
  for (const {x, y} of points) {
    const row = Math.round(y / ROW_HEIGHT);
    const column = Math.round(x);
    for (let r = row - 2; r <= row + 2; r += 1)
      for (let c = column - 2; c <= column + 2; c += 1) cells.set(`${c} ${r}`, {column: c, row: r});
  }
  return [...cells.values()].sort((a, b) => a.row - b.row || a.column - b.column);
}

const centreOf = ({column, row}: Cell): Point => ({x: column + (row % 2 === 0 ? 0 : 0.5), y: row * ROW_HEIGHT});

const squaredDistance = (a: Point, b: Point) => (a.x - b.x) ** 2 + (a.y - b.y) ** 2;
