import {existsSync} from "node:fs";
import {join} from "node:path";
import {serveSite} from "../../pipeline/site/serve.ts";
import {ROOT} from "../house/imports.ts";
import {openBrowser} from "./browser.ts";
import {TEMPLATES, weigh} from "./weigh.ts";

// Prints what a page of every template weighs: `npm run weights` after `npm run build`. Exit 1 when one is over its budget.

const root = join(ROOT, "dist");
if (!existsSync(join(root, "index.html"))) {
  process.stderr.write(`there is no built site in ${root}: run "npm run build" first\n`);
  process.exit(1);
}
const server = await serveSite({root, port: 0, host: "127.0.0.1"});
const browser = await openBrowser();
try {
  const header = ["page", "kB", "of", "requests", "of", "shift", "largest paint"];
  const rows = [header];
  for (const [path, budget] of Object.entries(TEMPLATES)) {
    const {kB, requests, layoutShift, largestPaintMs} = await weigh(browser, server.url + path);
    const isOver = kB > budget.kB || requests > budget.requests || layoutShift > 0.05;
    if (isOver) process.exitCode = 1;
    rows.push([
      path + (isOver ? " OVER" : ""),
      kB.toFixed(1),
      String(budget.kB),
      String(requests),
      String(budget.requests),
      layoutShift.toFixed(3),
      `${(largestPaintMs / 1_000).toFixed(1)} s`
    ]);
  }
  const widths = header.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  for (const row of rows)
    process.stdout.write(
      `${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  ")}\n`
    );
  process.stdout.write(
    "kB of 1,000 bytes as gzip sends them, before anything is clicked; largest paint on slow 4G with a processor four times slower\n"
  );
} finally {
  await browser.close();
  await server.close();
}
