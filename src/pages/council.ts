import {figureHtml} from "../components/figure.ts";
import {count, dayMonthYear, financialYear, money, percent, valueIn} from "../components/format.ts";
import {address, list, table, text} from "../components/html.ts";
import {missingInWords} from "../components/missing.ts";
import {outcomeHistory} from "../components/outcomeHistory.ts";
import type {ContractRow, CouncilRow, CouncilScaleRow, IndicatorRow, ObservationRow} from "../components/rows.ts";
import {classLabel, serviceLabel} from "../components/services.ts";
import type {Page} from "./page.ts";
import {sliceNote} from "./page.ts";
import {countedContracts, isRunHere, type Site} from "./site.ts";

const LARGEST_SHOWN = 10;
const PERIODS_FOR_A_HISTORY = 3;

/** The page of one council, in force or abolished, in the order in which a reader needs it. */
export function councilPage(council: CouncilRow, site: Site, document: Document): Page {
  const counted = countedContracts(site, council.gss);
  return {
    path: `council/${council.gss}.md`,
    title: council.name,
    description: `How large the published contracts of ${council.name} are, what its services cost, and how often people come back: with intervals, sources and what is missing.`,
    body: [
      `<p class="kicker"><a href="/councils">Councils</a> · ${text(council.region)}</p>`,
      `<h1>${text(council.name)}</h1>`,
      whoItIs(council, site),
      successorNotice(council, site),
      whatItRuns(council, site),
      `<h2 id="contracts">What its published contracts cover</h2>`,
      coverage(council, counted, site),
      scale(council, site),
      `<h2 id="outcomes">Repeat demand and cost</h2>`,
      outcomes(council, site, document),
      largestContracts(council, site),
      downloads(council)
    ]
      .filter((part) => part !== "")
      .join("\n\n")
  };
}

function whoItIs(council: CouncilRow, {councilOf}: Site): string {
  const county = council.county_gss === null ? undefined : councilOf.get(council.county_gss);
  const where = county
    ? `A ${classLabel(council.class)} in the area of ${councilLink(county)}, which runs the services of the upper tier`
    : `A ${classLabel(council.class)}${council.nation === "England" ? ` in ${text(council.region)}` : ""}`;
  const facts = [
    council.population === null ? "" : `${count(council.population)} residents in mid-2020`,
    council.imd_score === null
      ? ""
      : `average deprivation score ${council.imd_score.toFixed(1)} (English indices of deprivation 2025; higher is more deprived)`,
    council.rural_pct === null ? "" : `${percent(council.rural_pct, 0)} of residents in rural areas (census 2011)`
  ].filter((fact) => fact !== "");
  return `<p class="lede">${where}.${facts.length === 0 ? "" : ` ${facts.join("; ")}.`} <span class="quiet">Code ${council.gss}.</span></p>`;
}

const councilLink = ({gss, name}: CouncilRow): string => `<a href="/council/${gss}">${text(name)}</a>`;

function successorNotice(council: CouncilRow, {councilOf}: Site): string {
  if (council.valid_to === null) return "";
  const successors = (council.successor_gss ?? "").split(" ").flatMap((gss) => councilOf.get(gss) ?? []);
  const next =
    successors.length === 0 ? "No successor is recorded." : `After it: ${successors.map(councilLink).join(", ")}.`;
  return `<aside class="notice" aria-label="Abolished"><p><strong>This code ended on ${dayMonthYear(council.valid_to)}.</strong> ${next} Contracts are shown with the council that answers for them today.</p></aside>`;
}

function whatItRuns(council: CouncilRow, site: Site): string {
  const rows = site.tiers.filter(({gss}) => gss === council.gss);
  if (rows.length === 0) return "";
  const own = rows.filter(({run_by}) => run_by === council.gss);
  const others = rows.filter(({run_by}) => run_by !== council.gss);
  const named = (row: (typeof rows)[number]) =>
    `${text(serviceLabel(row.service_line))}${row.body_name === "" ? "" : ` (${text(row.body_name)})`}`;
  const elsewhere = (row: (typeof rows)[number]) =>
    `${text(serviceLabel(row.service_line))}: ${text(runBy(row.run_by, row.body_name, site))}`;
  return `<details><summary>What it runs, and what others run here</summary><p><strong>Run by this council:</strong> ${own.map(named).join(", ")}.</p>${others.length === 0 ? "" : `<p><strong>Not run by this council:</strong></p>${list(others.map(elsewhere))}`}</details>`;
}

function runBy(gss: string, bodyName: string, {councilOf}: Site): string {
  const council = councilOf.get(gss);
  return council ? council.name : bodyName || "another body";
}

function coverage(council: CouncilRow, counted: number, site: Site): string {
  const all = site.contractsOf.get(council.gss) ?? [];
  const leftOut = all.length - counted;
  const summary =
    all.length === 0
      ? `<p class="figure-line"><strong>No contract of this council is at hand.</strong> That says nothing about how much it buys: fetch or import more of the registers to fill this.</p>`
      : `<p class="figure-line"><strong>${count(counted)}</strong> ${counted === 1 ? "contract counts" : "contracts count"} in the measures below; <strong>${count(leftOut)}</strong> ${leftOut === 1 ? "row is" : "rows are"} left out${leftOut === 0 ? "" : `: ${reasons(all)}`}.</p>`;
  return `${summary}\n\n${sliceNote(site)}\n\n${letter(council)}`;
}

function reasons(contracts: readonly ContractRow[]): string {
  const counts = new Map<string, number>();
  for (const {left_out_because: reason} of contracts)
    if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, n]) => `${count(n)} ${text(reason.replaceAll("-", " "))}`).join(", ");
}

/** A letter for what no register shows, ready to send under the Freedom of Information Acts. */
function letter(council: CouncilRow): string {
  const act =
    council.nation === "Scotland" ? "Freedom of Information (Scotland) Act 2002" : "Freedom of Information Act 2000";
  const paragraphs = [
    `To ${council.name}`,
    `Under the ${act}, please send me the council’s contracts register as a spreadsheet, for contracts in force on any day since 1 April 2018: reference, title, service or department, supplier and company or charity number, start date, end date, longest end date with extensions, value and whether it includes VAT and covers the whole term, whether the contract was called off from a framework, and the notice number on Contracts Finder, Find a Tender, Public Contracts Scotland or Sell2Wales where there is one.`,
    "Please state for each column that you do not hold that you do not hold it. If part of the request exceeds the cost limit, please say which part would not."
  ];
  return `<details><summary>Ask the council for what is missing</summary>${paragraphs.map((words) => `<p>${text(words)}</p>`).join("")}</details>`;
}

function scale(council: CouncilRow, site: Site): string {
  const rows = (site.scaleOf.get(council.gss) ?? [])
    .filter(({contract_count}) => contract_count > 0)
    .sort((a, b) => b.financial_year - a.financial_year || b.contract_count - a.contract_count);
  if (rows.length === 0) return "";
  const measured = rows.filter(({not_measured_reason}) => not_measured_reason === null);
  const below = rows.filter(({not_measured_reason}) => not_measured_reason !== null);
  return [
    `<h3>How large they are, by service and year</h3>`,
    measured.length === 0
      ? `<p>No service has five contracts in force in one year, which a measure needs. So there is no size to show, and no chart.</p>`
      : scaleTable("Contracts in force in each financial year; sizes in pounds a year.", measured),
    below.length === 0
      ? ""
      : `<details><summary>${count(below.length)} ${below.length === 1 ? "combination" : "combinations"} of service and year with fewer than five contracts</summary>${scaleTable("Too few contracts in force to measure", below)}</details>`,
    `<p class="quiet">Typical pound: half of the money is in contracts of at most this size. <a href="/methods#measures">What each measure means</a>.</p>`
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function scaleTable(caption: string, rows: readonly CouncilScaleRow[]): string {
  const size = (pick: (row: CouncilScaleRow) => number | null) => (row: CouncilScaleRow) => {
    const value = pick(row);
    return value === null ? `<span class="quiet">fewer than 5</span>` : money(value);
  };
  return table(caption, rows, [
    {heading: "Service", cell: ({service_line}) => text(serviceLabel(service_line))},
    {heading: "Year", cell: ({financial_year}) => financialYear(financial_year)},
    {heading: "Contracts", cell: ({contract_count}) => count(contract_count), isNumber: true},
    {heading: "Median size", cell: size((row) => row.median_annual_gbp), isNumber: true},
    {heading: "Typical pound", cell: size((row) => row.typical_pound_gbp), isNumber: true},
    {heading: "Left out", cell: ({left_out_count}) => count(left_out_count), isNumber: true},
    {
      heading: "Share of running expenses",
      cell: ({coverage_pct}) => (coverage_pct === null ? "–" : percent(coverage_pct)),
      isNumber: true
    }
  ]);
}

function outcomes(council: CouncilRow, site: Site, document: Document): string {
  const own = site.ownObservationsOf.get(council.gss) ?? [];
  const isHere = ({service_line}: IndicatorRow) => isRunHere(site, council, service_line);
  const measures = site.indicatorsShown
    .filter(isHere)
    .map((indicator) => ({indicator, mine: own.filter(({indicator_id}) => indicator_id === indicator.indicator_id)}))
    .filter(({mine}) => mine.length > 0);
  const isDrawn = ({indicator, mine}: Measure) =>
    indicator.kind === "repeat-demand" && mine.length >= PERIODS_FOR_A_HISTORY;
  const elsewhere = new Set(
    site.indicatorsShown.filter((indicator) => !isHere(indicator)).map(({service_line}) => service_line)
  );
  const parts = [
    ...measures.filter(isDrawn).map(({indicator, mine}) => history(council, indicator, mine, site, document)),
    singleFigures(
      council,
      measures.filter((measure) => !isDrawn(measure))
    ),
    notRunHere(council, [...elsewhere], site)
  ].filter((part) => part !== "");
  return measures.length === 0
    ? [`<p>No figure of this council is at hand. The indicators shipped so far are English.</p>`, ...parts].join("\n\n")
    : parts.join("\n\n");
}

/** What is at hand of one council for one indicator, oldest first. */
interface Measure {
  readonly indicator: IndicatorRow;
  readonly mine: readonly ObservationRow[];
}

function history(
  council: CouncilRow,
  indicator: IndicatorRow,
  mine: readonly ObservationRow[],
  site: Site,
  document: Document
): string {
  const peers = (site.observationsOf.get(indicator.indicator_id) ?? []).filter(
    ({gss}) => gss !== council.gss && site.councilOf.get(gss)?.class === council.class
  );
  const chart = outcomeHistory(mine, peers, {document, id: indicator.indicator_id, indicator, council});
  return [
    `<h3><a href="/indicator/${indicator.indicator_id}">${text(indicator.title)}</a></h3>`,
    `<p class="sentence" id="sentence-${indicator.indicator_id}" data-source="${text(`${indicator.publisher}, ${indicator.publication}`)}">${latestSentence(council, indicator, mine)}</p>`,
    figureHtml(chart),
    `<p class="quiet">${text(indicator.caveats[0] ?? "")} Source: <a href="${address(indicator.page)}">${text(indicator.publisher)}, ${text(indicator.publication)}</a>.</p>`
  ].join("\n\n");
}

/** One safe sentence: the figure, its year, its counts and its interval; no comparison, no cause. */
export function latestSentence(council: CouncilRow, indicator: IndicatorRow, mine: readonly ObservationRow[]): string {
  const latest = mine.at(-1)!;
  const name = text(council.name);
  if (latest.value === null)
    return `${name}, ${text(latest.period)}: no figure, ${text(missingInWords(latest.missing_reason))}.`;
  const counts =
    latest.numerator === null || latest.denominator === null
      ? ""
      : `, ${count(latest.numerator)} of ${count(latest.denominator)}`;
  const interval =
    latest.low_95 === null || latest.high_95 === null
      ? " No interval: this is an administrative total, not a sample of chances."
      : ` (95% interval ${percent(latest.low_95)} to ${percent(latest.high_95)}).`;
  return `${name}, ${text(latest.period)}: <strong>${valueIn(indicator.unit, latest.value)}</strong>${counts}${interval.startsWith(" (") ? interval : `.${interval}`}`;
}

function singleFigures(council: CouncilRow, measures: readonly Measure[]): string {
  if (measures.length === 0) return "";
  return `<h3>In figures</h3>\n\n${table(
    `Published figures of ${council.name}, the latest and the first at hand. Money in cash terms: not adjusted for inflation, and a total says nothing of dear or cheap.`,
    measures,
    [
      {
        heading: "Measure",
        cell: ({indicator}) => `<a href="/indicator/${indicator.indicator_id}">${text(indicator.title)}</a>`
      },
      {heading: "Latest", cell: ({indicator, mine}) => figureOf(indicator, mine.at(-1)!), isNumber: true},
      {
        heading: "First at hand",
        cell: ({indicator, mine}) => (mine.length === 1 ? "–" : figureOf(indicator, mine[0]!)),
        isNumber: true
      }
    ]
  )}`;
}

const figureOf = ({unit}: IndicatorRow, {period, value, missing_reason}: ObservationRow): string =>
  `${value === null ? text(missingInWords(missing_reason)) : valueIn(unit, value)} <span class="quiet">${text(period)}</span>`;

function notRunHere(council: CouncilRow, serviceLines: readonly string[], site: Site): string {
  const rows = site.tiers.filter(({gss, service_line}) => gss === council.gss && serviceLines.includes(service_line));
  if (rows.length === 0) return "";
  const item = ({service_line, run_by, body_name}: (typeof rows)[number]) => {
    const other = site.councilOf.get(run_by);
    return `${text(serviceLabel(service_line))}: not run here, run by ${other ? councilLink(other) : text(body_name || "another body")}`;
  };
  return `<h3>Not run here</h3>\n\n${list(rows.map(item))}`;
}

function largestContracts(council: CouncilRow, site: Site): string {
  const counted = (site.contractsOf.get(council.gss) ?? []).filter(({left_out_because}) => left_out_because === null);
  if (counted.length === 0) return "";
  const shown = counted.slice(0, LARGEST_SHOWN);
  const heading =
    counted.length > LARGEST_SHOWN ? `Its ${LARGEST_SHOWN} largest contracts` : "Its contracts, largest first";
  return `<h2 id="largest">${heading}</h2>\n\n${table(
    "Value of the whole term as published, not money spent. A value is shown once, whatever its number of suppliers.",
    shown,
    [
      {heading: "Contract", cell: contractName},
      {heading: "Service", cell: ({service_line}) => text(serviceLabel(service_line))},
      {heading: "Term", cell: ({starts_on, ends_on}) => `${starts_on ?? "?"} to ${ends_on ?? "?"}`},
      {heading: "Value", cell: ({value_gbp}) => (value_gbp === null ? "–" : money(value_gbp)), isNumber: true},
      {
        heading: "A year",
        cell: ({annual_value_gbp}) => (annual_value_gbp === null ? "–" : money(annual_value_gbp)),
        isNumber: true
      },
      {heading: "Suppliers", cell: ({supplier_count}) => count(supplier_count), isNumber: true}
    ]
  )}`;
}

/** A contract by its title, or where titles are not embedded by what its code stands for; linked to the register's own page. */
function contractName({title, cpv_label, contract_id, notice_url}: ContractRow): string {
  const name = text(title ?? cpv_label ?? `Contract ${contract_id}`);
  return notice_url?.startsWith("https://") ? `<a href="${address(notice_url)}">${name}</a>` : name;
}

function downloads({gss}: CouncilRow): string {
  return `<h2 id="data">The data</h2>\n\n<p>Every figure here stands in the <a href="/data">published tables</a> under the code <code>${gss}</code>: <a href="/data/contracts.csv">contracts</a>, <a href="/data/council-scale.csv">contract scale</a>, <a href="/data/observations.csv">cost and repeat demand</a>.</p>`;
}
