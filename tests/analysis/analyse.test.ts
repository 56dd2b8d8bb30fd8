import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {type Analysis, analyse} from "../../pipeline/analysis/analyse.ts";
import {blinded, deviations, planOf} from "../../pipeline/analysis/blinding.ts";
import {openFolder} from "../../pipeline/analysis/folder.ts";
import {primarySlope, testOf, writeWorld} from "../../pipeline/analysis/simulate.ts";
import {store} from "../../pipeline/analysis/store.ts";
import {wordingProblems} from "../../pipeline/analysis/wording.ts";
import {PLAIN, sampleOf, type World, worldOf} from "../../pipeline/analysis/world.ts";
import {hypotheses, planFiles} from "../../pipeline/discover.ts";
import {readClaimTables} from "../../pipeline/publish/claimTables.ts";
import {worldOf as warehouseOf} from "../warehouse/world.ts";

// SYNTHETIC worlds, written like the published tables and read back.

const claims = await hypotheses();
const [repeatDemand, cost] = [testOf(claims, "share"), testOf(claims, "money")];
const plan = planOf(planFiles());
const folder = mkdtempSync(join(tmpdir(), "contract-scale-world-"));
// A curve takes minutes; one claim of each kind without it says the same.
const few = claims.map((claim) =>
  claim.test === null || claim.kind !== "tested"
    ? claim
    : {...claim, test: {...claim.test, alsoMeasures: [], alsoIndicators: []}}
);
let world: World;
let analysis: Analysis;

beforeAll(async () => {
  world = worldOf(11, {...PLAIN, councils: 60, years: 5, confounding: 1, effect: 1.5});
  writeWorld(world, folder, {repeatDemand, cost});
  const warehouse = await openFolder(folder);
  analysis = await analyse(warehouse, {hypotheses: few, plan, unblinding: null, isBrought: true});
  warehouse.close();
}, 600_000);
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const primary = (id: string) =>
  analysis.estimates.find(({hypothesis_id, is_primary}) => hypothesis_id === id && is_primary)!;
const verdict = (id: string) => analysis.verdicts.find(({hypothesis_id}) => hypothesis_id === id)!;

test("a planted 1.5 points per doubling is found, inside its interval, and the claim is supported", () => {
  const {estimate, low_95, high_95, p_permutation, is_blinded} = primary("h1-repeat-demand");
  expect(low_95! <= 1.5 && 1.5 <= high_95!, `${estimate}: ${low_95} to ${high_95}`).toBe(true);
  expect(p_permutation).toBeLessThanOrEqual(0.01);
  expect(is_blinded).toBe(false);
  expect(verdict("h1-repeat-demand").verdict).toBe("supported");
});

test("a verdict counts the councils and council-years that its primary estimate rests on", () => {
  const counted = analysis.verdicts.filter(({hypothesis_id}) => primary(hypothesis_id)?.estimate != null);
  expect(counted.length).toBeGreaterThan(3);
  for (const {hypothesis_id, n, council_years} of counted)
    expect({n: council_years, council_count: n}, hypothesis_id).toEqual({
      n: primary(hypothesis_id).n,
      council_count: primary(hypothesis_id).council_count
    });
});

test("the SQL of the sample gives the estimate that the world itself gives", () => {
  expect(primary("h1-repeat-demand").estimate).toBeCloseTo(primarySlope(world, repeatDemand)!.estimate, 8);
});

test("cost in cash terms is at most inconclusive, and says why", () => {
  for (const id of ["h0-strong", "a1-collaboration-saves"]) {
    expect(["inconclusive", "too little data"]).toContain(verdict(id).verdict);
  }
});

test("every claim has one verdict with a reason and what would change it, in words that keep the rules", () => {
  expect(analysis.verdicts.map(({hypothesis_id}) => hypothesis_id)).toEqual(claims.map(({id}) => id));
  for (const {hypothesis_id, because, change_our_mind, curve, beside} of analysis.verdicts) {
    expect(because.length, hypothesis_id).toBeGreaterThan(20);
    expect(change_our_mind.length, hypothesis_id).toBeGreaterThan(20);
    for (const text of [because, change_our_mind, curve, beside]) expect(wordingProblems(text), text).toEqual([]);
  }
  for (const {sentence} of analysis.funnel_limits) expect(wordingProblems(sentence)).toEqual([]);
});

test("every estimate has the SQL of its sample and a formula, or a reason; the primary is marked once; q is never below p", () => {
  for (const row of analysis.estimates) {
    expect(row.sql, row.spec_id).toMatch(/from marts.scale_and_outcome/);
    expect((row.estimate === null) === (row.not_run_because !== null), row.spec_id).toBe(true);
    if (row.q_fdr !== null) expect(row.q_fdr).toBeGreaterThanOrEqual(row.p_permutation! - 1e-12);
  }
  for (const {id, kind} of claims.filter(({kind}) => kind === "tested"))
    expect(
      analysis.estimates.filter((row) => row.hypothesis_id === id && row.is_primary),
      kind
    ).toHaveLength(1);
});

test("data that were brought without waste contracts leave the control not run, and nothing suspended", () => {
  expect(analysis.negative_control.state).toBe("not run");
  expect(analysis.verdicts.every(({is_suspended}) => !is_suspended)).toBe(true);
});

test("a slope of waste contracts on re-referrals suspends every verdict, visibly", async () => {
  const tainted = mkdtempSync(join(tmpdir(), "contract-scale-tainted-"));
  try {
    writeWorld(world, tainted, {repeatDemand, cost});
    const path = join(tainted, "scale-and-outcome.csv");
    const [header, ...lines] = readFileSync(path, "utf8").trim().split("\n");
    const waste = lines.map((line) => line.replace("childrens-social-care", "environmental"));
    writeFileSync(path, `${[header, ...lines, ...waste].join("\n")}\n`);
    const warehouse = await openFolder(tainted);
    const found = await analyse(warehouse, {
      hypotheses: claims.filter(({kind, label}) => kind === "negative-control" || label === "A2"),
      plan,
      unblinding: null,
      isBrought: true
    });
    warehouse.close();
    expect(found.negative_control.state).toBe("failed");
    for (const {verdict: given, is_suspended, because} of found.verdicts) {
      expect([given, is_suspended]).toEqual(["inconclusive", true]);
      expect(because).toMatch(/^Suspended: the negative control/);
    }
  } finally {
    rmSync(tainted, {recursive: true, force: true});
  }
});

test("a folder without a file, without a column, or with a wrong cell is refused in a sentence", async () => {
  const broken = mkdtempSync(join(tmpdir(), "contract-scale-broken-"));
  try {
    await expect(openFolder(broken)).rejects.toThrow(/has no scale-and-outcome.csv/);
    writeFileSync(join(broken, "scale-and-outcome.csv"), "gss,service_line\nE1,x\n");
    await expect(openFolder(broken)).rejects.toThrow(/no column financial_year, scale_measure/);
    const header =
      "gss,service_line,financial_year,scale_measure,scale_value,indicator_id,lag_years,outcome_value,contract_count";
    const bring = (...lines: string[]): void =>
      writeFileSync(join(broken, "scale-and-outcome.csv"), `${[header, ...lines].join("\n")}\n`);
    const row = "E1,x,2024,typical_pound_gbp,100,i,1,2,5";
    bring(row, "E2,x,2024,typical_pound_gbp,much,i,1,2,5");
    await expect(openFolder(broken)).rejects.toThrow(/line 3: scale_value has a cell that does not fit: "much"/);
    for (const cell of ["NA", "NaN", "inf"]) {
      bring(row.replace("100", cell));
      await expect(openFolder(broken)).rejects.toThrow(`"${cell}" is no number`);
    }
    bring(row.replace("2024", "2024.5"));
    await expect(openFolder(broken)).rejects.toThrow(/"2024.5" is no whole number/);
    bring(row, "E2,x,2024,typical_pound_gbp,100,i,1,2,5", row);
    await expect(openFolder(broken)).rejects.toThrow(/lines 2 and 4: the same gss, service_line.*E1, x, 2024/);
    bring();
    await expect(openFolder(broken)).rejects.toThrow(/has a header and no rows/);
    writeFileSync(join(broken, "scale-and-outcome.csv"), "");
    await expect(openFolder(broken)).rejects.toThrow(/is empty/);
    bring(row);
    await expect(openFolder(broken)).rejects.toThrow(/has no councils.csv/);
  } finally {
    rmSync(broken, {recursive: true, force: true});
  }
});

test("blinding deals whole histories out anew inside a class, and scale stays where it is", () => {
  const rows = sampleOf(world, "typical_pound_gbp", "repeat-demand");
  const dealt = blinded(rows, "seed");
  const histories = (of: typeof rows) => {
    const found = new Map<string, string>();
    for (const {gss, class: ofClass, outcome} of of) found.set(gss, `${found.get(gss) ?? ofClass} ${outcome}`);
    return [...found.values()].sort();
  };
  expect(histories(dealt)).toEqual(histories(rows));
  expect(dealt.map(({gss, year, scale}) => [gss, year, scale])).toEqual(
    rows.map(({gss, year, scale}) => [gss, year, scale])
  );
  expect(dealt.filter(({outcome}, i) => outcome !== rows[i]!.outcome).length).toBeGreaterThan(rows.length / 2);
});

test("the plan's hash changes with any claim's file, and a change after unblinding is named", () => {
  const changed = planOf(new Map([...planFiles(), ["h1-repeat-demand", "another rule"]]));
  expect(changed.sha256).not.toBe(plan.sha256);
  const unblinding = {plan_sha256: plan.sha256, unblinded_on: "2026-12-01", files: plan.files};
  expect(deviations(plan, unblinding)).toEqual([]);
  expect(deviations(changed, unblinding)).toEqual([
    "h1-repeat-demand was changed after the outcomes were unblinded on 2026-12-01."
  ]);
});

test("a warehouse with hardly any contracts gets specific answers, is blinded, and its tables keep their promises", async () => {
  const warehouse = await warehouseOf([]);
  const found = await analyse(warehouse, {hypotheses: few, plan, unblinding: null, isBrought: false});
  await store(warehouse, found);
  expect(found.is_blinded).toBe(true);
  expect(found.verdicts.find(({hypothesis_id}) => hypothesis_id === "h1-repeat-demand")).toMatchObject({
    verdict: "too little data",
    is_blinded: true
  });
  expect(found.verdicts.find(({hypothesis_id}) => hypothesis_id === "h1-repeat-demand")!.because).toMatch(
    /no council where 30 are the least/
  );
  expect((await warehouse.brokenPromises()).filter(({table}) => /verdicts|estimates/.test(table))).toEqual([]);
  const tables = await readClaimTables(warehouse);
  expect(tables.claims.map(({hypothesis_id}) => hypothesis_id)).toEqual(claims.map(({id}) => id));
  expect(tables.verdicts).toHaveLength(claims.length);
  expect(
    tables.estimates.every(({estimate, not_run_because}) => (estimate === null) === (not_run_because !== null))
  ).toBe(true);
  warehouse.close();
});
