-- one row per name as published
select buyer_name from core.buyers group by all having count(*) > 1;

-- a council has a code, and nothing else has one
select buyer_name, buyer_kind, gss from core.buyers where (buyer_kind = 'council') <> (gss is not null);
