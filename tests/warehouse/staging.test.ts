import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";

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
