import {figureHtml} from "../components/figure.ts";
import {count, unitLabel} from "../components/format.ts";
import {address, list, table, text} from "../components/html.ts";
import {missingInWords} from "../components/missing.ts";
import {outcomeDistribution} from "../components/outcomeDistribution.ts";
import type {IndicatorRow, ObservationRow} from "../components/rows.ts";
import {scaleScatter} from "../components/scaleScatter.ts";
import {classLabelPlural, serviceLabel} from "../components/services.ts";
import type {Page} from "./page.ts";
import {grouped, type Site} from "./site.ts";
import {downloadOf, latestPeriod, namesOf, scatterPoints} from "./views.ts";

const KINDS = {
  "repeat-demand": "Repeat demand: how often people have to come back",
  cost: "Cost: what services cost",
  context: "Context: what coverage is measured against"
} as const;

/** Every indicator, by kind. */
export function indicatorsPage(site: Site): Page {
  const section = (kind: keyof typeof KINDS): string => {
    const rows = site.indicators.filter((indicator) => indicator.kind === kind);
    if (rows.length === 0) return "";
    return `<h2>${KINDS[kind]}</h2>\n\n${table(KINDS[kind], rows, [
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
      section("context")
    ].join("\n\n")
  };
}

function periods(rows: readonly ObservationRow[]): string {
  const first = rows[0]?.period;
  const last = rows.at(-1)?.period;
  if (first === undefined || last === undefined) return "none";
  return first === last ? first : `${first} to ${last}`;
}

/** One indicator: what it measures and does not, its distribution in the latest period, and beside contract scale. */
export function indicatorPage(indicator: IndicatorRow, site: Site, document: Document): Page {
  const all = site.observationsOf.get(indicator.indicator_id) ?? [];
  const period = latestPeriod(all);
  const latest = all.filter((row) => row.period === period);
  return {
    path: `indicator/${indicator.indicator_id}.md`,
    title: indicator.title,
    description: indicator.question,
    body: [
      `<p class="kicker"><a href="/indicators">Indicators</a> · ${text(serviceLabel(indicator.service_line))}</p>`,
      `<h1>${text(indicator.title)}</h1>`,
      `<p class="lede">${text(indicator.question)}</p>`,
      `<h2>What it is not</h2>`,
      list(indicator.caveats.map(text)),
      ...distributions(indicator, latest, site, document),
      `<h2>Beside contract scale</h2>`,
      indicator.kind === "context"
        ? `<p>This one stands behind coverage only; it is no outcome.</p>`
        : figureHtml(
            scaleScatter(scatterPoints(site, indicator), {
              document,
              id: "beside-scale",
              indicator,
              download: downloadOf("scale-and-outcome.csv")
            })
          ),
      `<h2>Where it comes from</h2>`,
      `<p><a href="${address(indicator.page)}">${text(indicator.publisher)}, ${text(indicator.publication)}</a>. ${count(all.length)} cells, ${text(periods(all))}; ${missing(all)} All of them: <a href="/data/observations.csv">observations.csv</a>, indicator <code>${indicator.indicator_id}</code>.</p>`
    ].join("\n\n")
  };
}

function distributions(
  indicator: IndicatorRow,
  latest: readonly ObservationRow[],
  site: Site,
  document: Document
): string[] {
  const classes = [...grouped(latest, ({gss}) => site.councilOf.get(gss)?.class ?? "")].filter(([name]) => name !== "");
  return classes.flatMap(([councilClass, rows]) => [
    `<h2>${classLabelPlural(councilClass).replace(/^./, (letter) => letter.toUpperCase())}</h2>`,
    figureHtml(
      outcomeDistribution(rows, {
        document,
        id: `latest-${councilClass}`,
        indicator,
        nameOf: namesOf(site),
        among: classLabelPlural(councilClass),
        download: downloadOf("observations.csv")
      })
    )
  ]);
}

function missing(rows: readonly ObservationRow[]): string {
  const reasons = grouped(
    rows.filter(({value}) => value === null),
    ({missing_reason}) => missing_reason ?? ""
  );
  if (reasons.size === 0) return "none is missing.";
  return `missing: ${[...reasons].map(([reason, cells]) => `${count(cells.length)} ${text(missingInWords(reason))}`).join("; ")}.`;
}
