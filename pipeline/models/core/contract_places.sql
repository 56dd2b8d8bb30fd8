-- One row per contract: where it is delivered, as far as the notice says.
--
-- Source: core.award_states, reference.itl_regions.
-- Caveat: publishers tick lists. "Any region", the whole Kingdom and a list of all the world's countries say that delivery is
-- anywhere, not in each of them; NUTS codes of before 2021 are read as the ITL codes that replaced them.
with written as (
  select contract_id, unnest(delivery_places) as place, len(delivery_places) as place_count
  from core.award_states
  where is_wanted(contract_id)
),

-- NUTS and ITL codes have the same letters after the country's two; "TLZ" and "UKZ" are outside the regions.
read as (
  select
    written.contract_id,
    written.place_count,
    case when regexp_matches(upper(written.place), '^(UK|TL)[C-N]([0-9][0-9A-Z]{0,2})?$') then 'TL' || upper(written.place)[3:] end as itl,
    regions.itl1 as named_itl1,
    name_key(written.place) in ('england', 'gb eng', 'great britain') as is_england,
    name_key(written.place) in ('united kingdom', 'uk', 'gb', 'any region', 'anywhere', 'nationwide', 'national', 'all regions') as is_anywhere,
    name_key(written.place) in ('europe', 'rest of the world', 'british oversea territories', 'british overseas territories', 'channel islands', 'isle of man') as is_list_of_all
  from written
  left join reference.itl_regions as regions on regions.written = name_key(written.place)
),

counted as (
  select
    contract_id,
    any_value(place_count) as place_count,
    list(distinct itl order by itl) filter (where itl is not null) as codes,
    list(distinct coalesce(itl[1:3], named_itl1) order by coalesce(itl[1:3], named_itl1)) filter (where itl is not null or named_itl1 is not null) as itl1_codes,
    bool_or(is_england) as names_england,
    bool_or(is_anywhere) as names_all,
    count(*) filter (where is_list_of_all) as list_parts
  from read
  group by contract_id
),

judged as (
  select *, coalesce(names_all or list_parts >= 2 or place_count > 20 or len(itl1_codes) = 12, false) as is_anywhere
  from counted
)

select
  states.contract_id,                                            -- core.contracts
  case
    when judged.contract_id is null then 'unknown'
    when judged.is_anywhere then 'anywhere'
    when len(judged.itl1_codes) > 0 then 'regions'
    when judged.names_england then 'england'
    else 'elsewhere'
  end as delivery_scope,                                         -- regions, england, anywhere (any region, the whole Kingdom, or a list of everything), elsewhere (outside the United Kingdom), unknown
  case when not judged.is_anywhere then nullif(array_to_string(judged.itl1_codes, ' '), '') end as delivery_itl1, -- ITL1 regions, separated by a space
  case when not judged.is_anywhere then nullif(array_to_string(judged.codes, ' '), '') end as delivery_itl_codes -- ITL codes as precise as published, separated by a space
from core.award_states as states
left join judged using (contract_id)
where is_wanted(states.contract_id)
order by states.contract_id
