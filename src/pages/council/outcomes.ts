import {quantile} from "../../components/figure.ts";
import {count, valueIn} from "../../components/format.ts";
import {funnelPlot} from "../../components/funnelPlot.ts";
import {address, list, stackingTable, text} from "../../components/html.ts";
import {missingInWords} from "../../components/missing.ts";
import {outcomeHistory} from "../../components/outcomeHistory.ts";
import type {IndicatorRow, ObservationRow} from "../../components/rows.ts";
import {classLabelPlural, serviceLabel} from "../../components/services.ts";
import {type Placed, placed} from "../chart.ts";
import {grouped, isRunHere} from "../site.ts";
import {funnelFile, namesOf, sourceOf} from "../views.ts";
import {runBy} from "./identity.ts";
import {observationAddress, outcomeSentence, quotable} from "./sentence.ts";
import {latestFigure, type Measure, type Subject} from "./subject.ts";

const PERIODS_FOR_A_HISTORY = 3;
const ROWS_ON_A_PAGE = 1; // the council's own; a funnel's other rows are in its file

/** Repeat demand with its intervals, place in the funnel and history; then cost; then what others run here. */
export function outcomes(subject: Subject): Placed {
  const {measures} = subject;
  const repeat = measures.filter(({indicator}) => indicator.kind === "repeat-demand");
  const cost = measures.filter(({indicator}) => indicator.kind === "cost" && !isGross(indicator));
  const shown = repeat.map((measure) => repeatDemand(subject, measure));
  return {
    html: [
      `<h2 id="outcomes">Repeat demand</h2>`,
      measures.length === 0
        ? `<p>No figure of this council is at hand. The indicators shipped so far are English.</p>`
        : `<p class="quiet">No official statistic measures what the 2014 report called “failure demand”. These count how often people come back, each for reasons of its own, and say nothing about why.</p>`,
      ...shown.map(({html}) => html),
      notRunHere(subject),
      cost.length === 0 ? "" : `<h2 id="cost">Cost</h2>\n\n${costTable(subject, cost)}`
    ]
      .filter((part) => part !== "")
      .join("\n\n"),
    files: shown.flatMap(({files}) => files)
  };
}

/** Totals before income stand in the published table; net of income is what a council's services cost it. */
const isGross = ({indicator_id}: IndicatorRow): boolean => indicator_id.startsWith("total-spend-");

/** Quarters go up and down with the seasons and some are not at hand: they stand in the table. */
const isYear = ({period}: ObservationRow): boolean => !/-Q[1-4]$/.test(period);

function repeatDemand(subject: Subject, {indicator, mine}: Measure): Placed {
  const {council, site, document} = subject;
  const {indicator_id} = indicator;
  const latest = latestFigure(mine);
  const funnels = (site.funnelsOf.get(indicator_id) ?? []).filter((row) => row.class === council.class);
  const own = funnels.find(({gss}) => gss === council.gss);
  const place = {site, document, home: `/council/${council.gss}`, source: sourceOf(indicator)};
  const inClass = site.inForce.filter((other) => other.class === council.class).length;
  const names = funnels.map(({gss}) => namesOf(site)(gss));
  const peers = peersOf(subject, indicator);
  const charts = [
    ...(own
      ? [
          placed({...place, id: `${indicator_id}-funnel`}, [funnels, indicator, council, inClass, names], (options) =>
            funnelPlot(funnels, {
              ...options,
              indicator,
              nameOf: namesOf(site),
              among: classLabelPlural(council.class),
              inClass,
              highlight: council.gss,
              download: funnelFile(indicator_id, council.class),
              longestTable: ROWS_ON_A_PAGE
            })
          )
        ]
      : []),
    ...(mine.length >= PERIODS_FOR_A_HISTORY && mine.every(isYear)
      ? [
          placed({...place, id: indicator_id}, [mine, peers, indicator, council], (options) =>
            outcomeHistory(mine, peers, {...options, indicator, council})
          )
        ]
      : [])
  ];
  return {
    html: [
      `<h3><a href="/indicator/${indicator_id}">${text(indicator.title)}</a></h3>`,
      quotable({
        id: `sentence-${indicator_id}`,
        words: `${outcomeSentence(council, indicator, latest, own)}${laterGap(mine, latest)}`,
        source: sourceOf(indicator),
        cite: observationAddress(site, council, latest),
        what: `${council.name}, ${indicator.title}, ${latest.period}`,
        unit: indicator.unit.replaceAll("-", " ")
      }),
      charts.length === 2
        ? `<div class="pair">${charts[0]!.html}<details class="fold fold-narrow"><summary>Through the years, ${text(mine[0]!.period)} to ${text(mine.at(-1)!.period)}</summary>${charts[1]!.html}</details></div>`
        : (charts[0]?.html ?? ""),
      provenance(subject, indicator, latest)
    ].join("\n\n"),
    files: charts.flatMap(({files}) => files)
  };
}

/** Years after the last figure for which the publisher gives none. */
function laterGap(mine: readonly ObservationRow[], latest: ObservationRow): string {
  const last = mine.at(-1)!;
  return last === latest ? "" : ` No figure for ${text(last.period)}: ${text(missingInWords(last.missing_reason))}.`;
}

function peersOf({council, site}: Subject, {indicator_id}: IndicatorRow): ObservationRow[] {
  return (site.observationsOf.get(indicator_id) ?? []).filter(
    ({gss}) => gss !== council.gss && site.councilOf.get(gss)?.class === council.class
  );
}

/** The caveat, the publisher's page and the hash of the file that the figure was read from: two clicks to the source. */
function provenance({council, site}: Subject, indicator: IndicatorRow, latest: ObservationRow): string {
  const hashes = latest.source_sha256.split(" ");
  return `<p class="quiet">${text(indicator.caveats[0] ?? "")} Where it comes from: <a href="${address(indicator.page)}">${text(indicator.publisher)}, ${text(indicator.publication)}</a>, read from ${hashes.length === 1 ? "the file" : `${count(hashes.length)} files, the first`} with SHA-256 <code>${text(hashes[0]!.slice(0, 12))}…</code>. <a href="${text(observationAddress(site, council, latest))}">This number, for good</a>.</p>`;
}

/** Cost has no interval: it is an administrative total. A class's middle stands beside unit costs only, for totals grow with the council. */
function costTable(subject: Subject, measures: readonly Measure[]): string {
  const {council} = subject;
  const columns = [
    {
      heading: "Measure",
      cell: ({indicator}: Measure) => `<a href="/indicator/${indicator.indicator_id}">${text(indicator.title)}</a>`
    },
    {heading: "Latest", cell: ({indicator, mine}: Measure) => latestCell(indicator, mine), isNumber: true},
    {
      heading: `Median of ${classLabelPlural(council.class)}`,
      cell: (measure: Measure) => classMedian(subject, measure),
      isNumber: true
    },
    {
      heading: "First at hand",
      cell: ({indicator, mine}: Measure) => (mine.length === 1 ? "–" : figureOf(indicator, mine[0]!)),
      isNumber: true
    }
  ];
  const [units, totals] = [measures.filter((measure) => !isTotal(measure)), measures.filter(isTotal)];
  const words = "the latest and the first at hand. No intervals: these are administrative totals.";
  const open =
    units.length === 0 ? "" : stackingTable(`What its services cost for each unit of them, ${words}`, units, columns);
  const folded =
    totals.length === 0
      ? ""
      : `<details class="fold"><summary>${count(totals.length)} totals of whole services</summary>${stackingTable(
          `What its services cost in total, ${words}`,
          totals,
          columns.filter(({heading}) => !heading.startsWith("Median"))
        )}</details>`;
  return `${open}\n\n${folded}\n\n<p class="quiet">Money in cash terms, not adjusted for inflation; a total says nothing of dear or cheap, and councils draw the line between services differently. Totals before income: <a href="/data/observations.csv">observations.csv</a>.</p>`;
}

const isTotal = ({indicator}: Measure): boolean => indicator.unit === "pounds-thousand";

/** The latest figure, and how far on the publisher says that there is none. */
function latestCell(indicator: IndicatorRow, mine: readonly ObservationRow[]): string {
  const latest = latestFigure(mine);
  const last = mine.at(-1)!;
  return latest === last
    ? figureOf(indicator, latest)
    : `${figureOf(indicator, latest)} <span class="quiet">(none for ${text(last.period)}: ${text(missingInWords(last.missing_reason))})</span>`;
}

const FEWEST_PEERS = 5;

function classMedian(subject: Subject, {indicator, mine}: Measure): string {
  const latest = latestFigure(mine);
  const values = peersOf(subject, indicator)
    .filter(({period, value}) => period === latest.period && value !== null)
    .map(({value}) => value!)
    .sort((a, b) => a - b);
  return values.length < FEWEST_PEERS
    ? `<span class="quiet">too few</span>`
    : `${valueIn(indicator.unit, quantile(values, 0.5))} <span class="quiet">of ${count(values.length)} others</span>`;
}

const figureOf = ({unit}: IndicatorRow, {period, value, missing_reason}: ObservationRow): string =>
  `${value === null ? text(missingInWords(missing_reason)) : valueIn(unit, value)} <span class="quiet">${text(period)}</span>`;

/** Services whose indicators belong to another council: who runs them, by a link, and never a zero. */
function notRunHere({council, site}: Subject): string {
  const lines = new Set(
    site.indicatorsShown
      .filter((indicator) => indicator.kind === "repeat-demand" && !isRunHere(site, council, indicator.service_line))
      .map(({service_line}) => service_line)
  );
  const rows = (site.tiersOf.get(council.gss) ?? []).filter(({service_line}) => lines.has(service_line));
  if (rows.length === 0) return "";
  const byRunner = [...grouped(rows, ({run_by, body_name}) => `${run_by}|${body_name}`).values()];
  return list(
    byRunner.map(
      (own) =>
        `${own.map(({service_line}) => text(serviceLabel(service_line))).join(", ")}: not run here, run by ${runBy(own[0]!, site)}`
    )
  );
}
