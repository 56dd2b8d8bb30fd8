import {JSDOM} from "jsdom";
import {expect, test} from "vitest";
import {tileMap} from "../../src/components/tileMap.ts";

const councils = [
  {gss: "E06000001", name: "SYNTHETIC Ash", contractCount: 7, isMeasured: true},
  {gss: "E06000002", name: "SYNTHETIC Birch", contractCount: 0, isMeasured: false},
  {gss: "E06000003", name: "SYNTHETIC Cedar", contractCount: 1, isMeasured: false},
  {gss: "E06000004", name: "SYNTHETIC Dogwood", contractCount: 1, isMeasured: false}
];
const tiles = [
  {layout: "x", gss: "E06000001", column: 4, row: 2},
  {layout: "x", gss: "E06000002", column: 6, row: 3},
  {layout: "x", gss: "E06000004", column: 5, row: 2}
];
const draw = () => new JSDOM(tileMap("SYNTHETIC councils", tiles, councils)).window.document;

/** The highest corner of a hexagon: above its centre. */
const topOf = (path: Element) => path.getAttribute("d")!.slice(1).split("L")[0]!.split(",").map(Number);

test("every hexagon has one size, stands in its column and row, and leads to its council's page", () => {
  const cells = [...draw().querySelectorAll("svg a")];
  expect(cells.map((cell) => cell.getAttribute("href"))).toEqual(
    ["E06000001", "E06000002", "E06000004"].map((gss) => `/council/${gss}`)
  );
  const [ash, birch, dogwood] = cells.map((cell) => topOf(cell.querySelector("path")!));
  expect(dogwood![0]! - ash![0]!).toBeCloseTo(14, 1); // one column to the east
  expect(birch![0]! - ash![0]!).toBeCloseTo(2.5 * 14, 1); // two columns, and half of one because the row is odd
  expect(ash![1]! - birch![1]!).toBeCloseTo(14 * Math.sin(Math.PI / 3), 1); // one row to the north
});

test("a state shows in the kind of mark, and the key counts each", () => {
  const kinds = [...draw().querySelectorAll("svg a path")].map((path) => path.getAttribute("class"));
  expect(kinds).toEqual(["measured", "none", "some"]);
  expect(draw().querySelector(".tile-key")!.textContent!.replace(/\s+/g, " ").trim()).toBe(
    "1 with a measure 1 with contracts, too few for one 1 none here"
  );
});

test("words say what stands there, how many have no hexagon, and that empty is not zero", () => {
  const words = draw().querySelector("figure")!.textContent!;
  expect(words).toContain("SYNTHETIC councils");
  expect(words).toContain("each of 3 councils");
  expect(words).toContain("1 council has no hexagon");
  expect(words).toContain("not one that buys nothing");
  expect([...draw().querySelectorAll("a")].map((cell) => cell.textContent)).toEqual([
    "SYNTHETIC Ash: 7 contracts that count",
    "SYNTHETIC Birch: no contract that counts is here",
    "SYNTHETIC Dogwood: 1 contract that counts"
  ]);
  expect(draw().querySelector("svg")!.getAttribute("aria-hidden")).toBe("true"); // the words say it, the list below has the links
});

test("without tiles there is no picture", () => {
  expect(tileMap("SYNTHETIC", [], councils)).toBe("");
});
