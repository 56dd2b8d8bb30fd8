-- One row per award in each release, as published: typed, nothing judged.
create table if not exists staging.awards (
  register_id varchar,            -- file name under pipeline/registers
  raw_sha256 varchar,             -- SHA-256 of the archived bytes
  position integer,               -- place of the release in its file, from 0
  ocid varchar,                   -- contracting process
  release_id varchar,             -- the register's identifier of the release
  released_at timestamptz,        -- when the release was published
  body_sha256 varchar,            -- SHA-256 of the release's own JSON
  award_id varchar,               -- unique inside the process; of an id that one release gives to several awards, the second is id#2
  is_implied boolean,             -- the release has no such award, only a contract that was signed under it
  award_status varchar,           -- active, pending, cancelled, unsuccessful
  award_title varchar,            -- as published
  tender_title varchar,           -- as published
  tender_description varchar,     -- as published; evidence only, never republished
  procurement_method varchar,     -- open, selective, limited, direct
  procurement_method_details varchar, -- the publisher's words
  legal_basis varchar,            -- scheme and identifier, such as UKPGA 2023/54
  has_framework_agreement boolean, -- tender.techniques
  has_dynamic_purchasing_system boolean, -- tender.techniques
  has_parent_framework boolean,   -- a related process is a framework
  notice_types varchar[],         -- UK6, UK7 … of the award's own documents
  lot_count integer,              -- lots of the tender; null where the register has none
  canonical_ocid varchar,         -- the process in the register that published the notice first
  value_amount decimal(18,2),     -- as published, for the whole award whatever its suppliers; else as amended
  value_amount_gross decimal(18,2), -- including VAT, on newer notices
  currency varchar,               -- ISO 4217
  tender_value_low decimal(18,2), -- estimate before the award, lower end
  tender_value_high decimal(18,2), -- estimate before the award, upper end or the only one
  text_marks varchar[],           -- kinds of words found in title and description, see pipeline/ocds/instrument.ts
  stated_extension_months integer, -- optional extension in words; 0 when the text says none
  stated_extension_rule varchar,  -- how it was read, see pipeline/ocds/term.ts
  stated_core_months integer,     -- core term in words
  stated_vat varchar,             -- excluded or included, in words, see pipeline/ocds/money.ts
  is_stated_per_year boolean,     -- the words give this very amount for one year
  stated_amounts decimal(18,2)[], -- amounts in pounds in the words, largest first
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
