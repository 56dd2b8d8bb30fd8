-- One row per postcode of the full directory of the Office for National Statistics, where a user has fetched it; else empty.
create table if not exists staging.postcodes (
  postcode varchar,   -- as postcodes are written
  gss varchar         -- local authority district
)
