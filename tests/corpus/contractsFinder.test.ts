import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {basename, join} from "node:path";
import {expect, test} from "vitest";
import {Archive} from "../../pipeline/archive/archive.ts";
import {registers} from "../../pipeline/discover.ts";
import {ingest} from "../../pipeline/warehouse/ingest.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {ROOT} from "../house/imports.ts";
import {rebuild} from "../warehouse/world.ts";

// Whole real files against totals that were counted independently of this code. They are too large to be part of the project.

const CORPUS = join(ROOT, "..", "shared");
const isHere = existsSync(join(CORPUS, "gold", "totals.json"));
const absent = isHere ? "" : " (not run: the corpus of whole register files is not on this machine)";

interface Totals {
  readonly releases: number;
  readonly awards_in_all_releases: number;
  readonly sum_all_releases: number;
  readonly awards_latest: number;
  readonly sum_latest: number;
  readonly zero_values: number;
  readonly multi_supplier_awards: number;
}

async function counted(
  folder: string
): Promise<{totals: Omit<Totals, "zero_values"> & {zero_values: number}; refused: (string | null)[]}> {
  const data = mkdtempSync(join(tmpdir(), "contract-scale-corpus-"));
  const warehouse = await Warehouse.open(null);
  try {
    await warehouse.prepareStaging();
    const archive = new Archive(data);
    const files = readdirSync(join(CORPUS, "data", "registers", folder));
    for (const name of files)
      archive.store(
        "contracts-finder",
        readFileSync(join(CORPUS, "data", "registers", folder, name)),
        name,
        new Date()
      );
    const register = (await registers()).find(({id}) => id === "contracts-finder")!;
    const results = await ingest(warehouse, archive, {register});
    await rebuild(warehouse);
    const [row] = await warehouse.rows<Record<string, string | number>>(`
      select
        (select count(*) from staging.releases)::integer as releases,
        (select count(*) from staging.awards)::integer as awards_in_all_releases,
        (select sum(value_amount) from staging.awards)::double as sum_all_releases,
        (select count(*) from core.award_states)::integer as awards_latest,
        (select sum(value_amount) from core.award_states)::double as sum_latest,
        (select count(*) from core.award_states where value_amount = 0)::integer as zero_values,
        (select count(*) from core.award_states where supplier_count > 1)::integer as multi_supplier_awards`);
    return {
      totals: row as unknown as Totals,
      refused: results.filter(({problem}) => problem).map(({file, problem}) => `${basename(file.origin)}: ${problem}`)
    };
  } finally {
    warehouse.close();
    rmSync(data, {recursive: true, force: true});
  }
}

const expected = (set: string): Totals => {
  const {sets} = JSON.parse(readFileSync(join(CORPUS, "gold", "totals.json"), "utf8")) as {
    sets: Record<string, Totals>;
  };
  const {
    releases,
    awards_in_all_releases,
    sum_all_releases,
    awards_latest,
    sum_latest,
    zero_values,
    multi_supplier_awards
  } = sets[set]!;
  return {
    releases,
    awards_in_all_releases,
    sum_all_releases,
    awards_latest,
    sum_latest,
    zero_values,
    multi_supplier_awards
  };
};

test.skipIf(!isHere)(
  `424 releases of three years: counts and sums to the penny, one corrupt file refused in a sentence${absent}`,
  async () => {
    const {totals, refused} = await counted("contracts-finder-ocds-accommodation-backfill");
    expect(totals).toEqual(expected("backfill_open"));
    expect(refused).toEqual([
      expect.stringMatching(/^2024-05\.json: the JSON is damaged: 17,147 NUL bytes stand at byte/)
    ]);
  }
);

test.skipIf(!isHere)(`100 older releases of several suppliers: the value once, not 789 times${absent}`, async () => {
  const {totals, refused} = await counted("contracts-finder-bluetail-2019");
  expect(totals).toEqual(expected("bluetail_open"));
  expect(refused).toEqual([]);
});
