// How much money do one council's counted contracts hold, by service line? Needs Node 20 or newer and nothing else.
//   node read_api.mjs COUNCIL_GSS [folder or address of a release]
import {readFile} from "node:fs/promises";
import {fileURLToPath} from "node:url";

const [gss, release = fileURLToPath(new URL("..", import.meta.url))] = process.argv.slice(2);
const place = `${release.replace(/\/$/, "")}/api/v1/contracts/${gss}.json`;
const text = place.startsWith("http") ? await (await fetch(place)).text() : await readFile(place, "utf8");

const pence = new Map();
for (const {left_out_because, service_line, value_gbp} of JSON.parse(text).contracts)
  if (left_out_because === null) // ceilings, placeholders and duplicates say why they are left out
    pence.set(service_line, (pence.get(service_line) ?? 0) + Math.round(value_gbp * 100));

for (const [line, sum] of [...pence].sort()) console.log(`${line}\t${(sum / 100).toFixed(2)}`);
