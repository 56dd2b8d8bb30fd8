-- One row per distinct supplier name and identifier: who it is (pipeline/geography/supplierName.ts), read anew at every build.
create table if not exists staging.supplier_readings (
  supplier_name varchar,        -- as published, HTML entities decoded
  identifier_scheme varchar,    -- as published
  identifier varchar,           -- as published
  supplier_kind varchar,        -- organisation, person, or nobody when no supplier is named
  official_scheme varchar,      -- org-id list of an official register; null when the identifier is not one
  official_identifier varchar,  -- in that register's own form: company numbers padded to eight characters
  supplier_key varchar          -- the name without case, punctuation, legal form and trading name
)
