-- every contract has one buyer row
select contract_id from core.contracts where contract_id not in (select contract_id from core.contract_buyers);

-- one row per contract
select contract_id from core.contract_buyers group by all having count(*) > 1;

-- what several bought together is nobody's alone
select contract_id from core.contract_buyers where is_joint and council_gss is not null;

-- a council behind a portal's name has two kinds of evidence
select contract_id, evidence from core.contract_buyers where match_rule = 'two-kinds-of-evidence' and evidence not like '% %';

-- only a council, an agent that names its principal, or a body that a council owns, has a council's code
select contract_id, buyer_kind, buyer_gss from core.contract_buyers
where buyer_gss is not null and buyer_kind not in ('council', 'portal-or-agent') and match_rule <> 'delivery-body';
