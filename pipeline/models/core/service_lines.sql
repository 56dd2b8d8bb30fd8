-- One row per award state: the revenue-outturn line under which a council would book it, or that it cannot be told.
--
-- Source: core.award_states, reference.cpv_service (longest CPV prefix), reference.service_words (titles, where CPV is too broad).
-- Caveat: a first version. Half of the awards carry a CPV code that stands for everything social; a title then decides, or nothing does.
with by_cpv as (
  select states.contract_id, prefixes.service_line, 'cpv-' || prefixes.cpv_prefix as rule
  from core.award_states as states
  join reference.cpv_service as prefixes on starts_with(states.cpv_code, prefixes.cpv_prefix)
  qualify row_number() over (partition by states.contract_id order by length(prefixes.cpv_prefix) desc) = 1
),

by_words as (
  select states.contract_id, words.service_line, 'title-' || words.rule as rule
  from core.award_states as states
  join reference.service_words as words on regexp_matches(lower(concat_ws(' ', states.title, states.award_title)), words.pattern)
  qualify row_number() over (partition by states.contract_id order by words.priority::integer) = 1
)

select
  states.contract_id,                                            -- core.award_states
  case
    when by_cpv.service_line <> 'ambiguous' then by_cpv.service_line
    else coalesce(by_words.service_line, 'ambiguous')
  end as service_line,                                           -- revenue-outturn line, capital-works, other or ambiguous
  case
    when by_cpv.service_line <> 'ambiguous' then by_cpv.rule
    else coalesce(by_words.rule, by_cpv.rule, 'no-cpv')
  end as service_rule                                            -- the rule that decided
from core.award_states as states
left join by_cpv using (contract_id)
left join by_words using (contract_id)
