-- One row per indicator, council of today and financial year: the council's own figure, or the sum of the councils it was made of.
--
-- Source: core.observations, core.councils, reference.succession.
-- Caveat: only counts and money are added, and only where every predecessor went to today's council whole; otherwise the series breaks, and says so.
with recursive ancestors as (
  select gss as today_gss, gss, true as is_whole from core.councils where valid_to is null
  union
  select ancestors.today_gss, succession.gss_from, ancestors.is_whole and succession.kind in ('merger', 'recode')
  from ancestors
  join reference.succession as succession on succession.gss_to = ancestors.gss
),

-- One council keeps several codes through time, and publications change from one to the next years late.
recodings as (
  select gss, gss as lasting_gss from core.councils
  union
  select recodings.gss, succession.gss_to
  from recodings
  join reference.succession as succession on succession.gss_from = recodings.lasting_gss and succession.kind = 'recode'
),

lasting as (
  select gss, lasting_gss from recodings
  where lasting_gss not in (select gss_from from reference.succession where kind = 'recode')
),

lineage as (
  select ancestors.today_gss, lasting.lasting_gss, bool_and(ancestors.is_whole) as is_whole, any_value(councils.tier) as tier,
    min(coalesce(councils.valid_from, date '1900-01-01')) as valid_from, max(coalesce(councils.valid_to, date '9999-12-31')) as valid_to
  from ancestors
  join lasting using (gss)
  join core.councils as councils using (gss)
  group by ancestors.today_gss, lasting.lasting_gss
),

years as (
  select distinct observations.indicator_id, observations.financial_year, observations.period, observations.period_start_on,
    observations.period_end_on, indicators.tier, indicators.per, indicators.interval_method, indicators.unit
  from core.observations as observations
  join reference.indicators as indicators using (indicator_id)
  where observations.financial_year is not null
),

figures as (
  select lasting.lasting_gss, observations.*
  from core.observations as observations
  join lasting using (gss)
  where observations.financial_year is not null
  qualify row_number() over (
    partition by observations.indicator_id, lasting.lasting_gss, observations.financial_year
    order by observations.value is null, observations.gss desc
  ) = 1
),

-- Which councils had to report for the area of a council of today: all in force then whose tier answers for the indicator;
-- money is reported by both tiers.
parts as (
  select years.*, lineage.today_gss, lineage.lasting_gss, lineage.is_whole
  from years
  join lineage
    on years.period_end_on between lineage.valid_from and lineage.valid_to
    and (lineage.tier in (years.tier, 'single') or years.unit = 'pounds-thousand')
),

reported as (
  select parts.today_gss, parts.indicator_id, parts.financial_year, parts.period, parts.period_start_on, parts.period_end_on, parts.unit,
    parts.per, parts.interval_method,
    count(*) as part_count,
    count(figures.gss) as row_count,
    count(figures.gss) filter (where figures.numerator is not null and figures.denominator is not null) as counted,
    count(figures.published_value) as valued,
    bool_and(parts.is_whole) as is_nested,
    bool_and(parts.lasting_gss = parts.today_gss) as is_same,
    sum(figures.numerator) as numerator,
    sum(figures.denominator) as denominator,
    sum(figures.published_value) as total,
    any_value(figures.value) as own_value,
    any_value(figures.missing_reason) as own_reason,
    string_agg(coalesce(figures.gss, parts.lasting_gss), ' ' order by coalesce(figures.gss, parts.lasting_gss)) as part_gss
  from parts
  left join figures
    on figures.indicator_id = parts.indicator_id and figures.lasting_gss = parts.lasting_gss and figures.financial_year = parts.financial_year
  group by all
  having count(figures.gss) > 0
),

summed as (
  select *,
    case
      when is_same and part_count = 1 then own_value
      when not is_nested then null
      when unit = 'pounds-thousand' and valued = part_count then total
      when per is not null and counted = part_count and denominator > 0 and valued = row_count then per * numerator / denominator
    end as value,
    case
      when is_same and part_count = 1 then 'same council'
      when not is_nested then 'break'
      when (unit = 'pounds-thousand' and valued = part_count) or (per is not null and counted = part_count and denominator > 0 and valued = row_count)
        then 'sum of predecessors'
      else 'break'
    end as basis
  from reported
)

select
  indicator_id,                                                  -- reference.indicators
  today_gss as council_gss,                                      -- the council that answers today
  period_start_on,                                               -- inclusive
  period_end_on,                                                 -- inclusive
  period,                                                        -- as in core.observations
  financial_year::integer as financial_year,                     -- the financial year it counts for
  value,                                                         -- in the indicator's unit; null when missing or when the series breaks here
  case when value is not null then numerator end as numerator,   -- the sum of the parts
  case when value is not null then denominator end as denominator, -- the sum of the parts
  case when value is not null then case interval_method
    when 'wilson' then per * wilson_low(numerator, denominator)
    when 'byar' then per * byar_low(numerator) / nullif(denominator, 0) end end as low_95, -- 95 % interval; null without counts
  case when value is not null then case interval_method
    when 'wilson' then per * wilson_high(numerator, denominator)
    when 'byar' then per * byar_high(numerator) / nullif(denominator, 0) end end as high_95, -- 95 % interval; null without counts
  basis,                                                         -- same council, sum of predecessors, or break
  part_gss,                                                      -- the councils that reported for the area then, separated by a space
  case
    when value is not null then null
    when basis = 'same council' then own_reason
    when not is_nested then 'break: the area was made of parts of ' || part_gss
    else 'break: no counts to add for ' || part_gss
  end as missing_reason                                          -- why value is null
from summed
order by indicator_id, council_gss, financial_year
