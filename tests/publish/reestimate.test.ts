import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {analyse} from "../../pipeline/analysis/analyse.ts";
import {planOf} from "../../pipeline/analysis/blinding.ts";
import {testOf, writeWorld} from "../../pipeline/analysis/simulate.ts";
import {store} from "../../pipeline/analysis/store.ts";
import {PLAIN, worldOf} from "../../pipeline/analysis/world.ts";
import {hypotheses, planFiles} from "../../pipeline/discover.ts";
import {reestimate} from "../../pipeline/publish/reestimate.ts";
import {verify} from "../../pipeline/publish/verify.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {permalink} from "../../src/components/citation.ts";
import {ROOT} from "../house/imports.ts";
import {releaseOf, worldOf as warehouseOf} from "../warehouse/world.ts";
import {newFolder, publishInto} from "./released.ts";

// A SYNTHETIC world put where the models would have made it, published, and estimated again from the published files.

const folder = newFolder();
const claims = (await hypotheses()).map((claim) =>
  claim.test === null ? claim : {...claim, test: {...claim.test, alsoMeasures: [], alsoIndicators: [], definitions: []}}
);
let release: string;
let version: string;
let inCash: string; // of a world with gaps
let inRealTerms: string; // of the same, with a SYNTHETIC deflator

/** The folder of a release of the world; with index numbers by year, costs are analysed at constant prices. */
async function released(into: string, gaps: number, indexNumbers: Readonly<Record<number, number>> = {}) {
  const brought = mkdtempSync(join(tmpdir(), "contract-scale-world-"));
  const world = worldOf(5, {...PLAIN, councils: 45, years: 4, effect: 1.5, lateStart: gaps});
  writeWorld(world, brought, {repeatDemand: testOf(claims, "share"), cost: testOf(claims, "money")});
  const warehouse = await warehouseOf([releaseOf({})]);
  await warehouse.run("delete from marts.scale_and_outcome");
  await warehouse.run(
    `insert into marts.scale_and_outcome by name select * from read_csv('${join(brought, "scale-and-outcome.csv")}', header = true)`
  );
  for (const [year, index] of Object.entries(indexNumbers))
    await warehouse.run(`insert into reference.deflator by name select 'SYNTHETIC' as version, '2022' as price_year,
      '${year}' as financial_year, '${index}' as index_number, 'SYNTHETIC' as source`);
  const model = readFileSync(join(ROOT, "pipeline/models/marts/deflator.sql"), "utf8");
  await warehouse.run(`create or replace table marts.deflator as ${model}`);
  const plan = planOf(planFiles());
  const analysis = await analyse(warehouse, {hypotheses: claims, plan, unblinding: null, isBrought: false});
  await store(warehouse, analysis);
  const publication = await publishInto(warehouse, into);
  warehouse.close();
  rmSync(brought, {recursive: true, force: true});
  return {version: publication.version, place: join(into, "release", publication.version)};
}

beforeAll(async () => {
  ({version, place: release} = await released(folder, 0));
  const rising = Object.fromEntries(Array.from({length: 20}, (_, i) => [2010 + i, 100 * 1.2 ** i]));
  ({place: inCash} = await released(join(folder, "cash"), 0.4));
  ({place: inRealTerms} = await released(join(folder, "real"), 0.4, rising));
}, 600_000);
afterAll(() => rmSync(folder, {recursive: true, force: true}));

test("the primary estimate of each claim comes out again from the released files, to six figures, dealt out as it was", async () => {
  const found = await reestimate(release, claims);
  expect(found.filter(({isMatch}) => !isMatch)).toEqual([]);
  const h1 = found.find(({name}) => name === "h1-repeat-demand, primary: estimate, blinded");
  expect(Number(h1?.recomputed)).not.toBeNaN();
});

test("a cited estimate is estimated again; any specification, and a rank correlation", async () => {
  for (const spec of ["primary", "spearman-partial"]) {
    const address = permalink({table: "estimates", key: ["h1-repeat-demand", spec], column: "estimate", version});
    const {isMatch, lines} = await verify(join(folder, "release"), address, claims);
    expect([isMatch, lines.at(-1)]).toEqual([
      true,
      "MATCH: estimated again from the released tables, by the specification that the row names"
    ]);
  }
});

test("an estimate that the released rows do not give is found", async () => {
  const path = join(release, "estimates.parquet");
  const reader = await Warehouse.openFile(":memory:");
  await reader.run(
    `create table changed as select * replace (case when is_primary then estimate + 0.001 else estimate end as estimate) from '${path}'`
  );
  await reader.writeParquet("from changed", path);
  reader.close();
  const differing = (await reestimate(release, claims)).filter(({isMatch}) => !isMatch);
  expect(differing.map(({name}) => name)).toContain("h1-repeat-demand, primary: estimate, blinded");
});

test("correlations at constant prices come out again, by the deflator in the release; a year's level alone moves no slope", async () => {
  const named = {hypothesis_id: "h0-strong", spec_id: "spearman-raw"};
  const [cash, real] = [await reestimate(inCash, claims, named), await reestimate(inRealTerms, claims, named)];
  expect([...cash, ...real].filter(({isMatch}) => !isMatch)).toEqual([]);
  expect(Number(real[0]!.published)).not.toBeNaN();
  expect(real[0]!.published).not.toBe(cash[0]!.published); // councils are seen in different years
  const slopes = async (place: string) => (await reestimate(place, claims)).map(({recomputed}) => recomputed);
  expect(await slopes(inRealTerms)).toEqual(await slopes(inCash)); // years' levels are held, and outcomes are logarithms
});
