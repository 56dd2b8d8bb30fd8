import {besidePeers} from "../../components/besidePeers.ts";
import {count, financialYear, money, percent} from "../../components/format.ts";
import {table, text, yearCell} from "../../components/html.ts";
import type {CouncilScaleRow} from "../../components/rows.ts";
import {classLabelPlural, serviceLabel} from "../../components/services.ts";
import {type Placed, placed} from "../chart.ts";
import {registersOf} from "../views.ts";
import {quotable, scaleAddress, scaleSentence} from "./sentence.ts";
import {isMeasured, type ServiceHere, type Subject} from "./subject.ts";

/** How large its contracts are by service beside councils of its class; below the gate no chart, the words say so above. */
export function scale(subject: Subject): Placed {
  const {council, site, services, years} = subject;
  const cells = (site.scaleOf.get(council.gss) ?? []).filter(({contract_count}) => contract_count > 0);
  if (cells.length === 0) return {html: "", files: []};
  const measured = services.filter((service) => service.isOwn && isMeasured(service));
  const chart = measured.length === 0 ? null : besideOthers(subject, measured);
  return {
    html: [
      `<h2 id="scale">How large its contracts are</h2>`,
      ...(chart === null ? [] : [chart.html, ...measured.map(({latest}) => sentenceOf(subject, latest!))]),
      tables(cells, years.at(-1)!),
      `<p class="quiet">Typical pound: half of the money is in contracts of at most this size. <a href="/methods#measures">What each measure means</a>. <a href="/scale">Sizes in all councils</a>.</p>`
    ]
      .filter((part) => part !== "")
      .join("\n\n"),
    files: chart?.files ?? []
  };
}

function besideOthers(subject: Subject, measured: readonly ServiceHere[]): Placed {
  const {council, site, document, services} = subject;
  const compared = measured.map((service) => ({own: service.latest!, peers: peersOf(subject, service)}));
  const notMeasured = services.filter(({isOwn}) => isOwn).length - measured.length;
  const place = {site, document, home: `/council/${council.gss}`, id: "scale-beside-others", source: registersOf(site)};
  return placed(place, [compared, council, notMeasured], (options) =>
    besidePeers(compared, {...options, name: council.short_name, among: classLabelPlural(council.class), notMeasured})
  );
}

function peersOf({council, site}: Subject, {latest}: ServiceHere): CouncilScaleRow[] {
  return (site.scaleIn.get(`${latest!.service_line} ${latest!.financial_year}`) ?? []).filter(
    ({gss, not_measured_reason}) =>
      gss !== council.gss && not_measured_reason === null && site.councilOf.get(gss)?.class === council.class
  );
}

const sentenceOf = ({council, site}: Subject, cell: CouncilScaleRow): string =>
  quotable({
    id: `sentence-${cell.service_line}`,
    words: scaleSentence(council, cell),
    source: "contracts published on public registers",
    cite: scaleAddress(site, cell),
    what: `${council.name}, ${serviceLabel(cell.service_line)}, ${financialYear(cell.financial_year)}: typical pound`,
    unit: "pounds a year"
  });

const LONGEST = 12; // rows in sight; more are folded, and so many again are printed

function tables(cells: readonly CouncilScaleRow[], lastYear: number): string {
  const rows = cells.toSorted((a, b) => b.financial_year - a.financial_year || b.contract_count - a.contract_count);
  const begun = rows.filter(({financial_year}) => financial_year <= lastYear + 1);
  const measured = begun.filter(({not_measured_reason}) => not_measured_reason === null);
  const below = begun.filter(({not_measured_reason}) => not_measured_reason !== null);
  const later = rows.length - begun.length;
  return [
    measured.length === 0
      ? ""
      : measured.length > LONGEST
        ? folded(`${count(measured.length)} combinations of service and year that are measured`, measured)
        : scaleTable("Contracts in force in each financial year; sizes in pounds a year.", measured),
    below.length === 0
      ? ""
      : folded(
          `${count(below.length)} ${below.length === 1 ? "combination" : "combinations"} of service and year with fewer than five contracts`,
          below
        ),
    later === 0
      ? ""
      : `<p class="quiet">Not shown: ${count(later)} combinations of service and a later year, into which contracts of today run.</p>`
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

const folded = (summary: string, rows: readonly CouncilScaleRow[]): string =>
  `<details><summary>${summary}</summary>${scaleTable(summary, rows.slice(0, 2 * LONGEST))}${rows.length > 2 * LONGEST ? `<p>The latest ${count(2 * LONGEST)}; all are in <a href="/data/council-scale.csv">council-scale.csv</a>.</p>` : ""}</details>`;

function scaleTable(caption: string, rows: readonly CouncilScaleRow[]): string {
  const isMeasuredAtAll = rows.some(({not_measured_reason}) => not_measured_reason === null);
  const size = (pick: (row: CouncilScaleRow) => number | null) => (row: CouncilScaleRow) => {
    const value = pick(row);
    return value === null ? `<span class="quiet">fewer than 5</span>` : money(value);
  };
  const share = (pick: (row: CouncilScaleRow) => number | null) => (row: CouncilScaleRow) => {
    const value = pick(row);
    return value === null ? "–" : percent(value);
  };
  return table(caption, rows, [
    {heading: "Service", cell: ({service_line}) => text(serviceLabel(service_line))},
    {heading: "Year", cell: ({financial_year}) => yearCell(financial_year)},
    {heading: "Contracts", cell: ({contract_count}) => count(contract_count), isNumber: true},
    ...(isMeasuredAtAll
      ? [
          {heading: "Median size", cell: size((row) => row.median_annual_gbp), isNumber: true},
          {heading: "Typical pound", cell: size((row) => row.typical_pound_gbp), isNumber: true},
          {heading: "In the largest", cell: share((row) => row.largest_pct), isNumber: true}
        ]
      : []),
    {heading: "Left out", cell: ({left_out_count}) => count(left_out_count), isNumber: true},
    {heading: "Share of running expenses", cell: share((row) => row.coverage_pct), isNumber: true}
  ]);
}
