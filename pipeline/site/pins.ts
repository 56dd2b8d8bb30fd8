import {mkdirSync, rmSync} from "node:fs";
import {join} from "node:path";

/**
 * Libraries that Framework's own client could load lazily. While bundling, Framework asks the package registry for the newest
 * version of each, used or not, unless its cache holds a folder `<name>@<version>`. No page here uses one, so none is shipped;
 * naming them keeps the build off the network and the same tomorrow. A missing name shows as a build that needs the network.
 */
export const PINNED = [
  "@observablehq/plot@0.6.17",
  "@observablehq/sample-datasets@1.0.1",
  "apache-arrow@21.2.0",
  "arquero@8.0.3",
  "d3@7.9.2",
  "d3-dsv@3.0.2",
  "echarts@6.1.0",
  "htl@1.0.0",
  "leaflet@1.9.4",
  "lodash@4.18.1",
  "mapbox-gl@3.32.0",
  "parquet-wasm@0.8.0",
  "react@19.3.1",
  "react-dom@19.3.1",
  "topojson-client@3.1.0"
] as const;

/** Empties Framework's cache, which it trusts even when the data behind it have changed, and puts the pins into it. */
export function freshCache(siteSource: string): void {
  const cache = join(siteSource, ".observablehq", "cache");
  rmSync(cache, {recursive: true, force: true});
  for (const pin of PINNED) mkdirSync(join(cache, "_npm", pin), {recursive: true});
}
