-- One row per CPV code that a contract carries and each of its ancestors: the tree, built from the digits alone.
--
-- Source: core.contracts, reference.cpv_service. A code of eight digits is a division (two digits and zeros), group, class, category or
-- finer; its parent is the same code with the last digit that is not zero set to zero.
with recursive used as (
  select cpv_code, any_value(cpv_label order by cpv_label) as cpv_label, count(*)::integer as contract_count, try_cast(sum(value_gbp) as decimal(18, 2)) as total_value_gbp
  from core.contracts
  where cpv_code is not null and duplicate_of is null
  group by cpv_code
),

tree as (
  select cpv_code from used
  union
  select cpv_parent(cpv_code) from tree where cpv_parent(cpv_code) is not null
),

lines as (
  select tree.cpv_code, prefixes.service_line, prefixes.cpv_prefix
  from tree
  join reference.cpv_service as prefixes on starts_with(tree.cpv_code, prefixes.cpv_prefix)
  qualify row_number() over (partition by tree.cpv_code order by length(prefixes.cpv_prefix) desc) = 1
)

select
  tree.cpv_code,                                                 -- eight digits, without the check digit
  cpv_parent(tree.cpv_code) as parent_cpv_code,                  -- the code above it; null for a division
  greatest(2, length(rtrim(tree.cpv_code, '0')))::integer as significant_digits, -- 2 division, 3 group, 4 class, 5 category, more for finer ones
  used.cpv_label,                                                -- official description, where a contract carries the code
  lines.service_line,                                            -- by the longest prefix in the reviewed table
  lines.cpv_prefix,                                              -- that prefix
  coalesce(used.contract_count, 0) as contract_count,            -- contracts with exactly this code, each counted once
  used.total_value_gbp                                           -- their values, ceilings among them: for weighing the code, never a spend
from tree
left join used using (cpv_code)
left join lines using (cpv_code)
order by tree.cpv_code
