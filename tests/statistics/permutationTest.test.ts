import {expect, test} from "vitest";
import {type Panel, prepare, sandwichT} from "../../pipeline/statistics/clusteredRegression.ts";
import {permutationP} from "../../pipeline/statistics/permutationTest.ts";
import {permutationWithin, randomOf} from "../../pipeline/statistics/random.ts";

// SYNTHETIC panels: councils in two classes, five years, some years missing.

function panelOf(seed: number, effect: number): {panel: Panel; yearOf: number[]; classOf: Map<string, string>} {
  const random = randomOf(seed);
  const noise = () => random() + random() + random() - 1.5;
  const rows = Array.from({length: 24}, (_, i) => {
    const [level, slow] = [noise() * 4, noise()];
    return Array.from({length: 5}, (_, year) => ({
      i,
      year,
      x: level + noise(),
      y: level * 3 + slow * year * 0.3 + noise()
    }));
  })
    .flat()
    .filter(() => random() > 0.2);
  return {
    panel: {
      cluster: rows.map(({i}) => `${i}`),
      exposure: rows.map(({x}) => x),
      outcome: rows.map(({x, y}) => y + effect * x),
      weight: rows.map(() => 1),
      held: [1, 2, 3, 4].map((held) => rows.map(({year}) => (year === held ? 1 : 0))),
      absorbClusters: true
    },
    yearOf: rows.map(({year}) => year),
    classOf: new Map(Array.from({length: 24}, (_, i) => [`${i}`, i < 12 ? "unitary" : "county"]))
  };
}

const pOf = (seed: number, effect: number, permutations = 199) => {
  const {panel, yearOf, classOf} = panelOf(seed, effect);
  return permutationP(panel, {yearOf, classOf, random: randomOf(seed + 1000), permutations})!;
};

test("a strong effect is never reached by chance: the smallest p that 199 deals can give is 1 in 200", () => {
  expect(pOf(1, 3)).toBe(1 / 200);
});

test("without an effect about one panel in twenty is below 0.05, although levels, trends and gaps are there", () => {
  const small = Array.from({length: 200}, (_, seed) => pOf(seed, 0, 99)).filter((p) => p <= 0.05);
  expect(small.length).toBeGreaterThanOrEqual(2); // 10 are expected; 2 and 20 are three standard deviations away
  expect(small.length).toBeLessThanOrEqual(20);
});

test("the same seed gives the same p, and stopping early changes only its digits", () => {
  expect(pOf(3, 0)).toBe(pOf(3, 0));
  const {panel, yearOf, classOf} = panelOf(3, 0);
  const early = permutationP(panel, {yearOf, classOf, random: randomOf(1003), permutations: 199, enough: 10})!;
  expect(Math.abs(early - pOf(3, 0))).toBeLessThan(0.3);
});

test("where every council is alone in its class nothing can change hands, and p is 1", () => {
  const {panel, yearOf} = panelOf(1, 3);
  const classOf = new Map(panel.cluster.map((name) => [name, name]));
  expect(permutationP(panel, {yearOf, classOf, random: randomOf(1), permutations: 50})).toBe(1);
});

/** The same test in full: every deal is a panel of its own, and everything that is held is a column of its regression. */
function pInFull(panel: Panel, yearOf: number[], classOf: Map<string, string>, seed: number): number {
  const whole = prepare(panel)!;
  const observed = Math.abs(sandwichT(whole.exposure, whole.outcome, whole.groups));
  const random = randomOf(seed);
  const classes = whole.groups.map(({name}) => classOf.get(name)!);
  let asExtreme = 0;
  for (let deal = 0; deal < 99; deal += 1) {
    const order = permutationWithin(classes, random);
    const [rows, received]: [number[], number[]] = [[], []];
    whole.groups.forEach(({from, to}, k) => {
      const giver = whole.groups[order[k]!]!;
      for (let i = from; i < to; i += 1)
        for (let j = giver.from; j < giver.to; j += 1)
          if (yearOf[whole.row[j]!] === yearOf[whole.row[i]!]) {
            rows.push(whole.row[i]!);
            received.push(whole.outcome[j]! / whole.rootWeight[i]!);
          }
    });
    const pick = <T>(values: readonly T[]): T[] => rows.map((i) => values[i]!);
    const dealt = prepare({
      ...panel,
      cluster: pick(panel.cluster),
      exposure: pick(panel.exposure),
      outcome: received,
      weight: pick(panel.weight),
      held: panel.held.map((column) => pick(column))
    });
    const t = dealt ? sandwichT(dealt.exposure, dealt.outcome, dealt.groups) : Number.NaN;
    if (!Number.isFinite(t) || Math.abs(t) >= observed - 1e-12) asExtreme += 1;
  }
  return (asExtreme + 1) / 100;
}

test("p is that of the regressions in full: councils' levels held, or classes in years and controls, with weights and gaps", () => {
  const found: number[] = [];
  for (let seed = 0; seed < 12; seed += 1) {
    const {panel, yearOf, classOf} = panelOf(seed, 0.3);
    const random = randomOf(seed + 500);
    const weight = panel.weight.map(() => 0.5 + random());
    const cells = panel.cluster.map((name, i) => `${classOf.get(name)} ${yearOf[i]}`);
    const ofClassAndYear = [...new Set(cells)].sort().slice(1);
    const deprivation = new Map(panel.cluster.map((name) => [name, 20 + 10 * random()]));
    const acrossCouncils: Panel = {
      ...panel,
      weight,
      absorbClusters: false,
      held: [
        ...ofClassAndYear.map((cell) => cells.map((own) => (own === cell ? 1 : 0))),
        panel.cluster.map((name) => deprivation.get(name)!),
        panel.cluster.map((name) => (Number(name) % 3 === 0 ? 1 : 0)) // yes or no, in every class and year
      ]
    };
    for (const tried of [{...panel, weight}, acrossCouncils]) {
      const p = permutationP(tried, {yearOf, classOf, random: randomOf(seed), permutations: 99})!;
      expect(p).toBe(pInFull(tried, yearOf, classOf, seed));
      found.push(p);
    }
  }
  expect(new Set(found).size).toBeGreaterThan(8);
});
