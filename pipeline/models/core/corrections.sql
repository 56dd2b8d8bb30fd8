-- One row per correction that a person has made: what was wrong, what it is now, why, and whether it bites in this build.
--
-- Source: reference.corrections, core.contracts. A correction of value_gbp is checked against the published amount.
-- Caveat: a correction whose contract is not at hand waits; one that no longer fits what the rules say is a broken promise.
select
  corrections.contract_id,                                       -- core.contracts
  corrections.column_name,                                       -- what is corrected
  corrections.from_value,                                        -- what the rules say
  corrections.to_value,                                          -- what it is instead; empty when there is none
  corrections.why,                                               -- the reason in a sentence
  corrections.evidence_url,                                      -- where anyone can see it
  corrections.decided_on::date as decided_on,                    -- day of the decision
  contracts.contract_id is not null as is_at_hand,               -- the contract is in this build
  coalesce(list_contains(contracts.corrected_columns,
    case when corrections.column_name = 'value_gbp' then 'value_gbp' else corrections.column_name end), false) as is_applied -- it changed the row
from reference.corrections as corrections
left join core.contracts as contracts using (contract_id)
order by corrections.decided_on, corrections.contract_id, corrections.column_name
