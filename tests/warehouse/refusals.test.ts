import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {publications} from "../../pipeline/discover.ts";
import {parse} from "../../pipeline/warehouse/ingest.ts";
import {ROOT} from "../house/imports.ts";

const all = await publications();

async function problemOf(id: string, bytes: Uint8Array): Promise<string | null> {
  const publication = all.find((one) => one.id === id)!;
  const file = {
    source: id,
    sha256: "0".repeat(64),
    bytes: bytes.length,
    origin: "x",
    received_at: "2025-01-01T00:00:00Z"
  };
  return (await parse({publication}, file, bytes)).problem;
}

const fixture = (path: string) => readFileSync(join(ROOT, "tests/fixtures", path));

test("a file of another layout is refused with the sheets or columns that were missed", async () => {
  expect(await problemOf("statutory-homelessness", fixture("fly-tipping/incidents-2012-13-to-2022-23.ods"))).toMatch(
    /^not a file of "Statutory homelessness.*\(no sheet is titled "Table A1".*\); see https:/
  );
  expect(
    await problemOf("children-in-need", fixture("adult-social-care-outcomes/ascof-2015-16-to-2022-23.csv"))
  ).toMatch(/\(no column "time_period"; the columns are Financial year, /);
});

test("a file of another format is refused without a word about damage", async () => {
  const problem = await problemOf("section-251", fixture("fly-tipping/incidents-2012-13-to-2022-23.ods"));
  expect(problem).toMatch(/^not a file of "Local Authority Interactive Tool.* as far as its contents tell; see https:/);
});

test.each(all.map(({id}) => id))("%s refuses what is no data: a web page, JSON, nothing", async (id) => {
  for (const page of ["<html><body>maintenance</body></html>", '{"message":"down"}', "", "a,b\n1,2\n"])
    expect(await problemOf(id, new TextEncoder().encode(page)), page).not.toBe(null);
});

test("fractions where a file has percentages only are refused: 0.82 is no 0.82 per cent", async () => {
  const header = "Financial year,Local authority code,Grouping,Measure,Value";
  const ofYear = (value: string) =>
    Array.from(
      {length: 150},
      (_, i) =>
        `2022-23,E0600${String(i).padStart(4, "0")},LA_Raw,Outcome of short-term services: sequel to service,${value}`
    );
  const file = (value: string) => new TextEncoder().encode([header, ...ofYear(value)].join("\n")); // SYNTHETIC
  expect(await problemOf("adult-social-care-outcomes", file("82.5"))).toBe(null);
  expect(await problemOf("adult-social-care-outcomes", file("0.825"))).toBe(
    "adults-no-further-request: none of 150 figures is above 1: fractions, where per cent are expected"
  );
});

test("a file without a row about a council is refused, never read as nothing", async () => {
  const header = fixture("children-in-need/plans-2013-to-2025.csv").toString("utf8").split("\n")[0]!;
  expect(await problemOf("children-in-need", new TextEncoder().encode(`${header}\n`))).toBe(
    "no row in it is about a council or England"
  );
});

test("too few councils in a period are a layout that half works", async () => {
  expect(await problemOf("children-in-need", fixture("children-in-need/plans-2013-to-2025.csv"))).toMatch(
    /^children-second-plans 2024-25 has \d councils where 140 to 160 are expected$/
  );
});
