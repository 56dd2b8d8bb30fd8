import {expect, test} from "vitest";
import type {Panel} from "../../pipeline/statistics/clusteredRegression.ts";
import {permutationP} from "../../pipeline/statistics/permutationTest.ts";
import {randomOf} from "../../pipeline/statistics/random.ts";

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
