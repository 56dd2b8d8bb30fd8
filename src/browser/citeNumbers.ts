import {siteRoot} from "./siteRoot.ts";

/** Gives every sentence about a number that has an address of its own the citation of that number, in four forms. */
export function offerCitations(document: Document): void {
  for (const sentence of document.querySelectorAll<HTMLElement>(".sentence[data-cite*='#']")) {
    const details = document.createElement("details");
    details.className = "cite";
    const summary = document.createElement("summary");
    summary.textContent = "Cite this number";
    const forms = document.createElement("div");
    details.append(summary, forms);
    details.addEventListener("toggle", () => void fill(forms, sentence, document), {once: true});
    sentence.after(details);
  }
}

/** What a citation needs is read from the page that keeps the number: its digits there are those of the published file. */
async function fill(forms: HTMLElement, sentence: HTMLElement, document: Document): Promise<void> {
  const address = new URL(sentence.dataset.cite!.slice(1), siteRoot(document));
  try {
    const answer = await fetch(address.href.replace(/#.*/, ""));
    if (!answer.ok) throw new Error(`the page that keeps it answers ${answer.status}`);
    const kept = new DOMParser()
      .parseFromString(await answer.text(), "text/html")
      .getElementById(address.hash.slice(1));
    if (kept === null) throw new Error("the page that keeps it has no such number");
    const {citationForms} = await import("./citationForms.ts");
    const {what = "", unit = ""} = sentence.dataset;
    for (const [name, words] of citationForms(address.href, {what, unit, value: kept.textContent ?? ""})) {
      const heading = document.createElement("p");
      heading.className = "quiet";
      heading.textContent = name;
      const form = document.createElement("pre");
      form.tabIndex = 0;
      form.textContent = words;
      forms.append(heading, form);
    }
  } catch (error) {
    forms.textContent = `The citation could not be made: ${(error as Error).message}. The address is ${address.href}`;
  }
}
