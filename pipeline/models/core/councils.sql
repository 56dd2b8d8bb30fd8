-- One row per principal council code of the United Kingdom, in force today or not.
--
-- Source: reference.councils, reference.succession, reference.council_places, reference.announced_changes.
-- A change is applied on its day and never before: the day is that of the newest release at hand, or 1 April 2025 (the last
-- change among the committed tables) when all releases are older.
with recursive as_of as (
  select greatest(date '2025-04-01', coalesce(max(released_at)::date, date '2025-04-01')) as day
  from (select released_at from staging.releases union all select released_at from snapshot.contracts)
),

changes as (
  select gss_from, gss_to, kind
  from reference.succession
  where changed_on::date <= (select day from as_of) and gss_to in (select gss from reference.councils)
),

steps as (
  select gss, gss as today, true as is_recode_only, true as is_nested from reference.councils
  union all
  select steps.gss, changes.gss_to, steps.is_recode_only and changes.kind = 'recode', steps.is_nested and changes.kind <> 'remainder'
  from steps
  join changes on changes.gss_from = steps.today and changes.kind <> 'partial'
),

today as (
  select
    steps.gss,
    case when count(distinct steps.today) = 1 then any_value(steps.today) end as answers_gss,
    bool_and(steps.is_nested) as is_nested,
    bool_and(steps.is_recode_only) as is_recode_only
  from steps
  where steps.today not in (select gss_from from changes)
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
  case when today.is_nested then today.answers_gss end as council_gss, -- the one council of today that all of its area lies in; null after a split or when a part left
  today.answers_gss,                                             -- the one council that answers for its contracts today, also when a small part of the area went elsewhere; null after a split
  coalesce(today.is_recode_only, false) as is_recode_only,       -- the same council all along, whatever its code
  announced.changes_on::date as changes_on,                      -- day of an announced reorganisation, not applied before
  announced.successor as announced_successor,                    -- names announced for that day, where known
  councils.population::integer as population,                    -- residents
  councils.population_on::date as population_on,                 -- date of that estimate
  councils.imd_score::double as imd_score,                       -- average score, English indices of deprivation 2025
  councils.rural_pct::double as rural_pct,                       -- per cent of residents in rural areas, census 2011
  places.latitude::double as latitude,                           -- degrees, of the area's centroid
  places.longitude::double as longitude,                         -- degrees, of the area's centroid
  places.combined_gss,                                           -- combined authority, or Greater London
  councils.domain                                                -- the council's web domain
from reference.councils as councils
left join today using (gss)
left join reference.council_places as places using (gss)
left join reference.announced_changes as announced using (gss)
order by councils.gss
