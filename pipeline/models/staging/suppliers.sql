-- One row per supplier of each award in each release, as published.
create table if not exists staging.suppliers (
  register_id varchar,        -- file name under pipeline/registers
  raw_sha256 varchar,         -- SHA-256 of the archived bytes
  position integer,           -- place of the release in its file, from 0
  ocid varchar,               -- contracting process
  award_id varchar,           -- unique inside the process
  supplier_number integer,    -- place in the award's list, from 1
  supplier_party_id varchar,  -- identifier inside the release
  supplier_name varchar,      -- as published, HTML entities decoded
  identifier_scheme varchar,  -- org-id list, such as GB-COH
  identifier varchar,         -- in that list, as published
  address varchar,            -- as published; evidence only, never republished
  postcode varchar,           -- as published in its own field
  country varchar,            -- as published
  is_sme boolean,             -- small or medium enterprise, as declared
  is_vcse boolean             -- voluntary, community or social enterprise, as declared
)
