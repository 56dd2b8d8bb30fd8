-- One row per rule that decides what a published number is a number for, in the order in which the rules are tried.
--
-- Source: reference.value_kind_rules, reference.rule_accuracy, core.contracts. labelled_count and right_count are how often the rule decided, and decided right,
-- on awards that a person has labelled; few rules have many labels, and none at all is shown as none.
with decided as (
  select value_kind_rule as rule, count(*)::integer as contract_count,
    count(*) filter (where duplicate_of is null)::integer as kept_count,
    try_cast(sum(value_published) filter (where currency = 'GBP') as decimal(18, 2)) as total_published_gbp
  from core.contracts
  group by all
)

select
  row_number() over (order by rules.rowid)::integer as rule_number,                 -- place in the order
  rules.rule,                                                    -- value_kind_rule of core.contracts
  rules.value_kind,                                              -- the kind it decides on
  rules.is_unsure::boolean as is_unsure,                         -- what it decides is held out of scale measures
  rules.says,                                                    -- the rule in a sentence
  coalesce(decided.contract_count, 0) as contract_count,         -- rows it decided
  coalesce(decided.kept_count, 0) as kept_count,                 -- of them, not duplicates
  decided.total_published_gbp,                                   -- their published numbers added up: for weighing the rule, never a spend
  coalesce(accuracy.labelled_count::integer, 0) as labelled_count, -- labelled awards it decided
  coalesce(accuracy.right_count::integer, 0) as right_count      -- of them, as labelled
from reference.value_kind_rules as rules
left join decided using (rule)
left join reference.rule_accuracy as accuracy on accuracy.judgement = 'value_kind' and accuracy.rule = rules.rule
order by rule_number
