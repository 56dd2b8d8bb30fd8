import {LayoutError} from "../../formats/layoutError.ts";
import type {Observation} from "../indicator.ts";

export const ENGLAND = "E92000001";

// Unitary authorities, districts, metropolitan districts, London boroughs (with the City), counties: not police, fire, parks,
// waste, combined authorities or the Greater London Authority, not regions and not England.
const COUNCIL = /^E(06|07|08|09|10)\d{6}$/;

export const isCouncil = (gss: string): boolean => COUNCIL.test(gss);

/** @throws {LayoutError} when the cell is not the code of an English council */
export function councilIn(cell: string | undefined, where: string): string {
  const gss = cell?.trim() ?? "";
  if (!isCouncil(gss)) throw new LayoutError(`${where}: "${gss}" is not a council's code such as E08000035`);
  return gss;
}

/** @throws {LayoutError} when a place stands twice for one indicator and period: totals or a second table were read along */
export function assertOnce(observations: readonly Observation[]): void {
  const seen = new Map<string, string>();
  for (const {indicatorId, gss, period, position} of observations) {
    const key = `${indicatorId} ${gss} ${period}`;
    const before = seen.get(key);
    if (before !== undefined)
      throw new LayoutError(`${position}: ${gss} in ${period} stands on ${before} already (${indicatorId})`);
    seen.set(key, position);
  }
}
