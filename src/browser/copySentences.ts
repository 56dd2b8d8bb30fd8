import {siteRoot} from "./siteRoot.ts";

/** Gives every generated sentence a button that copies it, with where it comes from and which data it was made of. */
export function offerCopies(document: Document, within: ParentNode = document): void {
  for (const sentence of within.querySelectorAll<HTMLElement>(".sentence")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    const status = document.createElement("span");
    status.className = "quiet";
    status.setAttribute("role", "status");
    const words = citation(sentence, document);
    button.addEventListener("click", () => {
      navigator.clipboard.writeText(words).then(
        () => {
          status.textContent = " Copied, with its source.";
        },
        () => {
          status.textContent = ` Your browser does not allow copying; the text is: ${words}`;
        }
      );
    });
    sentence.after(button, status);
  }
}

/** The sentence, its publisher, the version of the data, and at the end the address that keeps showing the number. */
export function citation(sentence: Element, document: Document): string {
  const plain = (of: Element | null | undefined): string => (of?.textContent ?? "").replaceAll(/\s+/g, " ").trim();
  const source = sentence.getAttribute("data-source") ?? "";
  const version = plain(document.querySelector(".page-foot code"));
  const page = document.location.href.replace(/[#?].*$/, "");
  const cite = sentence.getAttribute("data-cite");
  const address =
    cite === null ? new URL(`#${sentence.id}`, page).href : new URL(cite.slice(1), siteRoot(document)).href;
  return `${plain(sentence)} Source: ${source}; Contract Scale, version ${version}. ${address}`;
}
