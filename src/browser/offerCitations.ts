import type {Forms} from "./citationForms.ts";
import {siteRoot} from "./siteRoot.ts";

/**
 * Gives what a reader may quote its citation in four forms, folded: every sentence whose number has an address of its own, every
 * chart, and every line that cites its page.
 */
export function offerCitations(document: Document, within: ParentNode = document): void {
  for (const sentence of within.querySelectorAll<HTMLElement>(".sentence[data-cite*='#']"))
    sentence.after(folded(document, "Cite this number", () => numberForms(sentence, document)));
  for (const chart of within.querySelectorAll<HTMLElement>("figure.chart-figure:not(.chart-empty)"))
    chart.querySelector("figcaption")?.append(folded(document, "Cite this chart", () => chartForms(chart, document)));
  for (const line of within.querySelectorAll<HTMLElement>(".citation[data-title]"))
    line.after(folded(document, "Cite in four forms", () => lineForms(line, document)));
}

/** The forms are made once they are asked for; why they could not be made stands in their place. */
function folded(document: Document, name: string, make: () => Promise<Forms>): HTMLElement {
  const details = document.createElement("details");
  details.className = "cite";
  const summary = document.createElement("summary");
  summary.textContent = name;
  const holder = document.createElement("div");
  details.append(summary, holder);
  details.addEventListener("toggle", () => void fill(holder, make, document), {once: true});
  return details;
}

async function fill(holder: HTMLElement, make: () => Promise<Forms>, document: Document): Promise<void> {
  try {
    for (const [name, words] of await make()) {
      const heading = document.createElement("p");
      heading.className = "quiet";
      heading.textContent = name;
      const form = document.createElement("pre");
      form.tabIndex = 0;
      form.textContent = words;
      holder.append(heading, form);
    }
  } catch (error) {
    holder.textContent = `The citation could not be made: ${(error as Error).message}.`;
  }
}

/** What a citation needs is read from the page that keeps the number: its digits there are those of the published file. */
async function numberForms(sentence: HTMLElement, document: Document): Promise<Forms> {
  const address = new URL(sentence.dataset.cite!.slice(1), siteRoot(document));
  const answer = await fetch(address.href.replace(/#.*/, ""));
  if (!answer.ok) throw new Error(`the page that keeps it, ${address.href}, answers ${answer.status}`);
  const kept = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(address.hash.slice(1));
  if (kept === null) throw new Error(`the page that keeps it has no such number: ${address.href}`);
  const {citationForms} = await import("./citationForms.ts");
  const {what = "", unit = ""} = sentence.dataset;
  return citationForms(address.href, {what, unit, value: kept.textContent ?? ""});
}

/** A chart is cited by its picture alone, frozen with its version, where it has one; else by its place on the page. */
async function chartForms(chart: HTMLElement, document: Document): Promise<Forms> {
  const {pageForms} = await import("./citationForms.ts");
  const alone = chart.querySelector<HTMLAnchorElement>(".chart-alone a")?.href;
  return pageForms({
    title: chart.querySelector(".chart-title")?.textContent ?? "",
    version: versionOf(document),
    url: alone ?? new URL(`#${chart.id}`, document.location.href).href
  });
}

async function lineForms(line: HTMLElement, document: Document): Promise<Forms> {
  const {pageForms} = await import("./citationForms.ts");
  const {title = "", path = ""} = line.dataset;
  return pageForms({title, version: versionOf(document), url: new URL(path.slice(1), siteRoot(document)).href});
}

const versionOf = (document: Document): string => document.querySelector(".page-foot code")?.textContent ?? "";
