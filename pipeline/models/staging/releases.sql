-- One row per release as published: identity only, no body.
create table if not exists staging.releases (
  register_id varchar,       -- file name under pipeline/registers
  raw_sha256 varchar,        -- SHA-256 of the archived bytes
  position integer,          -- place of the release in its file, from 0
  ocid varchar,              -- contracting process
  release_id varchar,        -- the register's identifier of the release
  released_at timestamptz,   -- when the release was published
  tags varchar[],            -- planning, tender, award, awardUpdate, contract …
  body_sha256 varchar        -- SHA-256 of the release's own JSON, the last tie-break of "latest"
)
