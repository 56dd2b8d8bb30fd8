-- One row per raw file that has been parsed, by one version of the parser.
--
-- Source: the raw archive. Promise: releases seen = release_count + reject_count.
create table if not exists staging.files (
  source_id varchar,        -- file name under pipeline/registers or pipeline/indicators
  raw_sha256 varchar,       -- SHA-256 of the archived bytes
  origin varchar,           -- address or path the bytes came from
  received_at timestamptz,  -- when they were archived
  size_bytes bigint,        -- size of the archived bytes
  parser_version varchar,   -- a file is parsed again when this changes
  format varchar,           -- json, json-lines, text, parquet, ods or xlsx, told from the bytes
  decoded_as varchar,       -- character encoding the text was read with; null for binary formats
  repairs varchar[],        -- what had to be mended before the text could be read, each rule with how often
  seen_count integer,       -- releases or observations found in the file
  staged_count integer,     -- of them, how many were good
  reject_count integer,     -- of them, how many went to staging.rejects
  problem varchar           -- why the whole file was refused; null when it was read
)
