-- One row per award state: the revenue-outturn line under which a council would book it, or that it cannot be told.
--
-- Source: core.award_states, core.buyers; reference.service_words (words of titles and descriptions, some for one kind of buyer only),
-- reference.cpv_service (longest CPV prefix). Words of the title decide first, because a CPV code often stands for everything social;
-- then the CPV code where it is narrow enough, then words at the start of the description.
-- Caveat: a line is where a council would book it, not where this one did. What nothing decides is ambiguous, and is counted.
with texts as materialized (
  select
    states.contract_id, states.cpv_code, coalesce(buyers.buyer_kind, 'other') as buyer_kind,
    plain_text(concat_ws(' . ', states.title, states.award_title)) as title,
    left(states.tender_description, 400) as opening
  from core.award_states as states
  left join core.buyers as buyers using (buyer_name)
  where is_wanted(states.contract_id)
),

-- Both macros are made from reference.service_words when the warehouse is built (pipeline/warehouse/wordRules.ts).
titled as materialized (
  select *, service_rule_of_title(title, buyer_kind) as title_priority from texts
),

ruled as materialized (
  select contract_id, cpv_code, title_priority, null::integer as text_priority from titled where title_priority is not null
  union all
  select contract_id, cpv_code, null, service_rule_of_opening(plain_text(opening), buyer_kind) from titled where title_priority is null
),

by_cpv as (
  select codes.cpv_code, prefixes.service_line, 'cpv-' || prefixes.cpv_prefix as rule
  from (select distinct cpv_code from texts) as codes
  join reference.cpv_service as prefixes on starts_with(codes.cpv_code, prefixes.cpv_prefix)
  qualify row_number() over (partition by codes.cpv_code order by length(prefixes.cpv_prefix) desc) = 1
),

judged as (
  select
    ruled.contract_id,
    case
      when by_title.rule is not null then {line: by_title.service_line, rule: 'title-' || by_title.rule}
      when by_cpv.service_line <> 'ambiguous' then {line: by_cpv.service_line, rule: by_cpv.rule}
      when by_text.rule is not null then {line: by_text.service_line, rule: 'text-' || by_text.rule}
      else {line: 'ambiguous', rule: coalesce(by_cpv.rule, 'no-cpv')}
    end as judgement
  from ruled
  left join reference.service_words as by_title on by_title.priority::integer = ruled.title_priority
  left join reference.service_words as by_text on by_text.priority::integer = ruled.text_priority
  left join by_cpv on by_cpv.cpv_code = ruled.cpv_code
)

select
  contract_id,                                                   -- core.award_states
  judgement.line as service_line,                                -- revenue-outturn line, capital-works, other or ambiguous
  judgement.rule as service_rule                                 -- the rule that decided
from judged
order by contract_id
