import {readFileSync} from "node:fs";
import {JSDOM} from "jsdom";
import {describe, expect, test} from "vitest";
import {contractSizes} from "../../src/components/contractSizes.ts";
import {coverageGrid} from "../../src/components/coverageGrid.ts";
import {FRAMES, figure, figureHtml, quantile, svgElement} from "../../src/components/figure.ts";
import {outcomeDistribution} from "../../src/components/outcomeDistribution.ts";
import {outcomeHistory} from "../../src/components/outcomeHistory.ts";
import {scaleByYear} from "../../src/components/scaleByYear.ts";
import {scaleScatter} from "../../src/components/scaleScatter.ts";
import {contract, document, HOSTILE, observation, point, rereferrals, scaleCell, tableRows} from "./drawing.ts";

const interval = {value: 20, low_95: 18, high_95: 22};

/** Every chart with a hostile name wherever a register, a publisher or a reference table could put one. */
const hostile: Record<string, () => HTMLElement> = {
  coverageGrid: () =>
    coverageGrid([{gss: HOSTILE, name: HOSTILE, region: HOSTILE, nation: HOSTILE, contract_count: 3}], {
      document,
      id: "grid",
      hrefFor: (gss) => `/council/${gss}`,
      source: HOSTILE
    }),
  scaleScatter: () =>
    scaleScatter([point({gss: "a", name: HOSTILE, scale_value: 1e5, contract_count: 5, ...outcome(20)})], {
      document,
      id: "scatter",
      indicator: {...rereferrals, title: HOSTILE},
      among: "unitary councils",
      highlight: "a"
    }),
  outcomeHistory: () =>
    outcomeHistory(
      [observation("a", 2024, interval), observation("a", 2025, {missing_reason: HOSTILE})],
      ["b", "c", "d", "e", "f"].map((gss) => observation(gss, 2024, interval)),
      {
        document,
        id: "history",
        indicator: {...rereferrals, title: HOSTILE},
        council: {gss: "a", short_name: HOSTILE, class: "unitary", valid_from: "1998-04-01"}
      }
    ),
  outcomeDistribution: () =>
    outcomeDistribution([observation("a", 2025, interval), observation("b", 2025, {missing_reason: HOSTILE})], {
      document,
      id: "distribution",
      indicator: {...rereferrals, title: HOSTILE},
      nameOf: () => HOSTILE,
      among: HOSTILE,
      highlight: "a"
    }),
  contractSizes: () =>
    contractSizes([contract(12_000)], {document, id: "sizes", leftOut: [contract(1, {left_out_because: HOSTILE})]}),
  scaleByYear: () =>
    scaleByYear(
      [2024, 2025].flatMap((year) => ["a", "b", "c", "d", "e"].map((gss) => scaleCell(gss, year, 1e5, 6))),
      {document, id: "years", serviceLabel: HOSTILE, among: HOSTILE, nation: "England", regimes: []}
    )
};

function outcome(value: number) {
  return {outcome_value: value, low_95: value - 2, high_95: value + 2};
}

describe.each(Object.entries(hostile))("%s", (_name, draw) => {
  test("is words and pictures only: no script, no handler, no style, no code for the site generator", () => {
    const html = figureHtml(draw());
    expect(html).not.toContain("${");
    expect(html).not.toContain("\n"); // a blank line would end the block of HTML on its page
    const read = new JSDOM(html).window.document;
    expect(read.querySelectorAll("script, style, foreignObject, iframe, a[href^='javascript']")).toHaveLength(0);
    const attributes = [...read.querySelectorAll("*")].flatMap((element) => element.getAttributeNames());
    expect(attributes.filter((attribute) => /^on|^style$/i.test(attribute))).toEqual([]);
    expect(read.body.textContent).toContain(HOSTILE);
  });

  test("is drawn twice, each picture named and described for those who do not see it, with ids of its own", () => {
    const drawn = draw();
    const pictures = [...drawn.querySelectorAll("svg")];
    expect(pictures.map((picture) => picture.getAttribute("width"))).toEqual(FRAMES.map(({width}) => String(width)));
    for (const picture of pictures) {
      expect(picture.getAttribute("role")).toBe("img");
      for (const attribute of ["aria-labelledby", "aria-describedby"]) {
        const words = drawn.querySelector(`#${picture.getAttribute(attribute)}`);
        expect(words?.textContent?.length, attribute).toBeGreaterThan(10);
      }
      expect(picture.querySelectorAll("[aria-label], [aria-hidden]")).toHaveLength(0); // not allowed where there is no role
    }
    const ids = [...drawn.querySelectorAll("[id]"), drawn].map(({id}) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => id.startsWith(drawn.id))).toBe(true);
  });

  test("says every number it draws in a table with headers and a caption", () => {
    const table = draw().querySelector("details table")!;
    expect(table.querySelector("caption")?.textContent?.length).toBeGreaterThan(10);
    expect(table.querySelectorAll("thead th[scope=col]").length).toBeGreaterThan(2);
    expect(table.querySelectorAll("tbody th[scope=row]")).toHaveLength(table.querySelectorAll("tbody tr").length);
  });

  test("takes its colours from the stylesheet, so that one picture serves light and dark", () => {
    for (const element of draw().querySelectorAll("svg [fill], svg [stroke]"))
      for (const name of ["fill", "stroke"])
        expect(element.getAttribute(name) ?? "none").toMatch(
          /^(none|currentColor|var\(--chart-[a-z]+, #[0-9a-f]{6}\))$/
        );
  });
});

const bare = {
  document,
  id: "bare",
  title: "SYNTHETIC",
  subtitle: "None",
  caption: "Nothing is left out.",
  altText: "One dot."
};
const rows61 = Array.from({length: 61}, (_, i) => `row ${i}`);
const longTable = {caption: "SYNTHETIC", rows: rows61, columns: [{heading: "Row", cell: (row: string) => row}]};

test("a table longer than sixty rows gives way to the rows that are labelled and a link to all", () => {
  const drawn = figure({
    ...bare,
    chart: null,
    numbers: {...longTable, labelled: ["row 7"]},
    download: {href: "/data/observations.csv", name: "observations.csv"}
  });
  expect(tableRows(drawn)).toEqual([["row 7"]]);
  expect(drawn.querySelector("details > p")?.textContent).toBe(
    "Above are the rows that the chart labels. All 61 rows are in observations.csv."
  );
  expect(drawn.querySelector("details a")?.getAttribute("href")).toBe("/data/observations.csv");
});

test("without a download every row of a long table is printed, and sixty are never too many", () => {
  expect(tableRows(figure({...bare, chart: null, numbers: longTable}))).toHaveLength(61);
  const sixty = {...longTable, rows: rows61.slice(1)};
  const download = {href: "/data/x.csv", name: "x.csv"};
  expect(tableRows(figure({...bare, chart: null, numbers: sixty, download}))).toHaveLength(60);
});

test("with nothing to draw there is no picture, and the caption stands in its place", () => {
  const drawn = figure({...bare, chart: null, numbers: null});
  expect(drawn.className).toContain("chart-empty");
  expect(drawn.querySelectorAll("svg, details")).toHaveLength(0);
});

test("coordinates are written to a tenth of a pixel, and words are left alone", () => {
  const dot = svgElement(document, "circle", {cx: "1.23456"}, "£1.23456m");
  const drawn = figure({...bare, chart: () => svgElement(document, "svg", {}, dot.cloneNode(true)), numbers: null});
  expect(drawn.querySelector("circle")?.getAttribute("cx")).toBe("1.2");
  expect(drawn.querySelector("circle")?.textContent).toBe("£1.23456m");
});

test("quantiles lie between neighbours in proportion", () => {
  expect([0, 0.25, 0.5, 1].map((p) => quantile([10, 20, 30, 40], p))).toEqual([10, 17.5, 25, 40]);
  expect(quantile([7], 0.25)).toBe(7);
});

const css = readFileSync(new URL("../../src/components/charts.css", import.meta.url), "utf8");

test("text is at least 12 pixels where the stylesheet first shows each picture", () => {
  const shownFrom = Number(/@container \(min-width: (\d+)px\)/.exec(css)![1]);
  const padding = 16; // either side, on a telephone of 390 pixels
  const [forText, forTelephone] = FRAMES as [(typeof FRAMES)[number], (typeof FRAMES)[number]];
  expect((forText.fontSize * shownFrom) / forText.width).toBeGreaterThanOrEqual(12);
  expect((forTelephone.fontSize * (390 - 2 * padding)) / forTelephone.width).toBeGreaterThanOrEqual(12);
});

test("words in the colours of charts stand out from the paper by 4.5 to 1, in light and in dark (WCAG 2.2, 1.4.3)", () => {
  const themes = [...css.matchAll(/:root \{([^}]*)\}/g)].map(([, rules]) =>
    Object.fromEntries(
      [...rules!.matchAll(/--chart-([a-z]+): (#[0-9a-f]{6})/g)].map(([, name, colour]) => [name, colour!])
    )
  );
  expect(themes).toHaveLength(2);
  for (const {paper, ...theme} of themes)
    for (const name of ["accent", "ink", "quiet"]) expect(contrast(theme[name]!, paper!), name).toBeGreaterThan(4.5);
});

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function contrast(a: string, b: string): number {
  const luminance = (colour: string) => {
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}
