-- One row per indicator, council and period in each file of a publication, as published.
create table if not exists staging.observations (
  publication_id varchar,   -- file name under pipeline/indicators
  raw_sha256 varchar,       -- SHA-256 of the archived bytes
  position varchar,         -- where in the file, for a person to find it
  indicator_id varchar,     -- declared by the publication
  gss varchar,              -- code the publication uses for that period
  period varchar,           -- 2024-25 is the financial year to 31 March 2025
  period_start_on date,     -- inclusive
  period_end_on date,       -- inclusive
  value double,             -- in the indicator's unit; null when withheld
  numerator double,         -- as published
  denominator double,       -- as published
  missing_reason varchar    -- the publisher's symbol or words when value is null
)
