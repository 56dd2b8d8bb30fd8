-- A postcode or a domain speaks for a council now, or no longer for one alone: every contract whose buyer's name does not tell.
select states.contract_id
from core.award_states as states
join staging.buyer_readings as readings using (buyer_name)
where ((readings.buyer_kind = 'portal-or-agent' and len(readings.council_codes) <> 1) or len(readings.candidate_codes) > 0)
  and exists (from changed_core_learned_places)
