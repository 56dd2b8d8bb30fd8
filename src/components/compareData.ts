// What /data/compare.json says: which councils, indicators and sets of similar councils there are to compare.
import type {CouncilRow, IndicatorRow} from "./rows.ts";

export interface CompareData {
  readonly version: string;
  readonly councils: readonly Comparable[];
  readonly indicators: readonly ComparedIndicator[];
  readonly sets: readonly NeighbourSet[];
}

export type Comparable = Pick<CouncilRow, "gss" | "name" | "short_name" | "tier" | "nation" | "class">;

export type ComparedIndicator = Pick<
  IndicatorRow,
  "indicator_id" | "kind" | "title" | "unit" | "tier" | "service_line" | "publisher" | "publication"
> & {readonly caveat: string};

/** A published set of similar councils, nearest first, at one version. */
export interface NeighbourSet {
  readonly set_id: string;
  readonly title: string;
  readonly version: string;
  readonly neighbours: Readonly<Record<string, readonly string[]>>; // by GSS code, five at most
}

export const MOST_COMPARED = 6;

const TIER_WORDS: Readonly<Record<string, string>> = {
  upper: "county councils",
  lower: "district councils",
  single: "councils that run both tiers’ services"
};

/** Councils that may stand beside one another: of one tier and one nation. */
export const kindOf = ({tier, nation}: Pick<Comparable, "tier" | "nation">): string =>
  `${nation}: ${TIER_WORDS[tier] ?? tier}`;

/** Whether councils of a tier run the services that an indicator is about. */
export const isRunBy = (indicator: Pick<ComparedIndicator, "tier">, tier: Comparable["tier"]): boolean =>
  tier === "single" || tier === indicator.tier;
