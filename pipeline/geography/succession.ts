/** What succession needs to know of a council code; a row of `councils.csv` fits. */
export interface CodeLife {
  readonly gss: string;
  readonly valid_to: string | null; // ISO date, the last day; null (or empty) while in force
  readonly successor_gss: string | null; // several joined by one space when the area was split
}

/**
 * The codes that answer today for a code that was once published, following every change of code, merger and split.
 *
 * Several codes rather than the "main" one, because what a split county bought belongs to no single successor: the
 * caller must see that there are two, and leave the money unattributed or break the series. Two codes are never
 * apportioned here.
 *
 * @param gss a nine-character ONS code, in force or not
 * @param rows every code known, each once; read only
 * @returns codes in force, each once, in the order in which the rows name them; `[gss]` when it is in force itself
 * @throws {RangeError} when a code in the chain is not among the rows, ended without a successor, or succeeds itself
 */
export function todaysCodes(gss: string, rows: readonly CodeLife[]): string[] {
  const byCode = new Map(rows.map((row) => [row.gss, row]));
  return [...new Set(follow(gss, byCode, []))];
}

/**
 * Whether all of a code's area went to one council of today, so that its counts may be added to that council's.
 *
 * False for a split county (Cumbria, Northamptonshire) and for one that lost a district on the way (Dorset, without
 * Christchurch): there a series breaks.
 *
 * @throws {RangeError} as `todaysCodes`
 */
export function isNested(gss: string, rows: readonly CodeLife[]): boolean {
  return todaysCodes(gss, rows).length === 1;
}

function follow(gss: string, byCode: ReadonlyMap<string, CodeLife>, trail: readonly string[]): string[] {
  if (trail.includes(gss)) throw new RangeError(`Council code ${gss} succeeds itself: ${[...trail, gss].join(" -> ")}`);
  const row = byCode.get(gss);
  if (row === undefined) throw new RangeError(`${gss} is not a council code in the reference table`);
  if (!row.valid_to) return [gss];
  const successors = (row.successor_gss ?? "").split(" ").filter((code) => code !== "");
  if (successors.length === 0) throw new RangeError(`${gss} ended on ${row.valid_to} and names no successor`);
  return successors.flatMap((code) => follow(code, byCode, [...trail, gss]));
}
