import {cpSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {parse} from "csv-parse/sync";
import {afterAll, beforeAll, expect, test, vi} from "vitest";
import {reproduce, reproductionLines} from "../../pipeline/publish/reproduce.ts";
import {CitationError, readCitation, verify} from "../../pipeline/publish/verify.ts";
import type {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {citeNumber, permalink} from "../../src/components/citation.ts";
import {observation, releaseOf, worldOf} from "../warehouse/world.ts";
import {newFolder, publishInto} from "./released.ts";

vi.setConfig({testTimeout: 60_000, hookTimeout: 120_000}); // a machine may be busy; nothing here is about time

// Five contracts of £100,000 to £500,000, each for the year to 31 March 2024: half of £1,500,000 is reached at £400,000.

const folder = newFolder();
const releases = join(folder, "release");
const AMOUNTS = [100_000, 200_000, 300_000, 400_000, 500_000];
const COUNCIL = "E10000001";
const CELL = {
  table: "council-scale",
  key: [COUNCIL, "childrens-social-care", "2024"],
  column: "typical_pound_gbp"
} as const;
let warehouse: Warehouse;
let version: string;

beforeAll(async () => {
  const bodies = (amounts: readonly number[]) =>
    amounts.map((amount, i) => releaseOf({ocid: `ocds-synth0-${i}`, amount, end: "2024-03-30"}));
  warehouse = await worldOf(bodies(AMOUNTS), [observation({})]);
  version = (await publishInto(warehouse, folder)).version;
}, 600_000);
afterAll(() => {
  warehouse.close();
  rmSync(folder, {recursive: true, force: true});
});

const cited = (value: string) =>
  citeNumber(
    {...CELL, version, gss: COUNCIL, what: "SYNTHETIC typical pound", value, unit: "pounds"},
    "https://example.org"
  );

test("a number is worked out again from the contracts it is made of", async () => {
  const {isMatch, lines} = await verify(releases, permalink({...CELL, version, gss: COUNCIL}));
  expect(lines[0]).toBe(
    `council-scale, gss E10000001, service_line childrens-social-care, financial_year 2024: typical_pound_gbp is 400000.00 in version ${version}`
  );
  expect(lines.at(-1)).toBe("MATCH: worked out again from the contracts, their years and running expenses");
  expect(isMatch).toBe(true);
});

test("every form of a citation is read back: text, Harvard, BibTeX, CSL-JSON", async () => {
  const {text, harvard, bibtex, csl} = cited("400000.00");
  for (const form of [text, harvard, bibtex, JSON.stringify(csl)]) {
    expect(readCitation(form)).toEqual({...CELL, version, value: "400000.00"});
    expect((await verify(releases, form)).isMatch, form).toBe(true);
  }
});

test("a citation rounded to whole pounds matches; another number differs and says which", async () => {
  expect((await verify(releases, cited("400000").text)).isMatch).toBe(true);
  const {isMatch, lines} = await verify(releases, cited("410000.00").text);
  expect(isMatch).toBe(false);
  expect(lines).toContain("the citation says 410000.00, and the release says 400000.00");
});

test.each([
  ["the share of a year", {table: "contract-years", column: "in_year_gbp"}],
  ["a size", {table: "contracts", column: "annual_value_gbp"}],
  ["a term", {table: "contracts", column: "term_days"}]
])("%s is worked out again", async (_name, {table, column}) => {
  const [row] = parse(readFileSync(join(releases, version, `${table}.verbatim.csv`)), {columns: true}) as Record<
    string,
    string
  >[];
  const key = table === "contracts" ? [row!.contract_id!] : [row!.contract_id!, row!.financial_year!];
  const {isMatch, lines} = await verify(releases, permalink({table, key, column, version}));
  expect(lines.at(-1)).toMatch(/^MATCH: worked out again/);
  expect(isMatch).toBe(true);
});

test("an interval is worked out again: Wilson of 200 in 1,000 is 17.64 % to 22.59 %", async () => {
  const key = ["children-rereferrals", COUNCIL, "2024-25"];
  const {lines, isMatch} = await verify(releases, permalink({table: "observations", key, column: "low_95", version}));
  expect(lines[0]).toContain("low_95 is 17.637");
  expect(isMatch).toBe(true);
});

test.each([
  ["no address", "typical pound 400000", "no address with a version"],
  ["no number", "/v/2025-01-01-0a1b2c3d/council/E10000001/", "names version 2025-01-01-0a1b2c3d but no number"],
  ["no column", "/v/2025-01-01-0a1b2c3d/#contracts/00", "is not table, key and column"]
])("%s is no citation, and it says why", (_name, text, words) => {
  expect(() => readCitation(text)).toThrow(CitationError);
  expect(() => readCitation(text)).toThrow(words);
});

test("what the release does not have is said with what it has", async () => {
  const wrong = (change: object): string => permalink({...CELL, version, ...change});
  await expect(verify(releases, wrong({table: "contract"}))).rejects.toThrow(
    'has no table "contract"; it has contracts,'
  );
  await expect(verify(releases, wrong({column: "typical"}))).rejects.toThrow('has no column "typical"; it has gss,');
  await expect(verify(releases, wrong({key: [COUNCIL, "planning", "2024"]}))).rejects.toThrow(
    "has no row E10000001, planning, 2024"
  );
  await expect(verify(releases, wrong({version: "2020-01-01-00000000"}))).rejects.toThrow(`there are ${version}`);
});

test("a release whose headline is damaged is one sentence", async () => {
  for (const text of ["", "null", "{}", '{"version": "2024-01-01-00000000"}']) {
    const damaged = newFolder();
    writeFileSync(join(damaged, "headline.json"), text);
    await expect(reproduce(damaged)).rejects.toThrow("headline.json is damaged: take the release's files again.");
  }
});

test("reproduce prints the figures to six significant digits and that they match", async () => {
  const found = await reproduce(join(releases, version));
  expect(found.faults).toEqual([]);
  expect(Object.fromEntries(found.figures.map(({name, recomputed}) => [name, recomputed]))).toEqual({
    contracts_counted: "5",
    value_counted_gbp: "1500000",
    cells_measured: "1",
    money_in_measured_cells_gbp: "1500000",
    median_typical_pound_gbp: "400000"
  });
  expect(reproductionLines(found).at(-1)).toMatch(/^MATCH/);
});

// £100,000 to £400,000 are £1,000,000 of £3,000,000: half is reached only with the fifth.
test("a later version is told beside the old number, which stays", async () => {
  const changed = await worldOf(
    [...AMOUNTS.slice(0, 4), 2_000_000].map((amount, i) =>
      releaseOf({ocid: `ocds-synth0-${i}`, amount, end: "2024-03-30"})
    ),
    [observation({})]
  );
  const later = await publishInto(changed, folder);
  changed.close();
  const {isMatch, lines} = await verify(releases, cited("400000.00").text);
  expect(isMatch).toBe(true);
  expect(lines.find((line) => line.startsWith("newer data exist"))).toMatch(
    new RegExp(`^newer data exist: version ${later.version} says 2000000.00. council-scale: \\d rows? now, 1 changed.$`)
  );
});

test("the program that comes with a release works with the tables it reads alone, and says how many files it did not see", async () => {
  const some = newFolder();
  const release = join(releases, version);
  const names = ["contracts", "contract-years", "observations", "council-scale", "scale-and-outcome"];
  for (const name of ["SHA256SUMS", "headline.json", ...names.map((table) => `${table}.verbatim.csv`)])
    cpSync(join(release, name), join(some, name));
  const found = await reproduce(some, {isWhole: false});
  expect(found.faults).toEqual([]);
  expect(found.absent).toBe(readFileSync(join(release, "SHA256SUMS"), "utf8").trimEnd().split("\n").length - 6);
  expect((await reproduce(some)).faults[0]).toMatch(/is listed and not there/);
  rmSync(join(some, "observations.verbatim.csv"));
  await expect(reproduce(some, {isWhole: false})).rejects.toThrow("the release has no observations.verbatim.csv");
  rmSync(some, {recursive: true});
});

test("a changed byte or a changed figure is found, by verify and by reproduce", async () => {
  const path = join(releases, version, "council-scale.verbatim.csv");
  writeFileSync(path, readFileSync(path, "utf8").replaceAll("400000.00", "300000.00"));
  const {isMatch, lines} = await verify(releases, permalink({...CELL, version}));
  expect(isMatch).toBe(false);
  expect(lines).toContain("council-scale.verbatim.csv has other bytes than when it was released");
  expect(lines).toContain("the released rows give 400000, and the release says 300000.00");
  const {faults} = await reproduce(join(releases, version));
  expect(faults).toContain(
    "council-scale E10000001 childrens-social-care 2024 typical_pound_gbp is published as 300000.00 and works out as 400000"
  );
  expect(faults).toContain("council-scale.verbatim.csv has other bytes than when it was released");
});

test("a folder that is no release is refused in a sentence", async () => {
  await expect(reproduce(folder)).rejects.toThrow("is no release: there is no headline.json in it");
});
