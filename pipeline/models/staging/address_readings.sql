-- One row per distinct address and country of a supplier: the postcode in it (pipeline/geography/postcode.ts), read anew at every build.
create table if not exists staging.address_readings (
  address varchar,     -- as published; evidence only, never republished
  country varchar,     -- as published
  postcode varchar,    -- as postcodes are written; null when none is whole, or two stand equally
  repairs varchar[],   -- named repairs that it needed
  is_abroad boolean    -- the address says that it is outside the United Kingdom
)
