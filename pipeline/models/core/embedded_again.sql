-- One row per embedded contract whose content, or that of the embedded one it repeats, is exactly that of an award read from raw: the raw one is kept.
--
-- Source: core.award_states, core.duplicates, snapshot.contracts.
-- The few raw awards that have amount, days and suppliers of an embedded one are looked for first: reading titles is dear.
with embedded as (
  select contract_id, title_sha256, buyer_name, value_published, supplier_key, starts_on, ends_on
  from snapshot.contracts
  where contract_id not in (select contract_id from core.award_states)
),

alike as (
  select
    embedded.contract_id, embedded.title_sha256, name_key(embedded.buyer_name) as buyer,
    raw.contract_id as raw_id, raw.title as raw_title, raw.buyer_name as raw_buyer
  from embedded
  join core.award_states as raw
    on coalesce(raw.value_amount, raw.value_amount_gross) = embedded.value_published and raw.supplier_key = embedded.supplier_key
    and raw.starts_on is not distinct from embedded.starts_on and raw.ends_on is not distinct from embedded.ends_on
),

again as (
  select alike.contract_id, any_value(coalesce(duplicates.duplicate_of, alike.raw_id) order by alike.raw_id) as duplicate_of
  from alike
  left join core.duplicates as duplicates on duplicates.contract_id = alike.raw_id
  where sha256(title_key(alike.raw_title)) = alike.title_sha256 and name_key(alike.raw_buyer) = alike.buyer
  group by alike.contract_id
)

select
  snapshot.contract_id,                                          -- snapshot.contracts
  coalesce(own.duplicate_of, through.duplicate_of) as duplicate_of -- contract_id of the row that is kept
from snapshot.contracts as snapshot
left join again as own on own.contract_id = snapshot.contract_id
left join again as through on through.contract_id = snapshot.duplicate_of
where coalesce(own.duplicate_of, through.duplicate_of) is not null and snapshot.contract_id not in (select contract_id from core.award_states)
order by snapshot.contract_id
