-- One row per award state: what its published number is a number for. The first rule that holds decides.
--
-- Source: core.award_states, core.buyers, core.councils; reference.value_kind_rules says in words what each rule means, which kind it
-- gives and whether that is sure. Order: nobody chosen, no number, not a price, structured fields, title, description, number of suppliers.
-- Caveat: a row marked unsure is held out of every scale measure and counted as left out.
with evidence as (
  select
    states.*,
    lower(coalesce(states.procedure, '')) as method,
    coalesce(states.value_amount, states.value_amount_gross) as amount,
    coalesce(states.value_amount, states.value_amount_gross, 0) <= 1 as has_no_price,
    greatest(coalesce(states.tender_value_low, 0), coalesce(states.tender_value_high, 0)) as estimate,
    coalesce(days_inclusive(states.starts_on, states.ends_on), 366) as days,
    case when days_inclusive(states.starts_on, states.ends_on) between 366 and 60 * 366
      then days_inclusive(states.starts_on, states.ends_on) / 365 else 1 end as years,
    councils.population
  from core.award_states as states
  left join core.buyers as buyers using (buyer_name)
  left join core.councils as councils on councils.gss = buyers.gss
  where is_wanted(states.contract_id)
),

marked as (
  select
    *,
    list_contains(text_marks, 'title-framework') as title_framework,
    list_contains(text_marks, 'title-dynamic-market') as title_dynamic,
    list_contains(text_marks, 'title-list') as title_list,
    list_contains(text_marks, 'title-calls-off') or list_contains(text_marks, 'title-from-framework')
      or (list_contains(text_marks, 'title-names-framework') and supplier_count <= 1) as title_calls_off,
    list_contains(text_marks, 'text-sets-up-framework') or list_contains(text_marks, 'text-sets-up-list') as text_sets_up,
    list_contains(text_marks, 'text-sets-up-dynamic-market') as text_sets_up_dynamic,
    list_contains(text_marks, 'text-calls-off') or list_contains(text_marks, 'text-from-named-framework') as text_calls_off,
    list_contains(text_marks, 'title-market-engagement') or list_contains(text_marks, 'text-market-engagement') as market_engagement,
    list_contains(text_marks, 'title-not-awarded') or (list_contains(text_marks, 'text-not-awarded') and supplier_count <= 1) as says_not_awarded,
    regexp_matches(method, 'call.?off.?from.?(a.?)?dynamic|further competition.*\bdps\b') as method_dynamic,
    regexp_matches(method, 'call.?off.?from.?(a.?)?framework|award under.*framework|direct award from a framework|further competition.*framework') as method_framework,
    -- A ceiling is a round guess; a price seldom is.
    amount >= 1000 and amount % 1000 = 0 as is_round,
    -- Digits typed rather than a price: one digit over and over, or a run along the keyboard.
    (amount >= 11111 and amount = floor(amount) and len(list_distinct(string_split(amount::bigint::varchar, ''))) = 1
      and (amount >= 100000 or amount in (11111, 99999)))
      or starts_with('1234567890', amount::bigint::varchar) and amount >= 1234 and amount = floor(amount) as is_keyboard_run
  from evidence
),

-- A procedure may be filled in wrongly: ten suppliers under the name of a framework are the framework.
weighed as (
  select *, supplier_count >= 10 and not title_calls_off and (title_framework or title_dynamic or title_list) as names_a_list_of_many
  from marked
),

decided as (
  select
    contract_id,
    list_filter([
      case when award_status in ('unsuccessful', 'cancelled') then 'status-says-not-awarded' end,
      case when names_nobody then 'supplier-says-not-awarded' end,
      case when says_not_awarded and has_no_price then 'text-says-not-awarded' end,
      case when market_engagement and has_no_price then 'market-engagement-without-price' end,
      case when names_nothing and has_no_price and amount is not null then 'no-supplier-and-no-price' end,
      case when amount is null then 'no-amount' end,
      case when list_contains(text_marks, 'title-concession') then 'title-says-concession' end,
      case when list_contains(text_marks, 'text-concession') then 'text-says-concession' end,
      case when amount <= 1 then 'amount-of-at-most-one' end,
      case when amount < 10 then 'amount-under-ten' end,
      case when amount < 100 and (days > 31 or supplier_count > 1) then 'amount-too-small-for-its-term' end,
      case when is_keyboard_run then 'amount-is-a-keyboard-run' end,
      -- An estimate may be for one year, so the years of the contract are allowed for.
      case when amount >= 1000000 and estimate >= 1000 and amount >= 20 * estimate::double and amount >= 10 * years * estimate::double
        then 'amount-far-above-its-estimate' end,
      case when has_parent_framework then 'related-process-is-a-framework' end,
      case when method_dynamic and not names_a_list_of_many then 'method-calls-off-a-dynamic-market' end,
      case when method_framework and not names_a_list_of_many then 'method-calls-off-a-framework' end,
      case when has_dynamic_purchasing_system or list_has_any(notice_types, ['UK13', 'UK14', 'UK15', 'UK16']) then 'technique-is-a-dynamic-market' end,
      case when has_framework_agreement then 'technique-is-a-framework' end,
      case when list_contains(text_marks, 'title-grant') then 'title-says-grant' end,
      case when title_calls_off then 'title-calls-off' end,
      case when title_dynamic and (supplier_count <> 1 or text_sets_up_dynamic) then 'title-says-dynamic-market' end,
      case when title_dynamic and text_calls_off then 'title-says-dynamic-market-text-calls-off' end,
      case when title_dynamic and is_round then 'title-says-dynamic-market-of-one' end,
      case when title_dynamic then 'title-says-dynamic-market-exact-amount' end,
      case when title_list then 'title-says-list' end,
      case when title_framework and (supplier_count <> 1 or withholds_names or text_sets_up) then 'title-says-framework' end,
      case when title_framework and text_calls_off then 'title-says-framework-text-calls-off' end,
      case when title_framework and is_round then 'title-says-framework-of-one' end,
      case when title_framework then 'title-says-framework-exact-amount' end,
      case when text_calls_off and not text_sets_up and not text_sets_up_dynamic then 'text-calls-off' end,
      case when text_calls_off and supplier_count = 1 then 'text-calls-off-and-sets-up' end,
      case when text_sets_up_dynamic then 'text-sets-up-dynamic-market' end,
      case when text_sets_up then 'text-sets-up-framework' end,
      case when amount >= 100000 and disagrees_by_power_of_ten(amount, stated_amounts || [tender_value_low, tender_value_high], years)
        then 'amount-off-by-a-power-of-ten' end,
      case when population > 0 and amount / years > 400 * population then 'amount-beyond-its-council' end,
      case when supplier_count >= 10 and coalesce(related_lot_count, 0) < supplier_count then 'one-number-for-ten-or-more' end,
      case when supplier_count >= 2 then 'one-number-for-several' end,
      case when withholds_names then 'supplier-not-named' end,
      'nothing-else-holds'
    ], rule -> rule is not null)[1] as rule
  from weighed
)

select
  decided.contract_id,                                           -- core.award_states
  rules.value_kind,                                              -- what the number is a number for
  decided.rule as value_kind_rule,                               -- the rule that decided
  rules.is_unsure::boolean as is_kind_unsure                     -- held out of scale measures
from decided
left join reference.value_kind_rules as rules using (rule)
order by decided.contract_id
