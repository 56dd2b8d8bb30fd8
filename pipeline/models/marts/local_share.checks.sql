-- the four categories of contracts add up to all of them
select * from marts.local_share where local_count + partly_count + elsewhere_count + unknown_count <> contract_count;

-- the four categories of money add up to all of it, to the penny
select * from marts.local_share where local_gbp + partly_gbp + elsewhere_gbp + unknown_gbp <> total_in_year_gbp;

-- the whole is that of the scale measures
select share.gss, share.service_line, share.financial_year
from marts.local_share as share
join marts.council_scale as scale using (gss, service_line, financial_year)
where share.contract_count <> scale.contract_count or share.total_in_year_gbp <> scale.total_in_year_gbp;

-- a wider definition is never less local
select narrow.gss, narrow.service_line, narrow.financial_year
from marts.local_share as narrow
join marts.local_share as wide using (gss, service_line, financial_year)
where narrow.definition = 'same-council' and wide.definition in ('same-area', 'same-region') and narrow.local_count > wide.local_count;
