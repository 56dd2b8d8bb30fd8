-- One row per register and rule: how many published awards are the same award again, and what counting them twice would have added.
--
-- Source: core.contracts. The row with an empty rule is what is kept.
with counted as (
  select register_id, coalesce(duplicate_rule, '') as duplicate_rule, count(*)::integer as contract_count,
    try_cast(sum(value_published) filter (where currency = 'GBP') as decimal(18, 2)) as total_published_gbp
  from core.contracts
  group by all
)

select
  register_id,                                                   -- where the duplicate is published
  duplicate_rule,                                                -- the rule that recognised it; empty for what is kept
  contract_count,                                                -- rows it recognised
  total_published_gbp,                                           -- their published numbers added up
  100.0 * contract_count / sum(contract_count) over (partition by register_id) as share_of_register_pct -- of the register's rows
from counted
order by register_id, duplicate_rule
