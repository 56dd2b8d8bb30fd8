-- One row per principal council code of the United Kingdom, in force today or not.
--
-- Source: reference.councils, reference.succession. Announced changes that have not happened yet are not applied.
with recursive steps as (
  select gss, gss as today, true as is_recode_only from reference.councils
  union all
  select steps.gss, succession.gss_to, steps.is_recode_only and succession.kind = 'recode'
  from steps
  join reference.succession as succession on succession.gss_from = steps.today and succession.kind <> 'partial'
  join reference.councils as successor on successor.gss = succession.gss_to
),

today as (
  select
    steps.gss,
    case when count(distinct steps.today) = 1 then any_value(steps.today) end as council_gss,
    bool_and(steps.is_recode_only) as is_recode_only
  from steps
  join reference.councils as answering on answering.gss = steps.today and answering.valid_to is null
  group by steps.gss
)

select
  councils.gss,                                                  -- nine-character ONS code
  councils.name,                                                 -- official name
  councils.short_name,                                           -- as people say it
  councils.slug,                                                 -- in addresses
  councils.tier,                                                 -- upper, lower or single
  councils.class,                                                -- county, district, unitary, metropolitan-borough, london-borough, scottish, welsh, northern-irish
  councils.region,                                               -- English region, else the nation
  councils.nation,                                               -- England, Scotland, Wales, Northern Ireland
  councils.county_gss,                                           -- the county council over a district
  councils.valid_from::date as valid_from,                       -- first day of the code; null when no source says
  councils.valid_to::date as valid_to,                           -- last day of the code; null while in force
  councils.successor_gss,                                        -- code or codes that followed, separated by a space
  today.council_gss,                                             -- the one council that answers today; null after a split
  coalesce(today.is_recode_only, false) as is_recode_only,       -- the same council all along, whatever its code
  councils.population::integer as population,                    -- residents
  councils.population_on::date as population_on,                 -- date of that estimate
  councils.imd_score::double as imd_score,                       -- average score, English indices of deprivation 2025
  councils.rural_pct::double as rural_pct,                       -- per cent of residents in rural areas, census 2011
  councils.domain                                                -- the council's web domain
from reference.councils as councils
left join today using (gss)
order by councils.gss
