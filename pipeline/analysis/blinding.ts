import {createHash} from "node:crypto";
import {z} from "zod";
import {permutationWithin, randomOf} from "../statistics/random.ts";
import type {PanelRow} from "./estimate.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits");

/** What is committed to look at real outcomes: the plan as it stood, and the day. */
export const Unblinding = z.object({
  plan_sha256: sha256,
  unblinded_on: z.iso.date(),
  files: z.record(z.string(), sha256) // each claim's file, so that a later change can be named
});
export type Unblinding = z.infer<typeof Unblinding>;

export interface Plan {
  readonly sha256: string;
  readonly files: Readonly<Record<string, string>>; // claim to the hash of its file
}

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The plan's hash is the hash of the claims' files, in the order of their names. */
export function planOf(files: ReadonlyMap<string, string>): Plan {
  const hashes = [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, text]) => [id, hash(text)] as const);
  return {sha256: hash(hashes.map(([id, digest]) => `${digest}  ${id}\n`).join("")), files: Object.fromEntries(hashes)};
}

/** What differs from the plan that was fixed before outcomes were looked at, in sentences. */
export function deviations(plan: Plan, unblinding: Unblinding | null): string[] {
  if (unblinding === null || unblinding.plan_sha256 === plan.sha256) return [];
  const ids = [...new Set([...Object.keys(plan.files), ...Object.keys(unblinding.files)])].sort();
  return ids.flatMap((id) => {
    const [now, then] = [plan.files[id], unblinding.files[id]];
    if (now === then) return [];
    const what = then === undefined ? "was added" : now === undefined ? "was removed" : "was changed";
    return [`${id} ${what} after the outcomes were unblinded on ${unblinding.unblinded_on}.`];
  });
}

/**
 * Outcomes dealt out anew: whole histories, among councils of the same class. What is found in them is chance.
 *
 * A row keeps its scale and takes the outcome of the other council in the same year, or is dropped where there is none.
 */
export function blinded(rows: readonly PanelRow[], seed: string): PanelRow[] {
  const councils = [...new Map(rows.map((row) => [row.gss, row.class]))].sort(([a], [b]) => (a < b ? -1 : 1));
  const order = permutationWithin(
    councils.map(([, ofClass]) => ofClass),
    randomOf(seed)
  );
  const donor = new Map(councils.map(([gss], i) => [gss, councils[order[i]!]![0]]));
  const cell = (gss: string, year: number): string => `${gss} ${year}`;
  const outcomes = new Map(rows.map((row) => [cell(row.gss, row.year), row]));
  return rows.flatMap((row) => {
    const given = outcomes.get(cell(donor.get(row.gss)!, row.year));
    return given ? [{...row, outcome: given.outcome, numerator: given.numerator, denominator: given.denominator}] : [];
  });
}
