import {cpSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import fc from "fast-check";
import {afterEach, expect, test} from "vitest";
import {writeSnapshot} from "../../pipeline/publish/snapshot.ts";
import {trace} from "../../pipeline/trace.ts";
import {buildWarehouse} from "../../pipeline/warehouse/build.ts";
import type {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {type AwardSketch, publication, register, releaseOf, stage, worldOf} from "../warehouse/world.ts";

const open: Warehouse[] = [];
const folders: string[] = [];
afterEach(() => {
  for (const warehouse of open.splice(0)) warehouse.close();
  for (const folder of folders.splice(0)) rmSync(folder, {recursive: true, force: true});
});

async function world(bodies: readonly unknown[], files = 1): Promise<Warehouse> {
  const warehouse = await worldOf(bodies, [], files);
  open.push(warehouse);
  return warehouse;
}

interface Words {
  readonly description?: string;
  readonly estimate?: number;
  readonly lots?: readonly string[];
  readonly gross?: number;
}

type Body = ReturnType<typeof releaseOf> & {tender: Record<string, unknown>; awards: Record<string, unknown>[]};

/** A release with a description, an estimate, lots or a gross amount beside what a sketch can say. */
function described(sketch: AwardSketch, {description, estimate, lots, gross}: Words): Body {
  const body = releaseOf(sketch) as Body;
  const value = body.awards[0]!.value as Record<string, unknown> | undefined;
  return {
    ...body,
    tender: {
      ...body.tender,
      ...(description === undefined ? {} : {description}),
      ...(estimate === undefined ? {} : {value: {amount: estimate, currency: "GBP"}})
    },
    awards: [
      {
        ...body.awards[0]!,
        ...(lots ? {relatedLots: lots} : {}),
        ...(gross === undefined ? {} : {value: {...value, amountGross: gross}})
      }
    ]
  };
}

async function contractOf(sketch: AwardSketch, words: Words = {}): Promise<Record<string, unknown>> {
  const [row] = await (await world([described(sketch, words)])).rows("select * from core.contracts");
  return row!;
}

const kept = "select count(*)::integer as n, sum(value_gbp) as total from core.contracts where duplicate_of is null";

// --- value kinds

test.each<[string, AwardSketch, Words, string, string, boolean]>([
  [
    "a framework that only the description names",
    {suppliers: ["A Ltd", "B Ltd"]},
    {description: "We are to establish a framework agreement for care."},
    "framework-ceiling",
    "text-sets-up-framework",
    false
  ],
  [
    "a purchase from a framework",
    {},
    {description: "Call-off contract from the LASER framework."},
    "call-off",
    "text-calls-off",
    false
  ],
  [
    "a call-off in camel case, as an export writes it",
    {method: "CallOffFromFrameworkAgreement"},
    {},
    "call-off",
    "method-calls-off-a-framework",
    false
  ],
  [
    "nine suppliers and one number",
    {suppliers: [..."ABCDEFGHI"].map((l) => `${l} Ltd`)},
    {},
    "contract",
    "one-number-for-several",
    false
  ],
  [
    "ten suppliers and one number: cannot be told",
    {suppliers: [..."ABCDEFGHIJ"].map((l) => `${l} Ltd`)},
    {},
    "contract",
    "one-number-for-ten-or-more",
    true
  ],
  [
    "a hundred million a year from an estimate of five",
    {amount: 490_000_000, end: "2028-03-31"},
    {estimate: 5_000_000},
    "placeholder",
    "amount-far-above-its-estimate",
    true
  ],
  [
    "an annual estimate beside ten years is no mistake",
    {amount: 12_130_000, end: "2033-03-31"},
    {estimate: 1_213_000},
    "contract",
    "nothing-else-holds",
    false
  ],
  [
    "the same digits at another power of ten",
    {amount: 7_815_000},
    {estimate: 781_500},
    "contract",
    "amount-off-by-a-power-of-ten",
    true
  ],
  [
    "more than 400 pounds a year for each of 600,000 residents",
    {amount: 250_000_000},
    {},
    "contract",
    "amount-beyond-its-council",
    true
  ],
  ["three pounds for a year", {amount: 3}, {}, "placeholder", "amount-under-ten", false],
  ["98 pounds for a year", {amount: 98}, {}, "placeholder", "amount-too-small-for-its-term", false],
  [
    "an event without a price",
    {amount: 0, title: "SYNTHETIC market engagement"},
    {},
    "not-awarded",
    "market-engagement-without-price",
    false
  ],
  ["n/a for no price", {amount: 0, suppliers: ["N/A"]}, {}, "not-awarded", "no-supplier-and-no-price", false]
])("%s", async (_name, sketch, words, value_kind, value_kind_rule, is_kind_unsure) => {
  expect(await contractOf(sketch, words)).toMatchObject({value_kind, value_kind_rule, is_kind_unsure});
});

test("a mistyped amount carries no total and no mean: it is a reason in the table of what is left out", async () => {
  const five = [36_600, 73_200, 109_800, 146_400, 732_000].map((amount) => releaseOf({amount}));
  const measures = "select * exclude (left_out_count) from marts.council_scale where financial_year = 2024";
  const plain = await (await world(five)).rows(measures);
  const mistyped = described({amount: 833_246_352}, {estimate: 8_483_535});
  const warehouse = await world([...five, mistyped]);
  expect(await warehouse.rows(measures)).toEqual(plain);
  expect(await warehouse.rows("select left_out_because, contract_count from marts.left_out")).toEqual([
    {left_out_because: "placeholder", contract_count: 1}
  ]);
});

test("every rule that can decide is described, and every rule described can decide", async () => {
  const warehouse = await world([]);
  const described = await warehouse.rows<{rule: string}>("select rule from reference.value_kind_rules");
  const {readFileSync} = await import("node:fs");
  const sql = readFileSync(new URL("../../pipeline/models/core/value_kinds.sql", import.meta.url), "utf8");
  const deciding = [...sql.matchAll(/then '([a-z-]+)' end|^ {6}'([a-z-]+)'$/gm)].map(([, a, b]) => a ?? b);
  expect(described.map(({rule}) => rule)).toEqual(deciding);
  const published = await warehouse.rows<{rule: string}>(
    "select rule from marts.value_kind_rules order by rule_number"
  );
  expect(published.map(({rule}) => rule)).toEqual(deciding); // numbered in the order in which they are tried
});

// --- money

test("VAT: the amount beside a gross one is net; a gross one alone stays gross, with a flag, and is never divided by 1.2", async () => {
  expect(await contractOf({amount: 100}, {gross: 120})).toMatchObject({
    value_gbp: "100.00",
    vat_basis: "excluded",
    vat_rule: "net-beside-gross"
  });
  const onlyGross = releaseOf({amount: null}) as Body;
  onlyGross.awards[0]!.value = {amountGross: 120, currency: "GBP"};
  const [row] = await (await world([onlyGross])).rows("select * from core.contracts");
  expect(row).toMatchObject({value_gbp: "120.00", vat_basis: "included", vat_rule: "only-the-gross-amount"});
  expect(row?.flags).toContain("vat-included");
});

test("£100,000 a year for three years of 1,096 days is £300,273.97 in all, and £100,000 a year again", async () => {
  const sketch = {amount: 100_000, start: "2023-04-01", end: "2026-03-31"};
  expect(await contractOf(sketch, {description: "The value is £100,000 per annum."})).toMatchObject({
    value_published: "100000.00",
    is_per_year: true,
    value_gbp: "300273.97", // 100,000 x 1,096 / 365 = 300,273.9726
    annual_value_gbp: "100000.00"
  });
});

test("a value for one year without a term has no whole-life value, and says why", async () => {
  const row = await contractOf({amount: 100_000, end: null}, {description: "The value is £100,000 per annum."});
  expect(row).toMatchObject({value_published: "100000.00", value_gbp: null});
  expect(row.flags).toContain("value-per-year-without-term");
});

test("both ends of a published range are kept beside the value", async () => {
  const body = described({amount: 60}, {estimate: 80});
  body.tender.minValue = {amount: 40, currency: "GBP"};
  const [row] = await (await world([body])).rows("select * from core.contracts");
  expect(row).toMatchObject({estimate_low_published: "40.00", estimate_high_published: "80.00"});
});

// --- term

test("an extension in words lies beyond the published period", async () => {
  expect(
    await contractOf({start: "2023-04-01", end: "2026-03-31"}, {description: "a three year contract (3+1+1)"})
  ).toMatchObject({ends_on: "2026-03-31", max_ends_on: "2028-03-31", extension_rule: "plus-chain"});
});

test("a published period as long as core term and extension together holds the extension already", async () => {
  expect(
    await contractOf({start: "2023-04-01", end: "2028-03-31"}, {description: "a three year contract (3+1+1)"})
  ).toMatchObject({max_ends_on: "2028-03-31", extension_rule: "plus-chain-inside-the-period"});
});

test("a contract that was ended early is in force up to the year of its end, and no longer", async () => {
  const body = releaseOf({date: "2024-06-30T10:00:00Z"});
  const signed = {
    id: "c1",
    awardID: "1",
    status: "terminated",
    value: {amount: 300, currency: "GBP"},
    period: {startDate: "2023-04-01", endDate: "2026-03-31"}
  };
  // Another that runs on, so that the council has a cell in 2026 too.
  const runsOn = releaseOf({amount: 700, start: "2023-04-01", end: "2026-03-31"});
  const warehouse = await world([{...body, contracts: [signed]}, runsOn]);
  const ended = "terminated_on is not null";
  expect(await warehouse.rows(`select terminated_on from core.contracts where ${ended}`)).toEqual([
    {terminated_on: "2024-06-30"}
  ]);
  const counts = [
    {financial_year: 2024, contract_count: 2},
    {financial_year: 2025, contract_count: 2},
    {financial_year: 2026, contract_count: 1}
  ];
  const years = "select distinct financial_year, contract_count from";
  expect(await warehouse.rows(`${years} marts.scale_cells order by 1`)).toEqual(counts);
  expect(await warehouse.rows(`${years} marts.local_share order by 1`)).toEqual(counts);
  expect(await warehouse.brokenPromises()).toEqual([]);
  const [{contract_id}] = (await warehouse.rows(`select contract_id from core.contracts where ${ended}`)) as [
    {contract_id: string}
  ];
  const cells = (await trace(warehouse, contract_id)).filter(({step}) => step === "cell");
  expect(cells.map(({facts}) => facts.financial_year)).toEqual([2024, 2025]);
});

// --- once

const process = {ocid: "ocds-synth0-same", title: "SYNTHETIC extra care"};

test.each<[string, AwardSketch, AwardSketch, number]>([
  [
    "a digit too many, corrected under a new award id",
    {...process, awardId: "1", amount: 7_815_000},
    {...process, awardId: "2", amount: 781_500, date: "2024-05-01T00:00:00Z"},
    781_500
  ],
  [
    "pence read as pounds, corrected",
    {...process, awardId: "1", amount: 18_848_731},
    {...process, awardId: "2", amount: 188_487.31, date: "2024-05-01T00:00:00Z"},
    188_487.31
  ],
  [
    "nothing corrected to 34,855",
    {...process, awardId: "1", amount: 0},
    {...process, awardId: "2", amount: 34_855, date: "2024-05-01T00:00:00Z"},
    34_855
  ],
  [
    "nothing corrected in another process",
    {title: "SYNTHETIC prospectus", amount: 0},
    {title: "SYNTHETIC prospectus", amount: 34_855, date: "2024-05-20T00:00:00Z"},
    34_855
  ],
  [
    "a list of suppliers that grew",
    {...process, awardId: "1", suppliers: ["A Homes Ltd", "B Homes Ltd"]},
    {...process, awardId: "2", suppliers: ["A Homes Ltd", "B Homes Ltd", "C Homes Ltd"], date: "2024-05-01T00:00:00Z"},
    365_000
  ],
  [
    "a portal that became the council",
    {title: "SYNTHETIC supported accommodation", buyer: "ATAMIS LTD"},
    {title: "SYNTHETIC supported accommodation", date: "2024-05-01T00:00:00Z"},
    365_000
  ],
  [
    "a notice's word in the title",
    {title: "SYNTHETIC care at home"},
    {title: "SYNTHETIC care at home - AWARD", date: "2024-05-01T00:00:00Z"},
    365_000
  ],
  [
    "a misspelt title",
    {title: "SYNTHETIC accomodation service"},
    {title: "SYNTHETIC accommodation service", date: "2024-05-01T00:00:00Z"},
    365_000
  ],
  [
    "a supplier without its legal form",
    {title: "SYNTHETIC care", suppliers: ["Jigsaw"]},
    {title: "SYNTHETIC care", suppliers: ["Jigsaw Limited"], date: "2024-05-01T00:00:00Z"},
    365_000
  ]
])("once: %s", async (_name, first, second, total) => {
  expect(await (await world([releaseOf(first), releaseOf(second)])).rows(kept)).toEqual([
    {n: 1, total: total.toFixed(2)}
  ]);
});

test.each<[string, AwardSketch, AwardSketch]>([
  ["another year", {title: "SYNTHETIC nurse"}, {title: "SYNTHETIC nurse", start: "2024-04-01", end: "2025-03-31"}],
  ["another lot's number in the title", {title: "SYNTHETIC bus route 12"}, {title: "SYNTHETIC bus route 13"}],
  [
    "another supplier at the same price",
    {title: "SYNTHETIC adviser", suppliers: ["A Day Ltd"]},
    {title: "SYNTHETIC adviser", suppliers: ["R Bot Ltd"]}
  ],
  ["north and south", {title: "SYNTHETIC care in the north"}, {title: "SYNTHETIC care in the south"}],
  [
    "another price for the same supplier",
    {title: "SYNTHETIC scheme", amount: 9_623_982},
    {title: "SYNTHETIC scheme", amount: 5_074_125}
  ],
  [
    "two councils",
    {title: "SYNTHETIC joint care service"},
    {title: "SYNTHETIC joint care service", buyer: "SYNTHETIC Carlow Council"}
  ],
  [
    "suppliers that are not named",
    {title: "SYNTHETIC rooms", suppliers: ["n/a"]},
    {title: "SYNTHETIC rooms", suppliers: ["n/a"]}
  ]
])("apart: %s", async (_name, first, second) => {
  const later = {...second, date: "2024-05-20T00:00:00Z"};
  expect(await (await world([releaseOf(first), releaseOf(later)])).rows(kept)).toMatchObject([{n: 2}]);
});

test("awards of one release are lots, however alike", async () => {
  const body = releaseOf({}) as Body;
  const second = {...body.awards[0]!, id: "2"};
  expect(await (await world([{...body, awards: [body.awards[0], second]}])).rows(kept)).toEqual([
    {n: 2, total: "730000.00"}
  ]);
});

test("awards of one process that cover different lots are different awards, also in notices of their own", async () => {
  const lot = (id: string, awardId: string) => described({...process, awardId}, {lots: [id]});
  expect(await (await world([lot("1", "1"), lot("2", "2")])).rows(kept)).toMatchObject([{n: 2}]);
  expect(await (await world([lot("1", "1"), lot("1", "2")])).rows(kept)).toMatchObject([{n: 1}]);
});

test("a notice that republishes another register's is the same award", async () => {
  const first = releaseOf({ocid: "ocds-synth1-first", title: "SYNTHETIC wording there"});
  const again = {
    ...releaseOf({ocid: "ocds-synth0-again", title: "SYNTHETIC other words here", date: "2024-05-20T00:00:00Z"}),
    links: [{rel: "canonical", href: "https://example.org/v1/Notice?id=ocds-synth1-first"}]
  };
  expect(
    await (await world([first, again])).rows("select duplicate_rule from core.contracts where duplicate_of is not null")
  ).toEqual([{duplicate_rule: "republished-from-another-register"}]);
});

test("one ceiling counts once, with other suppliers, in another notice or again in its own", async () => {
  const ceiling: AwardSketch = {title: "SYNTHETIC placements DPS", amount: 470_184_791, suppliers: ["A Ltd", "B Ltd"]};
  const elsewhere = releaseOf({...ceiling, suppliers: ["C Ltd", "D Ltd"], date: "2024-05-01T00:00:00Z"});
  const body = releaseOf(ceiling) as Body;
  const again = {...body, awards: [body.awards[0], {...body.awards[0]!, id: "2"}]};
  expect(await (await world([again, elsewhere])).rows(kept)).toEqual([{n: 1, total: "470184791.00"}]);
});

// --- properties

const anySketch: fc.Arbitrary<AwardSketch> = fc.record({
  ocid: fc.constantFrom("ocds-synth0-a", "ocds-synth0-b", "ocds-synth0-c"),
  awardId: fc.constantFrom("1", "2"),
  title: fc.constantFrom(
    "SYNTHETIC foster care",
    "SYNTHETIC foster care - AWARD",
    "SYNTHETIC care framework",
    "SYNTHETIC homes"
  ),
  amount: fc.constantFrom(0, 1000, 10_000, 123_456, 1_234_560, 7_000_000),
  suppliers: fc.constantFrom(["A Ltd"], ["A Ltd", "B Ltd"], ["C Ltd"], ["n/a"]),
  start: fc.constantFrom("2023-04-01", "2024-04-01"),
  end: fc.constantFrom("2025-03-31", "2026-03-31"),
  date: fc.constantFrom("2024-04-30T10:00:00Z", "2024-05-30T10:00:00Z", "2024-06-30T10:00:00Z")
});
const everything = ["core.contracts", "core.contract_years", "marts.council_scale", "marts.left_out"];

async function tables(bodies: readonly unknown[], files = 1): Promise<unknown[]> {
  const warehouse = await worldOf(bodies, [], files);
  try {
    const rows: unknown[] = [];
    for (const table of everything)
      rows.push(await warehouse.rows(`select columns(c -> c <> 'raw_sha256') from ${table} order by all`));
    expect(await warehouse.brokenPromises()).toEqual([]);
    return rows;
  } finally {
    warehouse.close();
  }
}

test("any order, any repetition and any split of the same releases gives the same tables, and every promise holds", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anySketch, {minLength: 2, maxLength: 6}),
      fc.integer({min: 1, max: 3}),
      fc.integer(),
      async (sketches, files, seed) => {
        const bodies = sketches.map((sketch, i) => releaseOf({...sketch, releaseId: `r${i}`}));
        const shuffled = fc.sample(fc.shuffledSubarray(bodies, {minLength: bodies.length}), {numRuns: 1, seed})[0]!;
        expect(await tables([...shuffled, shuffled[0]!], files)).toEqual(await tables(bodies));
      }
    ),
    {numRuns: 6}
  );
}, 60_000);

test("adding a supplier to an award changes no total, and counting once never adds", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anySketch, {minLength: 1, maxLength: 5}), async (sketches) => {
      const apart = sketches.map((sketch, i) => ({
        ...sketch,
        ocid: `ocds-synth0-${i}`,
        title: `SYNTHETIC foster care ${i}`,
        suppliers: ["A Ltd"]
      }));
      const total =
        "select sum(value_gbp) as total, sum(value_gbp) filter (where left_out_because is null) as counted from core.contracts";
      const plain = await (await world(apart.map((sketch) => releaseOf(sketch)))).rows(total);
      const more = apart.map((sketch) => ({...sketch, suppliers: ["A Ltd", "B Ltd"]}));
      expect(await (await world(more.map((sketch) => releaseOf(sketch)))).rows(total)).toEqual(plain);
    }),
    {numRuns: 3}
  );
}, 60_000);

test("ten times every ceiling changes no scale measure, whatever else is there", async () => {
  const scale = "select * exclude (left_out_count, framework_count) from marts.council_scale order by all";
  await fc.assert(
    fc.asyncProperty(
      fc.array(anySketch, {minLength: 1, maxLength: 5}),
      fc.integer({min: 10_000, max: 9_000_000}),
      async (sketches, ceiling) => {
        const bodies = sketches.map((sketch, i) => releaseOf({...sketch, ocid: `ocds-synth0-${i}`}));
        const list = (amount: number) =>
          releaseOf({
            ocid: "ocds-synth0-list",
            title: "SYNTHETIC framework of carers",
            suppliers: ["X Ltd", "Y Ltd"],
            amount
          });
        const once = await (await world([...bodies, list(ceiling)])).rows(scale);
        expect(await (await world([...bodies, list(10 * ceiling)])).rows(scale)).toEqual(once);
      }
    ),
    {numRuns: 3}
  );
}, 60_000);

// --- corrections, real terms, embedded rows

/** Rebuilds a warehouse with reference tables of its own; a name of a committed table replaces it. */
async function rebuiltWith(
  warehouse: Warehouse,
  csv: Readonly<Record<string, string>>,
  snapshotFolder: string | null = null
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "contract-scale-size-"));
  folders.push(folder);
  cpSync(fileURLToPath(new URL("../../data/reference/", import.meta.url)), folder, {recursive: true});
  cpSync(fileURLToPath(new URL("../fixtures/reference/", import.meta.url)), folder, {recursive: true});
  for (const [name, text] of Object.entries(csv)) writeFileSync(join(folder, `${name}.csv`), text);
  await buildWarehouse(warehouse, {
    referenceFolder: folder,
    snapshotFolder,
    registers: [register],
    publications: [publication]
  });
}

const HEADER = "contract_id,column_name,from_value,to_value,why,evidence_url,decided_on";
const BECAUSE = "SYNTHETIC reason,https://example.org/,2026-01-01";

test("a correction bites last, keeps what was published, and says so; one that no longer fits is a broken promise", async () => {
  const warehouse = await world([releaseOf({ocid: "ocds-synth0-fix", amount: 3_650_000})]);
  const [before] = await warehouse.rows<{contract_id: string}>("select contract_id from core.contracts");
  const row = (from: string) => `${before!.contract_id},value_gbp,${from},365000,${BECAUSE}`;
  await rebuiltWith(warehouse, {
    corrections: `${HEADER}\n${row("3650000")}\n${before!.contract_id},service_line,childrens-social-care,education,${BECAUSE}\n`
  });
  expect(
    await warehouse.rows("select value_published, value_gbp, service_line, service_rule, flags from core.contracts")
  ).toEqual([
    {
      value_published: "3650000.00",
      value_gbp: "365000.00",
      service_line: "education",
      service_rule: "correction",
      flags: ["corrected"]
    }
  ]);
  expect(await warehouse.brokenPromises()).toEqual([]);
  await rebuiltWith(warehouse, {corrections: `${HEADER}\n${row("999")}\n`});
  expect((await warehouse.brokenPromises()).map(({table}) => table)).toEqual(["core.corrections"]);
});

test("another currency is converted at the last rate before its notice, and stays null when there is none", async () => {
  const warehouse = await world([releaseOf({currency: "EUR", amount: 1000, date: "2024-04-30T10:00:00Z"})]);
  const rates = "currency,valid_on,gbp_per_unit,source\nEUR,2024-04-01,0.85,SYNTHETIC\nEUR,2024-05-01,0.5,SYNTHETIC\n";
  await rebuiltWith(warehouse, {exchange_rates: rates});
  expect(await warehouse.rows("select value_published, value_gbp, flags from core.contracts")).toEqual([
    {value_published: "1000.00", value_gbp: "850.00", flags: ["foreign-currency", "converted"]}
  ]);
});

test("real terms only where a deflator is at hand, with its price year named: 110 in prices 10 % lower is 100", async () => {
  const warehouse = await world([releaseOf({amount: 110})]);
  const real = "select total_in_year_gbp, total_in_year_real_gbp, price_basis from marts.council_scale";
  expect(await warehouse.rows(real)).toEqual([
    {
      total_in_year_gbp: "110.00",
      total_in_year_real_gbp: null,
      price_basis: "cash terms: no GDP deflator at hand for the year"
    }
  ]);
  const deflator =
    "version,price_year,financial_year,index_number,source\nSYNTHETIC-1,2023,2023,50,x\nSYNTHETIC-1,2023,2024,55,x\n";
  await rebuiltWith(warehouse, {deflator});
  expect(await warehouse.rows(real)).toEqual([
    {
      total_in_year_gbp: "110.00",
      total_in_year_real_gbp: "100.00",
      price_basis: "prices of 2023, GDP deflator SYNTHETIC-1"
    }
  ]);
});

test("an embedded row is the row it was made from, but for its title and its bytes", async () => {
  const later = "2024-05-01T00:00:00Z";
  const bodies = [
    described(
      {title: "SYNTHETIC care", amount: 100_000, end: "2026-03-31"},
      {description: "£100,000 per annum excluding VAT, a three year contract (3+1+1)", estimate: 300_000}
    ),
    releaseOf({...process, awardId: "1", amount: 7_815_000}),
    releaseOf({...process, awardId: "2", amount: 781_500, date: later}),
    releaseOf({
      title: "SYNTHETIC supported accommodation",
      buyer: "ATAMIS LTD",
      date: later
    }),
    releaseOf({title: "SYNTHETIC supported accommodation"}),
    releaseOf({title: "SYNTHETIC DPS", suppliers: ["A Ltd", "B Ltd"]}),
    releaseOf({amount: 0}),
    releaseOf({currency: "EUR"}),
    releaseOf({buyer: "SYNTHETIC Fellshire County Council", end: null})
  ];
  const raw = await world(bodies);
  const folder = mkdtempSync(join(tmpdir(), "contract-scale-snapshot-"));
  folders.push(folder);
  await writeSnapshot(raw, folder);
  const embedded = await world([]);
  await rebuiltWith(embedded, {}, folder);
  for (const [table, columns] of [
    ["core.contracts", "* exclude (title, is_embedded)"],
    ["core.contract_years", "*"],
    ["marts.council_scale", "*"],
    ["marts.left_out", "*"]
  ] as const) {
    // Rows of other buyers are embedded only where a council's row repeats them.
    const ofCouncils = " where contract_id in (select contract_id from core.contracts where buyer_kind = 'council')";
    const query = `select ${columns} from ${table}${table.startsWith("core") ? ofCouncils : ""} order by all`;
    expect(await embedded.rows(query), table).toEqual(await raw.rows(query));
  }
  expect(await embedded.brokenPromises()).toEqual([]);
});

test("an award that is embedded and arrives again under another process is kept once, as the new one", async () => {
  const sketch: AwardSketch = {title: "SYNTHETIC care", amount: 50_000};
  const raw = await world([releaseOf({...sketch, ocid: "ocds-synth0-old"})]);
  const folder = mkdtempSync(join(tmpdir(), "contract-scale-snapshot-"));
  folders.push(folder);
  await writeSnapshot(raw, folder);
  const both = await world([]);
  await stage(both, "file-new", [releaseOf({...sketch, ocid: "ocds-synth0-new"})]);
  await rebuiltWith(both, {}, folder);
  expect(await both.rows("select ocid, duplicate_rule from core.contracts order by ocid")).toEqual([
    {ocid: "ocds-synth0-new", duplicate_rule: null},
    {ocid: "ocds-synth0-old", duplicate_rule: "same-content"}
  ]);
  expect(await both.brokenPromises()).toEqual([]);
});

test("the law of publication: £30,000 since 21 December 2022, and what lies under the highest floor is not comparable through time", async () => {
  const warehouse = await world([
    releaseOf({ocid: "ocds-synth0-a", amount: 26_000, date: "2022-12-20T10:00:00Z"}),
    releaseOf({ocid: "ocds-synth0-b", amount: 31_000, date: "2022-12-21T10:00:00Z"})
  ]);
  expect(
    await warehouse.rows("select publication_floor_gbp, is_above_every_floor from core.contracts order by ocid")
  ).toEqual([
    {publication_floor_gbp: "25000.00", is_above_every_floor: false},
    {publication_floor_gbp: "30000.00", is_above_every_floor: true}
  ]);
});

test("the CPV tree comes from the digits: 85311300 lies under 85311000, 85310000, 85300000, 85000000", async () => {
  const warehouse = await world([releaseOf({})]);
  expect(await warehouse.rows("select cpv_code, parent_cpv_code, contract_count from marts.cpv_codes")).toEqual([
    {cpv_code: "85000000", parent_cpv_code: null, contract_count: 0},
    {cpv_code: "85300000", parent_cpv_code: "85000000", contract_count: 0},
    {cpv_code: "85310000", parent_cpv_code: "85300000", contract_count: 0},
    {cpv_code: "85311000", parent_cpv_code: "85310000", contract_count: 0},
    {cpv_code: "85311300", parent_cpv_code: "85311000", contract_count: 1}
  ]);
});

test("trace shows every rule about size for one contract", async () => {
  const warehouse = await world([
    described(
      {amount: 100_000, end: "2026-03-31"},
      {description: "£100,000 per annum excluding VAT, a three year contract (3+1+1)"}
    )
  ]);
  const [row] = await warehouse.rows<{contract_id: string}>("select contract_id from core.contracts");
  const steps = await trace(warehouse, row!.contract_id);
  const rules = new Map(steps.map(({step, rule}) => [step, rule]));
  expect(rules.get("value")).toBe("nothing-else-holds");
  expect(rules.get("VAT")).toBe("in-words");
  expect(rules.get("extension")).toBe("plus-chain");
  expect(rules.get("once")).toBe("kept");
  expect(rules.get("publication law")).toBe("earlier-law");
});
