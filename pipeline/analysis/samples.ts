import type {LocalDefinition, ScaleMeasure} from "../hypotheses/hypothesis.ts";
import type {Warehouse} from "../warehouse/warehouse.ts";
import type {PanelRow} from "./estimate.ts";

/** Which council-years a specification looks at. */
export interface Sample {
  readonly scaleMeasure: ScaleMeasure;
  readonly scaleServiceLine: string;
  readonly outcomeServiceLine: string;
  readonly indicatorId: string;
  readonly lagYears: number; // from the end of the scale's year to the end of the outcome's; -1 for the reverse order
  readonly windowYears: number; // the scale is the mean of so many years
  readonly classes: "all" | "single-tier";
  readonly coverageFloorPct: number;
  readonly contractsWithoutCoverage: number; // where coverage is not defined
  readonly records: Records;
}

/** Which contracts make the scale: as judged, or with a judgement left out. Other than "as judged" needs core.contracts. */
export type Records =
  | "as judged"
  | "with unsure rows"
  | "with placeholders"
  | "with duplicates"
  | "without bodies that councils own";

const RECORDS: Readonly<Record<Exclude<Records, "as judged">, string>> = {
  "with unsure rows": "left_out_because is null or left_out_because = 'kind unsure'",
  "with placeholders": "left_out_because is null or left_out_because = 'placeholder'",
  "with duplicates": "left_out_because is null or left_out_because = 'duplicate'",
  "without bodies that councils own": "left_out_because is null and not list_contains(flags, 'delivery-body')"
};

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The SQL that makes the sample, as published beside its estimate: it runs on the published tables under the same names. */
export function sampleSql(sample: Sample): string {
  const {indicatorId, lagYears, windowYears, coverageFloorPct, contractsWithoutCoverage} = sample;
  const tier = sample.classes === "single-tier" ? "\n  and councils.tier = 'single'" : "";
  return `with scales as (
  ${scalesSql(sample)}
), windowed as (
  select gss, financial_year, coverage_pct, contract_count,
    avg(scale_value) over (partition by gss order by financial_year range between ${windowYears - 1} preceding and current row) as scale_value
  from scales
), outcomes as (
  select distinct gss, financial_year + lag_years as outcome_year, outcome_value, numerator, denominator, imd_score, population, rural_pct, class
  from marts.scale_and_outcome
  where indicator_id = ${quoted(indicatorId)} and outcome_value is not null
)
select outcomes.gss, coalesce(outcomes.class, councils.class, 'not stated') as class, outcomes.outcome_year as year,
  windowed.scale_value as scale, outcomes.outcome_value as outcome, outcomes.numerator, outcomes.denominator,
  coalesce(outcomes.imd_score, councils.imd_score) as imd_score, coalesce(outcomes.population, councils.population) as population,
  coalesce(outcomes.rural_pct, councils.rural_pct) as rural_pct, windowed.coverage_pct, windowed.contract_count
from outcomes
join windowed on windowed.gss = outcomes.gss and windowed.financial_year = outcomes.outcome_year - (${lagYears})
left join core.councils as councils on councils.gss = outcomes.gss
where (windowed.coverage_pct >= ${coverageFloorPct} or (windowed.coverage_pct is null and windowed.contract_count >= ${contractsWithoutCoverage}))
  and coalesce(councils.nation, 'England') = 'England'${tier}
order by outcomes.gss, year`;
}

/** Where each definition of local stands in marts.local_share. */
const LOCAL: Readonly<Record<LocalDefinition, {readonly definition: string; readonly value: string}>> = {
  local_count_pct: {definition: "same-council", value: "local_count_pct"},
  local_area_pct: {definition: "same-area", value: "local_gbp_pct"},
  local_region_pct: {definition: "same-region", value: "local_gbp_pct"},
  local_or_unknown_pct: {definition: "same-council", value: "local_gbp_pct + unknown_gbp_pct"}
};

const isLocalDefinition = (measure: ScaleMeasure): measure is LocalDefinition => measure in LOCAL;

function localSql(measure: LocalDefinition, serviceLine: string): string {
  const {definition, value} = LOCAL[measure];
  return `select local.gss, local.financial_year, ${value} as scale_value, local.contract_count, coverage.coverage_pct
  from marts.local_share as local
  left join marts.council_scale as coverage using (gss, service_line, financial_year)
  where local.definition = ${quoted(definition)} and local.service_line = ${quoted(serviceLine)} and local.contract_count >= 5 and ${value} is not null`;
}

function scalesSql({scaleMeasure, scaleServiceLine, records}: Sample): string {
  if (isLocalDefinition(scaleMeasure)) return localSql(scaleMeasure, scaleServiceLine);
  if (records === "as judged")
    return `select distinct gss, financial_year, scale_value, contract_count, coverage_pct
  from marts.scale_and_outcome
  where scale_measure = ${quoted(scaleMeasure)} and service_line = ${quoted(scaleServiceLine)} and scale_value is not null and contract_count >= 5
  union
  select gss, financial_year, ${scaleMeasure}::double, contract_count, coverage_pct
  from marts.council_scale
  where service_line = ${quoted(scaleServiceLine)} and ${scaleMeasure} is not null and contract_count >= 5
    and (gss, financial_year) not in (select (gss, financial_year) from marts.scale_and_outcome
      where scale_measure = ${quoted(scaleMeasure)} and service_line = ${quoted(scaleServiceLine)} and scale_value is not null)`;
  return `select gss, financial_year, min(size) filter (where 2 * up_to_here >= total)::double as scale_value,
    count(*) as contract_count, any_value(coverage_pct) as coverage_pct
  from (
    select contracts.council_gss as gss, years.financial_year, coverage.coverage_pct, contracts.annual_value_gbp as size,
      sum(years.in_year_gbp) over (cell order by contracts.annual_value_gbp, contract_id) as up_to_here, sum(years.in_year_gbp) over cell as total
    from core.contracts as contracts
    join core.contract_years as years using (contract_id)
    left join marts.council_scale as coverage on coverage.gss = contracts.council_gss
      and coverage.service_line = contracts.service_line and coverage.financial_year = years.financial_year
    where contracts.service_line = ${quoted(scaleServiceLine)} and contracts.council_gss is not null and (${RECORDS[records]})
      and in_force_in(contracts.terminated_on, years.financial_year)
    window cell as (partition by contracts.council_gss, years.financial_year)
  )
  group by gss, financial_year
  having count(*) >= 5`;
}

/** The rows of a sample. */
export async function readSample(warehouse: Warehouse, sql: string): Promise<PanelRow[]> {
  const rows = await warehouse.rows<Record<keyof PanelRow, unknown>>(sql);
  return rows.map((row) => ({
    gss: String(row.gss),
    class: String(row.class),
    year: Number(row.year),
    scale: Number(row.scale),
    outcome: Number(row.outcome),
    numerator: numberOrNull(row.numerator),
    denominator: numberOrNull(row.denominator),
    imd_score: numberOrNull(row.imd_score),
    population: numberOrNull(row.population),
    rural_pct: numberOrNull(row.rural_pct),
    coverage_pct: numberOrNull(row.coverage_pct),
    contract_count: Number(row.contract_count)
  }));
}

const numberOrNull = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));
