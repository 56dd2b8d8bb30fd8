-- one row per contract
select contract_id from core.contract_reach group by all having count(*) > 1;

-- what is local in the council is local in its area and region
select contract_id from core.contract_reach
where (same_council = 'local' and same_area <> 'local') or (same_area = 'local' and same_region <> 'local');
