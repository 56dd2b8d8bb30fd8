-- One row per award state: what it is compared by with other publications of the same award, and the blocks in which it is compared.
--
-- Source: core.award_states, core.value_kinds, core.buyers.
-- A block is a key under which two publications of one award can meet (process and supplier, buyer and title …), as a hash: two keys that
-- coincide by chance only make one comparison more.
with awards as (
  select
    states.contract_id, states.register_id, states.ocid, states.award_id, states.raw_sha256, states.position, states.released_at,
    states.lot_id, states.canonical_ocid, states.starts_on, states.ends_on, states.supplier_count,
    coalesce(states.value_amount, states.value_amount_gross, 0) as amount, coalesce(states.currency, 'GBP') as currency,
    title_key(coalesce(states.title, states.award_title)) as title,
    regexp_matches(lower(coalesce(states.title, '')), 'variation|modification|amend|novation|change notice') as says_changed,
    case when len(states.supplier_names) <= 1 then [supplier_key(states.first_supplier)]
      else list_sort(list_distinct(list_transform(states.supplier_names, name -> supplier_key(name)))) end as suppliers,
    supplier_key(states.first_supplier) as first_supplier,
    states.supplier_key <> '' and not states.withholds_names and not states.names_nobody as is_named,
    states.supplier_key,
    coalesce(buyers.gss, name_key(states.buyer_name)) as buyer,
    buyers.gss,
    coalesce(buyers.buyer_kind = 'portal-or-agent' and buyers.gss is null, false) as is_portal,
    kinds.value_kind in ('framework-ceiling', 'dynamic-market-ceiling') as is_ceiling,
    kinds.value_kind = 'not-awarded' as is_not_awarded,
    kinds.value_kind in ('placeholder', 'missing') as has_no_price
  from core.award_states as states
  join core.value_kinds as kinds using (contract_id)
  left join core.buyers as buyers using (buyer_name)
  where is_wanted(states.contract_id)
)

select
  contract_id,                                                   -- core.award_states
  register_id,                                                   -- file name under pipeline/registers
  ocid,                                                          -- contracting process
  award_id,                                                      -- unique inside the process and buyer
  raw_sha256,                                                    -- bytes of the last release about it
  position,                                                      -- place of the release in that file, from 0
  released_at,                                                   -- when that was published
  lot_id,                                                        -- when the award is of exactly one lot
  canonical_ocid,                                                -- the process in the register that published it first
  starts_on,                                                     -- Europe/London date
  ends_on,                                                       -- Europe/London date, inclusive
  supplier_count,                                                -- suppliers named
  amount,                                                        -- as published, with VAT where there is no other; 0 for none
  currency,                                                      -- ISO 4217; GBP where none is published
  title,                                                         -- as compared
  says_changed,                                                  -- the title speaks of a change
  suppliers,                                                     -- names as compared, in order
  first_supplier,                                                -- name as compared
  is_named,                                                      -- the suppliers are named, and there are some
  supplier_key,                                                  -- hash of their names
  buyer,                                                         -- the council's code, else the name as compared
  gss,                                                           -- the council that buys, where it is one
  is_portal,                                                     -- published under a portal's or agent's name
  is_ceiling,                                                    -- the amount is the ceiling of a framework or dynamic market
  is_not_awarded,                                                -- nobody was chosen
  has_no_price,                                                  -- the amount is missing or stands for none
  [
    hash('process and supplier', register_id, ocid, first_supplier),
    hash('process and amount', register_id, ocid, amount),
    hash('process and start', register_id, ocid, starts_on),
    hash('buyer, title and amount', buyer, title, amount),
    hash('buyer, title and start', buyer, title, starts_on),
    hash('title, amount and start', title, amount, starts_on),
    hash('buyer, amount, start and numbers', buyer, amount, starts_on, numbers_in(title)),
    hash('canonical process', coalesce(canonical_ocid, ocid))
  ] as block_keys,                                               -- of the blocks in which it is compared
  case when is_named and amount > 1
    then md5_number(concat_ws('|', coalesce(buyer, ''), title, amount, currency, coalesce(starts_on::varchar, ''), coalesce(ends_on::varchar, ''),
      supplier_key, coalesce(lot_id, ''))) end as content_key      -- the same for exactly the same content
from awards
