-- The embedded observations of every shipped indicator, as their publishers state them.
create or replace table snapshot.observations (
  indicator_id varchar,     -- as in core.observations
  gss varchar,              -- as in core.observations
  period varchar,           -- as in core.observations
  period_start_on date,     -- as in core.observations
  period_end_on date,       -- as in core.observations
  value double,             -- as in core.observations
  numerator double,         -- as in core.observations
  denominator double,       -- as in core.observations
  missing_reason varchar,   -- as in core.observations
  source_sha256 varchar     -- SHA-256 of the publisher's file, which is not embedded
)
