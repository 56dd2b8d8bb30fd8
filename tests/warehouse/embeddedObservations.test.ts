import {mkdtempSync, readdirSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, test} from "vitest";
import {loadObservations, writeObservations} from "../../pipeline/warehouse/embeddedObservations.ts";
import {observation, worldOf} from "./world.ts";

const QUERY = "select * exclude (is_embedded) from core.published_observations order by all";

test("what is embedded comes back cell by cell: rates from their counts, days from the period's name, reasons and sources", async () => {
  const folder = mkdtempSync(join(tmpdir(), "contract-scale-embedded-"));
  const money = {indicatorId: "running-expenses-childrens-social-care", numerator: null, denominator: null};
  const full = await worldOf(
    [],
    [
      observation({value: 20}), // 200 of 1,000
      observation({gss: "E06000001", value: 18.7, numerator: 1003, denominator: 5378}),
      observation({gss: "E08000001", value: null, numerator: null, denominator: 40, missingReason: "c"}),
      observation({...money, value: 12.5}),
      observation({...money, gss: "E92000001", value: 1e7})
    ]
  );
  const empty = await worldOf([], []);
  try {
    const written = await writeObservations(full, folder);
    expect(written).toEqual({files: ["observation_files.csv", "observations/synthetic-publication.csv"], rows: 5});
    const lines = readFileSync(join(folder, "observations/synthetic-publication.csv"), "utf8").trimEnd().split("\n");
    expect(lines).toEqual([
      "indicator_id,gss,period,value,numerator,denominator,missing_reason,file",
      "children-rereferrals,E06000001,2024-25,18.7,1003.0,5378.0,,1",
      "children-rereferrals,E08000001,2024-25,,,40.0,c,1",
      "children-rereferrals,E10000001,2024-25,,200.0,1000.0,,1",
      "running-expenses-childrens-social-care,E10000001,2024-25,12.5,,,,1",
      "running-expenses-childrens-social-care,E92000001,2024-25,10000000.0,,,,1"
    ]);
    await loadObservations(empty, folder);
    await empty.runModels();
    expect(await empty.rows(QUERY)).toEqual(await full.rows(QUERY));
    expect(await empty.rows("select distinct is_embedded from core.published_observations")).toEqual([
      {is_embedded: true}
    ]);
  } finally {
    full.close();
    empty.close();
    rmSync(folder, {recursive: true, force: true});
  }
});

test("a publication that is gone leaves no embedded file behind", async () => {
  const folder = mkdtempSync(join(tmpdir(), "contract-scale-embedded-"));
  const world = await worldOf([], [observation({})]);
  await writeObservations(world, folder);
  world.close();
  const none = await worldOf([], []);
  await writeObservations(none, folder);
  none.close();
  expect(readdirSync(join(folder, "observations"))).toEqual([]);
  rmSync(folder, {recursive: true, force: true});
});

test("a folder without observations is refused in a sentence", async () => {
  const world = await worldOf([], []);
  await expect(loadObservations(world, "/nowhere")).rejects.toThrow(
    "the embedded snapshot has no /nowhere/observation_files.csv; build with --no-snapshot to go without it"
  );
  world.close();
});
