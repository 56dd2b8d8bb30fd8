import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {recognise} from "../../pipeline/formats/recognise.ts";
import outcomes from "../../pipeline/indicators/adult-social-care-outcomes.ts";
import unitCosts from "../../pipeline/indicators/adult-social-care-unit-costs.ts";
import {ROOT} from "../house/imports.ts";

const COSTS = join(ROOT, "tests/fixtures/adult-social-care-unit-costs/unit-costs-2014-15.csv");
const OUTCOMES = join(ROOT, "tests/fixtures/adult-social-care-outcomes/ascof-2015-16-to-2022-23.csv");
const costs = await unitCosts.observations(recognise(readFileSync(COSTS)));
const sequels = await outcomes.observations(recognise(readFileSync(OUTCOMES)));
const costsFrom = async (text: string) => unitCosts.observations(recognise(Buffer.from(text, "latin1")));
const outcomesFrom = async (text: string) => outcomes.observations(recognise(new TextEncoder().encode(text)));

test("one council a column, by the number in front of its name: Cumbria's week in a care home in 2014-15", () => {
  expect(costs.find(({gss}) => gss === "E10000006")).toMatchObject({
    indicatorId: "adult-care-home-weekly-cost",
    period: "2014-15",
    value: 604.49,
    numerator: 83_907_130, // in the file in £ thousand
    denominator: 138_806.14,
    missingReason: null
  });
});

test("all provision, not only what the council supports; England by its name, regions left out", () => {
  expect(costs.map(({gss}) => gss)).toEqual(["E10000006", "E09000001", "E06000053", "E92000001"]);
  expect(costs.find(({gss}) => gss === "E92000001")?.value).toBe(666.37);
  expect(costs.some(({value}) => value === 536.77 || value === 616.14)).toBe(false);
});

test("the year is the one that the notes compare with the one before, and a file without it is refused", async () => {
  const text = readFileSync(COSTS, "latin1");
  await expect(costsFrom(text.replaceAll("2014-15 and the previous year", "this year"))).rejects.toThrow(
    /no note compares a year "and the previous year"/
  );
});

test("a unit cost that does not follow from money and weeks is refused", async () => {
  const text = readFileSync(COSTS, "latin1").replace("604.49", "704.49").replace("666.37", "766.37");
  await expect(costsFrom(text)).rejects.toThrow(
    /Cumbria\): 83907130 of 138806.14 is 604.49 per 1, but the file says 704.49/
  );
});

test("a council without a code is refused with its name", async () => {
  const text = readFileSync(COSTS, "latin1").replace("102 - Cumbria", "999 - Nowhere");
  await expect(costsFrom(text)).rejects.toThrow('"999 - Nowhere" has no code in data/reference/cassr_codes.csv');
});

test("no further request after short-term help: high is less repeat demand, and no other measure is taken for it", () => {
  expect(outcomes.indicators[0]?.polarity).toBe("higher-is-less-repeat-demand");
  const darlington = sequels.filter(({gss}) => gss === "E06000005").map(({period, value}) => [period, value]);
  expect(Object.fromEntries(darlington)).toMatchObject({
    "2015-16": 80.3,
    "2016-17": 86.1,
    "2017-18": 81.8,
    "2018-19": 86
  });
  expect(sequels.every(({numerator, denominator}) => numerator === null && denominator === null)).toBe(true);
});

test("the series breaks where the measure is redefined", () => {
  expect(outcomes.indicators[0]?.breaks?.map(({on}) => on)).toEqual(["2024-04-01"]);
});

test("an empty cell is a figure that is missing", async () => {
  const text = readFileSync(OUTCOMES, "utf8").replace("ASC5,80.3", "ASC5,");
  const all = await outcomesFrom(text);
  expect(all.find(({gss, period}) => gss === "E06000005" && period === "2015-16")).toMatchObject({
    value: null,
    missingReason: "empty"
  });
});

test("a renamed measure is refused, not read as nothing", async () => {
  const text = readFileSync(OUTCOMES, "utf8").replaceAll("sequel to service", "what came next");
  await expect(outcomesFrom(text)).rejects.toThrow(/no row of a council has a measure/);
});

const FOLDER = join(ROOT, "../shared/data/indicators");
const absent = existsSync(FOLDER) ? "" : " (not run: the whole files are not at hand)";

test.skipIf(absent !== "")(`the whole files: 152 councils, and 1,214 rows of eight years${absent}`, async () => {
  const whole = (name: string) => recognise(readFileSync(join(FOLDER, name)));
  const allCosts = await unitCosts.observations(
    whole("goodair-adults-ascfr/pss-exp-eng-14-15-fin-coun-lev-unit-cost.csv")
  );
  expect(allCosts.filter(({gss}) => gss !== "E92000001")).toHaveLength(152);
  const allOutcomes = await outcomes.observations(whole("oflog-asc/ASC_data.csv"));
  expect(allOutcomes).toHaveLength(1214);
  expect(allOutcomes.filter(({value}) => value === null)).toHaveLength(5);
});
