-- The embedded suppliers: organisations only; a name that may be a person's is withheld.
create or replace table snapshot.contract_suppliers (
  contract_id varchar,         -- the embedded contract
  supplier_id varchar,         -- as in core.contract_suppliers
  supplier_name varchar,       -- null when withheld
  identifier_scheme varchar,   -- org-id list
  identifier varchar,          -- in that list
  postcode varchar,            -- null when withheld
  is_sme boolean,              -- as declared
  is_vcse boolean,             -- as declared
  is_natural_person boolean    -- true when the name may be a person's
)
