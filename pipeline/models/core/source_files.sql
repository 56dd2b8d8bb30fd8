-- One row per file that any published row was read from, by the SHA-256 of its archived bytes.
--
-- Source: staging.files, and the hashes that embedded rows carry. Promise: seen = staged + rejected for every file that was read here.
-- Caveat: the bytes of embedded rows are not included; their hash says which bytes they were.
with embedded as (
  select register_id as source_id, raw_sha256, count(*) as row_count from core.contracts where is_embedded group by all
  union all
  select indicators.publication_id, observations.source_sha256, count(*)
  from core.published_observations as observations
  join reference.indicators as indicators using (indicator_id)
  where observations.is_embedded
  group by all
)

select
  source_id,                                                     -- core.sources
  raw_sha256,                                                    -- SHA-256 of the archived bytes
  size_bytes,                                                    -- of the archived bytes
  format,                                                        -- told from the bytes: json, json-lines, text, parquet, ods or xlsx
  seen_count,                                                    -- releases or observations in the file
  staged_count,                                                  -- of them, how many were good
  reject_count,                                                  -- of them, how many are in staging.rejects
  problem,                                                       -- why the whole file was refused; null when it was read
  false as is_embedded                                           -- the bytes are not in this archive, only rows read from them
from staging.files
union all by name
select source_id, raw_sha256, null::bigint as size_bytes, null::varchar as format, row_count::integer as seen_count,
  row_count::integer as staged_count, 0 as reject_count, null::varchar as problem, true as is_embedded
from embedded
where (source_id, raw_sha256) not in (select (files.source_id, files.raw_sha256) from staging.files as files)
order by source_id, raw_sha256
