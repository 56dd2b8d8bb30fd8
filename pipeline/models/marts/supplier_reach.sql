-- One row per council and reach: how many of its contracts, whatever the service and the year, go to suppliers that far away.
--
-- Source: core.contracts that are not duplicates and not joint, core.contract_reach, core.contract_suppliers.
-- Caveat: framework ceilings count as contracts here and never as money. An address is mostly a head office.
with counted as (
  select
    contracts.council_gss as gss, reach.reach,
    count(*) as contract_count,
    coalesce(sum(contracts.value_gbp) filter (where contracts.left_out_because is null), 0) as value_gbp
  from core.contracts as contracts
  join core.contract_reach as reach using (contract_id)
  where contracts.council_gss is not null and contracts.duplicate_of is null
  group by all
),

suppliers as (
  select
    contracts.council_gss as gss, suppliers.reach,
    count(distinct suppliers.supplier_id) as supplier_count,
    median(suppliers.distance_km) as median_distance_km
  from core.contracts as contracts
  join core.contract_suppliers as suppliers using (contract_id)
  where contracts.council_gss is not null and contracts.duplicate_of is null
  group by all
)

select
  counted.gss,                                                   -- the council that answers today
  counted.reach,                                                 -- core.contract_reach: same-council, same-area, same-region, elsewhere-uk, outside-uk, several, unknown
  counted.contract_count::integer as contract_count,             -- contracts whose suppliers are all there
  100.0 * counted.contract_count / sum(counted.contract_count) over (partition by counted.gss) as contract_count_pct, -- of the council's contracts
  try_cast(counted.value_gbp as decimal(18, 2)) as value_gbp,             -- of those that count in scale measures
  coalesce(suppliers.supplier_count, 0)::integer as supplier_count, -- suppliers there, each once
  suppliers.median_distance_km                                   -- straight line between council areas
from counted
left join suppliers using (gss, reach)
order by counted.gss, counted.reach
