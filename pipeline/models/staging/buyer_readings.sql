-- One row per distinct name of a buyer: what its words say, read anew at every build by pipeline/geography/buyerName.ts.
create table if not exists staging.buyer_readings (
  buyer_name varchar,         -- as published, HTML entities decoded
  buyer_kind varchar,         -- what kind of body the name denotes
  council_codes varchar[],    -- the councils it names, as they were; several when joint
  is_joint boolean,           -- bought for several councils or bodies together
  match_rule varchar,         -- the rule that decided
  is_unsure boolean,          -- for a person to review: nothing was guessed
  is_reviewed boolean,        -- a person has listed the name
  candidate_codes varchar[],  -- councils it may mean, when only other evidence can tell
  is_natural_person boolean   -- the name may be a person's: it is not published
)
