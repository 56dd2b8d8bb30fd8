import {contractSizes} from "../components/contractSizes.ts";
import {figureHtml} from "../components/figure.ts";
import {count} from "../components/format.ts";
import {table, text} from "../components/html.ts";
import {scaleByYear} from "../components/scaleByYear.ts";
import {serviceLabel, serviceLines} from "../components/services.ts";
import type {Page} from "./page.ts";
import {sliceNote} from "./page.ts";
import type {Site} from "./site.ts";

/** How large contracts are, by service and by year, and which rows stand outside the measures. */
export function scalePage(site: Site, document: Document): Page {
  const counted = site.contracts.filter(({left_out_because}) => left_out_because === null);
  const leftOut = site.contracts.filter(({left_out_because}) => left_out_because !== null);
  return {
    path: "scale.md",
    title: "How large contracts are",
    description: "The size of councils' published contracts by service and year, and what is left out of it.",
    body: [
      `<h1>How large contracts are</h1>`,
      `<p class="lede">Size is the value of a contract for one year of its term: a contract of £3 million over three years has the size £1 million. A framework’s ceiling is not a contract and is never counted. ${count(counted.length)} contracts count here; ${count(leftOut.length)} rows are left out.</p>`,
      sliceNote(site),
      `<h2>By service</h2>`,
      figureHtml(contractSizes(counted, {document, id: "sizes", leftOut})),
      `<h2>By year</h2>`,
      byYear(site, document),
      `<h2>What is left out, and why</h2>`,
      leftOutTable(leftOut),
      `<p class="quiet">Every one of these rows stands in <a href="/data/contracts.csv">contracts.csv</a> with its reason in <code>left_out_because</code> and the rule that decided.</p>`
    ].join("\n\n")
  };
}

/** The service with the most measured cells: with few data, one honest chart rather than fifteen empty ones. */
function byYear(site: Site, document: Document): string {
  const measured = site.council_scale.filter(({not_measured_reason}) => not_measured_reason === null);
  const cellsOf = (serviceLine: string) => measured.filter(({service_line}) => service_line === serviceLine);
  const [serviceLine] = [...serviceLines].sort((a, b) => cellsOf(b).length - cellsOf(a).length);
  return figureHtml(
    scaleByYear(cellsOf(serviceLine!), {document, id: "by-year", serviceLabel: serviceLabel(serviceLine!)})
  );
}

function leftOutTable(leftOut: Site["contracts"]): string {
  const counts = new Map<string, number>();
  for (const {left_out_because: reason} of leftOut) counts.set(reason!, (counts.get(reason!) ?? 0) + 1);
  const rows = [...counts].sort(([, a], [, b]) => b - a);
  return table(`${count(leftOut.length)} rows outside every scale measure`, rows, [
    {heading: "Reason", cell: ([reason]) => text(reason.replaceAll("-", " "))},
    {heading: "Rows", cell: ([, n]) => count(n), isNumber: true}
  ]);
}
