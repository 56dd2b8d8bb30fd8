// A chart as a file: the picture that is shown, with its title, caption, source and version burnt in, so that it can stand
// alone; and the numbers behind it. Everything is made on the reader's machine.

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 20;
const FONT = 'system-ui, "Segoe UI", Roboto, Arial, sans-serif';

/** Gives every chart on the page buttons that save it; a chart without a complete table offers no CSV. */
export function offerChartFiles(document: Document, within: ParentNode = document): void {
  for (const figure of within.querySelectorAll<HTMLElement>("figure.chart-figure:not(.chart-empty)")) {
    const bar = document.createElement("p");
    bar.className = "chart-files";
    bar.append("Save: ");
    const offer = (label: string, save: () => void): void => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.addEventListener("click", save);
      bar.append(button, " ");
    };
    const name = fileName(document, figure);
    offer("PNG", () => void savePng(standalone(figure, document), `${name}.png`));
    offer("SVG", () =>
      saveAs(new Blob([svgText(standalone(figure, document))], {type: "image/svg+xml"}), `${name}.svg`)
    );
    if (hasAllNumbers(figure))
      offer("CSV", () => saveAs(new Blob([`\ufeff${csvOf(figure)}`], {type: "text/csv"}), `${name}.csv`));
    else offerFile(figure, bar);
    figure.querySelector("figcaption")?.append(bar);
  }
}

/** A chart whose table is too long for the page has a file of its own with exactly what it draws. */
function offerFile(figure: Element, bar: Element): void {
  const own = figure.querySelector<HTMLAnchorElement>(".chart-numbers > p a[href*='data/charts/']");
  if (!own) return;
  const link = own.cloneNode() as HTMLAnchorElement;
  link.textContent = "CSV";
  link.setAttribute("download", "");
  bar.append(link);
}

/** Council or page, chart and version: a file that is found again next year. */
export function fileName(document: Document, figure: Element): string {
  const page = (document.querySelector("h1")?.textContent ?? "").trim();
  const version = document.querySelector(".page-foot code")?.textContent ?? "";
  return [page, figure.id, version]
    .map((part) =>
      part
        .normalize("NFD")
        .replaceAll(/\p{Mn}/gu, "")
        .replaceAll(/[^A-Za-z0-9]+/g, "-")
        .replaceAll(/^-|-$/g, "")
    )
    .filter((part) => part !== "")
    .join("_")
    .toLowerCase();
}

const hasAllNumbers = (figure: Element): boolean =>
  figure.querySelector(".chart-numbers table") !== null && figure.querySelector(".chart-numbers > p") === null;

/**
 * The chart's table as CSV (RFC 4180). A cell that a spreadsheet would run as a formula gets an apostrophe in front, unless
 * it is a number below zero.
 */
export function csvOf(figure: Element): string {
  const rows = [...figure.querySelectorAll(".chart-numbers tr")];
  return rows
    .map((row) => `${[...row.children].map((cell) => csvCell(cell.textContent ?? "")).join(",")}\r\n`)
    .join("");
}

/** A cell of a CSV file that a spreadsheet will not run. */
export function csvCell(words: string): string {
  const safe = /^[=+@\t\r＝＋＠]/.test(words) || /^[-−－](?![\d£])/.test(words) ? `'${words}` : words;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A copy of the wide picture between its words, in the colours of paper, with nothing left to look up on the page. */
export function standalone(figure: Element, document: Document): Element {
  const picture = figure.querySelector("svg.chart-wide") ?? figure.querySelector("svg.chart")!;
  const [, , width = 680, height = 400] = (picture.getAttribute("viewBox") ?? "").split(/\s+/).map(Number);
  const wordsOf = (selector: string): string => figure.querySelector(selector)?.textContent?.trim() ?? "";
  const version = document.querySelector(".page-foot code")?.textContent ?? "";
  const above = [
    ...wrapped(wordsOf(".chart-title"), width, 17).map((words) => ({words, size: 17, weight: 600})),
    ...wrapped(wordsOf(".chart-subtitle"), width, 14).map((words) => ({words, size: 14, weight: 400}))
  ];
  const below = [
    wordsOf(".chart-caption"),
    wordsOf(".chart-source"),
    `Contract Scale, version ${version}. ${document.location?.href.replace(/[#?].*$/, "") ?? ""}`
  ].flatMap((words) => wrapped(words, width, 12).map((line) => ({words: line, size: 12, weight: 400})));
  const heightOf = (lines: typeof above): number => lines.reduce((sum, {size}) => sum + size * 1.4, 0);
  const svg = element(document, "svg", {
    xmlns: SVG,
    width: width + 2 * MARGIN,
    height: Math.ceil(heightOf(above) + height + heightOf(below) + 3 * MARGIN),
    "font-family": FONT,
    fill: "#1a1a1a"
  });
  svg.append(element(document, "rect", {width: "100%", height: "100%", fill: "#ffffff"}));
  let y = MARGIN;
  for (const line of above) {
    y += line.size * 1.4;
    svg.append(words(document, line, y - line.size * 0.3));
  }
  const copy = picture.cloneNode(true) as Element;
  for (const [name, value] of Object.entries({x: MARGIN, y: y + MARGIN / 2, width, height, color: "#1a1a1a"}))
    copy.setAttribute(name, String(value));
  for (const part of [copy, ...copy.querySelectorAll("*")]) paper(part);
  svg.append(copy);
  y += height + MARGIN;
  for (const line of below) {
    y += line.size * 1.4;
    svg.append(words(document, line, y - line.size * 0.3));
  }
  return svg;
}

/** `var(--chart-accent, #0b5c8c)` is #0b5c8c where there is no style sheet. */
function paper(part: Element): void {
  for (const name of part.getAttributeNames()) {
    const value = part.getAttribute(name) ?? "";
    if (value.includes("var(")) part.setAttribute(name, value.replaceAll(/var\([^,()]+,\s*([^()]+)\)/g, "$1"));
  }
}

const words = (document: Document, line: {words: string; size: number; weight: number}, y: number): Element => {
  const label = element(document, "text", {x: MARGIN, y, "font-size": line.size, "font-weight": line.weight});
  label.textContent = line.words;
  return label;
};

/** Words in lines of at most `width` pixels: an average letter is a little over half its size. */
function wrapped(sentence: string, width: number, size: number): string[] {
  const most = Math.floor(width / (size * 0.53));
  const lines: string[] = [];
  for (const word of sentence.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function element(document: Document, name: string, attributes: Readonly<Record<string, string | number>>): Element {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

const svgText = (svg: Element): string => new XMLSerializer().serializeToString(svg);

/** Twice as many pixels as the picture has, which is what print and slides want. */
async function savePng(svg: Element, name: string): Promise<void> {
  const [width, height] = ["width", "height"].map((key) => Number(svg.getAttribute(key)) * 2) as [number, number];
  const image = new Image(width, height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(svg))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  Object.assign(canvas, {width, height});
  canvas.getContext("2d")!.drawImage(image, 0, 0, width, height);
  canvas.toBlob((blob) => blob && saveAs(blob, name), "image/png");
}

/** Hands the reader a file that was made on their machine. */
export function saveAs(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
