import {plural} from "../components/figure.ts";
import {count, unitLabel} from "../components/format.ts";
import {list, stackingTable, text} from "../components/html.ts";
import type {IndicatorRow} from "../components/rows.ts";
import {
  type ScaleMeasure,
  type ScatterPoint,
  scaleMeasures,
  scaleOf,
  scaleScatter
} from "../components/scaleScatter.ts";
import {classLabelPlural, councilClasses, serviceLabel, serviceLines} from "../components/services.ts";
import {type Placed, placed} from "./chart.ts";
import type {Page} from "./page.ts";
import {sliceNote} from "./page.ts";
import {grouped, isRunHere, type Site} from "./site.ts";
import {bothSources, downloadOf, scatterPoints} from "./views.ts";

const FEWEST_COUNCILS = 5; // with both, to draw a class at all
const FEWEST_CONTRACTS = 5; // the gate of every measure

const KINDS = {
  cost: {
    path: "cost",
    title: "Contract scale and cost",
    lede: "How large councils’ contracts were in one year, beside what the service cost in the next: one chart for each indicator and class of council."
  },
  "repeat-demand": {
    path: "repeat-demand",
    title: "Contract scale and repeat demand",
    lede: "How large councils’ contracts were in one year, beside how often people came back in the next: one chart for each indicator and class of council."
  }
} as const;

type Kind = keyof typeof KINDS;

/** Scale beside one indicator for one class: what can be drawn, and how many councils have it. */
interface Cell {
  readonly ofClass: string;
  readonly points: readonly ScatterPoint[];
  readonly withBoth: number;
}

interface Beside {
  readonly indicator: IndicatorRow;
  readonly cells: readonly Cell[];
}

/** The page of one kind of indicator, and a page for every indicator of which at least one class can be drawn. */
export function besidePages(kind: Kind, site: Site, document: Document): Page[] {
  const rows = site.indicators
    .filter((indicator) => indicator.kind === kind)
    .map((indicator): Beside => ({indicator, cells: cellsOf(site, indicator, scaleMeasures[0]!)}));
  const drawn = rows.filter(isDrawn);
  return [
    overview(kind, site, document, rows),
    ...drawn.flatMap(({indicator}) =>
      scaleMeasures.map((measure) => indicatorPage(kind, site, document, indicator, measure))
    )
  ];
}

const isDrawn = ({cells}: Beside): boolean => cells.some(({withBoth}) => withBoth >= FEWEST_COUNCILS);

function cellsOf(site: Site, indicator: IndicatorRow, measure: ScaleMeasure): Cell[] {
  const byClass = grouped(
    scatterPoints(site, indicator, measure.id).filter(({gss}) => runsIt(site, indicator, gss)),
    (point) => point.class
  );
  return councilClasses.flatMap((ofClass) => {
    const points = byClass.get(ofClass);
    return points ? [{ofClass, points, withBoth: points.filter((point) => hasBoth(point, measure)).length}] : [];
  });
}

/** A council that reports nought for a service it does not run has no figure of its own. */
function runsIt(site: Site, {service_line}: IndicatorRow, gss: string): boolean {
  const council = site.councilOf.get(gss);
  return council !== undefined && isRunHere(site, council, service_line);
}

const hasBoth = (point: ScatterPoint, measure: ScaleMeasure): boolean =>
  scaleOf(point, measure) !== null && point.outcome_value !== null;

function overview(kind: Kind, site: Site, document: Document, rows: readonly Beside[]): Page {
  const {path, title, lede} = KINDS[kind];
  const byService = [...rows].sort(
    (a, b) => serviceLines.indexOf(a.indicator.service_line) - serviceLines.indexOf(b.indicator.service_line)
  );
  const drawn = byService.filter(isDrawn);
  return {
    path: `${path}.md`,
    title,
    description: lede,
    body: [
      `<h1>${title}</h1>`,
      `<p class="lede">${lede}</p>`,
      notes(site),
      `<p class="figure-line">${
        drawn.length === 0
          ? `<strong>Too little data.</strong> Of ${count(rows.length)} indicators none has a class with ${FEWEST_COUNCILS} councils that have both contracts of the service and a figure a year later. So there is no chart yet, and nothing can be said either way.`
          : `<strong>${count(drawn.length)}</strong> of ${count(rows.length)} indicators have a class with ${FEWEST_COUNCILS} councils or more that have both${drawn.length < rows.length ? "; for the others there is too little data" : ""}.`
      }</p>`,
      sliceNote(site),
      ...(drawn.length === 0 ? [] : [first(kind, site, document, drawn), drawnTable(path, drawn)]),
      ...thinTable(
        byService.filter((row) => !isDrawn(row)),
        drawn.length > 0
      ),
      `<p class="quiet">The rows behind it: <a href="/data/scale-and-outcome.csv">scale-and-outcome.csv</a>. <a href="/claims">What is tested with them</a>.</p>`
    ]
      .filter((part) => part !== "")
      .join("\n\n")
  };
}

/** The chart to begin with: of an indicator that a claim is tested on, else of the first, the class with most councils. */
function first(kind: Kind, site: Site, document: Document, drawn: readonly Beside[]): string {
  const claims = site.claims.claims.filter(({claim_kind}) => claim_kind === "tested");
  const tested = claims.flatMap((claim) =>
    site.claims.estimates
      .filter(({hypothesis_id, is_primary}) => hypothesis_id === claim.hypothesis_id && is_primary)
      .flatMap(({indicator_id}) => drawn.filter(({indicator}) => indicator.indicator_id === indicator_id))
      .map((row) => ({claim, row}))
  )[0];
  const {indicator} = tested?.row ?? drawn.find((row) => !isTotal(row.indicator)) ?? drawn[0]!;
  const why = tested
    ? `What <a href="/claims/${tested.claim.hypothesis_id}">claim ${text(tested.claim.label)}</a> is tested on, in the class with most councils`
    : "The class with most councils";
  return `${isTotal(indicator) ? `${TOTALS}\n\n` : ""}${fullestClass(site, document, indicator)}\n\n<p class="quiet">${why}. <a href="${besidePath(kind, indicator)}">Its other classes and measures of scale</a>.</p>`;
}

/** The chart of the class in which most councils have both, as it is on the indicator's page; null where no class can be drawn. */
export function fullestClass(site: Site, document: Document, indicator: IndicatorRow): string | null {
  const {kind} = indicator;
  const [measure] = scaleMeasures;
  const cells = cellsOf(site, indicator, measure!);
  if (kind === "context" || !isDrawn({indicator, cells})) return null;
  const cell = cells.reduce((most, other) => (other.withBoth > most.withBoth ? other : most));
  return cellChart({kind, site, document, indicator, measure: measure!}, cell).html;
}

const isTotal = ({unit}: IndicatorRow): boolean => unit === "pounds-thousand";
const TOTALS =
  "<p><strong>A total grows with the council</strong>, and so may the size of what it buys: the two can rise together for that alone. No claim is tested on totals.</p>";

const besidePath = (kind: Kind, {indicator_id}: IndicatorRow, {path} = scaleMeasures[0]!): string =>
  `/${KINDS[kind].path}/${indicator_id}${path}`;

/** The page where an indicator stands beside contract scale, class by class; null where no class can be drawn. */
export function besideAddress(site: Site, indicator: IndicatorRow): string | null {
  const {kind} = indicator;
  if (kind === "context") return null;
  return isDrawn({indicator, cells: cellsOf(site, indicator, scaleMeasures[0]!)}) ? besidePath(kind, indicator) : null;
}

const serviceColumn = {heading: "Service", cell: ({indicator}: Beside) => text(serviceLabel(indicator.service_line))};

/** Each class with how many of its councils have both, of how many with a figure: what is missing is in sight. */
const bothColumn = {
  heading: "With both, of councils with a figure",
  cell: ({cells}: Beside) =>
    cells.length === 0
      ? "no council has contracts and a figure"
      : cells
          .map(
            ({ofClass, withBoth, points}) =>
              `${count(withBoth)} of ${count(points.length)} ${classLabelPlural(ofClass)}`
          )
          .join("; ")
};

const drawnTable = (path: string, rows: readonly Beside[]): string =>
  `<h2>Every chart</h2>\n\n${stackingTable("Indicators that are drawn beside contract scale", rows, [
    {
      heading: "Indicator",
      cell: ({indicator}) => `<a href="/${path}/${indicator.indicator_id}">${text(indicator.title)}</a>`
    },
    serviceColumn,
    {heading: "Unit", cell: ({indicator}) => unitLabel(indicator.unit)},
    bothColumn
  ])}`;

/** What cannot be drawn and how much is missing; out of the way where there are charts to see. */
function thinTable(rows: readonly Beside[], isFolded: boolean): string[] {
  if (rows.length === 0) return [];
  const body = stackingTable("Indicators with too little data", rows, [
    {
      heading: "Indicator",
      cell: ({indicator}) => `<a href="/indicator/${indicator.indicator_id}">${text(indicator.title)}</a>`
    },
    serviceColumn,
    bothColumn
  ]);
  const what = plural(rows.length, "indicator");
  return [
    "<h2>Too little data</h2>",
    isFolded ? `<details><summary>${what} without a chart</summary>${body}</details>` : body
  ];
}

function indicatorPage(
  kind: Kind,
  site: Site,
  document: Document,
  indicator: IndicatorRow,
  measure: ScaleMeasure
): Page {
  const {path, title} = KINDS[kind];
  const home = besidePath(kind, indicator, measure);
  const cells = cellsOf(site, indicator, measure);
  const charts = cells
    .filter(({withBoth}) => withBoth >= FEWEST_COUNCILS)
    .map((cell) => cellChart({kind, site, document, indicator, measure}, cell));
  const thin = cells.filter(({withBoth}) => withBoth < FEWEST_COUNCILS);
  return {
    path: `${home.slice(1)}.md`,
    title: `${indicator.title} and ${measure.inSentence}`,
    description: `${indicator.question} Beside ${measure.inSentence} a year before, by class of council.`,
    body: [
      `<p class="kicker"><a href="/${path}">${title}</a> · ${text(serviceLabel(indicator.service_line))}</p>`,
      `<h1>${text(indicator.title)}</h1>`,
      `<p class="lede">${text(indicator.question)} <a href="/indicator/${indicator.indicator_id}">About this indicator</a>.</p>`,
      measureLinks(path, indicator, measure),
      notes(site),
      isTotal(indicator) ? TOTALS : "",
      measure.most === null
        ? ""
        : `<p>A council counts here from ${FEWEST_CONTRACTS} contracts in the year: among fewer, a share is mostly arithmetic.</p>`,
      ...charts.map(({html}) => html),
      thin.length === 0
        ? ""
        : `<h2>Too little data</h2>\n\n${list(thin.map(({ofClass, withBoth, points}) => `${count(withBoth)} of ${count(points.length)} ${classLabelPlural(ofClass)} have both; ${FEWEST_COUNCILS} are needed to draw them.`))}`
    ]
      .filter((part) => part !== "")
      .join("\n\n"),
    files: new Map(charts.flatMap(({files}) => files))
  };
}

/** One class of an indicator's page. */
function cellChart(
  {
    kind,
    site,
    document,
    indicator,
    measure
  }: {
    readonly kind: Kind;
    readonly site: Site;
    readonly document: Document;
    readonly indicator: IndicatorRow;
    readonly measure: ScaleMeasure;
  },
  {ofClass, points}: Cell
): Placed {
  const home = besidePath(kind, indicator, measure);
  return placed(
    {site, document, home, id: ofClass, source: bothSources(site, indicator)},
    [points, indicator],
    (options) =>
      scaleScatter(points, {
        ...options,
        indicator,
        measure,
        among: classLabelPlural(ofClass),
        download: downloadOf("scale-and-outcome.csv")
      })
  );
}

const measureLinks = (path: string, {indicator_id}: IndicatorRow, shown: ScaleMeasure): string =>
  `<nav class="measures" aria-label="Measure of scale"><ul>${scaleMeasures
    .map(
      (measure) =>
        `<li><a href="/${path}/${indicator_id}${measure.path}"${measure.id === shown.id ? ' aria-current="page"' : ""}>${measure.title}</a></li>`
    )
    .join("")}</ul></nav>`;

/** What a reader must know before looking at any of these pictures. */
function notes({claims}: Site): string {
  const isBlinded = claims.verdicts.some(({is_blinded}) => is_blinded);
  return [
    `<p>Classes are never drawn together: a county, a district and a unitary run different services. Contract scale comes a year before the outcome. A pattern among councils does not say what happens to a person, or why.</p>`,
    isBlinded
      ? `<aside class="notice" aria-label="Blinded"><p><strong>Blinded.</strong> Dots are published figures. Every estimate of a claim is still made on outcomes that are permuted among councils of the same class, until the plan is fixed: so no line, no coefficient and no verdict stands beside them.</p></aside>`
      : ""
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}
