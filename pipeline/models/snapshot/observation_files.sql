-- The publishers' files that the embedded observations were read from; the files are not embedded.
create or replace table snapshot.observation_files (
  file integer,             -- a number within the snapshot
  publication_id varchar,   -- file name under pipeline/indicators
  source_sha256 varchar     -- SHA-256 of the publisher's file
)
