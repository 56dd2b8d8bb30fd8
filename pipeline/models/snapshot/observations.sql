-- The embedded observations of every shipped indicator, as their publishers state them.
create or replace table snapshot.observations (
  indicator_id varchar,     -- as in core.published_observations
  gss varchar,              -- as in core.published_observations
  period varchar,           -- as in core.published_observations; its days follow from the name
  value double,             -- published_value in core.published_observations; null also where it only follows from the counts
  numerator double,         -- as in core.published_observations
  denominator double,       -- as in core.published_observations
  missing_reason varchar,   -- as in core.published_observations
  file integer              -- snapshot.observation_files
)
