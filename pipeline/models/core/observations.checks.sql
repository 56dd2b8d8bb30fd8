-- one value per indicator, council and period
select indicator_id, gss, period from core.observations group by all having count(*) > 1;

-- one value per indicator, council and financial year
select indicator_id, gss, financial_year from core.observations where financial_year is not null group by all having count(*) > 1;

-- a value that is missing has a reason, and one that is there has none
select indicator_id, gss, period, value, missing_reason from core.observations where (value is null) <> (missing_reason is not null);

-- values lie in the range the indicator declares
select indicator_id, gss, period, value, range_min, range_max from core.observations join reference.indicators using (indicator_id)
where value < range_min or value > range_max;

-- the value lies inside its own interval
select indicator_id, gss, period, value, low_95, high_95 from core.observations where value < low_95 - 1e-9 or value > high_95 + 1e-9;

-- every place is a council that we know
select distinct observations.gss from core.observations as observations
where observations.gss not in (select gss from core.councils);
