import {JSDOM} from "jsdom";
import {expect, test} from "vitest";
import {tileMap} from "../../src/components/tileMap.ts";

const councils = [
  {gss: "E06000001", name: "SYNTHETIC Ash", contractCount: 7},
  {gss: "E06000002", name: "SYNTHETIC Birch", contractCount: 0},
  {gss: "E06000003", name: "SYNTHETIC Cedar", contractCount: 1}
];
const tiles = [
  {gss: "E06000001", column: 4, row: 2},
  {gss: "E06000002", column: 6, row: 3}
];
const draw = () => new JSDOM(tileMap(tiles, councils)).window.document;

test("every tile has one size, stands in its column and row, and leads to its council's page", () => {
  const cells = [...draw().querySelectorAll("svg a")];
  expect(cells.map((cell) => cell.getAttribute("href"))).toEqual(["/council/E06000001", "/council/E06000002"]);
  const at = cells
    .map((cell) => cell.querySelector("rect")!)
    .map((rect) => ["x", "y"].map((name) => rect.getAttribute(name)));
  expect(at).toEqual([
    ["1", "15"],
    ["29", "1"] // two columns of 14 to the right and one row to the north
  ]);
  expect(
    new Set([...draw().querySelectorAll("rect")].map((rect) => rect.outerHTML.match(/width="\d+" height="\d+"/)![0]))
      .size
  ).toBe(1);
});

test("it says how many have contracts, how many have none, and how many have no tile", () => {
  const words = draw().querySelector("figcaption")!.textContent!;
  expect(words).toContain("each of 2 councils");
  expect(words).toContain("1 with contracts that count; pale, 1 without");
  expect(words).toContain("1 council has no tile");
  expect(draw().querySelector("svg")!.getAttribute("aria-hidden")).toBe("true"); // the caption says it, the list below has the links
});

test("without tiles there is no picture", () => {
  expect(tileMap([], councils)).toBe("");
});
