-- One row per indicator and period: England's figure as its publisher states it.
--
-- Source: core.published_observations. Never a sum of councils: publishers estimate for councils that made no return, and round.
select
  indicator_id,                                                  -- reference.indicators
  gss,                                                           -- E92000001
  period_type,                                                   -- quarter or year
  period_start_on,                                               -- inclusive
  period_end_on,                                                 -- inclusive
  period,                                                        -- as in core.observations
  published_value as value,                                      -- as published, or worked out of England's published counts where there is no rate
  numerator,                                                     -- as published; often rounded to ten
  denominator,                                                   -- as published; often rounded to ten
  missing_reason,                                                -- the publisher's symbol or words when value is null
  source_sha256,                                                 -- SHA-256 of the publisher's file
  is_embedded                                                    -- from the embedded snapshot: the file is not included
from core.published_observations
where is_national
order by indicator_id, period
