-- one value per indicator, place and period
select indicator_id, gss, period from core.published_observations group by all having count(*) > 1;

-- a value that is missing has a reason, and one that is there has none
select indicator_id, gss, period from core.published_observations where (published_value is null) <> (missing_reason is not null);

-- a council's published rate follows from the published counts, give or take its rounding to a whole number
select observations.indicator_id, observations.gss, observations.period, observations.published_value, observations.numerator, observations.denominator
from core.published_observations as observations join reference.indicators as indicators using (indicator_id)
where not observations.is_national and observations.denominator > 0
  and abs(observations.published_value - indicators.per * observations.numerator / observations.denominator) > 0.5 + 1e-9;
