import {contractSizes} from "../components/contractSizes.ts";
import {count, financialYear} from "../components/format.ts";
import {stackingTable, table, text} from "../components/html.ts";
import type {ContractFacts, CouncilScaleRow} from "../components/rows.ts";
import {scaleByYear} from "../components/scaleByYear.ts";
import {classLabelPlural, councilClasses, serviceLabel, serviceLines} from "../components/services.ts";
import {type Placed, placed} from "./chart.ts";
import type {Page} from "./page.ts";
import {sliceNote} from "./page.ts";
import {grouped, type Site} from "./site.ts";
import {registersOf} from "./views.ts";

/** How large contracts are, by service; each service has a page by class and year. */
export function scalePages(site: Site, document: Document): Page[] {
  const counted = site.contracts.filter(({left_out_because}) => left_out_because === null);
  const services = serviceLines
    .map((service_line) => ({
      service_line,
      contracts: counted.filter((row) => row.service_line === service_line),
      cells: site.council_scale.filter((row) => row.service_line === service_line && row.contract_count > 0)
    }))
    .filter(({contracts}) => contracts.length > 0);
  return [
    overview(site, document, counted, services),
    ...services.map((service) => servicePage(site, document, service))
  ];
}

interface Service {
  readonly service_line: string;
  readonly contracts: readonly ContractFacts[]; // that count
  readonly cells: readonly CouncilScaleRow[]; // with any contract in force
}

function overview(
  site: Site,
  document: Document,
  counted: readonly ContractFacts[],
  services: readonly Service[]
): Page {
  const leftOut = site.contracts.filter(({left_out_because}) => left_out_because !== null);
  const sizes = placed({site, document, home: "/scale", id: "sizes", source: registersOf(site)}, null, (options) =>
    contractSizes(counted, {...options, leftOut})
  );
  return {
    path: "scale.md",
    title: "How large contracts are",
    description: "The size of councils' published contracts by service, class and year, and what is left out of it.",
    body: [
      `<h1>How large contracts are</h1>`,
      `<p class="lede">Size is the value of a contract for one year of its term: a contract of £3 million over three years has the size £1 million. A framework’s ceiling is not a contract and is never counted. ${count(counted.length)} contracts count here; ${count(leftOut.length)} rows are left out.</p>`,
      sliceNote(site),
      `<h2>By service</h2>`,
      sizes.html,
      `<h2>By class of council and year</h2>`,
      `<p>Each service has a page: sizes by class, and how they moved through the years, over a ribbon of the laws that said what had to be published.</p>`,
      serviceTable(services),
      `<h2>What is left out, and why</h2>`,
      leftOutTable(leftOut),
      `<p class="quiet">Every one of these rows stands in <a href="/data/contracts.csv">contracts.csv</a> with its reason in <code>left_out_because</code> and the rule that decided.</p>`
    ].join("\n\n"),
    files: new Map(sizes.files)
  };
}

const isMeasured = ({not_measured_reason}: CouncilScaleRow): boolean => not_measured_reason === null;

const serviceTable = (services: readonly Service[]): string =>
  table("Services with contracts that count", services, [
    {
      heading: "Service",
      cell: ({service_line}) => `<a href="/scale/${service_line}">${text(serviceLabel(service_line))}</a>`
    },
    {heading: "Contracts", cell: ({contracts}) => count(contracts.length), isNumber: true},
    {heading: "Councils", cell: ({cells}) => count(new Set(cells.map(({gss}) => gss)).size), isNumber: true},
    {heading: "Council-years", cell: ({cells}) => count(cells.length), isNumber: true},
    {heading: "Measured", cell: ({cells}) => count(cells.filter(isMeasured).length), isNumber: true}
  ]);

/** One service: sizes by class of council, and by year within a class. Nations are never pooled: a class belongs to one. */
function servicePage(site: Site, document: Document, {service_line, contracts, cells}: Service): Page {
  const name = serviceLabel(service_line);
  const classOf = (gss: string | null): string => site.councilOf.get(gss ?? "")?.class ?? "";
  const leftOut = site.contracts.filter((row) => row.service_line === service_line && row.left_out_because !== null);
  const lastYear = Number(site.data_cut_off_on.slice(0, 4)) + (site.data_cut_off_on.slice(5) >= "04-01" ? 1 : 0);
  const byClass = grouped(
    cells.filter(({financial_year}) => financial_year <= lastYear),
    ({gss}) => classOf(gss)
  );
  const home = `/scale/${service_line}`;
  const drawn = councilClasses.flatMap((ofClass) => {
    const own = byClass.get(ofClass);
    return own ? [{ofClass, own, chart: yearChart(site, document, {home, ofClass, own, name})}] : [];
  });
  const thin = drawn.filter(({chart}) => chart.files.length === 0);
  const full = drawn.filter(({chart}) => chart.files.length > 0);
  const sizes = placed({site, document, home, id: "sizes-by-class", source: registersOf(site)}, null, (options) =>
    contractSizes(contracts, {
      ...options,
      leftOut,
      groupOf: ({council_gss}) => capital(classLabelPlural(classOf(council_gss)) || "not one council’s")
    })
  );
  return {
    path: `scale/${service_line}.md`,
    title: `How large contracts are: ${name}`,
    description: `The size of councils' published contracts for ${name.toLowerCase()}, by class of council and year.`,
    body: [
      `<p class="kicker"><a href="/scale">How large contracts are</a></p>`,
      `<h1>${text(name)}</h1>`,
      `<p class="lede">${count(contracts.length)} contracts count; ${count(leftOut.length)} rows of this service are left out.</p>`,
      sliceNote(site),
      `<h2>By class of council</h2>`,
      sizes.html,
      `<h2>By year</h2>`,
      ...full.map(({chart}) => chart.html),
      thin.length === 0 ? "" : thinTable(thin),
      `<p class="quiet">All cells: <a href="/data/council-scale.csv">council-scale.csv</a>, service line <code>${service_line}</code>; the laws: <a href="/data/regimes.csv">regimes.csv</a>.</p>`
    ]
      .filter((part) => part !== "")
      .join("\n\n"),
    files: new Map([...sizes.files, ...full.flatMap(({chart}) => chart.files)])
  };
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function yearChart(
  site: Site,
  document: Document,
  {home, ofClass, own, name}: {home: string; ofClass: string; own: readonly CouncilScaleRow[]; name: string}
): Placed {
  const nation = site.councilOf.get(own[0]!.gss)?.nation ?? "";
  return placed(
    {site, document, home, id: `by-year-${ofClass}`, source: registersOf(site)},
    [own, name, nation, site.regimes],
    (options) =>
      scaleByYear(own, {
        ...options,
        serviceLabel: name,
        among: classLabelPlural(ofClass),
        nation,
        regimes: site.regimes
      })
  );
}

/** Classes for which no line can be drawn, as a finding with its numbers. */
const thinTable = (thin: readonly {readonly ofClass: string; readonly own: readonly CouncilScaleRow[]}[]): string =>
  stackingTable("Too little data for a chart: it needs two years with five councils of the class measured", thin, [
    {heading: "Class", cell: ({ofClass}) => text(capital(classLabelPlural(ofClass)))},
    {heading: "Council-years with contracts", cell: ({own}) => count(own.length), isNumber: true},
    {heading: "Measured", cell: ({own}) => count(own.filter(isMeasured).length), isNumber: true},
    {heading: "Years", cell: ({own}) => yearsOf(own)}
  ]);

function yearsOf(cells: readonly CouncilScaleRow[]): string {
  const years = cells.map(({financial_year}) => financial_year);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  return first === last ? financialYear(first) : `${financialYear(first)} to ${financialYear(last)}`;
}

function leftOutTable(leftOut: Site["contracts"]): string {
  const counts = new Map<string, number>();
  for (const {left_out_because: reason} of leftOut) counts.set(reason!, (counts.get(reason!) ?? 0) + 1);
  const rows = [...counts].sort(([reason, a], [other, b]) => b - a || (reason < other ? -1 : 1));
  return table(`${count(leftOut.length)} rows outside every scale measure`, rows, [
    {heading: "Reason", cell: ([reason]) => text(reason.replaceAll("-", " "))},
    {heading: "Rows", cell: ([, n]) => count(n), isNumber: true}
  ]);
}
