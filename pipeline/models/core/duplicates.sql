-- One row per award state that is another publication of an award that is kept: which one, and the rule that recognised it.
--
-- Source: core.compared_pairs, which says of two awards whether they are one; core.compared_awards for blocks too large for that, which are
-- compared by exact content.
with contents as (
  select content_key from core.compared_awards where content_key is not null group by content_key having count(*) > 1
),

-- Exactly the same content, from different releases.
exact as (
  select
    first_value(contract_id) over (same order by released_at desc, contract_id) as a_id, contract_id as b_id,
    first_value(raw_sha256 || position) over (same order by released_at desc, contract_id) = raw_sha256 || position as same_release
  from core.compared_awards
  semi join contents using (content_key)
  window same as (partition by content_key)
),

links as materialized (
  select contract_id as a_id, other_id as b_id, rule from core.compared_pairs where rule <> 'different'
  union all
  select a_id, b_id, 'same-content'
  from exact
  anti join core.compared_pairs as compared
    on compared.contract_id = least(exact.a_id, exact.b_id) and compared.other_id = greatest(exact.a_id, exact.b_id)
  where a_id <> b_id and not same_release
),

both_ways as materialized (
  select a_id, b_id from links union select b_id, a_id from links
),

groups as (
  with recursive reached as (
    select a_id as contract_id, a_id as member from both_ways
    union
    select reached.contract_id, both_ways.b_id from reached join both_ways on both_ways.a_id = reached.member
  )
  select contract_id, list_sort(list(distinct member)) as members from reached group by contract_id
),

-- Kept: a row with a price before one without, a buyer before a portal, then the latest.
ranked as (
  select
    groups.contract_id, members[1] as group_id,
    row_number() over (
      partition by members[1]
      order by awards.has_no_price, awards.is_portal, awards.released_at desc, awards.ocid, awards.award_id, groups.contract_id
    ) as place
  from groups
  join core.compared_awards as awards using (contract_id)
),

-- A group may hold different awards that only a third one joins: then a row needs a link of its own to the kept one.
mixed as (
  select distinct ranked_a.group_id
  from core.compared_pairs as compared
  join ranked as ranked_a on ranked_a.contract_id = compared.contract_id
  join ranked as ranked_b on ranked_b.contract_id = compared.other_id and ranked_b.group_id = ranked_a.group_id
  where compared.rule = 'different'
),

directly as (
  select a_id, b_id, rule from links union select b_id, a_id, rule from links
)

select
  ranked.contract_id,                                            -- core.award_states
  kept.contract_id as duplicate_of,                              -- the row that is kept
  coalesce(min(directly.rule), 'through-another-publication') as duplicate_rule -- the rule that recognised it
from ranked
join ranked as kept on kept.group_id = ranked.group_id and kept.place = 1
left join directly on directly.a_id = ranked.contract_id and directly.b_id = kept.contract_id
where ranked.place > 1 and (directly.rule is not null or ranked.group_id not in (select group_id from mixed))
group by ranked.contract_id, kept.contract_id
order by ranked.contract_id
