import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {personNamesFile} from "../../pipeline/references/personNames.ts";

test("names are plain lower-case words, each once, forenames before surnames; what is no word is left out", () => {
  const file = personNamesFile(
    [
      {forenames: ["Zoë", "Łukasz"], surnames: ["O'Example", "van Example", "Ng"]},
      {forenames: ["ZOE"], surnames: []}
    ],
    ["Xy"]
  );
  const rows = file.trim().split("\n");
  expect(rows[0]).toBe("name,part");
  expect(rows.filter((row) => row === "zoe,forename")).toHaveLength(1);
  expect(rows).toContain("lukasz,forename");
  expect(rows).toContain("xy,forename");
  expect(rows).toContain("oexample,surname");
  expect(rows.some((row) => row.startsWith("van") || row === "ng,surname")).toBe(false);
});

test("the committed list holds the hand list of this module", () => {
  const committed = new Set(readFileSync("data/reference/person_names.csv", "utf8").split("\n"));
  const hand = personNamesFile([], []).trim().split("\n");
  expect(hand.filter((row) => !committed.has(row))).toEqual([]);
});
