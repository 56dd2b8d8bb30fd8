import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {parse} from "csv-parse/sync";
import {expect, test} from "vitest";
import {writeReview} from "../../pipeline/warehouse/review.ts";
import {releaseOf, worldOf} from "./world.ts";

test("what may be a council's and was not taken for one is listed and counted; what is sure is not", async () => {
  const buyers = [
    "SYNTHETIC Nowhere District Council",
    "SYNTHETIC Nowhere District Council",
    "SYNTHETIC Portal Ltd",
    "SYNTHETIC Carlow Council",
    "SYNTHETIC University"
  ];
  const warehouse = await worldOf(buyers.map((buyer) => releaseOf({buyer})));
  const folder = mkdtempSync(join(tmpdir(), "contract-scale-review-"));
  try {
    const {path, names, portalNotices} = await writeReview(warehouse, folder);
    expect({names, portalNotices}).toEqual({names: 1, portalNotices: 1});
    const rows: Record<string, string>[] = parse(readFileSync(path), {columns: true});
    expect(rows.map(({buyer_name, because, contract_count}) => [buyer_name, because, contract_count])).toEqual([
      ["SYNTHETIC Nowhere District Council", "title-of-no-known-council", "2"],
      ["SYNTHETIC Portal Ltd", "evidence-does-not-agree", "1"]
    ]);
  } finally {
    warehouse.close();
    rmSync(folder, {recursive: true, force: true});
  }
});
