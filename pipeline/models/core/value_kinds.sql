-- One row per award state: what its published number is a number for. First rule that holds decides, structured fields before text.
--
-- Source: core.award_states. The rules stand in the order in which they are tried.
-- Caveat: a first version; a row marked unsure is held out of every scale measure and counted as left out.
with evidence as (
  select
    *,
    lower(concat_ws(' ', title, award_title)) as words,
    lower(coalesce(procedure, '')) as method,
    coalesce(value_amount, value_amount_gross) as amount
  from core.award_states
),

decided as (
  select
    contract_id,
    case
      when award_status in ('unsuccessful', 'cancelled') then 'status-says-not-awarded'
      when names_nobody then 'supplier-says-not-awarded'
      when amount is null then 'no-amount'
      when amount <= 1 then 'amount-of-at-most-one'
      when amount in (12345, 123456, 1234567, 12345678, 123456789, 1234567890, 99999999, 999999999) then 'amount-is-a-keyboard-run'
      when regexp_matches(method, 'call.?off from a dynamic|further competition.*\bdps\b') then 'method-calls-off-a-dynamic-market'
      when regexp_matches(method, 'call.?off from a framework|award under framework|direct award from a framework|further competition.*framework')
        then 'method-calls-off-a-framework'
      when has_dynamic_purchasing_system then 'technique-is-a-dynamic-market'
      when has_framework_agreement then 'technique-is-a-framework'
      when regexp_matches(words, '\bconcessions?\b') then 'title-says-concession'
      when regexp_matches(words, '\bgrants?\b') and not regexp_matches(words, 'grants? (management|software|system|administration)') then 'title-says-grant'
      when regexp_matches(words, 'call.?off|mini.?comp|further competition|under (the )?(\w+ )*framework|via (the )?(\w+ )*framework') then 'title-calls-off'
      when regexp_matches(words, '\bdps\b|dynamic purchasing|dynamic market') then 'title-says-dynamic-market'
      when regexp_matches(words, '\bframework\b') and supplier_count <> 1 then 'title-says-framework-of-several'
      when regexp_matches(words, '\bframework\b') then 'title-says-framework-of-one'
      when supplier_count >= 5 then 'one-number-for-five-or-more'
      when supplier_count >= 2 then 'one-number-for-several'
      else 'nothing-else-holds'
    end as rule
  from evidence
)

select
  contract_id,                                                   -- core.award_states
  case
    when rule in ('status-says-not-awarded', 'supplier-says-not-awarded') then 'not-awarded'
    when rule = 'no-amount' then 'missing'
    when rule in ('amount-of-at-most-one', 'amount-is-a-keyboard-run') then 'placeholder'
    when rule in ('method-calls-off-a-dynamic-market', 'method-calls-off-a-framework', 'title-calls-off') then 'call-off'
    when rule in ('technique-is-a-dynamic-market', 'title-says-dynamic-market') then 'dynamic-market-ceiling'
    when rule in ('technique-is-a-framework', 'title-says-framework-of-several', 'title-says-framework-of-one', 'one-number-for-five-or-more') then 'framework-ceiling'
    when rule = 'title-says-concession' then 'concession'
    when rule = 'title-says-grant' then 'grant'
    else 'contract'
  end as value_kind,                                             -- what the number is a number for
  rule as value_kind_rule,                                       -- the rule that decided
  rule in ('title-says-framework-of-one', 'one-number-for-five-or-more', 'one-number-for-several') as is_kind_unsure -- held out of scale measures
from decided
