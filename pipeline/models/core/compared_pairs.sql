-- One row per two award states that were compared and are publications of one award, or surely are not: the rule that tells.
--
-- Source: core.compared_awards; staging.awards for awards that one release publishes side by side.
-- Awards are compared only inside blocks that share a key, so the work grows with the number of awards; a block too large for that
-- is compared by exact content only (core.duplicates). Awards of one release, and awards of different lots, are different awards; other years
-- and other suppliers too, except that one ceiling with other suppliers counts once.
with numbered as (
  select ('0x' || contract_id)::ubigint as number, * from core.compared_awards -- a number is joined more quickly than sixteen characters
),

asked as (
  select distinct unnest(block_keys) as key from numbered where is_wanted(contract_id)
),

keys as materialized (
  select number, key from (select number, unnest(block_keys) as key from numbered) semi join asked using (key)
),

small as materialized (
  select keys.number, keys.key
  from keys
  join (select key from keys group by key having count(*) between 2 and most_in_block()) as blocks using (key)
),

awards as materialized (
  select * from numbered where number in (select number from small)
),

candidates as materialized (
  select distinct a.number as a_number, b.number as b_number
  from small as a
  join small as b on a.key = b.key and a.number < b.number
  where a.number in (select number from awards where is_wanted(contract_id))
),

-- Awards that some release publishes side by side are different awards.
side_by_side as (
  select distinct a.register_id, a.ocid, a.award_id as a_award, b.award_id as b_award
  from staging.awards as a
  join staging.awards as b on a.raw_sha256 = b.raw_sha256 and a.register_id = b.register_id and a.position = b.position
    and a.award_id <> b.award_id
  where a.ocid in (
    select one.ocid from candidates
    join awards as one on one.number = a_number
    join awards as other on other.number = b_number and other.ocid = one.ocid and other.register_id = one.register_id
  )
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
    a.is_not_awarded <> b.is_not_awarded as one_not_awarded,
    coalesce(a.content_key = b.content_key, false) as same_in_all
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

edges as (
  select a.contract_id as a_id, b.contract_id as b_id,
    case when (same_release or are_side_by_side) and both_ceilings and same_amount and both_priced and not other_lot
      then 'ceiling-repeated-in-its-notice' else 'different' end as rule,
    same_in_all
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
  ], rule -> rule is not null)[1] as rule,
    same_in_all
  from pairs
)

select
  a_id as contract_id,                                           -- core.award_states; the smaller id of the two
  b_id as other_id,                                              -- core.award_states
  rule                                                           -- the first that holds, or 'different'; null for the same content that no rule takes for one award
from edges
where rule is not null or same_in_all
