-- One row per lot of the tender in each release, as published.
create table if not exists staging.lots (
  register_id varchar,         -- file name under pipeline/registers
  raw_sha256 varchar,          -- SHA-256 of the archived bytes
  position integer,            -- place of the release in its file, from 0
  ocid varchar,                -- contracting process
  lot_id varchar,              -- unique inside the process
  lot_title varchar,           -- as published
  value_amount decimal(18,2),  -- the lot's estimated value
  currency varchar             -- ISO 4217
)
