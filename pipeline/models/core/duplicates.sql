-- One row per award state that is another publication of an award that is kept: which one, and the rule that recognised it.
--
-- Source: core.award_states, core.value_kinds, core.buyers; staging.awards for awards that one release publishes side by side.
-- Awards are compared only inside blocks that share a key (process, buyer and title, title and amount …), so the work grows with the number
-- of awards; a block of more than fifty is compared by exact content only. Awards of one release, and awards of different lots, are
-- different awards; other years and other suppliers too, except that one ceiling with other suppliers counts once.
with awards as materialized (
  select
    row_number() over (order by states.contract_id) as number,
    states.contract_id, states.register_id, states.ocid, states.award_id, states.raw_sha256, states.position, states.released_at,
    states.lot_id, states.canonical_ocid, states.starts_on, states.ends_on, states.supplier_count,
    coalesce(states.value_amount, states.value_amount_gross, 0) as amount, coalesce(states.currency, 'GBP') as currency,
    title_key(coalesce(states.title, states.award_title)) as title,
    regexp_matches(lower(coalesce(states.title, '')), 'variation|modification|amend|novation|change notice') as says_changed,
    case when len(states.supplier_names) <= 1 then [supplier_key(states.first_supplier)]
      else list_distinct(list_transform(states.supplier_names, name -> supplier_key(name))) end as suppliers,
    supplier_key(states.first_supplier) as first_supplier,
    states.supplier_key <> '' and not states.withholds_names and not states.names_nobody as is_named,
    states.supplier_key,
    coalesce(buyers.gss, name_key(states.buyer_name)) as buyer,
    buyers.gss,
    coalesce(buyers.buyer_kind = 'portal-or-agent' and buyers.gss is null, false) as is_portal,
    kinds.value_kind in ('framework-ceiling', 'dynamic-market-ceiling') as is_ceiling,
    kinds.value_kind = 'not-awarded' as is_not_awarded,
    kinds.value_kind in ('placeholder', 'missing') as has_no_price
  from core.award_states as states
  join core.value_kinds as kinds using (contract_id)
  left join core.buyers as buyers using (buyer_name)
),

-- Blocks: the keys under which two publications of one award can meet. A key is a hash: two that coincide by chance only make
-- one comparison more.
keys as materialized (
  select number, unnest([
    hash('process and supplier', register_id, ocid, first_supplier),
    hash('process and amount', register_id, ocid, amount),
    hash('process and start', register_id, ocid, starts_on),
    hash('buyer, title and amount', buyer, title, amount),
    hash('buyer, title and start', buyer, title, starts_on),
    hash('title, amount and start', title, amount, starts_on),
    hash('buyer, amount, start and numbers', buyer, amount, starts_on, numbers_in(title)),
    hash('canonical process', coalesce(canonical_ocid, ocid))
  ]) as key
  from awards
),

small as materialized (
  select keys.number, keys.key
  from keys
  join (select key from keys group by key having count(*) between 2 and 50) as blocks using (key)
),

candidates as (
  select distinct a.number as a_number, b.number as b_number
  from small as a
  join small as b on a.key = b.key and a.number < b.number
),

-- Awards that some release publishes side by side are different awards.
side_by_side as (
  select distinct a.register_id, a.ocid, a.award_id as a_award, b.award_id as b_award
  from staging.awards as a
  join staging.awards as b on a.raw_sha256 = b.raw_sha256 and a.register_id = b.register_id and a.position = b.position
    and a.award_id <> b.award_id
  where a.ocid in (select any_value(ocid) from awards group by register_id, ocid having count(*) > 1)
),

-- What settles most pairs at once: lots of one notice are different awards, and nothing else needs to be compared.
met as (
  select
    a, b, a.register_id = b.register_id and a.ocid = b.ocid as same_process, a.register_id = b.register_id as same_register,
    a.raw_sha256 = b.raw_sha256 and a.register_id = b.register_id and a.position = b.position as same_release,
    side_by_side.ocid is not null and a.ocid = b.ocid and a.register_id = b.register_id as are_side_by_side,
    a.lot_id is not null and b.lot_id is not null and a.lot_id <> b.lot_id and a.register_id = b.register_id as other_lot,
    a.amount = b.amount and a.currency = b.currency as same_amount,
    a.amount > 1 and b.amount > 1 as both_priced,
    a.is_ceiling and b.is_ceiling as both_ceilings,
    a.is_not_awarded <> b.is_not_awarded as one_not_awarded
  from candidates
  join awards as a on a.number = candidates.a_number
  join awards as b on b.number = candidates.b_number
  left join side_by_side on side_by_side.register_id = a.register_id and side_by_side.ocid = a.ocid
    and side_by_side.a_award = a.award_id and side_by_side.b_award = b.award_id
),

pairs as (
  select
    a.contract_id as a_id, b.contract_id as b_id, * exclude (a, b),
    is_correction(a.amount, b.amount) as corrected_amount,
    a.title = b.title as same_title,
    same_but_misspelt(a.title, b.title) as misspelt_title,
    length(a.title) >= 12 as long_title,
    a.buyer = b.buyer as same_buyer,
    a.gss is not null and b.gss is not null and a.gss <> b.gss as two_councils,
    a.is_portal or b.is_portal as is_portal,
    a.starts_on is not null and b.starts_on is not null as both_dated,
    a.starts_on is null and b.starts_on is null as none_dated,
    abs(date_diff('day', a.starts_on, b.starts_on)) <= 7 as same_start,
    coalesce(abs(date_diff('day', a.ends_on, b.ends_on)) <= 31, a.ends_on is null and b.ends_on is null) as same_end,
    a.is_named and b.is_named and (
      len(list_intersect(a.suppliers, b.suppliers)) >= 0.8 * least(len(a.suppliers), len(b.suppliers))
      or (len(a.suppliers) = 1 and len(b.suppliers) = 1 and jaro_winkler_similarity(a.first_supplier, b.first_supplier) >= 0.92)
      -- A register that keeps one name for all is compared by that name.
      or ((a.supplier_count = 1 or b.supplier_count = 1) and a.register_id <> b.register_id
        and (contains(a.first_supplier, b.first_supplier) or contains(b.first_supplier, a.first_supplier)
          or list_contains(a.suppliers, b.first_supplier) or list_contains(b.suppliers, a.first_supplier)))
    ) as same_suppliers,
    not a.is_named and not b.is_named and a.supplier_key = b.supplier_key and a.is_not_awarded = b.is_not_awarded as both_unnamed,
    a.says_changed or b.says_changed as says_changed,
    coalesce(a.canonical_ocid = b.ocid or b.canonical_ocid = a.ocid, false) as is_canonical,
    abs(date_diff('day', a.released_at, b.released_at)) as days_between
  from met
  where (same_release or are_side_by_side or other_lot or one_not_awarded) is not true
),

edges as materialized (
  select a.contract_id as a_id, b.contract_id as b_id,
    case when (same_release or are_side_by_side) and both_ceilings and same_amount and both_priced and not other_lot
      then 'ceiling-repeated-in-its-notice' else 'different' end as rule
  from met
  where same_release or are_side_by_side or other_lot or one_not_awarded
  union all
  select a_id, b_id, list_filter([
    case when is_canonical and (same_amount or corrected_amount) then 'republished-from-another-register' end,
    case when same_process and same_suppliers and same_amount and (not both_dated or same_start or same_end) then 'same-process-same-amount' end,
    case when same_process and same_suppliers and same_start and corrected_amount then 'same-process-corrected-amount' end,
    case when same_process and same_suppliers and same_start and days_between >= 1 then 'same-process-changed-amount' end,
    case when same_process and both_unnamed and same_amount and same_start then 'same-process-unnamed-supplier' end,
    case when same_process and same_start and says_changed then 'same-process-says-changed' end,
    case when same_buyer and same_title and same_amount and same_suppliers and same_start then 'same-content' end,
    case when same_buyer and same_title and same_amount and both_priced and same_suppliers and none_dated and days_between <= 270
      then 'same-content-undated' end,
    case when same_buyer and same_title and same_amount and same_suppliers and not both_dated and not none_dated and days_between <= 31
      then 'same-content-one-undated' end,
    case when same_buyer and same_title and same_amount and both_unnamed and not same_register and days_between = 0
      and (not both_dated or same_start) then 'same-content-unnamed-supplier' end,
    case when same_buyer and same_title and same_suppliers and same_start and same_end and corrected_amount and days_between <= 400
      then 'corrected-amount' end,
    case when same_buyer and misspelt_title and same_amount and both_priced and same_suppliers and same_start then 'misspelt-title' end,
    case when same_title and long_title and same_amount and both_priced and same_suppliers and same_start and not two_councils
      and (is_portal or same_end) then 'same-content-other-buyer' end,
    case when same_buyer and same_title and same_amount and both_priced and both_ceilings and (same_start or none_dated)
      then 'same-ceiling-other-suppliers' end
  ], rule -> rule is not null)[1] as rule
  from pairs
),

-- Blocks too large to compare pair by pair: exactly the same content, from different releases.
exact as (
  select
    first_value(contract_id) over (same order by released_at desc, contract_id) as a_id, contract_id as b_id,
    first_value(raw_sha256 || position) over (same order by released_at desc, contract_id) = raw_sha256 || position as same_release
  from awards
  where is_named and amount > 1
  window same as (partition by buyer, title, amount, currency, starts_on, ends_on, supplier_key, coalesce(lot_id, ''))
),

links as materialized (
  select a_id, b_id, rule from edges where rule <> 'different'
  union all
  select a_id, b_id, 'same-content' from exact
  where a_id <> b_id and not same_release and (least(a_id, b_id), greatest(a_id, b_id)) not in (select (a_id, b_id) from edges)
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
  join awards using (contract_id)
),

-- A group may hold different awards that only a third one joins: then a row needs a link of its own to the kept one.
mixed as (
  select distinct ranked_a.group_id
  from edges
  join ranked as ranked_a on ranked_a.contract_id = edges.a_id
  join ranked as ranked_b on ranked_b.contract_id = edges.b_id and ranked_b.group_id = ranked_a.group_id
  where edges.rule = 'different'
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
