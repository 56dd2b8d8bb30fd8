-- one row per name as published
select buyer_name from core.buyers group by all having count(*) > 1;

-- a council has a code, or several when it is joint
select buyer_name, gss, joint_gss from core.buyers where buyer_kind = 'council' and gss is null and joint_gss is null;

-- only councils, agents that name their principal and bodies joined to a council have a code
select buyer_name, buyer_kind, gss from core.buyers
where (gss is not null or joint_gss is not null) and not (buyer_kind in ('council', 'portal-or-agent') or is_joint);

-- several councils are joint
select buyer_name from core.buyers where joint_gss is not null and not is_joint;

-- every code is a council that we know
select buyer_name, gss from core.buyers where gss is not null and gss not in (select gss from core.councils);
