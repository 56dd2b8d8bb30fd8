-- the years of a contract add up to its value, to the penny
select years.contract_id, any_value(contracts.value_gbp) as value_gbp, sum(years.in_year_gbp) as of_years_gbp
from core.contract_years as years join core.contracts using (contract_id)
group by years.contract_id having sum(years.in_year_gbp) <> any_value(contracts.value_gbp);

-- no year of a contract is negative
select contract_id, financial_year, in_year_gbp from core.contract_years where in_year_gbp < 0;
