-- one row per council, service line and year
select gss, service_line, financial_year from marts.council_scale group by all having count(*) > 1;

-- below five contracts there is a reason and no measure
select gss, service_line, financial_year from marts.council_scale
where (contract_count < 5) <> (not_measured_reason is not null) or (contract_count < 5 and typical_pound_gbp is not null);

-- the money of all cells is the money of all contracts that count
select * from (
  select (select coalesce(sum(total_in_year_gbp), 0) from marts.council_scale) as of_cells,
    (select coalesce(sum(years.in_year_gbp), 0) from core.contract_years as years join core.contracts using (contract_id)
      where left_out_because is null and in_force_in(terminated_on, financial_year)) as of_contracts
) where of_cells <> of_contracts;
