-- One row per postcode of the full directory of the Office for National Statistics, where a user has imported it; else empty.
create table if not exists staging.postcodes (
  raw_sha256 varchar, -- SHA-256 of the archived bytes
  postcode varchar,   -- as postcodes are written
  gss varchar         -- local authority district
)
