-- One row per rule that decides a service line and line it decides on: how many contracts and how much money rest on it.
--
-- Source: core.contracts, without duplicates. The share that stays ambiguous is the row with service_line ambiguous.
with kept as (
  select service_rule, service_line, value_gbp
  from core.contracts
  where duplicate_of is null
)

select
  service_rule,                                                  -- the rule that decided
  service_line,                                                  -- on this line
  count(*)::integer as contract_count,                           -- contracts
  sum(value_gbp)::decimal(18, 2) as total_value_gbp,             -- their values, ceilings among them: for weighing the rule, never a spend
  100.0 * count(*) / sum(count(*)) over () as share_of_contracts_pct, -- of all contracts
  100.0 * sum(value_gbp) / nullif(sum(sum(value_gbp)) over (), 0) as share_of_value_pct -- of all values
from kept
group by all
order by service_rule, service_line
