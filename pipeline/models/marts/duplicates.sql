-- One row per contract that is the same award as another row, beside the row that is kept and counted.
--
-- Source: core.contracts.
select
  duplicate.contract_id,                                         -- the row that is not counted
  duplicate.duplicate_of,                                        -- contract_id of the row that is kept
  duplicate.duplicate_rule,                                      -- the rule that recognised it, see duplicate-rules
  duplicate.register_id,                                         -- of the row that is not counted
  kept.register_id as kept_register_id,                          -- of the row that is kept
  duplicate.ocid,                                                -- of the row that is not counted
  kept.ocid as kept_ocid,                                        -- of the row that is kept
  duplicate.buyer_name,                                          -- as published
  duplicate.value_gbp,                                           -- of each of the two: counted once
  duplicate.published_on,                                        -- of the row that is not counted
  kept.published_on as kept_published_on                         -- of the row that is kept
from core.contracts as duplicate
join core.contracts as kept on kept.contract_id = duplicate.duplicate_of
order by duplicate.contract_id
