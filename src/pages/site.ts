import type {FunnelLimitRow} from "../components/claimRows.ts";
import type {
  ContractFacts,
  ContractRow,
  CouncilRow,
  CouncilScaleRow,
  CouncilSupplierRow,
  DistrictRow,
  IndicatorRow,
  LocalShareRow,
  NeighbourRow,
  ObservationRow,
  SiteTables
} from "../components/rows.ts";
import {type Charts, drawnAnew} from "./drawn.ts";

/** The published tables, indexed the ways that pages look things up. */
export interface Site extends SiteTables {
  readonly charts: Charts;
  readonly councilOf: ReadonlyMap<string, CouncilRow>; // by GSS code
  readonly inForce: readonly CouncilRow[]; // by name
  readonly contractsOf: ReadonlyMap<string, readonly ContractFacts[]>; // by the council that answers today
  readonly largestOf: ReadonlyMap<string, readonly ContractRow[]>; // by the council that answers today, its ten largest that count
  readonly scaleOf: ReadonlyMap<string, readonly CouncilScaleRow[]>; // by the council that answers today
  readonly observationsOf: ReadonlyMap<string, readonly ObservationRow[]>; // by indicator, oldest first
  readonly ownObservationsOf: ReadonlyMap<string, readonly ObservationRow[]>; // by council, oldest first
  readonly scaleIn: ReadonlyMap<string, readonly CouncilScaleRow[]>; // by "service year"
  readonly localOf: ReadonlyMap<string, readonly LocalShareRow[]>; // by council
  readonly suppliersOf: ReadonlyMap<string, readonly CouncilSupplierRow[]>; // by council, most contracts first
  readonly neighboursOf: ReadonlyMap<string, readonly NeighbourRow[]>; // by council, a row for each set of similar councils
  readonly tiersOf: ReadonlyMap<string, SiteTables["tiers"]>; // by council
  readonly predecessorsOf: ReadonlyMap<string, readonly CouncilRow[]>; // by the council that came after
  readonly funnelsOf: ReadonlyMap<string, readonly FunnelLimitRow[]>; // by indicator
  readonly districtsOf: ReadonlyMap<string, readonly DistrictRow[]>; // by council, postcode districts that lie in it at least partly
  readonly indicatorsShown: readonly IndicatorRow[]; // cost and repeat demand; context stands only behind coverage
}

export function indexed(tables: SiteTables, charts: Charts = drawnAnew): Site {
  const byPeriod = [...tables.observations].sort((a, b) => (a.period_end_on < b.period_end_on ? -1 : 1));
  return {
    ...tables,
    charts,
    councilOf: new Map(tables.councils.map((council) => [council.gss, council])),
    inForce: tables.councils
      .filter(({valid_to}) => valid_to === null)
      .sort((a, b) => a.name.localeCompare(b.name, "en-GB")),
    contractsOf: grouped(
      tables.contracts.filter(({council_gss}) => council_gss !== null),
      ({council_gss}) => council_gss!
    ),
    largestOf: grouped(tables.largest_of_councils, ({council_gss}) => council_gss!),
    scaleOf: grouped(tables.council_scale, ({gss}) => gss),
    observationsOf: grouped(byPeriod, ({indicator_id}) => indicator_id),
    ownObservationsOf: grouped(byPeriod, ({gss}) => gss),
    scaleIn: grouped(tables.council_scale, ({service_line, financial_year}) => `${service_line} ${financial_year}`),
    localOf: grouped(tables.local_share, ({gss}) => gss),
    suppliersOf: grouped(tables.council_suppliers, ({gss}) => gss),
    neighboursOf: grouped(tables.neighbours, ({gss}) => gss),
    tiersOf: grouped(tables.tiers, ({gss}) => gss),
    predecessorsOf: byPair(
      tables.councils.flatMap((council) =>
        (council.successor_gss ?? "")
          .split(" ")
          .filter((gss) => gss !== "")
          .map((gss) => [gss, council] as const)
      )
    ),
    funnelsOf: grouped(tables.claims.funnel_limits, ({indicator_id}) => indicator_id),
    districtsOf: grouped(tables.districts, ({gss}) => gss),
    indicatorsShown: tables.indicators.filter(({kind}) => kind !== "context")
  };
}

function byPair<T>(pairs: readonly (readonly [string, T])[]): Map<string, T[]> {
  return new Map([...grouped(pairs, ([key]) => key)].map(([key, found]) => [key, found.map(([, value]) => value)]));
}

export function grouped<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}

/** How many contracts of each council count in a scale measure. */
export function countedContracts(site: Site, gss: string): number {
  return (site.contractsOf.get(gss) ?? []).filter(({left_out_because}) => left_out_because === null).length;
}

/** Whether a council runs a service itself, wholly or in part; where the table of who runs what is silent, its figures are its own. */
export function isRunHere(site: Site, council: CouncilRow, serviceLine: string): boolean {
  const row = site.tiersOf.get(council.gss)?.find(({service_line}) => service_line === serviceLine);
  return row === undefined || row.run_by === council.gss;
}
