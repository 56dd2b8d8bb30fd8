-- One row per indicator, council and period, as published, with an interval where a count and its base are published.
--
-- Source: staging.observations, the file archived last where several hold the same cell; snapshot.observations for the rest.
-- Caveat: the code is the one in force then; council_gss is filled only where it is the same council all along.
with latest as (
  select observations.*, observations.raw_sha256 as source_sha256, files.received_at
  from staging.observations as observations
  join staging.files as files on files.raw_sha256 = observations.raw_sha256 and files.source_id = observations.publication_id
  qualify row_number() over (
    partition by indicator_id, gss, period order by files.received_at desc, observations.raw_sha256 desc, observations.position
  ) = 1
),

together as (
  select indicator_id, gss, period, period_start_on, period_end_on, value, numerator, denominator, missing_reason, source_sha256,
    false as is_embedded
  from latest
  union all by name
  select *, true as is_embedded from snapshot.observations
  where (indicator_id, gss, period) not in (select (indicator_id, gss, period) from latest)
)

select
  together.indicator_id,                                         -- reference.indicators
  together.gss,                                                  -- the council as it was
  case when councils.is_recode_only then councils.council_gss end as council_gss, -- the same council's code today; null when it was merged or split
  together.period_start_on,                                      -- inclusive
  together.period_end_on,                                        -- inclusive
  together.period,                                               -- 2024-25 is the financial year to 31 March 2025
  financial_year(together.period_end_on)::integer as financial_year, -- the financial year in which the period ends
  together.value,                                                -- in the indicator's unit; null when withheld or not stated
  together.numerator,                                            -- as published
  together.denominator,                                          -- as published
  case when indicators.unit = 'percent' and together.value is not null
    then 100 * wilson_low(together.numerator, together.denominator) end as low_95, -- Wilson 95 % interval; null without counts
  case when indicators.unit = 'percent' and together.value is not null
    then 100 * wilson_high(together.numerator, together.denominator) end as high_95, -- Wilson 95 % interval; null without counts
  together.missing_reason,                                       -- the publisher's symbol or words when value is null
  together.source_sha256,                                        -- SHA-256 of the publisher's file
  together.is_embedded                                           -- from the embedded snapshot: the file is not included
from together
join reference.indicators as indicators using (indicator_id)
left join core.councils as councils using (gss)
order by together.indicator_id, together.gss, together.period
