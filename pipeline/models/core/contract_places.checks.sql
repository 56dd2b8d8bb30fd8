-- one row per contract
select contract_id from core.contract_places group by all having count(*) > 1;

-- places are told only where the notice names some
select contract_id from core.contract_places where (delivery_scope = 'regions') <> (delivery_itl1 is not null);
