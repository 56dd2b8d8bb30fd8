-- One row per buyer as registers write it: what kind of body it is and, for a council, which one.
--
-- Source: staging.buyer_readings (rules in pipeline/geography/buyerName.ts), reference.portals and reference.purchasing_bodies.
-- Caveat: the word "council" alone never decides. Behind a portal's name only a notice's own evidence can tell who buys:
-- core.contract_buyers. Names that may be natural persons' stand in one row, without a name.
with readings as (
  select * exclude (is_natural_person) from staging.buyer_readings where not is_natural_person
  union by name
  select withheld_buyer() as buyer_name, 'other' as buyer_kind, []::varchar[] as council_codes, false as is_joint,
    'natural-person' as match_rule, false as is_unsure, false as is_reviewed, []::varchar[] as candidate_codes
  from staging.buyer_readings where is_natural_person
)

select
  short_id(buyer_name) as buyer_id,                              -- 16 hex digits of sha256 over the name as published
  buyer_name,                                                    -- as published, HTML entities decoded; withheld where it may be a person's
  buyer_kind,                                                    -- what kind of body the name denotes
  case when len(council_codes) = 1 then council_codes[1] end as gss, -- the one council named, as it was; of an agent, the principal
  nullif(array_to_string(case when len(council_codes) > 1 then council_codes end, ' '), '') as joint_gss, -- all councils named, separated by a space
  is_joint,                                                      -- bought for several councils or bodies together
  match_rule,                                                    -- how it was recognised
  is_unsure,                                                     -- listed for review: nothing was guessed
  is_reviewed                                                    -- whether a person has confirmed it
from readings
order by buyer_id
