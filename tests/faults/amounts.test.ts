import {afterAll, beforeAll, expect, test, vi} from "vitest";
import {check} from "../../pipeline/commands/check.ts";
import {readRelease} from "../../pipeline/ocds/release.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {releaseOf} from "../warehouse/world.ts";
import {SmallWorld} from "./small.ts";

vi.setConfig({testTimeout: 120_000, hookTimeout: 120_000}); // a machine may be busy; nothing here is about time

// The largest amounts that are read, as often as it takes for their sums to be more than a column holds: nothing may stop the build.

const MOST = 1e13;
const TITLES = ["SYNTHETIC placements", "SYNTHETIC placements, 10000000000000 pounds per annum", "SYNTHETIC framework"];
const ENDS = ["2024-12-31", "2083-12-30", "9999-12-31"];
const world = new SmallWorld();

beforeAll(async () => {
  const extremes = TITLES.flatMap((title, i) =>
    ENDS.flatMap((ends, j) =>
      ["GBP", "EUR", "XXX"].map((currency, k) => {
        const value = {amount: MOST, currency};
        const release = releaseOf({ocid: `ocds-synth0-x${i}${j}${k}`, title: `${title} ${j}${k}`});
        const [award] = release.awards as Record<string, unknown>[];
        const tender = {...(release.tender as object), value: k === 0 ? {amount: 1000, currency} : value};
        const contractPeriod = {startDate: "2024-01-01", endDate: ends};
        return {...release, tender, awards: [{...award, value, contractPeriod}]};
      })
    )
  );
  const many = Array.from({length: 1_100}, (_, i) =>
    releaseOf({ocid: `ocds-synth0-m${i}`, title: `SYNTHETIC placements ${i}`, amount: MOST - i})
  );
  await world.import("large.json", [...extremes, ...many]);
});
afterAll(() => world.remove());

test("one penny more than the most is a reject with its place", () => {
  const good = releaseOf({ocid: "ocds-synth0-y", title: "SYNTHETIC", amount: MOST});
  expect("release" in readRelease(good)).toBe(true);
  expect(readRelease(releaseOf({ocid: "ocds-synth0-y", title: "SYNTHETIC", amount: MOST + 0.01}))).toMatchObject({
    fault: {path: "awards[0].value.amount", reason: "is more money than there is"}
  });
});

test("a thousand contracts of ten million million pounds are built, checked and published", async () => {
  expect(await world.build()).toBe(0);
  expect(await check({data: world.data})).toBe(0);
  const warehouse = await Warehouse.open(world.data, {readOnly: true});
  const [row] = await warehouse.rows<{n: number; most: string; sums: number}>(
    `select count(*)::integer as n, max(value_published)::varchar as most,
       (select count(*)::integer from marts.cpv_codes where contract_count > 1000 and total_value_gbp is not null) as sums
     from core.contracts`
  );
  warehouse.close();
  expect(row).toEqual({n: 27 + 1_100, most: "10000000000000.00", sums: 0}); // more than the column holds is not known, and not wrong
  expect(await world.publish()).toBe(0);
});
