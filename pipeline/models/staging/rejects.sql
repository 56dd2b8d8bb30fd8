-- One row per release that did not fit the schema: nothing is lost silently. Bodies stay in the raw archive.
create table if not exists staging.rejects (
  register_id varchar,  -- file name under pipeline/registers
  raw_sha256 varchar,   -- SHA-256 of the archived bytes
  position integer,     -- place of the release in its file, from 0
  ocid varchar,         -- contracting process, where the release has one
  path varchar,         -- where in the release the first fault lies, such as awards[0].value.amount
  reason varchar        -- what is wrong there
)
