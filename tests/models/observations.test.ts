import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, expect, test} from "vitest";
import {recognise} from "../../pipeline/formats/recognise.ts";
import type {Sheet} from "../../pipeline/formats/sheet.ts";
import {readWorkbook} from "../../pipeline/formats/workbook.ts";
import type {Indicator, Observation, Publication} from "../../pipeline/indicators/indicator.ts";
import {quarterOf} from "../../pipeline/indicators/reading/periods.ts";
import homelessness from "../../pipeline/indicators/statutory-homelessness.ts";
import {buildWarehouse} from "../../pipeline/warehouse/build.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {writtenXlsx} from "../formats/writtenWorkbook.ts";
import {ROOT} from "../house/imports.ts";
import {observation, publication, register} from "../warehouse/world.ts";

// SYNTHETIC councils and figures. Dunmore (lower) became Carlow whole in 2019; Fellshire's county was split in 2023; Elmton
// changed its code in 2025; Barley is a district of Ashshire.

const like = publication.indicators[0]!;
const indicators: readonly Indicator[] = [
  like,
  {...like, id: "quarterly", periodType: "quarter", tier: "lower", serviceLine: "housing-homelessness"},
  {
    ...like,
    id: "stock",
    periodType: "quarter-end-stock",
    tier: "lower",
    serviceLine: "housing-homelessness",
    unit: "per-thousand-households",
    per: 1000,
    interval: "byar"
  },
  {
    ...like,
    id: "money",
    unit: "pounds-thousand",
    per: null,
    interval: "none: administrative total",
    range: [-1e6, 1e6]
  },
  {
    ...like,
    id: "money-per-child",
    unit: "pounds-per-resident",
    per: 1,
    interval: "none: administrative total",
    range: [0, 1e6],
    derivedFrom: {indicatorId: "money", times: 1000, population: "under-18"}
  },
  ...(["all", "18-and-over"] as const).map(
    (population): Indicator => ({
      ...like,
      id: `money-${population}`,
      unit: "pounds-per-resident",
      per: 1,
      interval: "none: administrative total",
      range: [0, 1e6],
      derivedFrom: {indicatorId: "money", times: 1000, population}
    })
  )
];
const synthetic: Publication = {...publication, indicators};

interface File {
  readonly origin: string;
  readonly receivedAt?: string;
  readonly observations: readonly Observation[];
}

const open: Warehouse[] = [];
afterEach(() => {
  for (const warehouse of open.splice(0)) warehouse.close();
});

const COMMITTED = join(ROOT, "data/reference");
const FIXTURES = join(ROOT, "tests/fixtures/reference");
const POPULATION = `gss,population_on,age_group,residents,source
E10000001,2024-06-30,under-18,50000,SYNTHETIC
E10000001,2024-06-30,all,250000,SYNTHETIC
`;

async function worldOf(...files: File[]): Promise<Warehouse> {
  const warehouse = await Warehouse.open(null);
  open.push(warehouse);
  await warehouse.prepareStaging();
  for (const [i, file] of files.entries()) await stage(warehouse, `file-${i}`, file);
  const folder = mkdtempSync(join(tmpdir(), "contract-scale-observations-"));
  try {
    cpSync(COMMITTED, folder, {recursive: true});
    cpSync(FIXTURES, folder, {recursive: true});
    writeFileSync(join(folder, "population.csv"), POPULATION);
    await buildWarehouse(warehouse, {
      referenceFolder: folder,
      snapshotFolder: null,
      registers: [register],
      publications: [synthetic]
    });
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
  return warehouse;
}

async function stage(warehouse: Warehouse, sha: string, {origin, receivedAt, observations}: File): Promise<void> {
  const received_at = receivedAt ?? "2025-01-01T00:00:00Z";
  await warehouse.insert("staging.files", [{source_id: synthetic.id, raw_sha256: sha, origin, received_at}]);
  await warehouse.insert(
    "staging.observations",
    observations.map((one) => ({
      publication_id: synthetic.id,
      raw_sha256: sha,
      position: one.position,
      indicator_id: one.indicatorId,
      gss: one.gss,
      period: one.period,
      period_start_on: one.periodStartOn,
      period_end_on: one.periodEndOn,
      value: one.value,
      numerator: one.numerator,
      denominator: one.denominator,
      missing_reason: one.missingReason
    }))
  );
}

const file = (...observations: Observation[]): File => ({origin: "SYNTHETIC.csv", observations});
const rows = (warehouse: Warehouse, table: string, where: string) =>
  warehouse.rows(`select * from core.${table} where ${where}`);
const quarter = (q: number, year: number, overrides: Partial<Observation> = {}): Observation =>
  observation({
    indicatorId: "quarterly",
    gss: "E07000001",
    ...quarterOf(year, q),
    value: 10,
    numerator: 10,
    denominator: 100,
    ...overrides
  });

test("a rate is worked out of its counts, and the publisher's rounded one stands beside it", async () => {
  const warehouse = await worldOf(file(observation({value: 18.7, numerator: 1003, denominator: 5378})));
  const [row] = await rows(warehouse, "observations", "true");
  expect(row).toMatchObject({published_value: 18.7, numerator: 1003, denominator: 5378, interval_method: "wilson"});
  expect(row?.value).toBeCloseTo(18.65006, 5); // 100,300 / 5,378
});

test("a rate without its counts is as published, without an interval and saying why", async () => {
  const warehouse = await worldOf(file(observation({value: 18.7, numerator: null, denominator: null})));
  const [row] = await rows(warehouse, "observations", "true");
  expect(row).toMatchObject({value: 18.7, low_95: null, high_95: null, interval_method: "none: counts not published"});
});

// R 4.2.2: prop.test(81, 263, correct = FALSE)$conf.int and so on; statsmodels 0.15.0, proportion_confint(…, method = "wilson"),
// agrees to 14 digits; Newcombe (1998), table I, method 3, prints the first three to four.
test.each([
  [81, 263, 25.5288519878274, 36.62095769828],
  [0, 20, 0, 16.1125158052819],
  [15, 148, 6.23863995307363, 16.048724172332],
  [1, 29, 0.611321429276266, 17.1755218793203],
  [20, 20, 83.8874841947181, 100],
  [28, 1330, 1.46052680941024, 3.02587286162732]
])("the interval of %i in %i is Wilson's, as R works it out", async (numerator, denominator, low, high) => {
  const value = (100 * numerator) / denominator;
  const warehouse = await worldOf(file(observation({value, numerator, denominator})));
  const [row] = await rows(warehouse, "observations", "true");
  expect(row?.low_95).toBeCloseTo(low, 9);
  expect(row?.high_95).toBeCloseTo(high, 9);
});

// R 4.2.2: Byar's formula with z <- qnorm(.975), (o*(1 - 1/(9*o) - z/(3*sqrt(o)))^3, (o+1)*(1 - 1/(9*(o+1)) + z/(3*sqrt(o+1)))^3),
// and beside it the exact limits of poisson.test(o)$conf.int.
test.each([
  [1, 0.0130721329015044, 5.56375558247526, 0.0253178079842899, 5.5716433909388989],
  [10, 4.78744991396756, 18.3914586057565, 4.79538869613243, 18.390356042017778],
  [100, 81.3621054905279, 121.627937579207, 81.3639912509232, 121.6267937924264],
  [350, 314.28765544541, 388.658406704392, 314.2885760496, 388.657698806476]
])(
  "the interval of a count of %i is Byar's as R works it out, close to the exact one",
  async (count, low, high, exactLow, exactHigh) => {
    const stock = {
      indicatorId: "stock",
      gss: "E07000001",
      ...quarterOf(2025, 1),
      numerator: count,
      denominator: 1_000_000
    };
    const warehouse = await worldOf(file(observation({...stock, value: count / 1000})));
    const [row] = await rows(warehouse, "observations", "period_type = 'quarter'");
    expect((row?.low_95 as number) * 1000).toBeCloseTo(low, 9);
    expect((row?.high_95 as number) * 1000).toBeCloseTo(high, 9);
    expect(Math.abs((row?.low_95 as number) * 1000 - exactLow)).toBeLessThan(0.013);
    expect(Math.abs((row?.high_95 as number) * 1000 - exactHigh)).toBeLessThan(0.013);
  }
);

test("four quarters make a year by adding counts, never by averaging rates", async () => {
  const all = [
    quarter(2, 2024, {numerator: 1, denominator: 10, value: 10}),
    quarter(3, 2024, {numerator: 90, denominator: 100, value: 90}),
    quarter(4, 2024, {numerator: 0, denominator: 10, value: 0}),
    quarter(1, 2025, {numerator: 9, denominator: 80, value: 11.25})
  ];
  const warehouse = await worldOf(file(...all));
  const [year] = await rows(warehouse, "observations", "period_type = 'year'");
  expect(year).toMatchObject({
    period: "2024-25",
    period_start_on: "2024-04-01",
    period_end_on: "2025-03-31",
    financial_year: 2025,
    value: 50, // 100 of 200; the mean of the rates would be 27.8
    numerator: 100,
    denominator: 200,
    published_value: 50
  });
  const quarters = await rows(warehouse, "observations", "period_type = 'quarter'");
  expect(quarters.map(({financial_year}) => financial_year)).toEqual([null, null, null, null]);
});

test("three quarters, or a fourth without a return, make no year, and say so", async () => {
  const three = [quarter(2, 2024), quarter(3, 2024), quarter(4, 2024)];
  const withheld = quarter(1, 2025, {value: null, numerator: null, denominator: null, missingReason: ".."});
  const without = await worldOf(file(...three));
  expect((await rows(without, "observations", "period_type = 'year'"))[0]).toMatchObject({
    value: null,
    missing_reason: "3 of 4 quarters"
  });
  const dotted = await worldOf(file(...three, withheld));
  expect((await rows(dotted, "observations", "period_type = 'year'"))[0]).toMatchObject({
    value: null,
    missing_reason: "3 of 4 quarters: .."
  });
});

test("four workbooks of the real layout make a year of the council's counts, three make none", async () => {
  // SYNTHETIC quarters: one recorded cut, dated otherwise
  const recorded = readFileSync(join(ROOT, "tests/fixtures/statutory-homelessness/2025-q4.xlsx"));
  const sheets = readWorkbook(recognise(recorded));
  const dated = async (months: string, lastDay: string): Promise<Observation[]> => {
    const redated = (cell: string) =>
      cell.replace("October to December 2025", months).replace("31 December 2025", lastDay);
    const rowsAgain = (sheet: Sheet) => sheet.rows.map((row) => ({...row, cells: row.cells.map(redated)}));
    const workbook = writtenXlsx(sheets.map((sheet) => ({name: sheet.name, rows: rowsAgain(sheet)})));
    const read = await homelessness.observations(workbook);
    return read
      .filter(({indicatorId}) => indicatorId === "homelessness-repeat-history")
      .map((one) => ({...one, indicatorId: "quarterly"}));
  };
  const quarters = [
    await dated("April to June 2025", "30 June 2025"),
    await dated("July to September 2025", "30 September 2025"),
    await dated("October to December 2025", "31 December 2025"),
    await dated("January to March 2026", "31 March 2026")
  ];
  const leeds = "period_type = 'year' and gss = 'E08000035'";
  const whole = await worldOf(file(...quarters.flat()));
  expect((await rows(whole, "observations", leeds))[0]).toMatchObject({
    period: "2025-26",
    numerator: 4 * 28,
    denominator: 4 * 1330
  });
  const three = await worldOf(file(...quarters.slice(0, 3).flat()));
  expect((await rows(three, "observations", leeds))[0]).toMatchObject({value: null, missing_reason: "3 of 4 quarters"});
});

test("a stock's year is its last day, 31 March, and no sum", async () => {
  const stock = (q: number, year: number, numerator: number) =>
    observation({
      indicatorId: "stock",
      gss: "E07000001",
      ...quarterOf(year, q),
      numerator,
      denominator: 50_000,
      value: numerator / 50
    });
  const warehouse = await worldOf(file(stock(4, 2024, 100), stock(1, 2025, 150)));
  expect(await rows(warehouse, "observations", "period_type = 'year'")).toMatchObject([
    {period: "2024-25", period_start_on: "2024-04-01", period_end_on: "2025-03-31", numerator: 150, value: 3}
  ]);
});

test("a revised file supersedes the first, in whichever order they came; both stay staged", async () => {
  const first: File = {
    origin: "/files/DetailedLA_202109.xlsx",
    receivedAt: "2025-02-01T00:00:00Z",
    observations: [quarter(3, 2021)]
  };
  const fixed: File = {
    origin: "/files/DetailedLA_202109_fixed.xlsx",
    receivedAt: "2025-01-01T00:00:00Z",
    observations: [quarter(3, 2021, {numerator: 12, value: 12})]
  };
  for (const files of [
    [first, fixed],
    [fixed, first]
  ]) {
    const warehouse = await worldOf(...files);
    expect(await rows(warehouse, "published_observations", "true")).toMatchObject([
      {numerator: 12, published_value: 12}
    ]);
    expect(await warehouse.rows("select * from staging.observations")).toHaveLength(2);
  }
});

test("a release that reaches further in time replaces the years that an older one, archived later, states otherwise", async () => {
  const at = (year: number) => ({
    period: `${year - 1}-${year % 100}`,
    periodStartOn: `${year - 1}-04-01`,
    periodEndOn: `${year}-03-31`
  });
  const newer: File = {
    origin: "c1_2013_to_2025.csv",
    receivedAt: "2025-11-01T00:00:00Z",
    observations: [observation({...at(2024), numerator: 210, value: 21}), observation(at(2025))]
  };
  const older: File = {
    origin: "c1_2013_to_2024.csv",
    receivedAt: "2025-12-01T00:00:00Z",
    observations: [observation(at(2024))]
  };
  const warehouse = await worldOf(newer, older);
  expect(await rows(warehouse, "published_observations", "period = '2023-24'")).toMatchObject([{numerator: 210}]);
});

test("England's figure is a table of its own and no council's", async () => {
  const warehouse = await worldOf(
    file(observation({}), observation({gss: "E92000001", value: 22.6, numerator: 142_900, denominator: 632_830}))
  );
  expect(await rows(warehouse, "observations", "gss = 'E92000001'")).toEqual([]);
  expect(await rows(warehouse, "national_observations", "true")).toMatchObject([{value: 22.6, numerator: 142_900}]);
});

test("a district's zero for a service of its county is 'not run here', and keeps the published zero; a county's zero is zero", async () => {
  const zero = {indicatorId: "money", value: 0, numerator: null, denominator: null};
  const warehouse = await worldOf(
    file(observation({...zero, gss: "E07000001"}), observation({...zero, gss: "E10000001"}))
  );
  const [district] = await rows(warehouse, "observations", "gss = 'E07000001' and indicator_id = 'money'");
  expect(district).toMatchObject({
    value: null,
    published_value: 0,
    missing_reason: "not run here: run by another body (E10000001)"
  });
  const [county] = await rows(warehouse, "observations", "gss = 'E10000001' and indicator_id = 'money'");
  expect(county).toMatchObject({value: 0, missing_reason: null, interval_method: "none: administrative total"});
});

test("money per child is in pounds over the residents under 18 of mid-year, and only where they are known", async () => {
  const money = {indicatorId: "money", numerator: null, denominator: null};
  const warehouse = await worldOf(
    file(
      observation({...money, value: 40_000, gss: "E10000001"}),
      observation({
        ...money,
        value: 40_000,
        gss: "E10000001",
        period: "2022-23",
        periodStartOn: "2022-04-01",
        periodEndOn: "2023-03-31"
      }),
      observation({...money, value: 40_000, gss: "E06000001"})
    )
  );
  expect(await rows(warehouse, "observations", "indicator_id = 'money-per-child' order by period")).toMatchObject([
    {period: "2022-23", value: null, missing_reason: "no population at hand"},
    {period: "2024-25", value: 800, numerator: 40_000_000, denominator: 50_000} // £40 million over 50,000
  ]);
  const others = "indicator_id in ('money-all', 'money-18-and-over') and period = '2024-25' order by indicator_id";
  expect(await rows(warehouse, "observations", others)).toMatchObject([
    {indicator_id: "money-18-and-over", value: 200, denominator: 200_000}, // everybody less the under-18s of the same day
    {indicator_id: "money-all", value: 160, denominator: 250_000}
  ]);
});

test("counts of a council that was merged whole are today's; of one that was split the series breaks, visibly", async () => {
  const at = (end: number) => ({
    period: `${end - 1}-${end % 100}`,
    periodStartOn: `${end - 1}-04-01`,
    periodEndOn: `${end}-03-31`
  });
  const quarters = [quarter(2, 2018), quarter(3, 2018), quarter(4, 2018), quarter(1, 2019)].map((one) => ({
    ...one,
    gss: "E07000002"
  }));
  const warehouse = await worldOf(file(...quarters, observation({...at(2022), gss: "E10000009"})));
  expect(await rows(warehouse, "observations_today", "indicator_id = 'quarterly'")).toMatchObject([
    {
      council_gss: "E06000001",
      part_gss: "E07000002",
      basis: "sum of predecessors",
      numerator: 40,
      denominator: 400,
      value: 10
    }
  ]);
  const broken = await rows(
    warehouse,
    "observations_today",
    "indicator_id = 'children-rereferrals' order by council_gss"
  );
  expect(broken.map(({council_gss, value, basis}) => [council_gss, value, basis])).toEqual([
    ["E06000001", null, "break"],
    ["E08000002", null, "break"]
  ]);
  expect(broken[0]?.missing_reason).toMatch(/^break: the area was made of parts of .*E10000009/);
});

test("a county that was split gives its counts to neither of those that followed, even when it alone reported for them", async () => {
  const county = observation({
    gss: "E10000009",
    period: "2017-18",
    periodStartOn: "2017-04-01",
    periodEndOn: "2018-03-31"
  });
  const warehouse = await worldOf(file(county));
  expect(await rows(warehouse, "observations_today", "council_gss = 'E06000001'")).toMatchObject([
    {
      value: null,
      numerator: null,
      basis: "break",
      missing_reason: "break: the area was made of parts of E10000009"
    }
  ]);
});

test("a percentage without counts is never carried across a merger", async () => {
  const lone = {
    gss: "E07000002",
    indicatorId: "stock",
    ...quarterOf(2019, 1),
    numerator: null,
    denominator: null,
    value: 3
  };
  const warehouse = await worldOf(file(observation(lone)));
  expect(await rows(warehouse, "observations_today", "true")).toMatchObject([
    {council_gss: "E06000001", value: null, basis: "break", missing_reason: "break: no counts to add for E07000002"}
  ]);
});

test("a council that only changed its code is one council, whichever code a publication still uses", async () => {
  const old = observation({gss: "E08000001"});
  const late = observation({
    gss: "E08000001",
    period: "2025-26",
    periodStartOn: "2025-04-01",
    periodEndOn: "2026-03-31"
  });
  const warehouse = await worldOf(file(old, late));
  const today = await rows(warehouse, "observations_today", "council_gss = 'E08000002' order by period");
  expect(today.map(({period, basis, numerator}) => [period, basis, numerator])).toEqual([
    ["2024-25", "same council", 200],
    ["2025-26", "same council", 200]
  ]);
  const observations = await rows(warehouse, "observations", "true");
  expect(observations.map(({council_gss}) => council_gss)).toEqual(["E08000002", "E08000002"]);
});

test("every promise of the observations holds, and a year that stands twice breaks one", async () => {
  const warehouse = await worldOf(file(observation({}), quarter(1, 2025)));
  expect((await warehouse.brokenPromises()).filter(({table}) => table.includes("observations"))).toEqual([]);
});
