-- One row per contracts[] entry in each release, as published: typed, nothing judged.
create table if not exists staging.contracts (
  register_id varchar,            -- file name under pipeline/registers
  raw_sha256 varchar,             -- SHA-256 of the archived bytes
  position integer,               -- place of the release in its file, from 0
  ocid varchar,                   -- contracting process
  release_id varchar,             -- the register's identifier of the release
  released_at timestamptz,        -- when the release was published
  body_sha256 varchar,            -- SHA-256 of the release's own JSON
  ocds_contract_id varchar,       -- the entry's own id, unique inside the process
  award_id varchar,               -- the award it was signed under
  contract_status varchar,        -- pending, active, cancelled, terminated
  contract_title varchar,         -- as published
  value_amount decimal(18,2),     -- as published, excluding VAT where the amount including it stands beside
  value_amount_gross decimal(18,2), -- including VAT
  currency varchar,               -- ISO 4217
  signed_at timestamptz,          -- date of signature
  amended_at timestamptz,         -- date of the last signed amendment that the notice names
  starts_at timestamptz,          -- start of the term
  ends_at timestamptz,            -- end of the term
  max_ends_at timestamptz,        -- end with every extension, where stated
  has_renewal boolean             -- whether it can be renewed, where stated
)
