import {afterEach, beforeEach, describe, expect, test} from "vitest";
import type {Row} from "../../pipeline/ocds/stage.ts";
import {stageReleases} from "../../pipeline/ocds/stage.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {type Names, syntheticRelease} from "../bench/releases.ts";
import {type AwardSketch, publication, rebuild, register, releaseOf} from "./world.ts";

// SYNTHETIC releases that come file by file: after each the rows are those that a whole build makes.

const OTHER = {...register, id: "synthetic-other"};
const registers = [register, OTHER];
const COUNTY = "SYNTHETIC Ashshire County Council";
const CARLOW = "SYNTHETIC Carlow Council";
const PORTAL = "SYNTHETIC Portal Ltd";

const names: Names = {
  councils: [COUNTY, CARLOW, "SYNTHETIC Barley District Council", "SYNTHETIC Elmton Council"],
  sectors: ["AB97 1", "AB97 2", "AB97 3"]
};

let warehouse: Warehouse;
let seen: string[] = [];

beforeEach(async () => {
  warehouse = await Warehouse.open(null);
  await warehouse.prepareStaging();
});
afterEach(() => warehouse.close());

/** A file of a register with these releases. */
async function arrive(raw_sha256: string, bodies: readonly unknown[], of = register): Promise<void> {
  const staged = stageReleases(bodies, {register_id: of.id, raw_sha256}, () => null);
  for (const [table, rows] of Object.entries(staged)) await warehouse.insert(`staging.${table}`, rows as Row[]);
  await warehouse.insert("staging.files", [
    {source_id: of.id, raw_sha256, parser_version: "1", received_at: "2025-01-01T00:00:00Z", origin: "SYNTHETIC"}
  ]);
}

const build = (isWhole = false): Promise<{readonly isWhole: boolean}> => {
  seen = [];
  return rebuild(warehouse, {registers, isWhole, onModel: (name) => seen.push(name)});
};

/** Of every table of core and marts how many rows it has and a sum over their hashes. */
async function content(): Promise<Record<string, string>> {
  const tables = await warehouse.rows<{name: string}>(
    `select table_schema || '.' || table_name as name from information_schema.tables where table_schema in ('core', 'marts') order by 1`
  );
  const found: Record<string, string> = {};
  for (const {name} of tables) {
    const [row] = await warehouse.rows<{words: string}>(
      `select concat(count(*), ' rows, ', sum(hash(t)::hugeint)) as words from ${name} as t`
    );
    found[name] = row!.words;
  }
  return found;
}

/** Builds what is left to do, and shows that a whole build differs in nothing. */
async function expectSameAsWhole(): Promise<void> {
  expect(await build()).toEqual({isWhole: false});
  const increment = await content();
  expect(await build(true)).toEqual({isWhole: true});
  expect(increment).toEqual(await content());
}

const contracts = (where: string) =>
  warehouse.rows<Record<string, unknown>>(`select * from core.contracts where ${where} order by contract_id`);

const MANY = Array.from({length: 60}, (_, i) =>
  releaseOf({ocid: `ocds-synth2-${i}`, title: `SYNTHETIC care of kind ${i}`, amount: 10_000 + 100 * i})
);

/** An award whose suppliers have numbers and addresses, and whose buyer says how to reach it. */
function noticeOf(
  {email, postcode, number, ...sketch}: AwardSketch & {email?: string; postcode?: string; number?: string},
  buyerPostcode?: string
): Record<string, unknown> {
  const body = releaseOf(sketch);
  const [buyer, ...suppliers] = body.parties as Record<string, unknown>[];
  return {
    ...body,
    parties: [
      {...buyer, address: {postalCode: buyerPostcode}, contactPoint: {email}},
      ...suppliers.map((party) => ({
        ...party,
        address: {streetAddress: postcode},
        ...(number === undefined ? {} : {identifier: {scheme: "GB-COH", id: number}})
      }))
    ]
  };
}

describe("a file after others changes", () => {
  test("the contract that a notice amends, and no other", async () => {
    await arrive("a", MANY);
    await build();
    await arrive("b", [
      releaseOf({
        ocid: "ocds-synth2-7",
        date: "2024-09-01T10:00:00Z",
        title: "SYNTHETIC care of kind 7",
        amount: 99_000
      })
    ]);
    await expectSameAsWhole();
    expect(await contracts("ocid = 'ocds-synth2-7'")).toMatchObject([{value_gbp: "99000.00"}]);
  });

  test("which of two publications is kept", async () => {
    await arrive("a", MANY);
    await build();
    await arrive(
      "b",
      [
        releaseOf({
          ocid: "ocds-synth9-1",
          date: "2024-05-02T10:00:00Z",
          title: "SYNTHETIC care of kind 3",
          amount: 10_300
        })
      ],
      OTHER
    );
    await expectSameAsWhole();
    const [kept] = await contracts("register_id = 'synthetic-other'");
    expect(await contracts("ocid = 'ocds-synth2-3'")).toMatchObject([
      {duplicate_of: kept!.contract_id, left_out_because: "duplicate"}
    ]);
  });

  test("whether two awards are one, when an older notice that comes late publishes them side by side", async () => {
    const awarded = (awardId: string, date: string) =>
      releaseOf({ocid: "ocds-synth2-both", title: "SYNTHETIC care for both", amount: 70_000, awardId, date});
    await arrive("a", [...MANY, awarded("1", "2024-05-01T10:00:00Z"), awarded("2", "2024-05-02T10:00:00Z")]);
    await build();
    const duplicates = () => contracts("ocid = 'ocds-synth2-both' and duplicate_of is not null");
    expect(await duplicates()).toHaveLength(1);
    const [first, second] = [awarded("1", "2024-01-01T10:00:00Z"), awarded("2", "2024-01-01T10:00:00Z")];
    await arrive("b", [{...first, awards: [...(first!.awards as unknown[]), ...(second!.awards as unknown[])]}]);
    await expectSameAsWhole();
    expect(await duplicates()).toEqual([]);
  });

  test("whether two awards of a buyer are one, when another buyer of a large process publishes awards of the same ids side by side", async () => {
    const process = {ocid: "ocds-synth2-two", title: "SYNTHETIC care for one", amount: 70_000};
    const ofOther = (awardIds: readonly string[]): Record<string, unknown> => {
      const others = {title: "SYNTHETIC roads", amount: 5_000, buyer: CARLOW, start: "2020-01-01"};
      const bodies = awardIds.map((awardId) =>
        releaseOf({...process, ...others, suppliers: ["SYNTHETIC Roads Ltd"], awardId})
      );
      return {...bodies[0], awards: bodies.flatMap(({awards}) => awards as unknown[])};
    };
    const [first, second, ...sixtyMore] = Array.from({length: 62}, (_, i) => String(i + 1));
    await arrive("a", [
      ...MANY,
      releaseOf({...process, awardId: first!}),
      releaseOf({...process, awardId: second!, date: "2024-05-02T10:00:00Z"}),
      ofOther(sixtyMore)
    ]);
    await build();
    const duplicates = () => contracts("title = 'SYNTHETIC care for one' and duplicate_of is not null");
    expect(await duplicates()).toHaveLength(1);
    await arrive("b", [ofOther([first!, second!])]);
    await expectSameAsWhole();
    expect(await duplicates()).toEqual([]);
  });

  test("the supplier of earlier contracts whose name had no number", async () => {
    const suppliers = ["SYNTHETIC Amber Homes Ltd"];
    await arrive("a", [...MANY, noticeOf({ocid: "ocds-synth2-early", suppliers, postcode: "AB97 1AA"})]);
    await build();
    const [before] = await warehouse.rows(
      "select supplier_id from core.contract_suppliers where supplier_name like '%Amber%'"
    );
    await arrive("b", [noticeOf({ocid: "ocds-synth2-late", suppliers, number: "01234567"})]);
    await expectSameAsWhole();
    const after = await warehouse.rows(
      "select distinct supplier_id from core.contract_suppliers where supplier_name like '%Amber%'"
    );
    expect(after).toHaveLength(1);
    expect(after).not.toEqual([before]);
  });

  test("who bought behind a portal's name, once a council's own notice teaches its postcode", async () => {
    await arrive("a", [
      ...MANY,
      noticeOf({ocid: "ocds-synth2-portal", buyer: PORTAL, email: "contact@carlow.example"}, "ZZ99 9ZZ")
    ]);
    await build();
    expect(await contracts("ocid = 'ocds-synth2-portal'")).toMatchObject([{council_gss: null}]);
    await arrive("b", [noticeOf({ocid: "ocds-synth2-own", buyer: CARLOW}, "ZZ99 9ZZ")]);
    await expectSameAsWhole();
    expect(await contracts("ocid = 'ocds-synth2-portal'")).toMatchObject([{council_gss: "E06000001"}]);
  });

  test("the rows of a name that may be a person's", async () => {
    await arrive("a", MANY);
    await build();
    await arrive("b", [
      releaseOf({
        buyer: "SYNTHETIC Nowhere Academy",
        suppliers: ["John Smith"],
        title: "SYNTHETIC tuition by John Smith"
      })
    ]);
    await expectSameAsWhole();
    expect((await contracts("raw_sha256 = 'b'"))[0]!.title).toBe("SYNTHETIC tuition by [name withheld]");
  });
});

test("a block of awards that grows beyond what is compared pair by pair, and back", async () => {
  const same = (i: number, date: string) =>
    releaseOf({
      ocid: `ocds-synth3-${i}`,
      title: `SYNTHETIC place ${i}`,
      amount: 5_000,
      suppliers: ["SYNTHETIC Fern Ltd"],
      date
    });
  await arrive("a", [...MANY, ...Array.from({length: 49}, (_, i) => same(i, "2024-05-01T10:00:00Z"))]);
  await build();
  for (const [i, file] of ["b", "c", "d"].entries()) {
    await arrive(file, [same(100 + i, "2024-05-03T10:00:00Z")]);
    await expectSameAsWhole();
  }
});

test("generated releases, two files at a time, twice before they are compared", async () => {
  let i = 0;
  const next = (n: number) => Array.from({length: n}, () => syntheticRelease(5, i++, names));
  await arrive("first", next(400));
  await build();
  for (const round of [1, 2]) {
    for (const part of ["a", "b"]) {
      await arrive(`${round}${part}`, next(18), part === "a" ? register : OTHER);
      if (part === "a") expect(await build()).toEqual({isWhole: false});
    }
    await expectSameAsWhole();
  }
});

test("nothing new, and nothing is made but the tables that later steps fill, which are empty again", async () => {
  await arrive("a", MANY);
  await build();
  await warehouse.run("insert into marts.deviations select 1, 'SYNTHETIC'");
  expect(await build()).toEqual({isWhole: false});
  const filledLater = ["claims", "deviations", "estimate_samples", "estimates", "funnel_limits", "verdicts"];
  expect(seen.filter((name) => !filledLater.includes(name.replace("marts.", "")))).toEqual([]);
  expect(seen).toContain("marts.deviations");
  expect(await warehouse.rows("select * from marts.deviations")).toEqual([]);
});

test("a new file of a publication makes no model of contracts", async () => {
  await arrive("a", MANY);
  await build();
  await warehouse.insert("staging.files", [
    {
      source_id: publication.id,
      raw_sha256: "o",
      parser_version: "1",
      received_at: "2025-01-01T00:00:00Z",
      origin: "SYNTHETIC"
    }
  ]);
  await build();
  expect(seen.filter((name) => /award_states|duplicates|contracts$|contract_/.test(name))).toEqual([]);
  expect(seen).toContain("core.source_files");
});

describe("everything is made anew", () => {
  beforeEach(async () => {
    await arrive("a", MANY);
    await arrive("b", [releaseOf({title: "SYNTHETIC one more"})]);
    await build();
  });

  test("when a file has gone", async () => {
    for (const table of ["releases", "awards", "suppliers", "parties", "contracts", "lots"])
      await warehouse.run(`delete from staging.${table} where raw_sha256 = 'b'`);
    await warehouse.run("delete from staging.files where raw_sha256 = 'b'");
    expect(await build()).toEqual({isWhole: true});
    expect(await contracts("raw_sha256 = 'b'")).toEqual([]);
  });

  test("when a file was read by another parser", async () => {
    await warehouse.run("update staging.files set parser_version = '2' where raw_sha256 = 'b'");
    expect(await build()).toEqual({isWhole: true});
  });

  test("when rows belong to no file that was noted", async () => {
    await warehouse.run("delete from staging.files where raw_sha256 = 'b'");
    await warehouse.run("delete from core.built_from where raw_sha256 = 'b'");
    expect(await build()).toEqual({isWhole: true});
  });

  test("when a build did not end", async () => {
    await warehouse.markUnbuilt();
    expect(await build()).toEqual({isWhole: true});
    expect(await build()).toEqual({isWhole: false});
  });

  test("when what registers declare is other", async () => {
    expect(await rebuild(warehouse, {registers: [{...register, caveats: ["SYNTHETIC, another"]}, OTHER]})).toEqual({
      isWhole: true
    });
  });

  test("when more than a tenth is new", async () => {
    await arrive(
      "c",
      Array.from({length: 8}, () => releaseOf({}))
    );
    expect(await build()).toEqual({isWhole: true});
  });
});

test("observations that came are there after the next build", async () => {
  await arrive("a", MANY);
  await build();
  await warehouse.insert("staging.files", [
    {
      source_id: publication.id,
      raw_sha256: "o",
      parser_version: "1",
      received_at: "2025-01-01T00:00:00Z",
      origin: "SYNTHETIC"
    }
  ]);
  await warehouse.insert("staging.observations", [
    {
      publication_id: publication.id,
      raw_sha256: "o",
      position: "row 2",
      indicator_id: "children-rereferrals",
      gss: "E10000001",
      period: "2024-25",
      period_start_on: "2024-04-01",
      period_end_on: "2025-03-31",
      value: 20,
      numerator: 200,
      denominator: 1000,
      missing_reason: null
    }
  ]);
  await expectSameAsWhole();
  expect(await warehouse.rows("select value from core.observations")).toEqual([{value: 20}]);
});
