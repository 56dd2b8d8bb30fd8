import {cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {ChartCache, drawingCode} from "../../pipeline/publish/chartCache.ts";
import {drawingDocument} from "../../pipeline/publish/drawingDocument.ts";
import {generatedPages} from "../../src/pages/all.ts";
import {ROOT} from "../house/imports.ts";
import {observation, tables} from "../pages/tables.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "contract-scale-charts-"));
  path = join(folder, "charts.cache");
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

/** Publishes so many charts by name and says which were drawn. */
function drawnOf(charts: Readonly<Record<string, unknown>>, code = "code 1"): string[] {
  const cache = ChartCache.open(path, code);
  const drawn: string[] = [];
  for (const [name, data] of Object.entries(charts)) {
    const html = cache.of([name, data], () => {
      drawn.push(name);
      return `<svg>${name}\n"${JSON.stringify(data)}"</svg>`;
    });
    expect(html).toBe(`<svg>${name}\n"${JSON.stringify(data)}"</svg>`); // found or drawn, it is the same
  }
  cache.save();
  expect(cache.drawnCount).toBe(drawn.length);
  return drawn;
}

const [leeds, bath] = [
  {gss: "E08000035", value: 12},
  {gss: "E06000022", value: 7}
];

test("a chart is drawn once, and again only when its data change", () => {
  expect(drawnOf({leeds: [leeds], bath: [bath]})).toEqual(["leeds", "bath"]);
  expect(drawnOf({leeds: [leeds], bath: [bath]})).toEqual([]);
  expect(drawnOf({leeds: [{...leeds, value: 12.5}], bath: [{...bath}]})).toEqual(["leeds"]);
});

test.each([
  ["a row more", [leeds, bath]],
  ["a value that is missing", [{...leeds, value: null}]],
  ["a number that is words", [{...leeds, value: "12"}]],
  ["a column more", [{...leeds, low_95: undefined}]],
  ["rows in another grouping", [[leeds]]]
])("%s makes it another chart", (_name, data) => {
  drawnOf({leeds: [leeds]});
  expect(drawnOf({leeds: data})).toEqual(["leeds"]);
});

test("other code draws everything again", () => {
  drawnOf({leeds, bath});
  expect(drawnOf({leeds, bath}, "code 2")).toEqual(["leeds", "bath"]);
  expect(drawnOf({leeds, bath}, "code 2")).toEqual([]);
});

test("what a publication does not show is forgotten, so the file does not grow", () => {
  drawnOf({leeds, bath});
  drawnOf({leeds});
  expect(readFileSync(path, "utf8").trim().split("\n")).toHaveLength(2); // the code, and one chart
  expect(drawnOf({leeds, bath})).toEqual(["bath"]);
});

test.each([
  ["a letter of a picture", (text: string) => text.replace("<svg>leeds", "<svg>Leeds")],
  ["a file cut short", (text: string) => text.slice(0, text.indexOf("<svg>leeds") + 8)],
  ["a line that is no JSON", (text: string) => text.replace('"<svg>leeds', '"<svg>\\leeds')],
  ["bytes of something else", () => "\0\0\0\0"]
])("%s damaged: the chart is drawn again", (_name, damage) => {
  drawnOf({bath, leeds});
  writeFileSync(path, damage(readFileSync(path, "utf8")));
  expect(drawnOf({bath, leeds})).toContain("leeds");
  expect(drawnOf({bath, leeds})).toEqual([]); // and whole again
});

test("a run that was ended while it wrote leaves the charts of the run before", () => {
  drawnOf({leeds});
  writeFileSync(`${path}.tmp`, "code 1\nhalf a li"); // as kill -9 leaves it
  expect(drawnOf({leeds})).toEqual([]);
  expect(existsSync(`${path}.tmp`)).toBe(false);
});

test("a function among the data is refused: it may answer otherwise tomorrow", () => {
  expect(() => ChartCache.open(path, "code").of([{nameOf: () => "Leeds"}], () => "")).toThrow(
    "a chart cannot be kept by a function among its data: give what the function answers"
  );
});

test("a change to a component, a page or a library is other code", () => {
  for (const part of ["src/components", "src/pages", "pipeline/publish/drawingDocument.ts", "package-lock.json"])
    cpSync(join(ROOT, part), join(folder, part), {recursive: true});
  const before = drawingCode(folder);
  expect(before).toBe(drawingCode(ROOT));
  for (const file of ["src/components/axes.ts", "src/pages/council/outcomes.ts", "package-lock.json"]) {
    const text = readFileSync(join(folder, file), "utf8");
    writeFileSync(join(folder, file), `${text}\n`);
    expect(drawingCode(folder), file).not.toBe(before);
    writeFileSync(join(folder, file), text);
  }
  mkdirSync(join(folder, "src/pages/new"), {recursive: true});
  writeFileSync(join(folder, "src/pages/new/page.ts"), "");
  expect(drawingCode(folder)).not.toBe(before);
});

test("pages with kept charts are the same to the letter; one changed figure redraws the charts that show it and no others", () => {
  const publish = (of = tables()): {pages: Map<string, string>; drawn: number} => {
    const cache = ChartCache.open(path, "code");
    const pages = generatedPages(of, drawingDocument(), cache);
    cache.save();
    return {pages, drawn: cache.drawnCount};
  };
  const anew = generatedPages(tables(), drawingDocument());
  const first = publish();
  expect(first.drawn).toBeGreaterThan(3);
  const second = publish();
  expect(second.drawn).toBe(0);
  for (const {pages} of [first, second]) expect([...pages]).toEqual([...anew]);

  const later = publish({...tables(), version: "2026-02-01-00000001"}); // another version of the same figures draws nothing
  expect(later.drawn).toBe(0);
  expect(
    [...later.pages.keys()].filter((name) => name.startsWith("embed/2026-02-01-00000001/")).length
  ).toBeGreaterThan(0);

  const observations = tables().observations.map((row) =>
    row.period === "2024-25" ? observation({...row, value: 21}) : row
  );
  const changed = publish({...tables(), observations});
  expect(changed.drawn).toBeGreaterThan(0);
  expect(changed.drawn).toBeLessThan(first.drawn);
  expect([...changed.pages]).toEqual([...generatedPages({...tables(), observations}, drawingDocument())]);
});
