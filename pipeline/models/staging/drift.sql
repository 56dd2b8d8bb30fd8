-- One row per file and key that the parser does not know: accepted, counted, reported.
create table if not exists staging.drift (
  register_id varchar,    -- file name under pipeline/registers
  raw_sha256 varchar,     -- SHA-256 of the archived bytes
  path varchar,           -- the key, such as tender.xClassifications
  release_count integer   -- how often it stands in the file
)
