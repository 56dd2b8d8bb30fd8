import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {Archive} from "../../pipeline/archive/archive.ts";
import {ingest} from "../../pipeline/warehouse/ingest.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {registerWith} from "../faults/world.ts";
import {releaseOf} from "./world.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "contract-scale-staging-"));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

async function opened(work: (warehouse: Warehouse) => Promise<void>): Promise<void> {
  const warehouse = await Warehouse.open(folder);
  try {
    await work(warehouse);
  } finally {
    warehouse.close();
  }
}

const oneFile = [{source_id: "synthetic-register", raw_sha256: "f", parser_version: "1"}];

test("staging of the same shape is kept when it is prepared again", () =>
  opened(async (warehouse) => {
    await warehouse.prepareStaging();
    await warehouse.insert("staging.files", oneFile);
    await warehouse.prepareStaging();
    expect(await warehouse.rows("select count(*)::integer as n from staging.files")).toEqual([{n: 1}]);
  }));

test("staging that an older version wrote, with a column less, is dropped so that everything archived is parsed again", () =>
  opened(async (warehouse) => {
    await warehouse.prepareStaging();
    await warehouse.insert("staging.files", oneFile);
    await warehouse.run("alter table staging.awards drop column text_marks");
    await warehouse.prepareStaging();
    expect(await warehouse.rows("select count(*)::integer as n from staging.files")).toEqual([{n: 0}]);
    expect((await warehouse.columns("staging.awards")).map(({column}) => column)).toContain("text_marks");
  }));

test("a file whose rows the tables refuse is refused with the reason, and stops no other file", () =>
  opened(async (warehouse) => {
    await warehouse.prepareStaging();
    await warehouse.run("alter table staging.awards alter value_amount type smallint"); // as if the reader let through more than fits
    const archive = new Archive(folder);
    for (const [ocid, amount] of [
      ["a", 1_000],
      ["b", 100_000],
      ["c", 2_000]
    ] as const) {
      const bytes = Buffer.from(JSON.stringify({releases: [releaseOf({ocid: `ocds-synth0-${ocid}`, amount})]}));
      archive.store("synthetic-register", bytes, `${ocid}.json`, new Date("2024-07-01T12:00:00Z"));
    }
    const results = await ingest(warehouse, archive, {register: registerWith({})});
    expect(results.map(({staged}) => staged)).toEqual([1, 0, 1]);
    expect(results.map(({problem}) => problem !== null)).toEqual([false, true, false]);
    expect(results[1]!.problem).toMatch(/^its rows do not fit the tables, which is a defect here: .*Error/);
    expect(await warehouse.rows("select ocid from staging.releases order by ocid")).toEqual([
      {ocid: "ocds-synth0-a"},
      {ocid: "ocds-synth0-c"}
    ]);
    const again = await ingest(warehouse, archive, {register: registerWith({})});
    expect(again.map(({wasKnown}) => wasKnown)).toEqual([true, true, true]);
  }));
