import {JSDOM} from "jsdom";
import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {filterRows, keyOf} from "../../src/browser/filterRows.ts";

const PAGE = `<form data-filter><input><p data-filter-status></p></form><table>
  <tr><td><a data-filter-text="Isle of Anglesey County Council W06000001 Ynys Môn">Anglesey</a></td></tr>
  <tr><td><a data-filter-text="Somerset Council E06000066 Mendip District Council">Somerset</a></td></tr></table>`;
let dom: JSDOM;

function page(query: string): Document {
  dom = new JSDOM(PAGE, {url: `https://example.org/councils${query}`});
  vi.stubGlobal("location", dom.window.location);
  vi.stubGlobal("history", dom.window.history);
  filterRows(dom.window.document);
  return dom.window.document;
}

const shown = (document: Document) =>
  [...document.querySelectorAll("tr")].filter((row) => !row.hidden).map((row) => row.textContent!.trim());

function type(document: Document, words: string): void {
  const input = document.querySelector("input")!;
  input.value = words;
  input.dispatchEvent(new dom.window.Event("input"));
}

beforeEach(() => vi.unstubAllGlobals());
afterEach(() => vi.unstubAllGlobals());

test("with nothing typed every row stays", () => {
  expect(shown(page(""))).toEqual(["Anglesey", "Somerset"]);
});

test("an old name, part of a name or a code finds the council; accents and case do not matter", () => {
  const document = page("");
  for (const [words, found] of [
    ["mendip", "Somerset"],
    ["YNYS MON", "Anglesey"],
    ["w060000", "Anglesey"]
  ]) {
    type(document, words!);
    expect(shown(document), words).toEqual([found]);
  }
  expect(document.querySelector("[data-filter-status]")!.textContent).toBe("1 of 2 shown");
});

test("the address brings its search along and keeps what is typed", () => {
  const document = page("?q=somerset");
  expect(shown(document)).toEqual(["Somerset"]);
  type(document, "angle");
  expect(dom.window.location.search).toBe("?q=angle");
  type(document, "");
  expect(dom.window.location.search).toBe("");
});

test("a key has letters and digits only", () => {
  expect(keyOf("  Rhondda Cynon Taf, Môn’s! ")).toBe("rhondda cynon taf mon s");
});
