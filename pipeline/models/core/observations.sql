-- One row per indicator, council and period: quarters as published, years as published or made of all four quarters.
--
-- Source: core.published_observations without England; reference.population for what is per resident; reference.tiers.
-- Caveat: the code is the one in force then; council_gss is filled only where it is the same council all along.
with councils_only as (
  select * from core.published_observations where not is_national
),

declared as (
  select indicator_id, per, interval_method, period_type, tier, service_line, derived_from, derived_times, derived_population
  from reference.indicators
),

-- Counts of the four quarters of a financial year, added; a year with fewer is missing, and says how many there are.
from_quarters as (
  select
    indicator_id,
    gss,
    'year' as period_type,
    make_date(min(financial_year(period_end_on)) - 1, 4, 1) as period_start_on,
    make_date(min(financial_year(period_end_on)), 3, 31) as period_end_on,
    financial_year_name(min(financial_year(period_end_on))) as period,
    case when count(published_value) = 4 and sum(denominator) > 0 then any_value(indicators.per) * sum(numerator) / sum(denominator) end
      as published_value,
    case when count(published_value) = 4 then sum(numerator) end as numerator,
    case when count(published_value) = 4 then sum(denominator) end as denominator,
    case when count(published_value) = 4 and sum(denominator) > 0 then null
      else concat_ws(': ', count(published_value) || ' of 4 quarters', string_agg(distinct missing_reason, ' ' order by missing_reason))
    end as missing_reason,
    string_agg(distinct source_sha256, ' ' order by source_sha256) as source_sha256,
    bool_or(is_embedded) as is_embedded
  from councils_only
  join declared as indicators using (indicator_id)
  where indicators.period_type = 'quarter'
  group by indicator_id, gss, financial_year(period_end_on)
),

-- A stock is that of the year's last day.
from_last_day as (
  select councils_only.* exclude (is_national)
    replace (
      'year' as period_type,
      make_date(year(period_end_on) - 1, 4, 1) as period_start_on,
      financial_year_name(year(period_end_on)) as period
    )
  from councils_only
  join declared as indicators using (indicator_id)
  where indicators.period_type = 'quarter-end-stock' and month(period_end_on) = 3
),

-- Residents by age; adults are everybody less those under 18, of the same day, where no source states them.
residents as (
  select gss, population_on::date as population_on, age_group, residents::double as residents from reference.population
  union all
  select everybody.gss, everybody.population_on::date, '18-and-over', everybody.residents::double - children.residents::double
  from reference.population as everybody
  join reference.population as children
    on children.gss = everybody.gss and children.population_on = everybody.population_on and children.age_group = 'under-18'
  where everybody.age_group = 'all'
    and (everybody.gss, everybody.population_on) not in (select (gss, population_on) from reference.population where age_group = '18-and-over')
),

-- Money over residents of the age that a service is for, in the middle of the year.
per_resident as (
  select
    indicators.indicator_id,
    money.gss,
    money.period_type,
    money.period_start_on,
    money.period_end_on,
    money.period,
    indicators.derived_times * money.published_value / population.residents as published_value,
    indicators.derived_times * money.published_value as numerator,
    population.residents as denominator,
    case when money.published_value is null then money.missing_reason
      when population.residents is null then 'no population at hand' end as missing_reason,
    money.source_sha256,
    money.is_embedded
  from councils_only as money
  join declared as indicators on indicators.derived_from = money.indicator_id
  left join residents as population
    on population.gss = money.gss and population.age_group = indicators.derived_population
    and population.population_on between money.period_start_on and money.period_end_on
  where money.gss in (select gss from residents where age_group = indicators.derived_population)
),

together as (
  select * exclude (is_national) from councils_only
  union all by name select * from from_quarters
  union all by name select * from from_last_day
  union all by name select * from per_resident
),

-- A zero for a service that the council does not run is no zero.
applicable as (
  select
    together.*,
    case when coalesce(together.published_value, 0) = 0 and tiers.gss is not null
      then concat('not run here: run by ', coalesce(tiers.body_name, 'another body'), ' (' || tiers.run_by || ')')
      when coalesce(together.published_value, 0) = 0 and councils.valid_to is not null and councils.tier = 'lower' and indicators.tier = 'upper'
        then 'not run here: run by its county council'
    end as not_run_reason,
    indicators.per,
    indicators.interval_method,
    councils.is_recode_only,
    councils.council_gss as answering_gss
  from together
  join declared as indicators using (indicator_id)
  left join core.councils as councils using (gss)
  left join reference.tiers as tiers
    on tiers.gss = together.gss and tiers.service_line = indicators.service_line and tiers.run_by is distinct from together.gss
),

computed as (
  select
    *,
    case
      when published_value is null or not_run_reason is not null then null
      when per is not null and denominator > 0 and numerator is not null then per * numerator / denominator
      else published_value
    end as number
  from applicable
)

select
  computed.indicator_id,                                         -- reference.indicators
  computed.gss,                                                  -- the council as it was
  case when computed.is_recode_only then computed.answering_gss end as council_gss, -- the same council's code today; null when it was merged or split
  computed.period_start_on,                                      -- inclusive
  computed.period_end_on,                                        -- inclusive
  computed.period,                                               -- 2024-25 is the financial year to 31 March 2025, 2025-Q3 a calendar quarter
  computed.period_type,                                          -- year or quarter
  case when computed.period_type = 'year' then financial_year(computed.period_end_on)::integer end as financial_year, -- the one it counts for; null for a quarter, which counts as one of four
  computed.number as value,                                      -- in the indicator's unit, from the counts where both are published; null when missing
  computed.published_value,                                      -- the publisher's own, rounded by it; a sum of quarters has none but ours
  computed.numerator,                                            -- as published, or the sum of four quarters
  computed.denominator,                                          -- as published, or the sum of four quarters
  case when computed.number is not null then case computed.interval_method
    when 'wilson' then computed.per * wilson_low(computed.numerator, computed.denominator)
    when 'byar' then computed.per * byar_low(computed.numerator) / nullif(computed.denominator, 0) end end as low_95, -- 95 % interval; null without counts
  case when computed.number is not null then case computed.interval_method
    when 'wilson' then computed.per * wilson_high(computed.numerator, computed.denominator)
    when 'byar' then computed.per * byar_high(computed.numerator) / nullif(computed.denominator, 0) end end as high_95, -- 95 % interval; null without counts
  case when computed.number is not null and computed.interval_method not like 'none%'
      and (computed.numerator is null or computed.denominator is null)
    then 'none: counts not published' else computed.interval_method end as interval_method, -- wilson for proportions, byar for counts, or none and why
  case when computed.number is null then coalesce(computed.not_run_reason, computed.missing_reason) end as missing_reason, -- the publisher's symbol, or ours in words, when value is null
  computed.source_sha256,                                        -- SHA-256 of the publisher's file; several for a sum of quarters
  computed.is_embedded                                           -- from the embedded snapshot: the file is not included
from computed
order by computed.indicator_id, computed.gss, computed.period
