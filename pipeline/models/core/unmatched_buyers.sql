-- One row per buyer that was not recognised as a council, largest number of contracts first: for review and correction.
--
-- Source: core.buyers, core.contracts. Most are rightly no council; a council that is here is a gap in the names we know.
select
  buyers.buyer_id,                                               -- core.buyers
  buyers.buyer_name,                                             -- as published, HTML entities decoded
  buyers.buyer_kind,                                             -- core.buyers
  buyers.match_rule,                                             -- how the kind was told
  count(contracts.contract_id)::integer as contract_count,       -- contracts under this name
  try_cast(sum(contracts.value_gbp) filter (where contracts.value_kind in ('contract', 'call-off')) as decimal(18, 2)) as value_gbp -- of contracts and call-offs, never of ceilings; null when there is none
from core.buyers as buyers
left join core.contracts as contracts using (buyer_id)
where buyers.gss is null
group by all
order by contract_count desc, buyers.buyer_id
