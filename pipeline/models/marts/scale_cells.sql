-- One row per council, service line and financial year with any contract: every scale measure, whatever the number of contracts.
--
-- Source: core.contracts and core.contract_years. Only rows with left_out_because null are measured; the others are counted.
-- Caveat: below five contracts these measures may be drawn hollow and are never analysed; marts.council_scale applies that gate.
with measured as (
  select
    contracts.council_gss as gss, contracts.service_line, years.financial_year, contracts.contract_id,
    contracts.annual_value_gbp, years.in_year_gbp, contracts.supplier_key, contracts.supplier_count, contracts.value_kind
  from core.contracts as contracts
  join core.contract_years as years using (contract_id)
  where contracts.left_out_because is null
    and in_force_in(contracts.terminated_on, years.financial_year)
),

cumulated as (
  select
    *,
    sum(in_year_gbp) over (cell order by annual_value_gbp, contract_id) as up_to_here_gbp,
    sum(in_year_gbp) over cell as total_gbp
  from measured
  window cell as (partition by gss, service_line, financial_year)
),

cells as (
  select
    gss, service_line, financial_year,
    count(*) as contract_count,
    sum(in_year_gbp) as total_in_year_gbp,
    median(annual_value_gbp)::decimal(18, 2) as median_annual_gbp,
    min(annual_value_gbp) filter (where up_to_here_gbp * 2 >= total_gbp) as typical_pound_gbp,
    100.0 * sum(in_year_gbp) filter (where annual_value_gbp > 1000000) / nullif(sum(in_year_gbp), 0) as over_1m_pct,
    100.0 * sum(in_year_gbp) filter (where annual_value_gbp > 5000000) / nullif(sum(in_year_gbp), 0) as over_5m_pct,
    100.0 * max(in_year_gbp) / nullif(sum(in_year_gbp), 0) as largest_pct,
    count(*) filter (where value_kind = 'call-off') as call_off_count,
    100.0 * sum(in_year_gbp) filter (where supplier_count <> 1) / nullif(sum(in_year_gbp), 0) as hhi_left_out_pct
  from cumulated
  group by all
),

single_suppliers as (
  select gss, service_line, financial_year, supplier_key, sum(in_year_gbp) as supplier_gbp
  from measured
  where supplier_count = 1
  group by all
),

concentration as (
  select
    gss, service_line, financial_year,
    count(*) as supplier_count,
    -- Exact squares: floating-point sums depend on the order in which threads add them up.
    sum(supplier_gbp::decimal(38, 2) * supplier_gbp::decimal(38, 2))::double
      / nullif((sum(supplier_gbp)::decimal(38, 2) * sum(supplier_gbp)::decimal(38, 2))::double, 0) as supplier_hhi
  from single_suppliers
  group by all
),

-- A row without a usable term has no years of its own: it is counted in the year it was published.
left_out as (
  select
    council_gss as gss, service_line,
    unnest(case when term_days is null then [financial_year(published_on)]
      else generate_series(financial_year(starts_on), financial_year(ends_on)) end) as financial_year,
    value_kind
  from core.contracts
  where left_out_because is not null and council_gss is not null and duplicate_of is null
),

counted as (
  select
    gss, service_line, financial_year::integer as financial_year,
    count(*) as left_out_count,
    count(*) filter (where value_kind in ('framework-ceiling', 'dynamic-market-ceiling')) as framework_count
  from left_out
  group by all
)

select
  gss,                                                           -- the council that answers today
  service_line,                                                  -- core.contracts
  financial_year,                                                -- 2025 is 1 April 2024 to 31 March 2025
  coalesce(cells.contract_count, 0)::integer as contract_count,         -- contracts and call-offs in force
  coalesce(concentration.supplier_count, 0)::integer as supplier_count,   -- suppliers that hold one alone
  cells.total_in_year_gbp,                                       -- their money in the year
  cells.median_annual_gbp,                                       -- half of the contracts are larger
  cells.typical_pound_gbp,                                       -- half of the money is in contracts at most this large
  case when cells.contract_count is not null then coalesce(cells.over_1m_pct, 0) end as over_1m_pct, -- share of the money in contracts over £1m a year
  case when cells.contract_count is not null then coalesce(cells.over_5m_pct, 0) end as over_5m_pct, -- share of the money in contracts over £5m a year
  cells.largest_pct,                                             -- share of the money in the largest contract
  concentration.supplier_hhi,                                    -- Herfindahl-Hirschman index of single suppliers' money, 0 to 1
  case when cells.contract_count is not null then coalesce(cells.hhi_left_out_pct, 0) end as hhi_left_out_pct, -- share of the money outside that index
  coalesce(counted.framework_count, 0)::integer as framework_count,       -- framework and dynamic-market ceilings, never added to money
  coalesce(cells.call_off_count, 0)::integer as call_off_count,           -- of contract_count
  coalesce(counted.left_out_count, 0)::integer as left_out_count          -- rows outside the measures, see left_out_because
from cells
full join counted using (gss, service_line, financial_year)
left join concentration using (gss, service_line, financial_year)
order by gss, service_line, financial_year
