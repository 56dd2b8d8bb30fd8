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
}

/**
 * Draws a chart for a page, and the same by itself for other people's pages: frozen under its version, without a script.
 *
 * @param draw the component, called once
 */
export function placed({site, document, home, id}: Place, draw: (options: ChartOptions) => HTMLElement): Placed {
  const path = `embed/${site.version}${home}/${id}.html`;
  const figure = draw({document, id, embed: `/${path}`});
  const html = figureHtml(figure);
  const isDrawn = figure.querySelector("svg") !== null;
  return {html, files: isDrawn ? [[path, alonePage(figure, home, site, path.split("/").length - 1)]] : []};
}

/** A page of one chart: its title is the heading, and at its foot stand source, version and the way back. */
function alonePage(figure: HTMLElement, home: string, {version, data_cut_off_on}: Site, depth: number): string {
  const toRoot = "../".repeat(depth);
  const title = figure.querySelector(".chart-title")!.textContent ?? "";
  const inner = figure.outerHTML
    .replace(/<p class="chart-title"([^>]*)>([\s\S]*?)<\/p>/, '<h1 class="chart-title"$1>$2</h1>')
    .replace(/<p class="chart-alone">[\s\S]*?<\/p>/, "")
    .replaceAll(/href="\/(?!\/)/g, `target="_top" href="${toRoot}`);
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
