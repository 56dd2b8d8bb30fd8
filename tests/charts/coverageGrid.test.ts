import {expect, test} from "vitest";
import {type CoverageSquare, coverageGrid} from "../../src/components/coverageGrid.ts";
import {altText, caption, document, expectGolden, narrow, tableRows, title, wide} from "./drawing.ts";

const square = (name: string, region: string, nation: string, contract_count: number): CoverageSquare => ({
  gss: `SYNTHETIC-${name}`,
  name: `SYNTHETIC ${name}`,
  region,
  nation,
  contract_count
});

const councils = [
  square("Ashby", "North West", "England", 0),
  square("Barley", "North West", "England", 4),
  square("Carlow", "North West", "England", 5),
  square("Dunmore", "North West", "England", 250),
  square("Elgin", "East Midlands", "England", 0),
  square("Forfar", "Scotland", "Scotland", 20),
  square("Gower", "Wales", "Wales", 19)
];

const draw = () => coverageGrid(councils, {document, id: "coverage"});

test("there is a square for every council, in both pictures, and none is a stop of the tab key", () => {
  for (const picture of [wide(draw()), narrow(draw())]) {
    expect(picture.querySelectorAll("g.councils rect")).toHaveLength(7);
    expect(picture.querySelectorAll("a, [tabindex]")).toHaveLength(0);
  }
});

test("title, caption and alternative text count councils with any contract, and those with five or more", () => {
  expect(title(draw())).toBe("Contracts at hand: 5 of 7 councils with at least one");
  expect(caption(draw())).toMatch(/^5 of 7 councils have at least one contract at hand that counts; 4 have 5 or more /);
  expect(caption(draw())).toContain("2 councils without a contract at hand may well buy");
  expect(altText(draw())).toContain("East Midlands 0 of 1, North West 3 of 4, Scotland 1 of 1, Wales 1 of 1.");
});

test("the table counts each band by region, England first: none, one to four, then five, twenty and a hundred", () => {
  expect(tableRows(draw())).toEqual([
    ["East Midlands", "1", "1", "0", "0", "0", "0", "0"],
    ["North West", "4", "1", "1", "1", "0", "1", "259"],
    ["Scotland", "1", "0", "0", "0", "1", "0", "20"],
    ["Wales", "1", "0", "0", "1", "0", "0", "19"]
  ]);
});

test("no contract is an empty outline, too few are a small filling, and more are darker", () => {
  const groupOf = (name: string) =>
    [...wide(draw()).querySelectorAll("g.councils rect")].find(({textContent}) =>
      textContent?.startsWith(`SYNTHETIC ${name}:`)
    )!.parentElement!;
  const isEmpty = (name: string) => groupOf(name).getAttribute("fill") === "none";
  expect([isEmpty("Ashby"), isEmpty("Barley"), isEmpty("Carlow")]).toEqual([true, true, false]);
  expect(wide(draw()).querySelectorAll("g.too-few rect")).toHaveLength(1 + 1); // Barley's, and the legend's
  const opacities = ["Gower", "Forfar", "Dunmore"].map((name) => Number(groupOf(name).getAttribute("fill-opacity")));
  expect(opacities).toEqual(opacities.toSorted((a, b) => a - b));
  expect(new Set(opacities).size).toBe(3);
});

test("with addresses of pages the closed table links every council", () => {
  const linked = coverageGrid(councils, {document, id: "coverage", hrefFor: (gss) => `/council/${gss}`});
  const links = [...linked.querySelectorAll("details a")].map((link) => link.getAttribute("href"));
  expect(links.toSorted()).toEqual(councils.map(({gss}) => `/council/${gss}`));
});

test("with no council it says so and draws nothing", () => {
  const empty = coverageGrid([], {document, id: "coverage"});
  expect(empty.querySelector("svg")).toBeNull();
  expect(caption(empty)).toContain("No council is known to this dataset");
});

test("looks as it did when it was last looked at", () => expectGolden("coverageGrid", draw()));
