-- One row per postcode or web domain that stands beside the names of one council and no other: its office, its official domain.
--
-- Source: staging.parties in the role of buyer with staging.buyer_readings; core.councils.
with parties as (
  select
    party_name,
    nullif(upper(regexp_replace(postcode, '[^A-Za-z0-9]', '', 'g')), '') as postcode,
    list_filter([lower(email_domain), lower(website_domain)], d -> d is not null) as domains
  from (select distinct party_name, postcode, email_domain, website_domain from staging.parties where list_contains(roles, 'buyer'))
),

named as (
  select readings.buyer_name as party_name, councils.answers_gss as gss
  from staging.buyer_readings as readings
  join core.councils as councils on councils.gss = readings.council_codes[1]
  where readings.buyer_kind = 'council' and len(readings.council_codes) = 1 and not readings.is_joint
),

beside_names as (
  select 'postcode' as kind, parties.postcode as value, named.gss
  from parties
  join named using (party_name)
  where parties.postcode is not null
  union all
  select 'domain', parties.domain, named.gss
  from (select party_name, unnest(domains) as domain from parties) as parties
  join named using (party_name)
  where regexp_matches(parties.domain, '\.gov\.(uk|wales|scot)$|\.llyw\.cymru$')
  union all
  select 'domain', councils.domain, councils.answers_gss from core.councils as councils where councils.domain is not null and councils.valid_to is null
)

select
  value,                                                         -- capitals and digits, or small letters
  kind,                                                          -- postcode or domain
  any_value(gss) as gss                                          -- the council of today
from beside_names
where gss is not null
group by kind, value
having count(distinct gss) = 1
order by value, kind
