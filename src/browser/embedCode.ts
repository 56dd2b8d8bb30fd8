/**
 * Turns each link to a chart by itself into the code that shows it on another page: frozen, as it is now, and without a script.
 * The height is a guess that fits most widths; the page inside scrolls where it does not.
 */
export function offerEmbedCode(document: Document): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".chart-alone a")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Embed";
    button.setAttribute("aria-expanded", "false");
    const box = document.createElement("textarea");
    box.className = "embed-code";
    box.readOnly = true;
    box.rows = 4;
    box.hidden = true;
    box.setAttribute("aria-label", "Code to embed this chart");
    box.value = embedCode(link);
    button.addEventListener("click", () => {
      box.hidden = !box.hidden;
      button.setAttribute("aria-expanded", String(!box.hidden));
      if (!box.hidden) box.select();
    });
    link.after(" ", button, box);
  }
}

/** An iframe with the chart's title, for those who hear the page rather than see it. */
export function embedCode(link: HTMLAnchorElement): string {
  const title = link.closest("figure")?.querySelector(".chart-title")?.textContent ?? "Chart";
  const quoted = title.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return `<iframe src="${link.href}" title="${quoted}" width="100%" height="640" loading="lazy" style="border:0"></iframe>`;
}
