import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, test} from "vitest";
import {PartWriter} from "../../pipeline/warehouse/stagedParts.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";

test("every kind of cell comes back from a part file as it went in", async () => {
  const folder = mkdtempSync(join(tmpdir(), "contract-scale-parts-"));
  const warehouse = await Warehouse.open(null);
  try {
    await warehouse.run(
      "create table cells (id integer, text varchar, list varchar[], amounts decimal(18,2)[], flag boolean, happened_at timestamptz)"
    );
    const rows = [
      {
        id: 1,
        text: 'says "so", twice\r\nand goes on — £5',
        list: ['a"b', "c,d", ""],
        amounts: ["0.10", "12"],
        flag: true,
        happened_at: "2024-07-01T00:00:00"
      },
      {id: 2, text: "", list: [], amounts: [], flag: false, happened_at: "2024-07-01T00:00:00Z"},
      {id: 3, text: null, list: null, amounts: null, flag: null, happened_at: null}
    ];
    const writer = new PartWriter(folder, "0", {cells: ["id", "text", "list", "amounts", "flag", "happened_at"]});
    writer.add({cells: rows.slice(0, 2)});
    writer.add({cells: rows.slice(2), others: []});
    const parts = writer.close();
    expect(Object.keys(parts)).toEqual(["cells"]);
    await warehouse.appendParts("cells", [parts.cells!]);
    expect(
      await warehouse.rows("select * replace (epoch(happened_at)::integer as happened_at) from cells order by id")
    ).toEqual([
      {...rows[0], amounts: ["0.10", "12.00"], happened_at: Date.UTC(2024, 5, 30, 23) / 1000}, // without an offset: London, an hour ahead in July
      {...rows[1], happened_at: Date.UTC(2024, 6, 1) / 1000},
      rows[2]
    ]);
  } finally {
    warehouse.close();
    rmSync(folder, {recursive: true, force: true});
  }
});
