-- one row per council, service line, year, measure and indicator
select gss, service_line, financial_year, scale_measure, indicator_id from marts.scale_and_outcome group by all having count(*) > 1;

-- a cell below the gate has no value to analyse
select gss, service_line, financial_year from marts.scale_and_outcome where contract_count < 5 and scale_value is not null;
