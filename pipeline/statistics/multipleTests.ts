/**
 * Benjamini and Hochberg's q for each of many p values: calling everything with q <= 0.05 a finding is wrong about one time
 * in twenty among the findings, not among the tests.
 *
 * @param p values between 0 and 1, in any order; null for a test that could not be run, which stays null and is not counted
 */
export function benjaminiHochberg(p: readonly (number | null)[]): (number | null)[] {
  const run = p.flatMap((value, i) => (value === null ? [] : [{value, i}])).sort((a, b) => b.value - a.value);
  const q: (number | null)[] = p.map(() => null);
  let smallest = 1;
  run.forEach(({value, i}, k) => {
    smallest = Math.min(smallest, (value * run.length) / (run.length - k));
    q[i] = smallest;
  });
  return q;
}
