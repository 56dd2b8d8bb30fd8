-- The embedded contracts: one row per award of a council buyer, facts and figures only, each judgement with its rule.
create or replace table snapshot.contracts (
  contract_id varchar,          -- as in core.contracts
  register_id varchar,          -- as in core.contracts
  ocid varchar,                 -- as in core.contracts
  award_id varchar,             -- as in core.contracts
  lot_id varchar,               -- as in core.contracts
  title_sha256 varchar,         -- hash of the normalised title; the title itself is not embedded
  notice_url varchar,           -- as in core.contracts
  raw_sha256 varchar,           -- SHA-256 of the register's bytes, which are not embedded
  released_at timestamptz,      -- when the latest release of the award was published
  legal_basis varchar,          -- as published
  procedure varchar,            -- as in core.contracts
  buyer_name varchar,           -- as published
  buyer_evidence_gss varchar,   -- the council that the notice's evidence told, where the buyer's name did not
  buyer_evidence_rule varchar,  -- the rule that decided so
  value_published decimal(18,2), -- as in core.contracts
  currency varchar,             -- as in core.contracts
  vat_basis varchar,            -- as in core.contracts
  value_kind varchar,           -- as in core.contracts
  value_kind_rule varchar,      -- as in core.contracts
  is_kind_unsure boolean,       -- as in core.contracts
  starts_on date,               -- as published
  ends_on date,                 -- as published
  max_ends_on date,             -- as published
  cpv_code varchar,             -- as in core.contracts
  cpv_label varchar,            -- as in core.contracts
  service_line varchar,         -- as in core.contracts
  service_rule varchar,         -- as in core.contracts
  supplier_count integer,       -- as in core.contracts
  supplier_key varchar,         -- hash of the suppliers' names, to recognise a republished award
  delivery_itl varchar          -- as in core.contracts
)
