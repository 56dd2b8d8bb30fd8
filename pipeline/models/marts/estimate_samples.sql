-- One row per sample that an estimate was made from: the SQL that makes it from the published tables, written by `analyse`; empty until then.
--
-- Source: marts.estimates. Caveat: a sample without rows is here too: that it has none is why its estimates were not run.
select
  null::varchar as sql_sha256,                                   -- SHA-256 of the text beside it, as marts.estimates names it
  null::integer as estimate_count,                               -- estimates that were made from it, or could not be
  null::varchar as sql                                           -- runs on the published tables under the same names
from marts.estimates
where false
