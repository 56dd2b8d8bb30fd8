import {uniformFloat64} from "pure-rand/distribution/uniformFloat64";
import {xoroshiro128plus} from "pure-rand/generator/xoroshiro128plus";

/** Uniform numbers in [0, 1); every random step of an analysis takes one, so a seed repeats it to the last digit. */
export type Random = () => number;

/** The numbers of a seed: a whole number, or words, which are folded into one. */
export function randomOf(seed: number | string): Random {
  const generator = xoroshiro128plus(typeof seed === "number" ? seed : fold(seed));
  return () => uniformFloat64(generator);
}

/** FNV-1a: nearby words give unrelated seeds. */
function fold(words: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < words.length; i += 1) hash = Math.imul(hash ^ words.charCodeAt(i), 0x01000193);
  return hash | 0;
}

/** The same items in a random order (Fisher and Yates); the argument stays as it is. */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}

/** Random orders of 0 … n-1, one a call, in which every place keeps its group: councils swap only with councils of their class. */
export function permutationsWithin(groups: readonly string[], random: Random): () => number[] {
  const places = new Map<string, number[]>();
  groups.forEach((group, i) => {
    const members = places.get(group);
    if (members) members.push(i);
    else places.set(group, [i]);
  });
  return () => {
    const order = groups.map((_, i) => i);
    for (const members of places.values())
      shuffled(members, random).forEach((from, k) => {
        order[members[k]!] = from;
      });
    return order;
  };
}

/** One such order. */
export const permutationWithin = (groups: readonly string[], random: Random): number[] =>
  permutationsWithin(groups, random)();
