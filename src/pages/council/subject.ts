import type {ContractFacts, CouncilRow, CouncilScaleRow, IndicatorRow, ObservationRow} from "../../components/rows.ts";
import {isRunHere, type Site} from "../site.ts";

/** One council with what its page is made from, looked up once. */
export interface Subject {
  readonly council: CouncilRow;
  readonly site: Site;
  readonly document: Document;
  readonly contracts: readonly ContractFacts[]; // all that it answers for
  readonly counted: readonly ContractFacts[]; // those in scale measures
  readonly services: readonly ServiceHere[]; // in the order of the revenue outturn, as far as the table of who runs what goes
  readonly years: readonly number[]; // the financial years looked at, oldest first; the last has ended
  readonly measures: readonly Measure[]; // cost and repeat demand of services that it runs, with at least one row
}

/** A service in a council's area: who runs it, and how large its contracts are in the latest year that can be shown. */
export interface ServiceHere {
  readonly service_line: string;
  readonly run_by: string; // a council's code, or empty
  readonly body_name: string;
  readonly isOwn: boolean;
  readonly latest: CouncilScaleRow | null; // the latest measured year, else the latest with any contract
}

/** What is at hand of one council for one indicator, oldest first. */
export interface Measure {
  readonly indicator: IndicatorRow;
  readonly mine: readonly ObservationRow[];
}

const YEARS_LOOKED_AT = 5;

/** The last financial years that had ended when the data were cut off: a running year is not published yet. */
export function endedYears(dataCutOffOn: string): number[] {
  const year = Number(dataCutOffOn.slice(0, 4));
  const last = dataCutOffOn.slice(5) >= "03-31" ? year : year - 1;
  return Array.from({length: YEARS_LOOKED_AT}, (_, i) => last - YEARS_LOOKED_AT + 1 + i);
}

export function subjectOf(council: CouncilRow, site: Site, document: Document): Subject {
  const contracts = site.contractsOf.get(council.gss) ?? [];
  const years = endedYears(site.data_cut_off_on);
  const own = site.ownObservationsOf.get(council.gss) ?? [];
  return {
    council,
    site,
    document,
    contracts,
    counted: contracts.filter(({left_out_because}) => left_out_because === null),
    services: servicesOf(council, site, years),
    years,
    measures: site.indicatorsShown
      .filter(({service_line}) => isRunHere(site, council, service_line))
      .map((indicator) => ({indicator, mine: own.filter(({indicator_id}) => indicator_id === indicator.indicator_id)}))
      .filter(({mine}) => mine.length > 0)
  };
}

function servicesOf(council: CouncilRow, site: Site, years: readonly number[]): ServiceHere[] {
  const cells = (site.scaleOf.get(council.gss) ?? []).filter(
    ({financial_year, contract_count}) => contract_count > 0 && financial_year <= years.at(-1)!
  );
  return (site.tiersOf.get(council.gss) ?? []).map(({service_line, run_by, body_name}) => {
    const mine = cells.filter((cell) => cell.service_line === service_line);
    const byYear = mine.toSorted((a, b) => b.financial_year - a.financial_year);
    return {
      service_line,
      run_by,
      body_name,
      isOwn: run_by === council.gss,
      latest: byYear.find(({not_measured_reason}) => not_measured_reason === null) ?? byYear[0] ?? null
    };
  });
}

export const isMeasured = ({latest}: ServiceHere): boolean => latest !== null && latest.not_measured_reason === null;

/** The latest row with a figure, else the latest row, which says why there is none. */
export const latestFigure = (mine: readonly ObservationRow[]): ObservationRow =>
  mine.findLast(({value}) => value !== null) ?? mine.at(-1)!;
