import {text} from "./html.ts";

/** A council's place in a layout of equal tiles; reference table `tiles`. */
export interface TileRow {
  readonly layout: string; // which tiers are drawn
  readonly gss: string;
  readonly column: number; // from the west; odd rows stand half a column to the east
  readonly row: number; // from the south
}

/** What a tile shows. */
export interface TileCouncil {
  readonly gss: string;
  readonly name: string;
  readonly contractCount: number;
  readonly isMeasured: boolean; // enough contracts of one service in one year for a measure
}

const ACROSS = 14; // between the centres of two hexagons in a row
const UP = (ACROSS * Math.sqrt(3)) / 2; // between two rows
const RADIUS = 7.2; // to a corner, which leaves a gap

const STATES = [
  {className: "measured", holds: ({isMeasured}: TileCouncil) => isMeasured, words: "with a measure"},
  {
    className: "some",
    holds: ({contractCount, isMeasured}: TileCouncil) => !isMeasured && contractCount > 0,
    words: "with contracts, too few for one"
  },
  {
    className: "none",
    holds: ({contractCount, isMeasured}: TileCouncil) => !isMeasured && contractCount === 0,
    words: "none here"
  }
] as const;

/**
 * Every council of a layout as a hexagon of one size, roughly where it lies: a map on which a large area does not look like a
 * large council.
 *
 * Each hexagon leads to its council's page. For whoever reads without a picture or by keyboard the list below has the same links,
 * and the caption says what the picture shows, so both skip it. States differ in fill and outline, not in colour alone.
 *
 * @param title what the layout shows, as a heading of the caption
 * @returns HTML on one line; empty when no tile is known
 */
export function tileMap(title: string, tiles: readonly TileRow[], councils: readonly TileCouncil[]): string {
  const byCode = new Map(councils.map((council) => [council.gss, council]));
  const placed = tiles.flatMap((tile) => {
    const council = byCode.get(tile.gss);
    return council === undefined
      ? []
      : [{...council, x: (tile.column + (tile.row % 2 === 0 ? 0 : 0.5)) * ACROSS, y: -tile.row * UP}];
  });
  if (placed.length === 0) return "";
  const [left, top] = [Math.min(...placed.map(({x}) => x)), Math.min(...placed.map(({y}) => y))];
  const [width, height] = [Math.max(...placed.map(({x}) => x)) - left, Math.max(...placed.map(({y}) => y)) - top].map(
    (side) => Math.ceil(side + 2 * RADIUS + 2)
  ) as [number, number];
  const cells = placed.map((tile) => {
    const [x, y] = [tile.x - left + RADIUS + 1, tile.y - top + RADIUS + 1];
    const state = STATES.find(({holds}) => holds(tile))!;
    return `<a href="/council/${text(tile.gss)}" tabindex="-1"><title>${text(`${tile.name}: ${contractsThatCount(tile.contractCount)}`)}</title><path class="${state.className}" d="${hexagon(x, y)}"/></a>`;
  });
  const key = STATES.map(({className, holds, words}) => {
    const count = placed.filter(holds).length;
    return `<span><svg aria-hidden="true" viewBox="0 0 16 16" width="16" height="16"><path class="${className}" d="${hexagon(8, 8)}"/></svg> ${count} ${words}</span>`;
  });
  const missing = councils.length - placed.length;
  const words = `One hexagon of equal size for each of ${placed.length} councils, roughly where it lies. An empty one is a council we know nothing about, not one that buys nothing.${missing === 0 ? "" : ` ${missing === 1 ? "1 council has" : `${missing} councils have`} no hexagon.`}`;
  return `<figure class="tile-map"><figcaption><strong>${text(title)}</strong> <span class="tile-key">${key.join(" ")}</span></figcaption><svg aria-hidden="true" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${cells.join("")}</svg><p class="quiet">${text(words)}</p></figure>`;
}

function contractsThatCount(contracts: number): string {
  if (contracts === 0) return "no contract that counts is here";
  return contracts === 1 ? "1 contract that counts" : `${contracts} contracts that count`;
}

/** A hexagon that stands on a corner, as the path of an SVG, to a tenth of a pixel. */
function hexagon(x: number, y: number): string {
  const corners = Array.from({length: 6}, (_, i) => {
    const angle = (Math.PI / 3) * i - Math.PI / 2;
    return `${(x + RADIUS * Math.cos(angle)).toFixed(1)},${(y + RADIUS * Math.sin(angle)).toFixed(1)}`;
  });
  return `M${corners.join("L")}Z`;
}
