import {afterEach, expect, test} from "vitest";
import type {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {type AwardSketch, observation, releaseOf, worldOf} from "../warehouse/world.ts";

const open: Warehouse[] = [];
afterEach(() => {
  for (const warehouse of open.splice(0)) warehouse.close();
});

async function world(
  sketches: readonly AwardSketch[],
  observations: Parameters<typeof worldOf>[1] = []
): Promise<Warehouse> {
  const warehouse = await worldOf(sketches.map(releaseOf), observations);
  open.push(warehouse);
  return warehouse;
}

const year = {start: "2023-04-01", end: "2024-03-31"}; // 366 days: size is value x 365 / 366
const sizes = [36_600, 73_200, 109_800, 146_400, 732_000]; // sizes £36,500, 73,000, 109,500, 146,000, 730,000; together £1,098,000
const five: AwardSketch[] = sizes.map((amount) => ({...year, amount}));
const cell = "select * from marts.council_scale where financial_year = 2024";

test("five contracts make a measure: median, typical pound, largest share, worked by hand", async () => {
  const warehouse = await world(five);
  const [row] = await warehouse.rows(cell);
  expect(row).toMatchObject({
    gss: "E10000001",
    service_line: "childrens-social-care",
    contract_count: 5,
    total_in_year_gbp: "1098000.00",
    median_annual_gbp: "109500.00",
    typical_pound_gbp: "730000.00", // up to £146,000 only 366,000 of 1,098,000 is reached, a third
    not_measured_reason: null
  });
  expect(row?.largest_pct).toBeCloseTo(100 * (732 / 1098), 10);
  expect(row?.over_1m_pct).toBe(0);
});

test("concentration is of contracts with one supplier, states the share it leaves out, and is exactly 1 for a single one", async () => {
  const held = [["A Ltd"], ["A Ltd"], ["B Ltd"], ["C Ltd"], ["A Ltd", "B Ltd"]];
  const [shared] = await (await world(five.map((one, i) => ({...one, suppliers: held[i]!})))).rows(cell);
  expect(shared).toMatchObject({contract_count: 5, supplier_count: 3});
  expect(shared?.supplier_hhi).toBeCloseTo(0.34, 12); // A and B 109.8 of 366 thousand each, C 146.4: 0.3² + 0.3² + 0.4²
  expect(shared?.hhi_left_out_pct).toBeCloseTo(200 / 3, 10); // 732 of 1,098 thousand
  // £1,204.35, whose square as a floating-point number is not the square of the floating-point number.
  const pennies = [200, 250, 250, 250, 254.35].map((amount) => ({...year, amount}));
  expect(await (await world(pennies)).rows(cell)).toMatchObject([{supplier_count: 1, supplier_hhi: 1}]);
});

test("four contracts make no measure, a reason, and a hollow dot that is never analysed", async () => {
  const warehouse = await world(five.slice(0, 4), [observation({})]);
  const [row] = await warehouse.rows(cell);
  expect(row).toMatchObject({
    contract_count: 4,
    typical_pound_gbp: null,
    median_annual_gbp: null,
    not_measured_reason: "fewer than 5 contracts in force: 4"
  });
  const [dot] = await warehouse.rows("select * from marts.scale_and_outcome where scale_measure = 'typical_pound_gbp'");
  expect(dot).toMatchObject({scale_value: null, scale_value_below_gate: 109_500, outcome_value: 20}); // 36.6 + 73.2 + 109.8 of 366 thousand is 60 %
});

test("ten times every ceiling, a sixth supplier and a duplicate change no scale measure", async () => {
  const extra = (ceiling: number): AwardSketch[] => [
    {...year, amount: ceiling, title: "SYNTHETIC framework for care", suppliers: ["A Ltd", "B Ltd"]},
    {...year, amount: ceiling, title: "SYNTHETIC care DPS"}
  ];
  const measures =
    "select * exclude (left_out_count, framework_count) from marts.council_scale where financial_year = 2024";
  const plain = await (await world(five)).rows(measures);
  expect(await (await world([...five, ...extra(1_000_000)])).rows(measures)).toEqual(plain);
  expect(await (await world([...five, ...extra(10_000_000)])).rows(measures)).toEqual(plain);
});

test("what is left out is counted: two ceilings and a contract without a term", async () => {
  const warehouse = await world([
    ...five,
    {...year, title: "SYNTHETIC framework", suppliers: ["A Ltd", "B Ltd"]},
    {...year, title: "SYNTHETIC DPS"},
    {end: null, date: "2024-01-10T00:00:00Z"}
  ]);
  expect((await warehouse.rows(cell))[0]).toMatchObject({
    contract_count: 5,
    left_out_count: 3,
    framework_count: 2
  });
});

test("money falls in the years the core term runs through", async () => {
  const warehouse = await world([{amount: 731, start: "2022-04-01", end: "2024-03-31"}]); // 365 + 366 days
  expect(await warehouse.rows("select financial_year, total_in_year_gbp from marts.council_scale order by 1")).toEqual([
    {financial_year: 2023, total_in_year_gbp: "365.00"},
    {financial_year: 2024, total_in_year_gbp: "366.00"}
  ]);
});

test("coverage is money in the year over running expenses of the same council, line and year: £1,098,000 of £10,980,000", async () => {
  const running = observation({
    indicatorId: "running-expenses-childrens-social-care",
    period: "2023-24",
    periodStartOn: "2023-04-01",
    periodEndOn: "2024-03-31",
    value: 10_980,
    numerator: null,
    denominator: null
  });
  const warehouse = await world(five, [running]);
  const [row] = await warehouse.rows(cell);
  expect(row?.coverage_pct).toBeCloseTo(10, 10);
  expect(row?.coverage_basis).toBe("revenue outturn running expenses");
});

test("coverage without running expenses is null with the reason, not zero", async () => {
  const [row] = await (await world(five)).rows(cell);
  expect(row).toMatchObject({coverage_pct: null, coverage_basis: "no running expenses at hand for the year"});
});

test("the outcome ends one year after the scale", async () => {
  const warehouse = await world(five, [
    observation({period: "2023-24", periodStartOn: "2023-04-01", periodEndOn: "2024-03-31", value: 99, numerator: 990}),
    observation({})
  ]);
  expect(
    await warehouse.rows(
      "select financial_year, outcome_period, outcome_value from marts.scale_and_outcome where scale_measure = 'typical_pound_gbp'"
    )
  ).toEqual([{financial_year: 2024, outcome_period: "2024-25", outcome_value: 20}]);
});

test("a council's outcome under its old code meets its contracts under the new one, when only the code changed", async () => {
  const contracts = five.map((sketch) => ({...sketch, buyer: "SYNTHETIC Elmton Council"}));
  const warehouse = await world(contracts, [observation({gss: "E08000001"})]);
  expect(
    await warehouse.rows(
      "select gss, outcome_value from marts.scale_and_outcome where scale_measure = 'typical_pound_gbp'"
    )
  ).toEqual([{gss: "E08000002", outcome_value: 20}]);
});

test("the outcome of a council that was merged away is not given to its successor", async () => {
  const warehouse = await world([], [observation({gss: "E07000002"})]);
  expect(await warehouse.rows("select gss, council_gss from core.observations")).toEqual([
    {gss: "E07000002", council_gss: null}
  ]);
});

test("the interval is Wilson's: 200 of 1,000 is 17.64 to 22.59 per cent", async () => {
  // Wilson (1927): (p + z2/2n ± z sqrt(p(1-p)/n + z2/4n2)) / (1 + z2/n) with z2 = 3.8414588: (0.2019207 ± 0.0248661) / 1.0038415
  const warehouse = await world([], [observation({})]);
  const [row] = await warehouse.rows<{low_95: number; high_95: number}>(
    "select low_95, high_95 from core.observations"
  );
  expect(row?.low_95).toBeCloseTo(17.638, 2);
  expect(row?.high_95).toBeCloseTo(22.592, 2);
});

test("a withheld figure is null with the publisher's symbol and has no interval", async () => {
  const warehouse = await world([], [observation({value: null, missingReason: "c"})]);
  expect(await warehouse.rows("select value, low_95, missing_reason from core.observations")).toEqual([
    {value: null, low_95: null, missing_reason: "c"}
  ]);
});

test("a supplier's money is of contracts it holds alone; a shared contract is nobody's, and a person is not named", async () => {
  const warehouse = await world([
    {...year, amount: 36_600, suppliers: ["SYNTHETIC Ash Ltd"]},
    {...year, amount: 10_000, suppliers: ["SYNTHETIC Ash Ltd"]},
    {...year, amount: 70_000, suppliers: ["SYNTHETIC Ash Ltd", "SYNTHETIC Birch Ltd"]},
    {...year, amount: 5_000, suppliers: ["Jane Smith"]}
  ]);
  const rows = await warehouse.rows(
    "select held_by, supplier_name, contract_count, council_count, in_year_gbp from marts.supplier_scale where financial_year = 2024 order by held_by"
  );
  expect(rows).toEqual([
    {held_by: "one", supplier_name: "SYNTHETIC Ash Ltd", contract_count: 2, council_count: 1, in_year_gbp: "46600.00"},
    {held_by: "person", supplier_name: null, contract_count: 1, council_count: 1, in_year_gbp: "5000.00"},
    {held_by: "several", supplier_name: null, contract_count: 1, council_count: 1, in_year_gbp: "70000.00"}
  ]);
  expect(await warehouse.brokenPromises()).toEqual([]);
});
