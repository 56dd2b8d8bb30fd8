-- one value per indicator, council of today and financial year
select indicator_id, council_gss, financial_year from core.observations_today group by all having count(*) > 1;

-- a value that is missing has a reason, and one that is there has none
select indicator_id, council_gss, financial_year from core.observations_today where (value is null) <> (missing_reason is not null);

-- every council is one of today
select distinct council_gss from core.observations_today where council_gss not in (select gss from core.councils where valid_to is null);
