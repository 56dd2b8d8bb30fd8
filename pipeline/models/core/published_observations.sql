-- One row per indicator, place and period as its publisher states it: councils and England, quarters and years.
--
-- Source: staging.observations, of several files with the same cell the newest; snapshot.observations for the rest.
-- Caveat: newest means the file that reaches furthest in time, then one whose name says it was revised, then the one archived last.
with files as (
  select
    observations.publication_id,
    observations.raw_sha256,
    max(observations.period_end_on) as reaches_on,
    any_value(regexp_matches(regexp_extract(files.origin, '[^/\\]*$'), '(?i)revis|fix|correct')) as is_revision,
    any_value(files.received_at) as received_at,
    any_value(files.origin) as origin
  from staging.observations as observations
  join staging.files as files on files.raw_sha256 = observations.raw_sha256 and files.source_id = observations.publication_id
  group by all
),

latest as (
  select observations.*, observations.raw_sha256 as source_sha256
  from staging.observations as observations
  join files using (publication_id, raw_sha256)
  qualify row_number() over (
    partition by indicator_id, gss, period
    order by files.reaches_on desc, files.is_revision desc, files.received_at desc, files.origin desc, raw_sha256 desc, position
  ) = 1
),

embedded as (
  select
    observations.* exclude (file, value),
    period_starts_on(observations.period) as period_start_on,
    period_ends_on(observations.period) as period_end_on,
    case when observations.missing_reason is null
      then coalesce(observations.value, indicators.per * observations.numerator / observations.denominator) end as value,
    files.source_sha256
  from snapshot.observations as observations
  join snapshot.observation_files as files using (file)
  join reference.indicators as indicators using (indicator_id)
  where (observations.indicator_id, observations.gss, observations.period) not in (select (indicator_id, gss, period) from latest)
),

together as (
  select indicator_id, gss, period, period_start_on, period_end_on, value, numerator, denominator, missing_reason, source_sha256,
    false as is_embedded
  from latest
  union all by name
  select *, true as is_embedded from embedded
)

select
  together.indicator_id,                                         -- reference.indicators
  together.gss,                                                  -- the code the publication uses: a council as it was, or E92000001 for England
  together.gss = 'E92000001' as is_national,                     -- England's own figure, never a sum of councils
  case when indicators.period_type in ('quarter', 'quarter-end-stock') then 'quarter' else 'year' end as period_type, -- quarter or year
  together.period_start_on,                                      -- inclusive
  together.period_end_on,                                        -- inclusive
  together.period,                                               -- 2024-25 is the financial year to 31 March 2025, 2025-Q3 a calendar quarter
  together.value as published_value,                             -- in the indicator's unit; null when withheld or not stated
  together.numerator,                                            -- as published
  together.denominator,                                          -- as published
  together.missing_reason,                                       -- the publisher's symbol or words when published_value is null
  together.source_sha256,                                        -- SHA-256 of the publisher's file
  together.is_embedded                                           -- from the embedded snapshot: the file is not included
from together
join reference.indicators as indicators using (indicator_id)
order by together.indicator_id, together.gss, together.period
