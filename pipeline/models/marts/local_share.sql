-- One row per council, service line, financial year and definition of local: how many contracts, and how much of their money, go to local suppliers.
--
-- Source: core.contracts that count in scale measures, core.contract_reach, core.contract_years.
-- Caveat: an address is mostly a head office. The true share lies between the local share and the local and unknown shares together.
with measured as (
  select
    contracts.council_gss as gss, contracts.service_line, years.financial_year, years.in_year_gbp,
    reach.same_council, reach.same_area, reach.same_region
  from core.contracts as contracts
  join core.contract_years as years using (contract_id)
  join core.contract_reach as reach using (contract_id)
  where contracts.left_out_because is null and in_force_in(contracts.terminated_on, years.financial_year)
),

defined as (
  unpivot measured on same_council, same_area, same_region into name definition value status
),

counted as (
  select
    gss, service_line, financial_year, replace(definition, '_', '-') as definition,
    count(*) as contract_count,
    count(*) filter (where status = 'local') as local_count,
    count(*) filter (where status = 'partly') as partly_count,
    count(*) filter (where status = 'elsewhere') as elsewhere_count,
    count(*) filter (where status = 'unknown') as unknown_count,
    sum(in_year_gbp) as total_in_year_gbp,
    coalesce(sum(in_year_gbp) filter (where status = 'local'), 0) as local_gbp,
    coalesce(sum(in_year_gbp) filter (where status = 'partly'), 0) as partly_gbp,
    coalesce(sum(in_year_gbp) filter (where status = 'elsewhere'), 0) as elsewhere_gbp,
    coalesce(sum(in_year_gbp) filter (where status = 'unknown'), 0) as unknown_gbp
  from defined
  group by all
)

select
  gss,                                                           -- the council that answers today
  service_line,                                                  -- core.contracts
  financial_year,                                                -- 2025 is 1 April 2024 to 31 March 2025
  definition,                                                    -- same-council, same-area (county or combined authority) or same-region
  contract_count::integer as contract_count,                     -- contracts and call-offs in force
  local_count::integer as local_count,                           -- those whose suppliers are all inside
  partly_count::integer as partly_count,                         -- some inside, some not
  elsewhere_count::integer as elsewhere_count,                   -- none inside
  unknown_count::integer as unknown_count,                       -- a supplier is not placed
  total_in_year_gbp,                                           -- their money in the year
  local_gbp,                                                   -- of which with local suppliers
  partly_gbp,                                                  -- of which with suppliers inside and outside
  elsewhere_gbp,                                               -- of which with suppliers elsewhere
  unknown_gbp,                                                 -- of which not known
  case when contract_count >= 5 then 100.0 * local_count / contract_count end as local_count_pct, -- of contracts; null below five
  case when contract_count >= 5 then 100.0 * unknown_count / contract_count end as unknown_count_pct, -- of contracts; null below five
  case when contract_count >= 5 then 100.0 * local_gbp / nullif(total_in_year_gbp, 0) end as local_gbp_pct, -- of money; null below five
  case when contract_count >= 5 then 100.0 * unknown_gbp / nullif(total_in_year_gbp, 0) end as unknown_gbp_pct -- of money; null below five
from counted
order by gss, service_line, financial_year, definition
