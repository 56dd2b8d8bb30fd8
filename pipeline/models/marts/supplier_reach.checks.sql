-- the shares of a council add up to 100 per cent
select gss, sum(contract_count_pct) as total from marts.supplier_reach group by gss having abs(sum(contract_count_pct) - 100) > 1e-9;

-- every contract of a council is in one category
select reach.gss, reach.contracts, all_contracts.contracts
from (select gss, sum(contract_count) as contracts from marts.supplier_reach group by gss) as reach
join (
  select council_gss as gss, count(*) as contracts from core.contracts where duplicate_of is null and council_gss is not null group by all
) as all_contracts using (gss)
where reach.contracts <> all_contracts.contracts;
