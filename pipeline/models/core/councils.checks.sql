-- one row per code
select gss from core.councils group by all having count(*) > 1;

-- an address name belongs to one council
select slug from core.councils group by all having count(*) > 1;

-- a council in force answers for itself
select gss, council_gss from core.councils where valid_to is null and council_gss is distinct from gss;

-- a district has a county
select gss from core.councils where class = 'district' and valid_to is null
  and county_gss not in (select gss from core.councils where class = 'county');

-- there are councils: an emptied list of them would leave every contract without one
select 'core.councils' as is_empty where not exists (from core.councils);
