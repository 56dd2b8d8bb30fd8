import {figureHtml} from "../components/figure.ts";
import {count, unitLabel} from "../components/format.ts";
import {address, list, stackingTable, text} from "../components/html.ts";
import {missingInWords} from "../components/missing.ts";
import {outcomeByYear} from "../components/outcomeByYear.ts";
import {outcomeDistribution} from "../components/outcomeDistribution.ts";
import type {IndicatorRow, ObservationRow} from "../components/rows.ts";
import {classLabelPlural, serviceLabel} from "../components/services.ts";
import {besideAddress} from "./beside.ts";
import {citeLine, type Page} from "./page.ts";
import {grouped, type Site} from "./site.ts";
import {downloadOf, latestPeriod, namesOf, sourceOf} from "./views.ts";

const KINDS = {
  "repeat-demand": "Repeat demand: how often people have to come back",
  cost: "Cost: what services cost",
  context: "Context: what coverage is measured against"
} as const;

/** Every indicator, by kind. */
export function indicatorsPage(site: Site): Page {
  const isAtHand = ({indicator_id}: IndicatorRow): boolean => (site.observationsOf.get(indicator_id) ?? []).length > 0;
  const absent = site.indicators.filter((indicator) => !isAtHand(indicator));
  const section = (kind: keyof typeof KINDS): string => {
    const rows = site.indicators.filter((indicator) => indicator.kind === kind && isAtHand(indicator));
    if (rows.length === 0) return "";
    return `<h2>${KINDS[kind]}</h2>\n\n${stackingTable(KINDS[kind], rows, [
      {
        heading: "Indicator",
        cell: ({indicator_id, title}) => `<a href="/indicator/${indicator_id}">${text(title)}</a>`
      },
      {heading: "Service", cell: ({service_line}) => text(serviceLabel(service_line))},
      {heading: "Unit", cell: ({unit}) => unitLabel(unit)},
      {
        heading: "Periods",
        cell: ({indicator_id}) => text(periods(site.observationsOf.get(indicator_id) ?? []))
      },
      {
        heading: "Figures",
        cell: ({indicator_id}) =>
          count((site.observationsOf.get(indicator_id) ?? []).filter(({value}) => value !== null).length),
        isNumber: true
      }
    ])}`;
  };
  return {
    path: "indicators.md",
    title: "Indicators",
    description:
      "What services cost and how often people have to come back: every indicator, its source and its limits.",
    body: [
      `<h1>Indicators</h1>`,
      `<p class="lede">Official statistics by council, as their publishers state them. None of them measures what the 2014 report called “failure demand”; the repeat-demand indicators are the nearest that official statistics come, and each page says how near that is.</p>`,
      section("repeat-demand"),
      section("cost"),
      section("context"),
      ...notObtained(absent)
    ].join("\n\n")
  };
}

/** Declared and not drawn: a reader sees what is missing, and why, instead of an empty table. */
function notObtained(indicators: readonly IndicatorRow[]): string[] {
  if (indicators.length === 0) return [];
  const rows = stackingTable("Data not obtained", indicators, [
    {heading: "Indicator", cell: ({indicator_id, title}) => `<a href="/indicator/${indicator_id}">${text(title)}</a>`},
    {heading: "What is missing", cell: (indicator) => text(whatIsMissing(indicator))}
  ]);
  return [
    "<h2>Data not obtained</h2>",
    "<p>These are declared and can be read; the figures are not at hand, and none is taken from memory.</p>",
    rows
  ];
}

function whatIsMissing({derived_population, publication}: IndicatorRow): string {
  if (derived_population == null) return `No file of “${publication}” is at hand.`;
  return `The spending is at hand, the number of residents (${derived_population === "all" ? "of all ages" : "aged 18 and over"}) is not.`;
}

function periods(rows: readonly ObservationRow[]): string {
  const first = rows[0]?.period;
  const last = rows.at(-1)?.period;
  if (first === undefined || last === undefined) return "none";
  return first === last ? first : `${first} to ${last}`;
}

/** One indicator: what it measures and does not, its distribution in the latest period, its years, its sources and their traps. */
export function indicatorPage(indicator: IndicatorRow, site: Site, document: Document): Page {
  const all = site.observationsOf.get(indicator.indicator_id) ?? [];
  return {
    path: `indicator/${indicator.indicator_id}.md`,
    title: indicator.title,
    description: indicator.question,
    body: [
      `<p class="kicker"><a href="/indicators">Indicators</a> · ${text(serviceLabel(indicator.service_line))}</p>`,
      `<h1>${text(indicator.title)}</h1>`,
      `<p class="lede">${text(indicator.question)}</p>`,
      `<h2>What it measures</h2>`,
      list(definition(indicator).map(text)),
      `<h2>What it is not</h2>`,
      list(indicator.caveats.map(text)),
      ...(all.length === 0
        ? [
            `<h2>Data not obtained</h2>`,
            `<p>${text(whatIsMissing(indicator))} Nothing is drawn, and no figure is taken from memory.</p>`
          ]
        : figures(indicator, all, site, document)),
      `<h2>Where it comes from</h2>`,
      `<p><a href="${address(indicator.page)}">${text(indicator.publisher)}, ${text(indicator.publication)}</a>. ${all.length === 0 ? "No cell of it is at hand." : `${count(all.length)} cells, ${text(periods(all))}; ${missing(all)}`} All of them: <a href="/data/observations.csv">observations.csv</a>, indicator <code>${indicator.indicator_id}</code>; as the publisher states them: <a href="/data/observations-published.csv">observations-published.csv</a>.</p>`,
      ...(indicator.next_update === undefined
        ? []
        : [`<p>Next update: ${text(indicator.next_update)}. ${text(indicator.attribution)}</p>`]),
      ...(indicator.traps === undefined || indicator.traps.length === 0
        ? []
        : [`<h2>Traps in its files</h2>`, list(indicator.traps.map(text))]),
      citeLine({title: indicator.title, path: `/indicator/${indicator.indicator_id}`}, site)
    ].join("\n\n")
  };
}

/** What is counted over what, who answers for it, how sure it is, where the series breaks. */
function definition(indicator: IndicatorRow): string[] {
  const {numerator, denominator, unit, tier, interval_method, breaks} = indicator;
  const counted =
    numerator == null ? [] : [`${sentence(numerator)}${denominator == null ? "" : `, over ${denominator}`}.`];
  return [
    ...counted,
    `Unit: ${unitLabel(unit)}. Answered for by ${tier === "upper" ? "counties and unitary authorities" : "districts and unitary authorities"}.`,
    ...(interval_method === undefined ? [] : [intervalInWords(interval_method)]),
    ...(breaks ?? []).map((words) => `The series breaks on ${words}`)
  ];
}

const sentence = (words: string): string => words.replace(/^./, (letter) => letter.toUpperCase());

function intervalInWords(method: string): string {
  if (method === "wilson") return "Interval: Wilson's, at 95%, of a share of counts.";
  if (method === "byar") return "Interval: Byar's, at 95%, of a count.";
  return `No interval: ${method.replace("none: ", "")}.`;
}

function figures(indicator: IndicatorRow, all: readonly ObservationRow[], site: Site, document: Document): string[] {
  const period = latestPeriod(all);
  const latest = all.filter((row) => row.period === period);
  return [
    ...distributions(indicator, latest, all, site, document),
    `<h2>Beside contract scale</h2>`,
    `<p>${besideWords(indicator, site)}</p>`
  ];
}

function besideWords(indicator: IndicatorRow, site: Site): string {
  if (indicator.kind === "context") return "This one stands behind coverage only; it is no outcome.";
  const address = besideAddress(site, indicator);
  return address === null
    ? `Too little data: no class has enough councils with both contracts of the service and a figure a year later. <a href="/${indicator.kind}">What is missing</a>.`
    : `<a href="${address}">Contract scale beside this indicator a year later</a>, one chart for each class of council.`;
}

function distributions(
  indicator: IndicatorRow,
  latest: readonly ObservationRow[],
  all: readonly ObservationRow[],
  site: Site,
  document: Document
): string[] {
  const classes = [...grouped(latest, ({gss}) => site.councilOf.get(gss)?.class ?? "")].filter(([name]) => name !== "");
  return classes.flatMap(([councilClass, rows]) => {
    const ofClass = all.filter(({gss}) => site.councilOf.get(gss)?.class === councilClass);
    const names = rows.map(({gss}) => namesOf(site)(gss));
    const shared = {
      document,
      indicator,
      among: classLabelPlural(councilClass),
      source: sourceOf(indicator),
      download: downloadOf("observations.csv")
    };
    return [
      `<h2>${classLabelPlural(councilClass).replace(/^./, (letter) => letter.toUpperCase())}</h2>`,
      site.charts.of(["latest", councilClass, rows, indicator, names], () =>
        figureHtml(outcomeDistribution(rows, {...shared, id: `latest-${councilClass}`, nameOf: namesOf(site)}))
      ),
      site.charts.of(["years", councilClass, ofClass, indicator], () =>
        figureHtml(outcomeByYear(ofClass, {...shared, id: `years-${councilClass}`}))
      )
    ];
  });
}

function missing(rows: readonly ObservationRow[]): string {
  const reasons = grouped(
    rows.filter(({value}) => value === null),
    ({missing_reason}) => missing_reason ?? ""
  );
  if (reasons.size === 0) return "none is missing.";
  return `missing: ${[...reasons].map(([reason, cells]) => `${count(cells.length)} ${text(missingInWords(reason))}`).join("; ")}.`;
}
