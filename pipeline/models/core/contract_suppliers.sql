-- One row per contract and supplier. The contract's value is for all of them together: never add it up here.
--
-- Source: staging.suppliers of the release that holds the award's latest state; snapshot.contract_suppliers.
-- Caveat: where a supplier is has not been worked out yet, so reach is unknown for all.
with named as (
  select
    states.contract_id,
    suppliers.supplier_name,
    nullif(suppliers.identifier_scheme, '') as identifier_scheme,
    nullif(suppliers.identifier, '') as identifier,
    coalesce(
      nullif(suppliers.postcode, ''),
      upper(regexp_extract(suppliers.address, '(?i)\b([a-z]{1,2}[0-9][a-z0-9]? ?[0-9][a-z]{2})\W*$', 1))
    ) as postcode,
    suppliers.is_sme,
    suppliers.is_vcse,
    -- The name of an organisation says so, or a register of organisations knows it; any other name may be a person's.
    not (
      (suppliers.identifier_scheme in ('GB-COH', 'GB-CHC', 'GB-SC', 'GB-NIC', 'GB-LAE', 'GB-GOR', 'GB-PPON') and suppliers.identifier is not null)
      or coalesce(regexp_matches(' ' || name_key(suppliers.supplier_name) || ' ',
        ' (ltd|limited|plc|llp|cic|inc|gmbh|bv|sa|company|co|group|council|borough|city|university|college|school|nhs|trust|foundation|charity|association|society|housing|homes|hotel|hotels|inn|lodge|guest|services|service|solutions|systems|partnership|partners|consulting|consultants|consultancy|construction|contractors|builders|building|engineering|care|centre|center|properties|property|lettings|estates|international|uk|holdings|technologies|technology|software|management|agency|enterprises|community|church|ministry|department|authority|action|support|project|projects|works|supplies|transport|coaches|taxis|travel|catering|cleaning|security|training|recruitment|energy|environmental|landscapes|media|design|architects|associates|surveyors|communications|network|networks|institute|library|museum|fund|bank|insurance|accommodation|apartments|rooms) '), false)
    ) as is_natural_person
  from core.award_states as states
  join staging.suppliers as suppliers
    on suppliers.register_id = states.register_id and suppliers.raw_sha256 = states.raw_sha256
    and suppliers.position = states.position and suppliers.award_id = states.award_id
),

withheld as (
  select
    contract_id,
    short_id(coalesce(identifier_scheme || identifier, name_key(supplier_name), '')) as supplier_id,
    case when not is_natural_person then supplier_name end as supplier_name,
    case when not is_natural_person then identifier_scheme end as identifier_scheme,
    case when not is_natural_person then identifier end as identifier,
    case when not is_natural_person then nullif(postcode, '') end as postcode,
    is_sme, is_vcse, is_natural_person
  from named
  union all by name
  select * from snapshot.contract_suppliers where contract_id not in (select contract_id from core.award_states)
)

select distinct
  contract_id,                                                   -- core.contracts
  supplier_id,                                                   -- 16 hex digits of sha256 over identifier, else name
  supplier_name,                                                 -- as published; null when it may be a person's
  identifier_scheme,                                             -- org-id list, such as GB-COH (Companies House)
  identifier,                                                    -- in that list
  postcode,                                                      -- as published; null when the name is withheld
  null::varchar as supplier_gss,                                 -- council the supplier is in (not worked out yet)
  'unknown' as reach,                                            -- same-council, same-area, same-region, elsewhere-uk, outside-uk, unknown
  'not worked out yet' as reach_basis,                           -- how we know
  is_sme,                                                        -- small or medium enterprise, as declared
  is_vcse,                                                       -- voluntary, community or social enterprise, as declared
  is_natural_person                                              -- the name may be a person's, so it is withheld
from withheld
order by contract_id, supplier_id, supplier_name nulls last
