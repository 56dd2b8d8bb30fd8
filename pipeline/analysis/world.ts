import {randomExponential, randomInt, randomNormal} from "d3-random";
import {weightedQuantile} from "../statistics/quantiles.ts";
import {type Random, randomOf} from "../statistics/random.ts";
import type {PanelRow} from "./estimate.ts";

// SYNTHETIC worlds: invented councils that buy through invented contracts, with an effect that we put there ourselves. What an
// analysis finds in them can be compared with what is there; nothing in them says anything about a real council.

export interface WorldOptions {
  readonly effect: number; // planted: points of repeat demand per doubling of the typical pound
  readonly elasticity: number; // planted: per cent of unit cost per per cent of the typical pound
  readonly councils: number;
  readonly years: number;
  readonly classes: readonly string[];
  readonly confounding: number; // 0 none, 1 strong: deprivation and size move scale and outcome together
  readonly lateStart: number; // share of councils that begin to publish in a random later year, the deprived and small first
  readonly neverPublishing: number; // share of councils that never publish, likewise
  readonly unpublishedContracts: number; // share of contracts of publishing councils that no register shows
  readonly withheldOutcomes: number; // share of outcomes the publisher withholds
  readonly persistence: number; // of an outcome's deviation from one year to the next, 0 to below 1
  readonly prices: number; // standard deviation of local price levels, in logarithms: they enter contract values and unit costs alike
}

export const PLAIN: WorldOptions = {
  effect: 0,
  elasticity: 0,
  councils: 150,
  years: 8,
  classes: ["county", "unitary", "metropolitan-borough", "london-borough"],
  confounding: 0,
  lateStart: 0,
  neverPublishing: 0,
  unpublishedContracts: 0,
  withheldOutcomes: 0,
  persistence: 0.4,
  prices: 0
};

export interface WorldCouncil {
  readonly gss: string;
  readonly name: string;
  readonly class: string;
  readonly region: string;
  readonly population: number;
  readonly imd_score: number;
  readonly rural_pct: number;
}

/** What one council's published contracts look like in one year. */
interface Scale {
  readonly typical: number;
  readonly median: number;
  readonly largestPct: number;
  readonly hhi: number;
  readonly total: number;
  readonly count: number;
  readonly coveragePct: number;
}

export interface WorldCell {
  readonly council: WorldCouncil;
  readonly year: number; // financial year of the scale; the outcome ends a year later
  readonly scale: Scale | null; // null where nothing is published
  readonly referrals: number;
  readonly repeated: number | null; // null when withheld
  readonly weeklyCost: number | null;
}

export interface World {
  readonly synthetic: "SYNTHETIC";
  readonly options: WorldOptions;
  readonly portfolios: readonly Portfolio[]; // one a council
  readonly cells: readonly WorldCell[]; // one a council and year
}

/** Everything that one council bought. */
export interface Portfolio {
  readonly council: WorldCouncil;
  readonly contracts: readonly WorldContract[];
}

/** A contract that runs through whole financial years. */
export interface WorldContract {
  readonly starts: number; // years after FIRST_YEAR; negative for what ran before
  readonly ends: number; // its last year
  readonly size: number; // real pounds a year
  readonly supplier: number; // unlike others of the same council only
  readonly isPublished: boolean;
}

export const FIRST_YEAR = 2016; // a financial year, by the year in which it ends

/** One world from one seed. */
export function worldOf(seed: number, options: WorldOptions): World {
  const random = randomOf(seed);
  const normal = (sd: number): number => randomNormal.source(random)(0, sd)();
  const yearEffects = Array.from({length: options.years}, () => normal(0.7));
  const lives = Array.from({length: options.councils}, (_, i) => councilLife(i, yearEffects, options, random, normal));
  return {
    synthetic: "SYNTHETIC",
    options,
    portfolios: lives.map(({council, contracts}) => ({council, contracts})),
    cells: lives.flatMap(({cells}) => cells)
  };
}

function councilLife(
  i: number,
  yearEffects: readonly number[],
  options: WorldOptions,
  random: Random,
  normal: (sd: number) => number
): Portfolio & {readonly cells: readonly WorldCell[]} {
  const [deprivation, size] = [normal(1), normal(1)];
  const council = inventedCouncil(i, deprivation, size, options, normal);
  const level = Math.log2(150_000) + options.confounding * (0.5 * deprivation + 0.5 * size) + normal(0.7);
  const contracts = inventedContracts(level, options, random, normal);
  const hidden = hiddenUntil(deprivation, size, options, random);
  const own = 20 + options.confounding * (3 * deprivation + 1.5 * size) + normal(3);
  const ownCost = Math.log(4000) + options.confounding * 0.1 * deprivation + normal(0.2);
  let [deviation, costDeviation, price] = [normal(2), normal(0.08), normal(options.prices)];
  const cells = yearEffects.map((yearEffect, t) => {
    const [real] = [scaleOf(contracts, t, 0, () => true)];
    deviation = options.persistence * deviation + normal(2) * Math.sqrt(1 - options.persistence ** 2);
    costDeviation = options.persistence * costDeviation + normal(0.08) * Math.sqrt(1 - options.persistence ** 2);
    price = 0.5 * price + normal(options.prices) * Math.sqrt(0.75);
    const doublings = real === null ? 0 : Math.log2(real.typical / 150_000);
    const percent = Math.min(90, Math.max(1, own + yearEffect + deviation + options.effect * doublings));
    const referrals = Math.max(30, Math.round((council.population / 75) * Math.exp(normal(0.15))));
    const chance = normal(1) * Math.sqrt((referrals * percent * (100 - percent)) / 1e4);
    const repeated = Math.min(referrals, Math.max(0, Math.round((referrals * percent) / 100 + chance)));
    const cost = Math.exp(ownCost + costDeviation + 0.02 * t + price + options.elasticity * Math.LN2 * doublings);
    return {
      council,
      year: FIRST_YEAR + t,
      scale: t < hidden ? null : scaleOf(contracts, t, price, ({isPublished}) => isPublished),
      referrals,
      repeated: random() < options.withheldOutcomes ? null : repeated,
      weeklyCost: random() < options.withheldOutcomes ? null : cost
    };
  });
  return {council, contracts, cells};
}

function inventedCouncil(
  i: number,
  deprivation: number,
  size: number,
  {classes}: WorldOptions,
  normal: (sd: number) => number
): WorldCouncil {
  const prefix = {county: "E10", unitary: "E06", "metropolitan-borough": "E08", "london-borough": "E09"};
  const ofClass = classes[i % classes.length]!;
  return {
    gss: `${prefix[ofClass as keyof typeof prefix] ?? "E06"}9${String(i).padStart(5, "0")}`,
    name: `SYNTHETIC Council ${i + 1}`,
    class: ofClass,
    region: "SYNTHETIC region",
    population: Math.round(250_000 * Math.exp(0.6 * size + (ofClass === "county" ? 0.9 : 0))),
    imd_score: 22 + 8 * deprivation,
    rural_pct: Math.min(100, Math.max(0, 25 - 10 * deprivation + normal(15)))
  };
}

/** Streams of contracts, one after the other, whose real size wanders from one to the next. */
function inventedContracts(
  level: number,
  options: WorldOptions,
  random: Random,
  normal: (sd: number) => number
): WorldContract[] {
  const term = randomInt.source(random)(2, 6);
  const pause = randomExponential.source(random)(2);
  return Array.from({length: 12 + Math.floor(random() * 20)}, () => {
    const usual = level + normal(1.4);
    const supplier = Math.floor(random() * 14);
    const stream: WorldContract[] = [];
    for (let starts = -Math.floor(random() * 5); starts < options.years; ) {
      const ends = starts + term() - 1;
      const size = 2 ** (usual + normal(0.8));
      stream.push({starts, ends, size, supplier, isPublished: random() >= options.unpublishedContracts});
      starts = ends + 1 + Math.floor(pause());
    }
    return stream;
  }).flat();
}

/** The first year in which a council publishes; deprived and small councils tend to begin later, as thin registers do. */
function hiddenUntil(deprivation: number, size: number, options: WorldOptions, random: Random): number {
  const lean = 1 / (1 + Math.exp(-(deprivation - size)));
  if (random() < 2 * lean * options.neverPublishing) return options.years;
  return random() < 2 * lean * options.lateStart ? Math.floor(random() * options.years) : 0;
}

/** Measures of what is in force in a year, as marts.council_scale has them; null below five contracts. */
function scaleOf(
  contracts: readonly WorldContract[],
  year: number,
  price: number,
  counts: (contract: WorldContract) => boolean
): Scale | null {
  const inForce = contracts.filter(({starts, ends}) => starts <= year && year <= ends);
  const seen = inForce.filter(counts);
  if (seen.length < 5) return null;
  const pounds = seen.map(({size}) => Math.round(size * Math.exp(price)));
  const total = pounds.reduce((a, b) => a + b, 0);
  const bySupplier = new Map<number, number>();
  seen.forEach(({supplier}, k) => {
    bySupplier.set(supplier, (bySupplier.get(supplier) ?? 0) + pounds[k]!);
  });
  const sorted = [...pounds].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const everything = inForce.reduce((sum, {size}) => sum + size * Math.exp(price), 0);
  return {
    typical: weightedQuantile(pounds, pounds, 0.5),
    median: (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2,
    largestPct: (100 * Math.max(...pounds)) / total,
    hhi: [...bySupplier.values()].reduce((sum, money) => sum + (money / total) ** 2, 0),
    total,
    count: seen.length,
    coveragePct: (80 * total) / everything
  };
}

/** The sample that the SQL of a primary specification makes of a world's published tables. */
export function sampleOf(
  {cells}: World,
  measure: "typical_pound_gbp" | "median_annual_gbp" | "largest_pct" | "supplier_hhi",
  outcome: "repeat-demand" | "cost"
): PanelRow[] {
  return cells.flatMap(({council, year, scale, referrals, repeated, weeklyCost}): PanelRow[] => {
    const value = outcome === "cost" ? weeklyCost : repeated === null ? null : (100 * repeated) / referrals;
    if (scale === null || value === null) return [];
    return [
      {
        gss: council.gss,
        class: council.class,
        year: year + 1,
        scale: measureOf(scale, measure),
        outcome: value,
        numerator: outcome === "cost" ? null : repeated,
        denominator: outcome === "cost" ? null : referrals,
        imd_score: council.imd_score,
        population: council.population,
        rural_pct: council.rural_pct,
        coverage_pct: scale.coveragePct,
        contract_count: scale.count
      }
    ];
  });
}

export const MEASURES = ["typical_pound_gbp", "median_annual_gbp", "largest_pct", "supplier_hhi"] as const;

export function measureOf(scale: Scale, measure: (typeof MEASURES)[number]): number {
  if (measure === "typical_pound_gbp") return scale.typical;
  if (measure === "median_annual_gbp") return scale.median;
  return measure === "largest_pct" ? scale.largestPct : scale.hhi;
}
