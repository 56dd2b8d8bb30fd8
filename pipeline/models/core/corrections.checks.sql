-- every correction of a contract at hand still fits what the rules say, and is applied
select contract_id, column_name, from_value, to_value from core.corrections where is_at_hand and not is_applied;

-- only judgements and readings can be corrected, never what was published
select contract_id, column_name from core.corrections
where column_name not in ('value_kind', 'service_line', 'vat_basis', 'starts_on', 'ends_on', 'duplicate_of', 'value_gbp');

-- a correction has a reason, an address and a date
select contract_id, column_name from core.corrections where why is null or evidence_url is null or decided_on is null;
