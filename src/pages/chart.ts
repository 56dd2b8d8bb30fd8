import {type ChartOptions, figureHtml} from "../components/figure.ts";
import {dayMonthYear} from "../components/format.ts";
import {text} from "../components/html.ts";
import type {Site} from "./site.ts";

/** A chart on a page, and the page that holds it alone. */
export interface Placed {
  readonly html: string;
  readonly files: readonly (readonly [path: string, html: string])[];
}

interface Place {
  readonly site: Site;
  readonly document: Document;
  readonly home: string; // the page it stands on, "/council/E06000023"
  readonly id: string; // on that page, and the name of the chart's own
  readonly source: string; // who published what is drawn: it stands below the chart and in its pictures
}

const ANY_VERSION = "0000-00-00-00000000"; // in the address of a chart that is kept for the next versions too

/**
 * Draws a chart for a page, and the same by itself for other people's pages: frozen under its version, without a script.
 *
 * @param data everything that the chart depends on (see `Charts`), but its place; null for one of all contracts, which takes longer to
 *   recognise than to draw
 * @param draw the component, called at most once
 */
export function placed(
  {site, document, home, id, source}: Place,
  data: readonly unknown[] | null,
  draw: (options: ChartOptions) => HTMLElement
): Placed {
  const addressIn = (version: string): string => `embed/${version}${home}/${id}.html`;
  const figure = (): string => figureHtml(draw({document, id, source, embed: `/${addressIn(ANY_VERSION)}`}));
  const drawn = data === null ? figure() : site.charts.of([home, id, source, data], figure);
  const html = drawn.replace(addressIn(ANY_VERSION), addressIn(site.version));
  const path = addressIn(site.version);
  const isDrawn = html.includes("<svg");
  return {html, files: isDrawn ? [[path, alonePage(html, home, site, path.split("/").length - 1)]] : []};
}

/** A page of one chart: its title is the heading, and at its foot stand source, version and the way back. */
function alonePage(figure: string, home: string, {version, data_cut_off_on}: Site, depth: number): string {
  const toRoot = "../".repeat(depth);
  const inner = figure
    .replaceAll("&#36;{", "${") // no site generator compiles this page
    .replace(/<p class="chart-title"([^>]*)>([\s\S]*?)<\/p>/, '<h1 class="chart-title"$1>$2</h1>')
    .replace(/<p class="chart-alone">[\s\S]*?<\/p>/, "")
    .replaceAll(/href="\/(?!\/)/g, `target="_top" href="${toRoot}`);
  const title = decoded(/<h1 class="chart-title"[^>]*>([\s\S]*?)<\/h1>/.exec(inner)![1]!);
  return `<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)} | Contract Scale</title>
<link rel="stylesheet" href="${toRoot}embed/embed.css">
</head>
<body>
<main>${inner}</main>
<footer><p><a href="${toRoot}${home.slice(1)}" target="_top">Contract Scale</a>, version <code>${text(version)}</code>, data to ${dayMonthYear(data_cut_off_on)}. This picture stays as it is; newer data are on the page it came from.</p></footer>
</body>
</html>
`;
}

/** The words in HTML as a document writes it. */
const decoded = (html: string): string =>
  html.replaceAll("&nbsp;", "\u00a0").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
