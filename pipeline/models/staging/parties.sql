-- One row per organisation in each release, without contact points (an organisation's e-mail domain is kept as evidence).
create table if not exists staging.parties (
  register_id varchar,        -- file name under pipeline/registers
  raw_sha256 varchar,         -- SHA-256 of the archived bytes
  position integer,           -- place of the release in its file, from 0
  ocid varchar,               -- contracting process
  party_id varchar,           -- identifier inside the release
  party_name varchar,         -- as published, HTML entities decoded
  roles varchar[],            -- buyer, supplier, procuringEntity …
  identifier_scheme varchar,  -- org-id list, such as GB-COH
  identifier varchar,         -- in that list, as published
  postcode varchar,           -- as published in its own field
  email_domain varchar,       -- of a buyer's contact point
  website_domain varchar      -- of a buyer's website
)
