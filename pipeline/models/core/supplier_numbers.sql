-- One row per supplier's name of two words or more that stands with one official number, and never with another: "Compass" is several charities.
--
-- Source: staging.supplier_readings, of every release.
select
  supplier_key,                                                  -- the name as it is compared
  any_value(official_scheme) as identifier_scheme,               -- org-id list of an official register
  any_value(official_identifier) as identifier                   -- in that list
from staging.supplier_readings
where supplier_kind <> 'nobody' and official_identifier is not null and official_scheme <> 'GB-PPON' and supplier_key like '% %'
group by supplier_key
having count(distinct official_scheme || official_identifier) = 1
order by supplier_key
