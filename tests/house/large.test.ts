import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {ROOT} from "./imports.ts";

// The page on one machine and many measures nothing itself: what it states was measured where the performance page says.

const page = (name: string): string => readFileSync(join(ROOT, "src", `${name}.md`), "utf8");
const cellsOf = (text: string): string[][] =>
  text
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) => line.split("|").map((cell) => cell.trim()));
const numbersIn = (cells: readonly string[]): string[] => cells.join(" ").match(/\d[\d,.]*\d/g) ?? [];

test("every measurement on the page about large data stands in one row of the performance page", () => {
  const measured = cellsOf(page("performance")).map(numbersIn);
  const stated = cellsOf(page("large")).map(numbersIn);
  expect(stated.flat().length).toBeGreaterThan(5);
  for (const numbers of stated)
    expect(
      measured.some((row) => numbers.every((number) => row.includes(number))),
      numbers.join(", ")
    ).toBe(true);
});

test("and no time or size stands outside its table, except the machine's memory", () => {
  const prose = page("large")
    .split("\n")
    .filter((line) => !line.startsWith("|"))
    .join("\n");
  expect(
    prose.match(/[\d,.]+ (?:MB|GB|s|seconds|minutes)\b|\b(?:two|three|five|ten) (?:minutes|seconds|times)/g)
  ).toEqual(["24 GB"]);
  expect(page("performance")).toContain("24 GB of memory");
});
