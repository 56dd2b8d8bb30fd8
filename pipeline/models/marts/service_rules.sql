-- One row per rule that decides a service line and line it decides on: how many contracts and how much money rest on it.
--
-- Source: core.contracts, without duplicates; reference.rule_accuracy. The share that stays ambiguous is the row with service_line ambiguous.
with kept as (
  select service_rule, service_line, count(*)::integer as contract_count, try_cast(sum(value_gbp) as decimal(18, 2)) as total_value_gbp
  from core.contracts
  where duplicate_of is null
  group by all
)

select
  kept.service_rule,                                             -- the rule that decided
  kept.service_line,                                             -- on this line
  kept.contract_count,                                           -- contracts it decided
  kept.total_value_gbp,                                          -- their values, ceilings among them: for weighing the rule, never a spend
  100.0 * kept.contract_count / (select sum(contract_count) from kept) as share_of_contracts_pct, -- of all contracts
  100 * kept.total_value_gbp::double / nullif((select sum(total_value_gbp) from kept), 0) as share_of_value_pct, -- of all values
  coalesce(accuracy.labelled_count::integer, 0) as labelled_count, -- labelled awards it decided
  coalesce(accuracy.right_count::integer, 0) as right_count      -- of them, as labelled
from kept
left join reference.rule_accuracy as accuracy on accuracy.judgement = 'service_line' and accuracy.rule = kept.service_rule
order by service_rule, service_line
