-- One row per contracts[] entry that has a value, else per award: its state after every release about it, as published.
--
-- Source: staging.awards, staging.contracts, staging.suppliers, staging.releases (every register, already OCDS-shaped).
-- A change notice carries only what changes, so the releases of one process and buyer are merged: each fact is that of the last release
-- that states it. Last: greatest release instant, then release id, then hash of the body; never the order in which files arrived.
-- Each process is a world of its own, so a large register is merged in parts, some of its processes at a time (in_process_part).
-- A change notice dates its period from the day of the change, so it moves a contract's end and not its start, which without another
-- notice is not known; a termination moves neither: its last day is terminated_on.
with shared_processes as (
  select register_id, ocid from staging.awards where in_process_part(ocid) group by all having count(distinct buyer_name) > 1
),

buyers as (
  select
    register_id, ocid, name_key(coalesce(buyer_name, '')) as buyer, min(released_at) as first_at,
    coalesce(list(distinct title_key(tender_title)) filter (where tender_title is not null), []) as titles,
    coalesce(list(distinct value_amount) filter (where value_amount > 0), []) as amounts
  from staging.awards
  semi join shared_processes using (register_id, ocid)
  group by all
),

-- Some processes hold procurements of many buyers. A buyer that changed its name has a title or an amount in common; others are apart.
same_buyers as (
  select one.register_id, one.ocid, one.buyer, min(row(same.first_at, same.buyer)) as first
  from buyers as one
  join buyers as same on same.register_id = one.register_id and same.ocid = one.ocid
    and (same.buyer = one.buyer or one.buyer = '' or list_has_any(same.titles, one.titles) or list_has_any(same.amounts, one.amounts))
  group by all
),

procurements as (
  select
    register_id, ocid, buyer,
    case when dense_rank() over (partition by register_id, ocid order by first) > 1 then first[2] end as other_buyer -- null for the process's first
  from same_buyers
),

-- Almost every award is of its process's first buyer: only the others are looked up.
other_buyers as materialized (
  select awards.rowid as award_row, awards.register_id, awards.raw_sha256, awards.position, procurements.other_buyer
  from staging.awards as awards
  semi join shared_processes using (register_id, ocid)
  join procurements on procurements.register_id = awards.register_id and procurements.ocid = awards.ocid
    and procurements.buyer = name_key(coalesce(awards.buyer_name, ''))
  where procurements.other_buyer is not null
),

-- What tells one award from another, without the words: everything below that sorts or groups does so on these few columns.
award_keys as materialized (
  select awards.rowid as award_row, awards.register_id, awards.ocid, other_buyers.other_buyer, awards.award_id, awards.is_implied
  from staging.awards as awards
  left join other_buyers on other_buyers.award_row = awards.rowid
  where in_process_part(awards.ocid)
),

only_awards as (
  select register_id, ocid, other_buyer, any_value(award_id) as only_award_id
  from award_keys
  where not is_implied
  group by all having count(distinct award_id) = 1
),

-- A change notice may name no award: the contract keeps the one that its other releases name, else the only one of its process.
contracts_in_order as (
  select
    * exclude (award_id, only_award_id),
    contract_status is not null and contract_status in ('terminated', 'cancelled') as is_termination,
    coalesce(award_id, max(award_id) over (partition by register_id, ocid, other_buyer, ocds_contract_id), only_award_id, ocds_contract_id)
      as award_id
  from (
    select
      contracts.* exclude (contract_status), others.other_buyer, only_awards.only_award_id,
      coalesce(contracts.contract_status, case when list_contains(releases.tags, 'contractTermination') then 'terminated' end) as contract_status,
      list_has_any(releases.tags, ['contractAmendment', 'contractUpdate']) as is_change
    from staging.contracts as contracts
    join staging.releases as releases using (register_id, raw_sha256, position)
    left join (select distinct register_id, raw_sha256, position, other_buyer from other_buyers) as others using (register_id, raw_sha256, position)
    left join only_awards on only_awards.register_id = contracts.register_id and only_awards.ocid = contracts.ocid
      and only_awards.other_buyer is not distinct from others.other_buyer
    where in_process_part(contracts.ocid) and in_process_part(releases.ocid) and exists (
      from staging.awards as awards
      where in_process_part(awards.ocid) and awards.register_id = contracts.register_id and awards.raw_sha256 = contracts.raw_sha256 and awards.position = contracts.position
    )
  )
),

contracts_numbered as (
  select
    *,
    row_number() over (
      partition by register_id, ocid, other_buyer, award_id, ocds_contract_id
      order by released_at, release_id, body_sha256, raw_sha256 desc, position desc
    ) as nth
  from contracts_in_order
),

contracts_merged as (
  select
    register_id, ocid, other_buyer, award_id, ocds_contract_id,
    arg_max({raw_sha256: raw_sha256, position: position, released_at: released_at}, nth) as latest,
    arg_max(contract_title, nth) as contract_title,
    arg_max({status: contract_status, ended_on: least(ends_at, released_at)::date}, nth) filter (where contract_status is not null) as status,
    arg_max({amount: value_amount, gross: value_amount_gross, currency: currency}, nth)
      filter (where coalesce(value_amount, value_amount_gross) is not null) as money,
    arg_max(starts_at, row(not is_change and not is_termination, nth))
      filter (where not is_change or starts_at::date < coalesce(amended_at, released_at)::date) as starts_at,
    arg_max(ends_at, row(not is_termination, nth)) as ends_at,
    arg_max(max_ends_at, row(not is_termination, nth)) as max_ends_at,
    arg_max(has_renewal, nth) as has_renewal
  from contracts_numbered
  group by all
),

-- A contract without a value says more about its award, when it is the award's only one.
contracts as (
  select * from contracts_merged
  qualify money is not null
    or count(*) over (partition by register_id, ocid, other_buyer, award_id) = 1
),

repeated as materialized (
  select register_id, ocid, other_buyer, award_id, min(award_row) as award_number
  from award_keys group by all having count(*) > 1
),

repeated_rows as materialized (
  select
    keys.award_row, repeated.award_number,
    row_number() over (
      partition by repeated.award_number
      order by awards.released_at, awards.release_id, awards.body_sha256, awards.raw_sha256 desc, awards.position desc
    ) as nth
  from award_keys as keys
  join repeated on repeated.register_id = keys.register_id and repeated.ocid = keys.ocid
    and repeated.other_buyer is not distinct from keys.other_buyer and repeated.award_id = keys.award_id
  join staging.awards as awards on awards.rowid = keys.award_row
  where in_process_part(awards.ocid)
),

-- An award that several releases are about, as one release would have it.
merged as (
  select
    award_number,
    arg_max({raw_sha256: raw_sha256, position: position, released_at: released_at, notice_url: notice_url}, nth) as latest,
    bool_and(is_implied) as is_implied,
    arg_max(award_status, nth) as award_status,
    arg_max(award_title, nth) as award_title,
    arg_max(tender_title, nth) as tender_title,
    arg_max(procurement_method, nth) as procurement_method,
    arg_max(procurement_method_details, nth) as procurement_method_details,
    arg_max(legal_basis, nth) as legal_basis,
    arg_max(has_framework_agreement, nth) as has_framework_agreement,
    arg_max(has_dynamic_purchasing_system, nth) as has_dynamic_purchasing_system,
    bool_or(has_parent_framework) as has_parent_framework,
    flatten(list(notice_types)) as notice_types,
    arg_max(lot_count, nth) as lot_count,
    arg_max(canonical_ocid, nth) as canonical_ocid,
    arg_max({amount: value_amount, gross: value_amount_gross, currency: currency}, nth)
      filter (where coalesce(value_amount, value_amount_gross) is not null) as money,
    arg_max({low: tender_value_low, high: tender_value_high}, nth)
      filter (where coalesce(tender_value_low, tender_value_high) is not null) as estimate,
    arg_max(starts_at, nth) as starts_at,
    arg_max(ends_at, nth) as ends_at,
    arg_max(max_ends_at, nth) as max_ends_at,
    arg_max(nullif(related_lots, []), nth) as related_lots,
    arg_max({code: cpv_code, label: cpv_label}, nth) filter (where cpv_code is not null) as cpv,
    arg_max(nullif(delivery_places, []), nth) as delivery_places,
    -- What the words say stands or falls with the whole text, so all of it comes from the last release that has a description.
    arg_max({
      raw_sha256: raw_sha256, position: position, description: tender_description, text_marks: text_marks, vat: stated_vat,
      is_per_year: is_stated_per_year, amounts: stated_amounts, extension_months: stated_extension_months,
      extension_rule: stated_extension_rule, core_months: stated_core_months
    }, row(tender_description is not null, nth)) as words,
    arg_max({raw_sha256: raw_sha256, position: position, count: supplier_count}, row(supplier_count > 0, nth)) as suppliers,
    arg_max({raw_sha256: raw_sha256, position: position, name: buyer_name}, row(buyer_name is not null, nth)) as buyer
  from repeated_rows
  join staging.awards as awards on awards.rowid = repeated_rows.award_row
  where in_process_part(awards.ocid)
  group by award_number
),

-- Most awards stand in one release and need no merging: their rows pass by without being sorted or gathered.
awards as (
  select
    keys.register_id, keys.ocid, keys.other_buyer, keys.award_id,
    {raw_sha256: raw_sha256, position: position, released_at: released_at, notice_url: notice_url} as latest,
    awards.is_implied, award_status, award_title, tender_title, procurement_method, procurement_method_details, legal_basis,
    has_framework_agreement, has_dynamic_purchasing_system, has_parent_framework, notice_types, lot_count, canonical_ocid,
    case when coalesce(value_amount, value_amount_gross) is not null
      then {amount: value_amount, gross: value_amount_gross, currency: currency} end as money,
    {low: tender_value_low, high: tender_value_high} as estimate,
    starts_at, ends_at, max_ends_at,
    nullif(related_lots, []) as related_lots,
    case when cpv_code is not null then {code: cpv_code, label: cpv_label} end as cpv,
    nullif(delivery_places, []) as delivery_places,
    {
      raw_sha256: raw_sha256, position: position, description: tender_description, text_marks: text_marks, vat: stated_vat,
      is_per_year: is_stated_per_year, amounts: stated_amounts, extension_months: stated_extension_months,
      extension_rule: stated_extension_rule, core_months: stated_core_months
    } as words,
    {raw_sha256: raw_sha256, position: position, count: supplier_count} as suppliers,
    {raw_sha256: raw_sha256, position: position, name: buyer_name} as buyer
  from staging.awards as awards
  join award_keys as keys on keys.award_row = awards.rowid
  where in_process_part(awards.ocid) and awards.rowid not in (select award_row from repeated_rows)
  union all by name
  select repeated.* exclude (award_number), merged.* exclude (award_number)
  from merged
  join repeated using (award_number)
),

names as (
  select
    supplier_name, name_key(supplier_name) as key, says_nobody(supplier_name) as says_nobody,
    names_nothing(supplier_name) as names_nothing, withholds_name(supplier_name) as withholds_name
  from (select distinct supplier_name from staging.suppliers where in_process_part(ocid))
),

suppliers as (
  select
    register_id, raw_sha256, position, award_id,
    sha256(string_agg(distinct names.key, '|' order by names.key)) as supplier_key,
    first(names.key order by supplier_number) as first_supplier,
    list_sort(list(distinct names.key)) as supplier_names,
    bool_and(names.says_nobody) as names_nobody,
    bool_and(names.names_nothing) as names_nothing,
    bool_and(names.withholds_name) as withholds_names
  from staging.suppliers
  left join names using (supplier_name)
  where in_process_part(ocid)
  group by all
)

select
  short_id(concat_ws('|', awards.register_id, awards.ocid, awards.award_id,
    case when contracts.money is not null then contracts.ocds_contract_id else '' end, awards.other_buyer)) as contract_id, -- 16 hex digits of sha256 over register, ocid, award id, contract id; and the buyer, where a process has several
  awards.register_id,                                              -- file name under pipeline/registers
  awards.ocid,                                                     -- contracting process
  awards.award_id,                                                 -- unique inside the process and buyer
  case when len(awards.related_lots) = 1 then awards.related_lots[1] end as lot_id, -- when the award is of exactly one lot
  coalesce(contracts.latest.raw_sha256, awards.latest.raw_sha256) as raw_sha256, -- bytes of the last release about it
  coalesce(contracts.latest.position, awards.latest.position) as position, -- place of the release in that file, from 0
  coalesce(contracts.latest.released_at, awards.latest.released_at) as released_at, -- when that was published
  awards.award_status,                                             -- as published
  coalesce(awards.tender_title, awards.award_title, contracts.contract_title) as title, -- as published
  awards.award_title,                                              -- as published
  contracts.status.status as contract_status,                      -- as published
  case when contracts.status.status in ('terminated', 'cancelled') then contracts.status.ended_on end as terminated_on, -- the day that the notice of its end states, or its own when that comes first
  awards.words.description as tender_description,                  -- as published; evidence only
  awards.words.raw_sha256 as words_raw_sha256,                     -- bytes of the release whose words are read
  awards.words.position as words_position,                         -- its place in that file
  coalesce(awards.procurement_method_details, awards.procurement_method) as procedure, -- the publisher's words
  awards.legal_basis,                                              -- as published
  coalesce(list_sort(list_distinct(awards.notice_types)), []) as notice_types, -- UK6, UK7 … of every release about it, where the register names them
  awards.canonical_ocid,                                           -- the process in the register that published it first
  awards.has_parent_framework,                                     -- a related process is a framework
  awards.lot_count,                                                -- lots of the tender, where they are published
  len(awards.related_lots) as related_lot_count,                   -- lots the award covers, where they are published
  awards.has_framework_agreement,                                  -- tender.techniques
  awards.has_dynamic_purchasing_system,                            -- tender.techniques
  case when contracts.money is null then awards.money.amount else contracts.money.amount end as value_amount, -- as published
  case when contracts.money is null then awards.money.gross else contracts.money.gross end as value_amount_gross, -- including VAT
  coalesce(contracts.money.currency, awards.money.currency) as currency, -- ISO 4217
  nullif(awards.estimate.low, 0) as tender_value_low,              -- estimate before the award, lower end
  nullif(awards.estimate.high, 0) as tender_value_high,            -- estimate before the award, upper end
  awards.words.text_marks as text_marks,                           -- kinds of words in title and description
  awards.words.vat as stated_vat,                                  -- excluded or included, in words
  awards.words.is_per_year as is_stated_per_year,                  -- the words give this very amount for one year
  awards.words.amounts as stated_amounts,                          -- amounts in the words, largest first
  awards.words.extension_months as stated_extension_months,        -- optional extension in words
  awards.words.extension_rule as stated_extension_rule,            -- how it was read
  awards.words.core_months as stated_core_months,                  -- core term in words
  contracts.has_renewal,                                           -- whether it can be renewed, where stated
  coalesce(contracts.starts_at, awards.starts_at)::date as starts_on, -- Europe/London date
  coalesce(contracts.ends_at, awards.ends_at)::date as ends_on,    -- Europe/London date, inclusive
  case when coalesce(contracts.max_ends_at, awards.max_ends_at) < coalesce(contracts.ends_at, awards.ends_at) then null
    else coalesce(contracts.max_ends_at, awards.max_ends_at)::date end as max_ends_on, -- with every extension, where stated and not overtaken
  awards.suppliers.raw_sha256 as suppliers_raw_sha256,             -- bytes of the last release that names suppliers
  awards.suppliers.position as suppliers_position,                 -- its place in that file
  awards.suppliers.count as supplier_count,                        -- suppliers named there
  coalesce(suppliers.supplier_key, '') as supplier_key,            -- hash of their names
  coalesce(suppliers.supplier_names, []) as supplier_names,        -- as compared, to recognise a list that grew
  coalesce(suppliers.first_supplier, '') as first_supplier,        -- as compared
  coalesce(suppliers.names_nobody, false) as names_nobody,         -- every "supplier" says that nobody was chosen
  coalesce(suppliers.names_nothing, false) as names_nothing,       -- every "supplier" is n/a, none or a dash
  coalesce(suppliers.withholds_names, false) as withholds_names,   -- every "supplier" is n/a, confidential or redacted
  awards.cpv.code as cpv_code,                                     -- main classification
  awards.cpv.label as cpv_label,                                   -- its official description
  coalesce(awards.delivery_places, []) as delivery_places,         -- region names or ITL codes as published
  case when len(awards.delivery_places) = 1 and regexp_matches(awards.delivery_places[1], '^(UK|TL)[A-Z][0-9A-Z]{0,3}$')
    then awards.delivery_places[1] end as delivery_itl,            -- the one ITL code of delivery, where there is one
  awards.buyer.raw_sha256 as buyer_raw_sha256,                     -- bytes of the last release that names the buyer
  awards.buyer.position as buyer_position,                         -- its place in that file
  awards.buyer.name as buyer_name,                                 -- as published
  awards.latest.notice_url as notice_url                                 -- the last notice's page
from awards
left join contracts
  on contracts.register_id = awards.register_id and contracts.ocid = awards.ocid
  and contracts.other_buyer is not distinct from awards.other_buyer and contracts.award_id = awards.award_id
left join suppliers
  on suppliers.register_id = awards.register_id and suppliers.raw_sha256 = awards.suppliers.raw_sha256
  and suppliers.position = awards.suppliers.position and suppliers.award_id = awards.award_id
where not awards.is_implied or contracts.ocds_contract_id is not null
