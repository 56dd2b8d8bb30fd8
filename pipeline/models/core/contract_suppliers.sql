-- One row per contract and supplier. The contract's value is for all of them together: never add it up here.
--
-- Source: staging.suppliers of the last release of the award that names any, with staging.supplier_readings, core.supplier_numbers and
-- staging.address_readings; snapshot.contract_suppliers; reference.postcode_sectors; staging.postcodes where it was fetched.
-- Caveat: an address is mostly a head office, so "local" says where the firm is registered or run from, not who does the work.
with named as (
  select
    states.contract_id,
    suppliers.supplier_number,
    suppliers.supplier_name,
    readings.supplier_kind,
    readings.supplier_key,
    readings.official_scheme as identifier_scheme,
    readings.official_identifier as identifier,
    addresses.postcode,
    addresses.repairs as postcode_repairs,
    coalesce(addresses.is_abroad, false) as is_abroad,
    suppliers.is_sme,
    suppliers.is_vcse
  from core.award_states as states
  join staging.suppliers as suppliers
    on suppliers.register_id = states.register_id and suppliers.raw_sha256 = states.suppliers_raw_sha256
    and suppliers.position = states.suppliers_position and suppliers.award_id = states.award_id
  join staging.supplier_readings as readings
    on readings.supplier_name = suppliers.supplier_name
    and readings.identifier_scheme is not distinct from suppliers.identifier_scheme
    and readings.identifier is not distinct from suppliers.identifier
  left join staging.address_readings as addresses
    on addresses.address is not distinct from suppliers.address and addresses.country is not distinct from suppliers.country
  where readings.supplier_kind <> 'nobody' and is_wanted(states.contract_id)
),

-- A name without a number takes the number that the same name has elsewhere, when it is only ever one.
identified as (
  select
    named.contract_id,
    short_id(case
      when named.supplier_kind = 'person' then 'person ' || named.contract_id || ' ' || named.supplier_number -- a hash of the name could be guessed
      when named.identifier is not null and named.identifier_scheme <> 'GB-PPON' then named.identifier_scheme || named.identifier
      when numbered.identifier is not null then numbered.identifier_scheme || numbered.identifier
      else 'name ' || named.supplier_key
    end) as supplier_id,
    case
      when named.supplier_kind = 'person' then 'withheld'
      when named.identifier is not null and named.identifier_scheme <> 'GB-PPON' then 'identifier'
      when numbered.identifier is not null then 'name-of-an-identified'
      else 'name'
    end as identity_rule,
    named.* exclude (contract_id, supplier_number, supplier_key, supplier_kind),
    named.supplier_kind = 'person' as is_natural_person
  from named
  left join core.supplier_numbers as numbered using (supplier_key)
),

withheld as (
  select
    contract_id, supplier_id, identity_rule,
    case when not is_natural_person then supplier_name end as supplier_name,
    case when not is_natural_person then identifier_scheme end as identifier_scheme,
    case when not is_natural_person then identifier end as identifier,
    case when not is_natural_person then postcode end as postcode,
    case when not is_natural_person then nullif(array_to_string(postcode_repairs, ' '), '') end as postcode_repairs,
    postcode as place, -- a natural person's council may be told, the postcode not
    is_abroad, is_sme, is_vcse, is_natural_person
  from identified
  union all by name
  select
    * exclude (postcode), 'embedded' as identity_rule, false as is_abroad, null::varchar as postcode_repairs,
    case when regexp_matches(postcode, '^[A-Z0-9]{2,4} [0-9][A-Z]{2}$') then postcode end as postcode,
    case when regexp_matches(postcode, '^[A-Z0-9]{2,4} [0-9][A-Z]{2}$') then postcode end as place
  from snapshot.contract_suppliers
  where is_wanted(contract_id) and contract_id not in (select contract_id from core.award_states)
),

-- The full directory where it was fetched, else the sector when one council holds at least 99 % of it; else the councils that
-- together hold 99 %.
placed as (
  select
    withheld.* replace (withheld.is_abroad or is_crown_dependency(withheld.place) as is_abroad),
    case
      when directory.gss is not null then [directory.gss]
      when sectors.share_pct::double >= 99 then [sectors.gss]
      when sectors.gss is not null then list_prepend(sectors.gss, string_split(sectors.also_gss, ' '))
      else []
    end as councils,
    case
      when is_crown_dependency(withheld.place) then 'postcode of a Crown dependency'
      when directory.gss is not null then 'postcode directory'
      when withheld.is_abroad then 'country of the address'
      when withheld.place is null then 'no postcode in the address'
      when sectors.gss is null then 'postcode in no table'
      when sectors.share_pct::double < 99 then 'postcode sector crosses councils'
      else 'postcode sector, at least 99 % in one council'
    end as reach_basis
  from withheld
  left join (
    select postcodes.postcode, arg_max(postcodes.gss, files.received_at) as gss
    from staging.postcodes as postcodes
    join staging.files as files on files.raw_sha256 = postcodes.raw_sha256
    where postcodes.postcode in (select place from withheld)
    group by postcodes.postcode
  ) as directory on directory.postcode = withheld.place
  left join reference.postcode_sectors as sectors on sectors.sector = withheld.place[:-3]
),

places as (
  select distinct places.councils, councils.answers_gss as gss
  from (select councils, unnest(councils) as code from placed) as places
  join core.councils as councils on councils.gss = places.code
),

compared as (
  select
    pairs.buyer_gss,
    pairs.councils,
    case when count(distinct places.gss) = 1 then any_value(places.gss) end as supplier_gss,
    count(distinct places.gss) as place_count,
    list(distinct reach_between(
      supplier.gss, supplier.county_gss, coalesce(supplier.combined_gss, supplier_county.combined_gss), supplier.region,
      buyer.gss, buyer.county_gss, coalesce(buyer.combined_gss, buyer_county.combined_gss), buyer.region
    )) filter (where buyer.gss is not null) as reaches,
    case when count(distinct places.gss) = 1
      then round(distance_km(any_value(supplier.latitude), any_value(supplier.longitude), any_value(buyer.latitude), any_value(buyer.longitude)), 1) end as distance_km
  from (select distinct buyers.council_gss as buyer_gss, placed.councils from placed left join core.contract_buyers as buyers using (contract_id)) as pairs
  join places on places.councils = pairs.councils
  join core.councils as supplier on supplier.gss = places.gss
  left join core.councils as supplier_county on supplier_county.gss = supplier.county_gss
  left join core.councils as buyer on buyer.gss = pairs.buyer_gss
  left join core.councils as buyer_county on buyer_county.gss = buyer.county_gss
  group by pairs.buyer_gss, pairs.councils
),

judged as (
  select
    placed.*,
    compared.supplier_gss,
    compared.distance_km,
    case
      when placed.is_abroad then 'outside-uk'
      when len(compared.reaches) = 1 then compared.reaches[1]
      else 'unknown'
    end as reach,
    case
      when placed.is_abroad then placed.reach_basis
      when buyers.council_gss is null then 'the buyer is not one council'
      when compared.place_count > 1 and len(compared.reaches) = 1 then 'postcode sector crosses councils, all equally far'
      else placed.reach_basis
    end as basis
  from placed
  left join core.contract_buyers as buyers using (contract_id)
  left join compared on compared.buyer_gss is not distinct from buyers.council_gss and compared.councils = placed.councils
)

select distinct
  contract_id,                                                   -- core.contracts
  supplier_id,                                                   -- core.suppliers
  supplier_name,                                                 -- as published; null when it may be a person's
  identifier_scheme,                                             -- org-id list of an official register, such as GB-COH (Companies House)
  identifier,                                                    -- in that register's own form; company numbers padded to eight characters
  postcode,                                                      -- found in the address; null when the name is withheld
  postcode_repairs,                                              -- named repairs that the postcode needed, separated by a space
  supplier_gss,                                                  -- council of today that the address is in; null when not certain
  reach,                                                         -- same-council, same-area, same-region, elsewhere-uk, outside-uk, unknown
  basis as reach_basis,                                          -- how we know, or why we do not
  distance_km,                                                   -- straight line between the centroids of the two councils' areas
  identity_rule,                                                 -- what makes two rows one supplier: an identifier, the name; withheld for persons, who are never joined
  is_sme,                                                        -- small or medium enterprise, as declared
  is_vcse,                                                       -- voluntary, community or social enterprise, as declared
  is_natural_person                                              -- the name may be a person's, so it is withheld
from judged
order by contract_id, supplier_id, supplier_name nulls last
