-- One row per buyer as registers write it: what kind of body it is and, for a council, which one.
--
-- Source: names in core.award_states and snapshot.contracts; reference.council_names, core.councils.
-- Caveat: a first version. A council is recognised by its exact name or a known alias, never by the word "council"; what is not
-- recognised has no code and is listed for review.
with names as (
  select buyer_name from core.award_states where buyer_name is not null
  union
  select buyer_name from snapshot.contracts where buyer_name is not null
),

aliases as (
  select name_key(council_names.name) as key, councils.gss
  from reference.council_names as council_names
  join core.councils as councils using (gss)
  qualify row_number() over (partition by name_key(council_names.name) order by councils.valid_to desc nulls first, councils.gss) = 1
),

keyed as (
  select buyer_name, name_key(buyer_name) as key, ' ' || name_key(buyer_name) || ' ' as words from names
)

select
  short_id(buyer_name) as buyer_id,                              -- 16 hex digits of sha256 over the name as published
  buyer_name,                                                    -- as published, HTML entities decoded
  case
    when aliases.gss is not null then 'council'
    when regexp_matches(words, ' on behalf of | e tendering| etendering| procurement portal|^ (atamis|due north|in tend|intend|eu supply|bip solutions|proactis|proactis tenders)( |$)') then 'portal-or-agent'
    when regexp_matches(words, ' combined authority | greater london authority ') then 'combined-authority'
    when regexp_matches(words, ' (ypo|espo|nepo|star procurement|procurement hub|purchasing organisation|purchasing consortium|crown commercial service|commercial services group|procurement partnership|procurement service) ') then 'purchasing-body'
    when regexp_matches(words, ' (parish|town|community) council ') then 'parish-or-town'
    when regexp_matches(words, ' (voluntary service|voluntary sector|charity|charitable|foundation|trust for) ') then 'voluntary'
    when regexp_matches(words, ' (nhs|integrated care|clinical commissioning|ambulance|health board|ccg) ') then 'nhs'
    when regexp_matches(words, ' (university|college|school|academy|academies|multi academy|education trust|learning trust) ') then 'education'
    when regexp_matches(words, ' (police|constabulary|fire|crime commissioner) ') then 'police-fire'
    when regexp_matches(words, ' (homes|housing|living|housing association) ') then 'housing-association'
    when regexp_matches(words, ' (scottish government|welsh government|senedd|northern ireland executive|scottish parliament) ') then 'devolved'
    when regexp_matches(words, ' (ministry|department for|department of|home office|hm |cabinet office|hmrc|hmpps|dwp|defra|environment agency|national highways|agency|government|office for) ') then 'central-government'
    when regexp_matches(words, ' (ltd|limited|plc|llp|group) ') then 'company'
    else 'other'
  end as buyer_kind,                                             -- what kind of body the name denotes
  aliases.gss,                                                   -- the council as named; null when it is not one
  case when aliases.gss is not null then 'exact-alias' else 'words' end as match_rule, -- how it was recognised
  false as is_reviewed                                           -- whether a person has confirmed it
from keyed
left join aliases using (key)
order by buyer_id
