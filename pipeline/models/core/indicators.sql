-- One row per indicator: what it measures, what it does not, and which publication it comes from.
--
-- Source: the definition files under pipeline/indicators, through reference.indicators.
select
  indicator_id,                                                  -- as in core.observations
  kind,                                                          -- cost, repeat-demand or context
  title,                                                         -- short name
  question,                                                      -- what a reader wants to know
  unit,                                                          -- of value, low_95 and high_95
  polarity,                                                      -- what a higher value means
  tier,                                                          -- the tier of council that answers for it
  service_line,                                                  -- as in core.contracts
  numerator as numerator_words,                                  -- what is counted, in words; null when the publisher gives only the value
  denominator as denominator_words,                              -- what it is divided by, in words; null when the publisher gives only the value
  range_min,                                                     -- a value below is an error of reading
  range_max,                                                     -- a value above is an error of reading
  publication_id as source_id,                                   -- core.sources
  page,                                                          -- the publisher's page
  array_to_string(caveats, ' ') as caveats                       -- what it is not, and how to read it
from reference.indicators
order by indicator_id
