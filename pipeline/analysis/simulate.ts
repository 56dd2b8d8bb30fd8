import {mkdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import tCdf from "@stdlib/stats-base-dists-t-cdf";
import {stringify} from "csv-stringify/sync";
import type {Hypothesis, Test} from "../hypotheses/hypothesis.ts";
import {spearman} from "../statistics/rankCorrelation.ts";
import {effectsFor, modelOf, slopeOf} from "./estimate.ts";
import {primaryOf} from "./specifications.ts";
import {MEASURES, measureOf, PLAIN, sampleOf, type World, type WorldOptions, worldOf} from "./world.ts";

/** The kinds of world an analysis has to live in; worlds take turns among them. All SYNTHETIC. */
export const SCENARIOS: Readonly<Record<string, Partial<WorldOptions>>> = {
  plain: {},
  confounded: {confounding: 1},
  "with gaps": {confounding: 1, lateStart: 0.4, neverPublishing: 0.25, withheldOutcomes: 0.02},
  small: {confounding: 1, councils: 34, years: 4, classes: ["unitary"], lateStart: 0.3},
  "one year": {confounding: 1, years: 1, neverPublishing: 0.3},
  persistent: {confounding: 1, persistence: 0.8, lateStart: 0.4}
};

/** Not among the worlds that are summed up: it measures what no analysis of published contracts can mend. */
const THIN = {confounding: 1, lateStart: 0.4, unpublishedContracts: 0.3};

export interface SimulateOptions {
  readonly worlds: number;
  readonly effect: number; // points of repeat demand per doubling of the typical pound
  readonly seed: number;
  readonly test: Test; // the claim whose primary analysis is tried
  readonly onWorld?: () => void;
}

export interface Performance {
  readonly worlds: number; // in which the slope was identified
  readonly coverage_pct: number; // intervals that hold the planted effect
  readonly bias: number; // mean of estimate less planted effect
  readonly false_positive_pct: number; // of the same worlds without an effect, intervals that exclude 0
  readonly power_pct: number; // of the worlds with the effect, intervals that exclude 0 on its side
  readonly naive_false_positive_pct: number; // of the worlds without an effect, p < 0.05 of a rank correlation per head on both sides
}

export interface Simulation extends Performance {
  readonly synthetic: "SYNTHETIC";
  readonly effect: number;
  readonly seed: number;
  readonly by_scenario: Readonly<Record<string, Performance>>;
  readonly with_unpublished_contracts: Performance; // 30 % of contracts missing inside publishing councils
}

interface Outcome {
  readonly covered: boolean;
  readonly error: number;
  readonly falsePositive: boolean;
  readonly detected: boolean;
  readonly naiveFalsePositive: boolean;
}

/** Coverage, bias and false positives of the primary analysis over many SYNTHETIC worlds, each with and without the effect. */
export function simulate({worlds, effect, seed, test, onWorld}: SimulateOptions): Simulation {
  const names = Object.keys(SCENARIOS);
  const found = new Map<string, Outcome[]>([...names, "thin"].map((name) => [name, []]));
  const tryOne = (name: string, options: Partial<WorldOptions>, place: number): void => {
    const outcome = outcomeOf(seed * 1_000_003 + place, {...PLAIN, ...options}, effect, test);
    if (outcome !== null) found.get(name)!.push(outcome);
    onWorld?.();
  };
  for (let k = 0; k < worlds; k += 1) tryOne(names[k % names.length]!, SCENARIOS[names[k % names.length]!]!, k);
  for (let k = 0; k < Math.ceil(worlds / names.length); k += 1) tryOne("thin", THIN, worlds + k);
  return {
    synthetic: "SYNTHETIC",
    effect,
    seed,
    ...performanceOf(names.flatMap((name) => found.get(name)!)),
    by_scenario: Object.fromEntries(names.map((name) => [name, performanceOf(found.get(name)!)])),
    with_unpublished_contracts: performanceOf(found.get("thin")!)
  };
}

function outcomeOf(seed: number, options: WorldOptions, effect: number, test: Test): Outcome | null {
  const [world, nothing] = [worldOf(seed, {...options, effect}), worldOf(seed, {...options, effect: 0})];
  const [slope, none] = [primarySlope(world, test), primarySlope(nothing, test)];
  if (slope === null || none === null) return null;
  return {
    covered: slope.low_95 <= effect && effect <= slope.high_95,
    error: slope.estimate - effect,
    falsePositive: none.low_95 > 0 || none.high_95 < 0,
    detected: effect >= 0 ? slope.low_95 > 0 : slope.high_95 < 0,
    naiveFalsePositive: naiveP(nothing) < 0.05
  };
}

/** The primary specification of a claim in a world, by the code that the site's estimates come from. */
export function primarySlope(world: World, test: Test) {
  const {design} = primaryOf(test);
  const rows = sampleOf(world, "typical_pound_gbp", test.outcome === "money" ? "cost" : "repeat-demand").filter(
    ({coverage_pct, contract_count}) =>
      coverage_pct === null ? contract_count >= test.gate.cellContracts : coverage_pct >= test.gate.cellCoveragePct
  );
  return slopeOf(modelOf(rows, {...design, effects: design.effects ?? effectsFor(rows)}));
}

/** What not to do: contract money per head beside returns per head, councils pooled, p from a t table. */
export function naiveP({cells}: World): number {
  const last = Math.max(...cells.map(({year}) => year));
  const pairs = cells.flatMap(({year, scale, repeated, council}) =>
    year === last && scale !== null && repeated !== null
      ? [[scale.total / council.population, repeated / council.population] as const]
      : []
  );
  if (pairs.length < 4) return 1;
  const r = spearman(
    pairs.map(([x]) => x),
    pairs.map(([, y]) => y)
  );
  const df = pairs.length - 2;
  return 2 * tCdf(-Math.abs(r) * Math.sqrt(df / (1 - r ** 2)), df);
}

function performanceOf(outcomes: readonly Outcome[]): Performance {
  const share = (pick: (outcome: Outcome) => boolean): number =>
    outcomes.length === 0 ? Number.NaN : (100 * outcomes.filter(pick).length) / outcomes.length;
  return {
    worlds: outcomes.length,
    coverage_pct: share(({covered}) => covered),
    bias: outcomes.reduce((sum, {error}) => sum + error, 0) / outcomes.length,
    false_positive_pct: share(({falsePositive}) => falsePositive),
    power_pct: share(({detected}) => detected),
    naive_false_positive_pct: share(({naiveFalsePositive}) => naiveFalsePositive)
  };
}

/** Lays a world out like the published tables, so that it can be analysed as anybody's data are. */
export function writeWorld(
  world: World,
  folder: string,
  indicators: {readonly repeatDemand: Test; readonly cost: Test}
): void {
  mkdirSync(folder, {recursive: true});
  const rows = MEASURES.flatMap((scale_measure) =>
    world.cells.flatMap(({council, year, scale, referrals, repeated, weeklyCost}) => {
      if (scale === null) return [];
      const {gss, imd_score, population, rural_pct, class: ofClass, region} = council;
      const shared = {
        gss,
        service_line: indicators.repeatDemand.serviceLine,
        financial_year: year,
        scale_measure,
        scale_value: measureOf(scale, scale_measure),
        outcome_period: `${year}-${String((year + 1) % 100).padStart(2, "0")}`,
        lag_years: 1
      };
      const known = {
        imd_score,
        population,
        rural_pct,
        class: ofClass,
        region,
        contract_count: scale.count,
        coverage_pct: scale.coveragePct
      };
      const share = repeated === null ? null : (100 * repeated) / referrals;
      return [
        {
          ...shared,
          indicator_id: indicators.repeatDemand.indicatorId,
          outcome_value: share,
          numerator: repeated,
          denominator: referrals,
          ...known
        },
        {
          ...shared,
          indicator_id: indicators.cost.indicatorId,
          outcome_value: weeklyCost,
          numerator: null,
          denominator: null,
          ...known
        }
      ];
    })
  );
  const councils = [...new Map(world.cells.map(({council}) => [council.gss, council])).values()];
  writeFileSync(join(folder, "scale-and-outcome.csv"), stringify(rows, {header: true}));
  writeFileSync(
    join(folder, "councils.csv"),
    stringify(
      councils.map((council) => ({
        ...council,
        tier: council.class === "county" ? "upper" : "single",
        nation: "England"
      })),
      {header: true}
    )
  );
  writeFileSync(
    join(folder, "SYNTHETIC.txt"),
    "SYNTHETIC: every council, contract and figure in this folder is invented.\n"
  );
}

/** The claim with a test of a kind of outcome whose estimates are its own. */
export function testOf(hypotheses: readonly Hypothesis[], outcome: Test["outcome"]): Test {
  const found = hypotheses.find(
    ({kind, test, sameEstimateAs}) => kind === "tested" && sameEstimateAs === null && test?.outcome === outcome
  );
  if (!found?.test) throw new Error(`no claim tests an outcome of the kind "${outcome}"`);
  return found.test;
}
