import {text} from "./html.ts";

/** A council's place in a layout of equal tiles; reference table `tiles`. */
export interface TileRow {
  readonly gss: string;
  readonly column: number;
  readonly row: number; // counted from the south
}

/** What a tile shows. */
export interface TileCouncil {
  readonly gss: string;
  readonly name: string;
  readonly contractCount: number;
}

const TILE = 14; // with its gap
const SIDE = 12;

/**
 * Every council as a tile of one size, roughly where it lies: a map on which a large area does not look like a large council.
 *
 * Each tile leads to its council's page. For whoever reads without a picture or by keyboard the list below has the same links, and the
 * caption says what the picture shows, so both skip it.
 *
 * @returns HTML on one line; empty when no tile is known
 */
export function tileMap(tiles: readonly TileRow[], councils: readonly TileCouncil[]): string {
  const byCode = new Map(councils.map((council) => [council.gss, council]));
  const placed = tiles.flatMap((tile) => {
    const council = byCode.get(tile.gss);
    return council === undefined ? [] : [{...tile, ...council}];
  });
  if (placed.length === 0) return "";
  const left = Math.min(...placed.map(({column}) => column));
  const top = Math.max(...placed.map(({row}) => row));
  const width = (Math.max(...placed.map(({column}) => column)) - left + 1) * TILE;
  const height = (top - Math.min(...placed.map(({row}) => row)) + 1) * TILE;
  const filled = placed.filter(({contractCount}) => contractCount > 0).length;
  const missing = councils.length - placed.length;
  const cells = placed.map(({gss, name, contractCount, column, row}) => {
    const [x, y] = [(column - left) * TILE + 1, (top - row) * TILE + 1];
    const opacity = contractCount > 0 ? "0.8" : "0.15";
    return `<a href="/council/${text(gss)}" tabindex="-1"><title>${text(`${name}: ${contractCount} contracts that count`)}</title><rect x="${x}" y="${y}" width="${SIDE}" height="${SIDE}" fill="currentColor" fill-opacity="${opacity}"/></a>`;
  });
  const words = `One tile of equal size for each of ${placed.length} councils, roughly where it lies: dark, ${filled} with contracts that count; pale, ${placed.length - filled} without any here. A pale council is one we know nothing about, not one that buys nothing.${missing === 0 ? "" : ` ${missing === 1 ? "1 council has" : `${missing} councils have`} no tile.`}`;
  return `<figure class="tile-map"><svg aria-hidden="true" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${cells.join("")}</svg><figcaption>${text(words)}</figcaption></figure>`;
}
