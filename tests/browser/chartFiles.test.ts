import {JSDOM} from "jsdom";
import {expect, test} from "vitest";
import {csvOf, fileName, offerChartFiles, standalone} from "../../src/browser/chartFiles.ts";

const PAGE = `<h1>SYNTHETIC Ynys Môn Council</h1><figure class="chart-figure" id="children-rereferrals">
<p class="chart-title">What is seen</p><p class="chart-subtitle">Measure, unit</p>
<svg class="chart chart-wide" viewBox="0 0 680 400"><g fill="var(--chart-accent, #0b5c8c)"><circle r="2" stroke="var(--chart-paper, #ffffff)"></circle></g></svg>
<svg class="chart chart-narrow" viewBox="0 0 340 300"></svg>
<figcaption><p class="chart-caption">3 of 150 councils are left out.</p>
<details class="chart-numbers"><table><tbody><tr><th>Council</th><th>Figure</th></tr><tr><th>=HYPERLINK("x")</th><td>−17</td></tr><tr><th>A, "B"</th><td>£1,204</td></tr></tbody></table></details></figcaption></figure>
<footer class="page-foot"><code>2025-01-23-f3f75619</code></footer>`;

const page = (html = PAGE) => new JSDOM(html, {url: "https://example.org/council/W06000001?x=1#y"}).window.document;
const figureOf = (document: Document) => document.querySelector("figure")!;

test("a file is named by page, chart and version, in letters that every system takes", () => {
  const document = page();
  expect(fileName(document, figureOf(document))).toBe(
    "synthetic-ynys-mon-council_children-rereferrals_2025-01-23-f3f75619"
  );
});

test("the picture that leaves the page carries title, caption, version and address, and no variable of the style sheet", () => {
  const document = page();
  const svg = standalone(figureOf(document), document);
  const words = [...svg.querySelectorAll("text")].map(({textContent}) => textContent);
  expect(words).toEqual([
    "What is seen",
    "Measure, unit",
    "3 of 150 councils are left out.",
    "Contract Scale, version 2025-01-23-f3f75619. https://example.org/council/W06000001"
  ]);
  expect(svg.outerHTML).not.toContain("var(");
  expect(svg.querySelector("circle")!.parentElement!.getAttribute("fill")).toBe("#0b5c8c");
  expect(svg.getAttribute("width")).toBe("720"); // 680 and twice 20
});

test("the numbers are quoted as CSV, and what a spreadsheet would run is defused, but a negative number is not", () => {
  expect(csvOf(figureOf(page()))).toBe('Council,Figure\r\n"\'=HYPERLINK(""x"")",−17\r\n"A, ""B""","£1,204"\r\n');
});

test("a chart offers PNG, SVG and CSV; where the page does not hold every number, no CSV", () => {
  const labels = (document: Document) =>
    [...document.querySelectorAll(".chart-files button")].map((b) => b.textContent);
  const whole = page();
  offerChartFiles(whole);
  expect(labels(whole)).toEqual(["PNG", "SVG", "CSV"]);
  const cut = page(PAGE.replace("</table>", "</table><p>All 153 rows are in observations.csv.</p>"));
  offerChartFiles(cut);
  expect(labels(cut)).toEqual(["PNG", "SVG"]);
});

test("an empty chart offers nothing", () => {
  const document = page(PAGE.replace("chart-figure", "chart-figure chart-empty"));
  offerChartFiles(document);
  expect(document.querySelector(".chart-files")).toBeNull();
});

test("a chart with a file of its own for all its numbers offers that file", () => {
  const own = page(
    PAGE.replace(
      "</table>",
      '</table><p>All 63 rows are in <a href="../data/charts/funnel-x.csv">funnel-x.csv</a>.</p>'
    )
  );
  offerChartFiles(own);
  const link = own.querySelector(".chart-files a")!;
  expect([link.textContent, link.getAttribute("href")]).toEqual(["CSV", "../data/charts/funnel-x.csv"]);
});
