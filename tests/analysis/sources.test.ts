import {expect, test} from "vitest";
import {readFunnelCells} from "../../pipeline/analysis/sources.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";

test("a funnel has the newest period, and the year rather than the quarter that ends it", async () => {
  const warehouse = await Warehouse.openFile(":memory:");
  try {
    for (const sql of [
      "create schema core",
      "create schema reference",
      "create table reference.indicators as select 'x' as indicator_id, 'percent' as unit",
      "create table core.councils as select 'E06000901' as gss, 'SYNTHETIC Ashby' as name, 'unitary' as class",
      `create table core.observations as select 'x' as indicator_id, 'E06000901' as council_gss, * from (values
         ('2023-24', date '2023-04-01', date '2024-03-31', 40.0, 400.0),
         ('2024-Q1', date '2024-01-01', date '2024-03-31', 12.0, 100.0),
         ('2023-Q4', date '2023-10-01', date '2023-12-31', 9.0, 100.0)
       ) as t (period, period_start_on, period_end_on, numerator, denominator)`
    ])
      await warehouse.run(sql);
    expect((await readFunnelCells(warehouse)).map(({period}) => period)).toEqual(["2023-24"]);
  } finally {
    warehouse.close();
  }
});
