-- One row per financial year that the newest GDP deflator at hand covers; empty while none is, and money stays in cash terms.
--
-- Source: reference.deflator, filled from the files of `fetch deflator` or `import deflator`. Caveat: the index is revised from
-- release to release, so figures at constant prices belong to one version of it.
select
  financial_year::integer as financial_year,                     -- 2025 is 1 April 2024 to 31 March 2025
  index_number::double as index_number,                          -- level of prices, as its publisher states it
  price_year::integer as price_year,                             -- the year in whose prices real figures are stated
  version,                                                       -- day or month of the publisher's release
  source                                                         -- whose series
from reference.deflator
where index_number is not null and version is not distinct from (select max(version) from reference.deflator)
order by financial_year
