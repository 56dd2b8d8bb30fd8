-- One row per award in each release, as published: typed, nothing judged.
create table if not exists staging.awards (
  register_id varchar,            -- file name under pipeline/registers
  raw_sha256 varchar,             -- SHA-256 of the archived bytes
  position integer,               -- place of the release in its file, from 0
  ocid varchar,                   -- contracting process
  release_id varchar,             -- the register's identifier of the release
  released_at timestamptz,        -- when the release was published
  body_sha256 varchar,            -- SHA-256 of the release's own JSON
  award_id varchar,               -- unique inside the process
  award_status varchar,           -- active, pending, cancelled, unsuccessful
  award_title varchar,            -- as published
  tender_title varchar,           -- as published
  tender_description varchar,     -- as published; evidence only, never republished
  procurement_method varchar,     -- open, selective, limited, direct
  procurement_method_details varchar, -- the publisher's words
  legal_basis varchar,            -- scheme and identifier, such as UKPGA 2023/54
  has_framework_agreement boolean, -- tender.techniques
  has_dynamic_purchasing_system boolean, -- tender.techniques
  value_amount decimal(18,2),     -- as published, for the whole award whatever its suppliers
  value_amount_gross decimal(18,2), -- including VAT, on newer notices
  currency varchar,               -- ISO 4217
  awarded_at timestamptz,         -- date of the decision
  starts_at timestamptz,          -- start of the contract
  ends_at timestamptz,            -- end of the contract
  max_ends_at timestamptz,        -- end with every extension, where stated
  supplier_count integer,         -- suppliers named in the award
  related_lots varchar[],         -- lots the award covers
  cpv_code varchar,               -- eight digits, the main classification
  cpv_label varchar,              -- its official description as published
  delivery_places varchar[],      -- region names or ITL codes as published
  buyer_party_id varchar,         -- the buyer's identifier inside the release
  buyer_name varchar,             -- as published, HTML entities decoded
  notice_url varchar              -- the page of the notice
)
