-- One row per award state: the revenue-outturn line under which a council would book it, or that it cannot be told.
--
-- Source: core.award_states, core.buyers; reference.service_words (words of titles and descriptions, some for one kind of buyer only),
-- reference.cpv_service (longest CPV prefix). Words of the title decide first, because a CPV code often stands for everything social;
-- then the CPV code where it is narrow enough, then words at the start of the description.
-- Caveat: a line is where a council would book it, not where this one did. What nothing decides is ambiguous, and is counted.
with texts as (
  select
    states.contract_id, states.cpv_code, coalesce(buyers.buyer_kind, 'other') as buyer_kind,
    plain_text(concat_ws(' . ', states.title, states.award_title)) as title,
    plain_text(left(states.tender_description, 400)) as opening
  from core.award_states as states
  left join core.buyers as buyers using (buyer_name)
),

words as (
  select rule, service_line, scope, pattern, priority::integer as priority, string_split(buyer_kinds, ' ') as buyer_kinds
  from reference.service_words
),

by_title as (
  select texts.contract_id, words.service_line, 'title-' || words.rule as rule
  from texts
  join words on words.scope <> 'text' and (words.buyer_kinds is null or list_contains(words.buyer_kinds, texts.buyer_kind))
    and regexp_matches(texts.title, words.pattern)
  qualify row_number() over (partition by texts.contract_id order by words.priority) = 1
),

by_text as (
  select texts.contract_id, words.service_line, 'text-' || words.rule as rule
  from texts
  join words on words.scope <> 'title' and (words.buyer_kinds is null or list_contains(words.buyer_kinds, texts.buyer_kind))
    and regexp_matches(texts.opening, words.pattern)
  where texts.contract_id not in (select contract_id from by_title)
  qualify row_number() over (partition by texts.contract_id order by words.scope = 'text' desc, words.priority) = 1
),

by_cpv as (
  select texts.contract_id, prefixes.service_line, 'cpv-' || prefixes.cpv_prefix as rule
  from texts
  join reference.cpv_service as prefixes on starts_with(texts.cpv_code, prefixes.cpv_prefix)
  qualify row_number() over (partition by texts.contract_id order by length(prefixes.cpv_prefix) desc) = 1
),

judged as (
  select
    texts.contract_id,
    case
      when by_title.contract_id is not null then {line: by_title.service_line, rule: by_title.rule}
      when by_cpv.service_line <> 'ambiguous' then {line: by_cpv.service_line, rule: by_cpv.rule}
      when by_text.contract_id is not null then {line: by_text.service_line, rule: by_text.rule}
      else {line: 'ambiguous', rule: coalesce(by_cpv.rule, 'no-cpv')}
    end as judgement
  from texts
  left join by_title using (contract_id)
  left join by_text using (contract_id)
  left join by_cpv using (contract_id)
)

select
  contract_id,                                                   -- core.award_states
  judgement.line as service_line,                                -- revenue-outturn line, capital-works, other or ambiguous
  judgement.rule as service_rule                                 -- the rule that decided
from judged
order by contract_id
