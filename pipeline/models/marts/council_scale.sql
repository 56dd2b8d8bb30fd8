-- One row per council, service line and financial year: how large its contracts in force were. Every dot on a scale chart is a row here.
--
-- Source: marts.scale_cells; coverage from running expenses in core.observations.
-- Caveat: fewer than five contracts give no measure, and the reason. What is published is not what is spent.
with running as (
  select council_gss as gss, replace(indicator_id, 'running-expenses-', '') as service_line, financial_year, value * 1000 as running_expenses_gbp
  from core.observations
  where starts_with(indicator_id, 'running-expenses-') and council_gss is not null
),

-- A year that the GDP deflator at hand does not cover has no real terms.
deflator as (
  select
    version, price_year, financial_year,
    index_number / (select max(index_number) from marts.deflator where financial_year = price_year) as price_level
  from marts.deflator
)

select
  cells.gss,                                                     -- the council that answers today
  cells.service_line,                                            -- core.contracts
  cells.financial_year,                                          -- 2025 is 1 April 2024 to 31 March 2025
  cells.contract_count,                                          -- contracts and call-offs in force
  case when cells.contract_count >= 5 then cells.supplier_count end as supplier_count, -- suppliers that hold one alone
  cells.total_in_year_gbp,                                       -- their money in the year
  case when cells.contract_count >= 5 then cells.median_annual_gbp end as median_annual_gbp, -- half of the contracts are larger
  case when cells.contract_count >= 5 then cells.typical_pound_gbp end as typical_pound_gbp, -- half of the money is in contracts at most this large
  case when cells.contract_count >= 5 then cells.over_1m_pct end as over_1m_pct, -- share of the money in contracts over £1m a year
  case when cells.contract_count >= 5 then cells.over_5m_pct end as over_5m_pct, -- share of the money in contracts over £5m a year
  case when cells.contract_count >= 5 then cells.largest_pct end as largest_pct, -- share of the money in the largest contract
  case when cells.contract_count >= 5 then cells.supplier_hhi end as supplier_hhi, -- Herfindahl-Hirschman index of single suppliers' money, 0 to 1
  case when cells.contract_count >= 5 then cells.hhi_left_out_pct end as hhi_left_out_pct, -- share of the money outside that index
  local.local_gbp_pct as local_pct,                              -- share of the money with suppliers in the council's own area; a floor, see local_unknown_pct
  local.unknown_gbp_pct as local_unknown_pct,                    -- share of the money whose suppliers are not placed: local_pct could be higher by this much
  (cells.total_in_year_gbp / deflator.price_level)::decimal(18, 2) as total_in_year_real_gbp, -- the same in the prices that price_basis names; null in cash terms only
  case when cells.contract_count >= 5 then (cells.median_annual_gbp / deflator.price_level)::decimal(18, 2) end as median_annual_real_gbp, -- the same
  case when cells.contract_count >= 5 then (cells.typical_pound_gbp / deflator.price_level)::decimal(18, 2) end as typical_pound_real_gbp, -- the same
  case when deflator.price_level is null then 'cash terms: no GDP deflator at hand for the year'
    else 'prices of ' || deflator.price_year || ', GDP deflator ' || deflator.version end as price_basis, -- which prices the real columns are in
  cells.framework_count,                                         -- framework and dynamic-market ceilings, never added to money
  cells.call_off_count,                                          -- of contract_count
  cells.left_out_count,                                          -- rows outside the measures, see left-out
  case
    when cells.service_line in ('education', 'housing-homelessness', 'capital-works', 'police', 'fire', 'other', 'ambiguous') then null
    else 100.0 * cells.total_in_year_gbp / nullif(running.running_expenses_gbp, 0)
  end as coverage_pct,                                           -- published contracts as a share of running expenses, never of spend; not capped
  case
    when cells.service_line in ('education', 'housing-homelessness', 'capital-works', 'police', 'fire', 'other', 'ambiguous')
      then 'not defined for this service line'
    when coalesce(running.running_expenses_gbp, 0) = 0 then 'no running expenses at hand for the year'
    else 'revenue outturn running expenses'
  end as coverage_basis,                                         -- what coverage_pct is a share of, or why it is null
  coalesce(100.0 * cells.total_in_year_gbp / nullif(running.running_expenses_gbp, 0) > 100, false)
    and cells.service_line not in ('education', 'housing-homelessness', 'capital-works', 'police', 'fire', 'other', 'ambiguous')
    as is_coverage_over_100,                                     -- more contracts in the year than running expenses: look before quoting
  case when cells.contract_count < 5
    then 'fewer than 5 contracts in force: ' || cells.contract_count end as not_measured_reason -- null when measured
from marts.scale_cells as cells
left join running using (gss, service_line, financial_year)
left join (
  select gss, service_line, financial_year, local_gbp_pct, unknown_gbp_pct from marts.local_share where definition = 'same-council'
) as local using (gss, service_line, financial_year)
left join deflator on deflator.financial_year = cells.financial_year
order by cells.gss, cells.service_line, cells.financial_year
