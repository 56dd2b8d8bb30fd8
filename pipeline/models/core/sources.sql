-- One row per register, statistical publication and reference source: publisher, licence, and the sentence the licence asks for.
--
-- Source: the definition files under pipeline/registers and pipeline/indicators; data/reference/SOURCES.md for the council tables.
-- A row of contracts belongs to the source named by its register_id, an observation to that of its indicator, names and codes of councils
-- to the reference sources.
select
  register_id as source_id,                                      -- file name under pipeline/registers or pipeline/indicators, or a reference source
  'register' as source_kind,                                     -- register, publication or reference
  title,                                                         -- as its publisher calls it
  publisher,                                                     -- who publishes it
  licence,                                                       -- SPDX identifier
  attribution,                                                   -- the sentence to repeat with its figures
  documentation as page,                                         -- the publisher's page
  array_to_string(caveats, ' ') as caveats                       -- what it leaves out; null when nothing is stated
from reference.registers
union all
select distinct publication_id, 'publication', publication, publisher, licence, attribution, page, null::varchar
from reference.indicators
union all
select * from (values
  ('uk-local-authority-names', 'reference', 'UK local authority names and codes 1.6.1', 'mySociety', 'CC-BY-4.0',
    'Contains data from mySociety, "UK local authority names and codes" 1.6.1, CC BY 4.0, changed: codes of 2025 added, end dates made last days, two rows corrected.',
    'https://pages.mysociety.org/uk_local_authority_names_and_codes/', null::varchar),
  ('council-facts', 'reference', 'Boundaries, deprivation and rural classification of local authorities', 'Office for National Statistics and others', 'OGL-UK-3.0',
    'Source: Office for National Statistics licensed under the Open Government Licence v3.0. Contains OS data © Crown copyright and database right.',
    'https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/', null::varchar)
)
order by source_id
