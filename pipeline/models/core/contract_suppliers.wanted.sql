-- A name has a number now, or no longer one alone: every contract of that name.
select states.contract_id
from staging.supplier_readings as readings
join staging.suppliers as suppliers
  on suppliers.supplier_name = readings.supplier_name
  and suppliers.identifier_scheme is not distinct from readings.identifier_scheme
  and suppliers.identifier is not distinct from readings.identifier
join core.award_states as states
  on states.register_id = suppliers.register_id and states.suppliers_raw_sha256 = suppliers.raw_sha256
  and states.suppliers_position = suppliers.position and states.award_id = suppliers.award_id
where readings.supplier_key in (select supplier_key from changed_core_supplier_numbers)
