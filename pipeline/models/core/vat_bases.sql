-- One row per award state: whether its published amount is without or with VAT, and how we know.
--
-- Source: core.award_states. Newer notices carry the amount and the gross amount side by side; older ones say it in words, if at all.
-- Caveat: a rate of VAT is never assumed, so a gross amount stays gross and is flagged.
select
  contract_id,                                                   -- core.award_states
  case
    when value_amount is null and value_amount_gross is not null then 'included'
    when value_amount is not null and value_amount_gross is not null then 'excluded'
    else coalesce(stated_vat, 'unknown')
  end as vat_basis,                                              -- excluded, included or unknown
  case
    when value_amount is null and value_amount_gross is not null then 'only-the-gross-amount'
    when value_amount is not null and value_amount_gross is not null then 'net-beside-gross'
    when stated_vat is not null then 'in-words'
    else 'not-stated'
  end as vat_rule                                                -- how we know
from core.award_states
where is_wanted(contract_id)
order by contract_id
