-- One row per contract: where its suppliers are, taken together, because a contract's value is never split among them.
--
-- Source: core.contracts, core.contract_suppliers.
-- Under each definition of local a contract is local (every supplier), partly, elsewhere (none), or unknown (one is not placed).
with suppliers as (
  select
    contracts.contract_id,
    coalesce(suppliers.reach, 'unknown') as reach
  from core.contracts as contracts
  left join core.contract_suppliers as suppliers using (contract_id)
  where is_wanted(contracts.contract_id)
),

counted as (
  select
    contract_id,
    count(*) as n,
    count(distinct reach) as reaches,
    any_value(reach) as reach,
    count(*) filter (where reach = 'unknown') as unknown,
    count(*) filter (where reach = 'same-council') as in_council,
    count(*) filter (where reach in ('same-council', 'same-area')) as in_area,
    count(*) filter (where reach in ('same-council', 'same-area', 'same-region')) as in_region
  from suppliers
  group by contract_id
)

select
  contract_id,                                                   -- core.contracts
  case when unknown > 0 then 'unknown' when reaches = 1 then reach else 'several' end as reach, -- of all its suppliers; several when they differ, unknown when one is not placed
  local_status(n, in_council, unknown) as same_council,          -- local, partly, elsewhere or unknown, when local is the buyer's own council area
  local_status(n, in_area, unknown) as same_area,                -- the same, when local is the county or combined authority
  local_status(n, in_region, unknown) as same_region             -- the same, when local is the region, or the nation outside England
from counted
order by contract_id
