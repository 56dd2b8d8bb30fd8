-- One row per contracts[] entry that has a value, else per award: its latest state, still as published.
--
-- Source: staging.awards, staging.contracts, staging.suppliers (every register, already OCDS-shaped).
-- Latest: greatest release instant, then release id, then hash of the body; never the order in which files arrived.
with latest_awards as (
  select *
  from staging.awards
  qualify row_number() over (
    partition by register_id, ocid, award_id
    order by released_at desc, release_id desc, body_sha256 desc, raw_sha256, position
  ) = 1
),

-- A change notice may name no award: the contract keeps the one that its other releases name.
latest_contracts as (
  select
    * exclude (award_id),
    coalesce(award_id, max(award_id) over (partition by register_id, ocid, ocds_contract_id)) as award_id
  from staging.contracts
  where coalesce(value_amount, value_amount_gross) is not null
  qualify row_number() over (
    partition by register_id, ocid, ocds_contract_id
    order by released_at desc, release_id desc, body_sha256 desc, raw_sha256, position
  ) = 1
),

suppliers as (
  select
    raw_sha256, position, award_id,
    sha256(string_agg(distinct name_key(supplier_name), '|' order by name_key(supplier_name))) as supplier_key,
    first(name_key(supplier_name) order by supplier_number) as first_supplier,
    list_sort(list(distinct name_key(supplier_name))) as supplier_names,
    bool_and(says_nobody(supplier_name)) as names_nobody,
    bool_and(names_nothing(supplier_name)) as names_nothing,
    bool_and(withholds_name(supplier_name)) as withholds_names
  from staging.suppliers
  group by all
)

select
  short_id(concat_ws('|', awards.register_id, awards.ocid, awards.award_id, coalesce(contracts.ocds_contract_id, ''))) as contract_id, -- 16 hex digits of sha256 over register, ocid, award id, contract id
  awards.register_id,                                              -- file name under pipeline/registers
  awards.ocid,                                                     -- contracting process
  awards.award_id,                                                 -- unique inside the process
  case when len(awards.related_lots) = 1 then awards.related_lots[1] end as lot_id, -- when the award is of exactly one lot
  coalesce(contracts.raw_sha256, awards.raw_sha256) as raw_sha256, -- bytes the latest state was read from
  coalesce(contracts.position, awards.position) as position,       -- place of the release in that file, from 0
  coalesce(contracts.released_at, awards.released_at) as released_at, -- when the latest state was published
  awards.award_status,                                             -- as published
  coalesce(awards.tender_title, awards.award_title, contracts.contract_title) as title, -- as published
  awards.award_title,                                              -- as published
  contracts.contract_status,                                       -- as published
  awards.tender_description,                                       -- as published; evidence only
  coalesce(awards.procurement_method_details, awards.procurement_method) as procedure, -- the publisher's words
  awards.legal_basis,                                              -- as published
  awards.notice_types,                                             -- UK6, UK7 … where the register names them
  awards.canonical_ocid,                                           -- the process in the register that published it first
  awards.has_parent_framework,                                     -- a related process is a framework
  awards.lot_count,                                                -- lots of the tender, where they are published
  len(awards.related_lots) as related_lot_count,                   -- lots the award covers, where they are published
  awards.has_framework_agreement,                                  -- tender.techniques
  awards.has_dynamic_purchasing_system,                            -- tender.techniques
  case when contracts.ocds_contract_id is null then awards.value_amount else contracts.value_amount end as value_amount, -- as published
  case when contracts.ocds_contract_id is null then awards.value_amount_gross else contracts.value_amount_gross end as value_amount_gross, -- including VAT
  coalesce(contracts.currency, awards.currency) as currency,       -- ISO 4217
  nullif(awards.tender_value_low, 0) as tender_value_low,          -- estimate before the award, lower end
  nullif(awards.tender_value_high, 0) as tender_value_high,        -- estimate before the award, upper end
  awards.text_marks,                                               -- kinds of words in title and description
  awards.stated_vat,                                               -- excluded or included, in words
  awards.is_stated_per_year,                                       -- the words give this very amount for one year
  awards.stated_amounts,                                           -- amounts in the words, largest first
  awards.stated_extension_months,                                  -- optional extension in words
  awards.stated_extension_rule,                                    -- how it was read
  awards.stated_core_months,                                       -- core term in words
  contracts.has_renewal,                                           -- whether it can be renewed, where stated
  coalesce(contracts.starts_at, awards.starts_at)::date as starts_on, -- Europe/London date
  coalesce(contracts.ends_at, awards.ends_at)::date as ends_on,    -- Europe/London date, inclusive
  coalesce(contracts.max_ends_at, awards.max_ends_at)::date as max_ends_on, -- with every extension, where stated
  awards.supplier_count,                                           -- suppliers named in the award
  coalesce(suppliers.supplier_key, '') as supplier_key,            -- hash of their names
  coalesce(suppliers.supplier_names, []) as supplier_names,        -- as compared, to recognise a list that grew
  coalesce(suppliers.first_supplier, '') as first_supplier,        -- as compared
  coalesce(suppliers.names_nobody, false) as names_nobody,         -- every "supplier" says that nobody was chosen
  coalesce(suppliers.names_nothing, false) as names_nothing,       -- every "supplier" is n/a, none or a dash
  coalesce(suppliers.withholds_names, false) as withholds_names,   -- every "supplier" is n/a, confidential or redacted
  awards.cpv_code,                                                 -- main classification
  awards.cpv_label,                                                -- its official description
  case when len(awards.delivery_places) = 1 and regexp_matches(awards.delivery_places[1], '^(UK|TL)[A-Z][0-9A-Z]{0,3}$')
    then awards.delivery_places[1] end as delivery_itl,            -- the one ITL code of delivery, where there is one
  awards.buyer_name,                                               -- as published
  awards.notice_url                                                -- the notice's page
from latest_awards as awards
left join latest_contracts as contracts
  on contracts.register_id = awards.register_id and contracts.ocid = awards.ocid and contracts.award_id = awards.award_id
left join suppliers
  on suppliers.raw_sha256 = awards.raw_sha256 and suppliers.position = awards.position and suppliers.award_id = awards.award_id
