-- Awards that changed, those that met one in a pair, and all of a block that is small enough to be compared, or was before they changed;
-- and all of the processes that something was published about, for it may have been published side by side.
with touched as (
  select key, count(*) as changed_count from (select unnest(block_keys) as key from changed_core_compared_awards) group by key
),

members as materialized (
  select contract_id, key from (select contract_id, unnest(block_keys) as key from core.compared_awards) semi join touched using (key)
),

blocks as (
  select key from members join touched using (key) group by key, changed_count having count(*) <= most_in_block() + changed_count
)

select contract_id from changed_core_compared_awards
union
select contract_id from members semi join blocks using (key)
union
select contract_id from core.compared_pairs where other_id in (select contract_id from changed_core_compared_awards)
union
select contract_id from core.compared_awards where ocid in (select ocid from wanted_processes)
