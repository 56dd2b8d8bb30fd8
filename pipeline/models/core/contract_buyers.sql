-- One row per contract: who bought it, by the buyer's name and, where the name does not tell, by the notice's own evidence.
--
-- Source: core.award_states, core.learned_places, snapshot.contracts, staging.buyer_readings, staging.parties, staging.text_readings,
-- reference.postcode_sectors, reference.council_identifiers, reference.portals, reference.delivery_bodies.
-- Evidence: the buyer's e-mail or web domain, its postcode, the councils that title and description name. Behind a portal's
-- name two kinds must agree on one council; a name that several councils share needs one kind besides. Else nobody.
-- What a council buys through a body that it owns outright is the council's; through one that several own, theirs together.
with contracts as (
  select contract_id, register_id, buyer_raw_sha256 as raw_sha256, buyer_position as position, words_raw_sha256, words_position, award_id,
    released_at, buyer_name, null::varchar as kept_gss, null::varchar as kept_rule
  from core.award_states
  where is_wanted(contract_id)
  union all by name
  select contract_id, register_id, raw_sha256, null::integer as position, award_id, released_at, buyer_name, buyer_evidence_gss as kept_gss, buyer_evidence_rule as kept_rule
  from snapshot.contracts
  where is_wanted(contract_id) and contract_id not in (select contract_id from core.award_states)
),

parties as (
  select
    register_id, raw_sha256, position, party_name, identifier_scheme, identifier, party_id,
    nullif(upper(regexp_replace(postcode, '[^A-Za-z0-9]', '', 'g')), '') as postcode,
    list_filter([lower(email_domain), lower(website_domain)], d -> d is not null) as domains
  from staging.parties
  semi join contracts using (register_id, raw_sha256, position)
  where list_contains(roles, 'buyer')
),

-- The councils that a postcode's sector speaks for: the one that holds most of it, and the county over that one.
sector_councils as (
  select sectors.sector, unnest(list_filter([councils.answers_gss, current.county_gss], code -> code is not null)) as gss
  from reference.postcode_sectors as sectors
  join core.councils as councils on councils.gss = sectors.gss
  join core.councils as current on current.gss = councils.answers_gss
),

unclear as (
  select contracts.*, readings.buyer_kind, readings.candidate_codes, texts.named_codes, texts.title_codes, texts.initials, texts.says_joint,
    coalesce(texts.names_another_body, false) as names_another_body
  from contracts
  join staging.buyer_readings as readings using (buyer_name)
  left join staging.text_readings as texts
    on texts.register_id = contracts.register_id and texts.raw_sha256 = contracts.words_raw_sha256
    and texts.position = contracts.words_position and texts.award_id = contracts.award_id
  where (readings.buyer_kind = 'portal-or-agent' and len(readings.council_codes) <> 1) or len(readings.candidate_codes) > 0
),

evidence as (
  select unclear.contract_id, 'domain' as kind, learned.gss
  from unclear
  join (select * exclude (domains), unnest(domains) as domain from parties) as parties using (register_id, raw_sha256, position)
  join core.learned_places as learned on learned.kind = 'domain' and (parties.domain = learned.value or ends_with(parties.domain, '.' || learned.value))
  union
  select unclear.contract_id, 'postcode', learned.gss
  from unclear
  join parties using (register_id, raw_sha256, position)
  join core.learned_places as learned on learned.kind = 'postcode' and learned.value = parties.postcode
  union
  select unclear.contract_id, 'postcode', sector_councils.gss
  from unclear
  join parties using (register_id, raw_sha256, position)
  join sector_councils on sector_councils.sector = parties.postcode[:-4] || ' ' || parties.postcode[-3]
  union
  select unclear.contract_id, 'text', councils.answers_gss
  from (select contract_id, unnest(named_codes) as gss from unclear) as unclear
  join core.councils as councils using (gss)
  union
  select unclear.contract_id, 'text', councils.answers_gss
  from (select contract_id, unnest(initials) as letters from unclear) as unclear
  join staging.council_letters as letters using (letters)
  join core.councils as councils using (gss)
),

portal_areas as (
  select name_key(name) as portal_key, unnest(string_split(area_gss, ' ')) as gss
  from reference.portals
  where area_gss is not null
),

-- A portal of named councils or of one county speaks for those councils and for the districts of that county only.
in_area as (
  select evidence.contract_id, evidence.kind, evidence.gss
  from evidence
  join unclear using (contract_id)
  join core.councils as councils using (gss)
  where evidence.gss is not null
    and (
      name_key(unclear.buyer_name) not in (select portal_key from portal_areas)
      or councils.gss in (select gss from portal_areas where portal_key = name_key(unclear.buyer_name))
      or councils.county_gss in (select gss from portal_areas where portal_key = name_key(unclear.buyer_name))
    )
),

supported as (
  select contract_id, gss, count(distinct kind) as kinds, string_agg(distinct kind, ' ' order by kind) as evidence
  from in_area
  group by contract_id, gss
),

-- A title that names councils says for whom the notice is: no other can be meant.
titled as (
  select unclear.contract_id, councils.answers_gss as gss
  from (select contract_id, unnest(title_codes) as gss from unclear) as unclear
  join core.councils as councils using (gss)
),

candidates as (
  select contract_id, councils.answers_gss as gss
  from (select contract_id, unnest(candidate_codes) as gss from unclear) as unclear
  join core.councils as councils using (gss)
  where councils.answers_gss is not null
  group by all
),

agreed as (
  select supported.contract_id, supported.gss, supported.kinds, supported.evidence, 'two-kinds-of-evidence' as rule
  from supported
  join unclear using (contract_id)
  where len(unclear.candidate_codes) = 0 and supported.kinds >= 2 and not unclear.names_another_body
    and (
      unclear.contract_id not in (select contract_id from titled)
      or supported.gss in (select gss from titled where titled.contract_id = supported.contract_id)
    )
  union all
  select supported.contract_id, supported.gss, supported.kinds, supported.evidence, 'name-and-' || supported.evidence
  from supported
  join candidates using (contract_id, gss)
),

-- The council with the most kinds of evidence, when no other has as many.
decided as (
  select contract_id, gss, evidence, rule
  from agreed
  qualify kinds = max(kinds) over (partition by contract_id) and count(*) over (partition by contract_id, kinds) = 1
),

together as (
  select unclear.contract_id, string_agg(distinct councils.answers_gss, ' ' order by councils.answers_gss) as joint_gss, count(distinct councils.answers_gss) as councils
  from (select contract_id, unnest(named_codes) as gss from unclear where says_joint) as unclear
  join core.councils as councils using (gss)
  where unclear.contract_id in (select contract_id from decided)
  group by unclear.contract_id
),

identified as (
  select contracts.contract_id, any_value(identifiers.gss) as gss
  from contracts
  join (
    select register_id, raw_sha256, position, identifier_scheme || '-' || identifier as written from parties
    union
    select register_id, raw_sha256, position, party_id from parties
  ) as parties using (register_id, raw_sha256, position)
  join reference.council_identifiers as identifiers on identifiers.scheme || '-' || identifiers.identifier = parties.written
  group by contracts.contract_id
  having count(distinct identifiers.gss) = 1
),

-- A notice that names several councils in the role of buyer is theirs together.
several as (
  select contracts.contract_id, string_agg(distinct codes.gss, ' ' order by codes.gss) as joint_gss
  from contracts
  join parties using (register_id, raw_sha256, position)
  join (
    select buyer_name, unnest(council_codes) as named from staging.buyer_readings where buyer_kind = 'council'
  ) as readings on readings.buyer_name = parties.party_name
  join (select gss as named, coalesce(answers_gss, gss) as gss from core.councils) as codes using (named)
  group by contracts.contract_id
  having count(distinct codes.gss) > 1
),

-- A body's own name, with or without its legal form, on a day when the council or councils owned it.
bodies_named as (
  select readings.buyer_name, bodies.acts_for_gss, bodies.valid_from::date as valid_from, coalesce(bodies.valid_to::date, date '9999-12-31') as valid_to
  from staging.buyer_readings as readings
  join reference.delivery_bodies as bodies
    on name_key(bodies.name) = regexp_replace(name_key(readings.buyer_name), '( (limited|ltd|plc|llp|cic|c i c))+$', '')
  where bodies.owned_by in ('council', 'councils')
),

delivered as (
  select contracts.contract_id, any_value(bodies.acts_for_gss) as acts_for_gss
  from contracts
  join bodies_named as bodies using (buyer_name)
  where contracts.released_at::date between bodies.valid_from and bodies.valid_to
  group by contracts.contract_id
),

judged as (
  select
    contracts.contract_id,
    case when readings.is_natural_person then withheld_buyer() else contracts.buyer_name end as buyer_name,
    case
      when delivered.acts_for_gss is not null then 'company'
      when readings.buyer_kind = 'council' then 'council'
      when coalesce(decided.gss, contracts.kept_gss) is not null then 'council'
      when readings.is_unsure and identified.gss is not null then 'council'
      else coalesce(readings.buyer_kind, 'other')
    end as buyer_kind,
    case
      when delivered.acts_for_gss is not null then case when not contains(delivered.acts_for_gss, ' ') then delivered.acts_for_gss end
      when coalesce(several.joint_gss, case when together.councils > 1 then together.joint_gss end) is not null then null
      when len(readings.council_codes) = 1 and (readings.buyer_kind in ('council', 'portal-or-agent')) then readings.council_codes[1]
      when len(readings.council_codes) > 1 and readings.buyer_kind = 'council' then null
      else coalesce(decided.gss, contracts.kept_gss, case when readings.is_unsure then identified.gss end)
    end as buyer_gss,
    coalesce(
      case when contains(delivered.acts_for_gss, ' ') then delivered.acts_for_gss end,
      several.joint_gss,
      case when together.councils > 1 then together.joint_gss end,
      case when len(readings.council_codes) > 1 and (readings.buyer_kind = 'council' or coalesce(decided.gss, contracts.kept_gss) is null)
        then array_to_string(readings.council_codes, ' ') end
    ) as joint_gss,
    coalesce(readings.is_joint, false) and coalesce(decided.gss, contracts.kept_gss) is null as is_joint_by_name,
    case
      when readings.is_natural_person then 'natural-person'
      when delivered.acts_for_gss is not null then 'delivery-body'
      when len(readings.council_codes) > 1 and readings.buyer_kind = 'council' then readings.match_rule
      when several.joint_gss is not null then 'several-buyers-named'
      when together.councils > 1 then 'councils-named-as-joint'
      when decided.gss is not null then decided.rule
      when contracts.kept_gss is not null then contracts.kept_rule
      when readings.is_unsure and identified.gss is not null then 'identifier'
      when readings.buyer_kind = 'portal-or-agent' and len(readings.council_codes) <> 1 then 'evidence-does-not-agree'
      else coalesce(readings.match_rule, 'no-name')
    end as match_rule,
    decided.evidence
  from contracts
  left join staging.buyer_readings as readings using (buyer_name)
  left join decided using (contract_id)
  left join together using (contract_id)
  left join several using (contract_id)
  left join identified using (contract_id)
  left join delivered using (contract_id)
)

select
  judged.contract_id,                                            -- core.contracts
  short_id(judged.buyer_name) as buyer_id,                       -- core.buyers
  judged.buyer_kind,                                             -- what kind of body bought; behind a portal's name, by evidence
  judged.buyer_gss,                                              -- the council as it was; null when it is not one council
  case when judged.joint_gss is null and not judged.is_joint_by_name then councils.answers_gss end as council_gss, -- the council that answers for it today; null when it is not one council's
  judged.joint_gss,                                              -- every council named, when several, separated by a space
  judged.joint_gss is not null or judged.is_joint_by_name as is_joint, -- bought for several councils or bodies together
  judged.match_rule,                                             -- the rule that decided
  judged.evidence                                                -- kinds of evidence that agreed, when the name alone did not tell
from judged
left join core.councils as councils on councils.gss = judged.buyer_gss
order by judged.contract_id
