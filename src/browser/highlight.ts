const SVG = "http://www.w3.org/2000/svg";

/** Marks the council of the address, as in `?council=E06000023`, in every chart that names its dots. */
export function highlightCouncil(document: Document): void {
  const gss = new URL(document.location.href).searchParams.get("council");
  if (gss === null || !/^[A-Z]\d{8}$/.test(gss)) return;
  for (const dot of document.querySelectorAll(`svg.chart [data-gss="${gss}"]`)) light(dot, nameOf(document, gss, dot));
}

/** The council's name, from the dot's own words where it has some, else from another picture of the chart, else its code. */
function nameOf(document: Document, gss: string, dot: Element): string {
  const titled = [dot, ...document.querySelectorAll(`svg.chart [data-gss="${gss}"]`)].map(
    (element) => element.querySelector("title")?.textContent ?? ""
  );
  return titled.find((words) => words !== "")?.split(":")[0] ?? gss;
}

/** A ring around the dot and a name beside it, in the place where the dot stands. */
function light(dot: Element, name: string): void {
  const picture = dot.closest("svg.chart");
  const group = dot.parentElement;
  if (!picture || !group) return;
  const [x, y] = [Number(dot.getAttribute("cx")), Number(dot.getAttribute("cy"))];
  const width = Number(picture.getAttribute("viewBox")?.split(/\s+/)[2] ?? 680);
  dot.setAttribute("fill", "var(--chart-accent, #0b5c8c)");
  dot.setAttribute("fill-opacity", "1");
  dot.setAttribute("stroke", "var(--chart-ink, #1a1a1a)");
  dot.setAttribute("stroke-width", "2");
  group.append(dot); // on top of the others
  const label = picture.ownerDocument.createElementNS(SVG, "text");
  const isRight = x < width * 0.6;
  for (const [key, value] of Object.entries({
    x: x + (isRight ? 9 : -9),
    y,
    "text-anchor": isRight ? "start" : "end",
    "dominant-baseline": "central",
    "font-weight": 600,
    fill: "var(--chart-accent, #0b5c8c)",
    stroke: "var(--chart-paper, #ffffff)",
    "stroke-width": 4,
    "paint-order": "stroke",
    class: "highlighted"
  }))
    label.setAttribute(key, String(value));
  label.textContent = name;
  group.append(label);
}
