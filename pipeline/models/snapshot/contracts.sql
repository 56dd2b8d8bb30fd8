-- The embedded contracts: one row per award of a council buyer, and of any award that such a row repeats; facts and figures only, each
-- judgement with its rule, before corrections, which are applied to embedded rows as to any other.
create or replace table snapshot.contracts (
  contract_id varchar,          -- as in core.contracts
  register_id varchar,          -- as in core.contracts
  ocid varchar,                 -- as in core.contracts
  award_id varchar,             -- as in core.contracts
  lot_id varchar,               -- as in core.contracts
  title_sha256 varchar,         -- hash of the title as it is compared; the title itself is not embedded
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
  estimate_low_published decimal(18,2), -- as in core.contracts
  estimate_high_published decimal(18,2), -- as in core.contracts
  vat_basis varchar,            -- as judged by rule
  vat_rule varchar,             -- the rule
  is_per_year boolean,          -- as in core.contracts
  value_kind varchar,           -- as judged by rule
  value_kind_rule varchar,      -- the rule
  is_kind_unsure boolean,       -- as judged by rule
  starts_on date,               -- as published
  ends_on date,                 -- as published
  stated_max_ends_on date,      -- last day with every extension, as published
  stated_extension_months integer, -- optional extension in words
  stated_extension_rule varchar, -- how it was read
  stated_core_months integer,   -- core term in words
  has_renewal boolean,          -- whether it can be renewed, as published
  terminated_on date,           -- as in core.contracts
  cpv_code varchar,             -- as in core.contracts
  cpv_label varchar,            -- as in core.contracts
  service_line varchar,         -- as judged by rule
  service_rule varchar,         -- the rule
  supplier_count integer,       -- as in core.contracts
  supplier_key varchar,         -- hash of the suppliers' names, to recognise a republished award
  delivery_itl varchar,         -- as in core.contracts
  duplicate_of varchar,         -- as judged by rule
  duplicate_rule varchar        -- the rule
)
