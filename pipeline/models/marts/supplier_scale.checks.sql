-- the money of all holders is the money of the scale measures, to the penny
select coalesce(holders.financial_year, cells.financial_year) as financial_year, holders.in_year_gbp, cells.total_in_year_gbp
from (select financial_year, sum(in_year_gbp) as in_year_gbp from marts.supplier_scale group by financial_year) as holders
full join (
  select financial_year, sum(total_in_year_gbp) as total_in_year_gbp from marts.scale_cells where contract_count > 0 group by financial_year
) as cells using (financial_year)
where coalesce(holders.in_year_gbp, 0) <> coalesce(cells.total_in_year_gbp, 0);

-- nobody who may be a person is named
select * from marts.supplier_scale where held_by <> 'one' and (supplier_id is not null or supplier_name is not null);
