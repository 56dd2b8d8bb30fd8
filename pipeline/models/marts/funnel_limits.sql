-- One row per council and indicator with counts, latest period: where it lies among councils of its class; written by `analyse`.
--
-- Source: core.observations. Limits are widened by the spread that chance does not explain (Spiegelhalter 2005).
-- Caveat: no order is meant. Below the least denominator a council is not compared.
select
  null::varchar as indicator_id,                                 -- reference.indicators
  null::varchar as gss,                                          -- council
  null::varchar as class,                                        -- councils are compared inside it
  null::varchar as period,                                       -- the outcome's period
  null::double as numerator,                                     -- as published
  null::double as denominator,                                   -- as published
  null::double as value,                                         -- per cent
  null::double as low_95,                                        -- Wilson 95 % interval
  null::double as high_95,                                       -- Wilson 95 % interval
  null::double as target_pct,                                    -- the class together
  null::double as limit_low_95,                                  -- 95 % limit at this denominator
  null::double as limit_high_95,                                 -- 95 % limit at this denominator
  null::double as limit_low_998,                                 -- 99.8 % limit at this denominator
  null::double as limit_high_998,                                -- 99.8 % limit at this denominator
  null::varchar as limit_position,                               -- too few, inside, above 95, above 998, below 95, below 998
  null::varchar as sentence                                      -- the comparison in words
from marts.scale_and_outcome
where false
