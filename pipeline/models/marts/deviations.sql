-- One row per change to the plan after outcomes were unblinded, written by `analyse`; empty while there is none.
--
-- Source: the hashes of the claims' files, now and in data/reference/unblind.json. Caveat: says that a file changed, not what in it.
select
  null::integer as deviation_number,                             -- in the order of the files' names
  null::varchar as deviation                                     -- which file changed, and when outcomes had been unblinded
from marts.estimates
where false
