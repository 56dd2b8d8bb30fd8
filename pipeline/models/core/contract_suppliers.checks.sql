-- every supplier belongs to a contract
select contract_id from core.contract_suppliers where contract_id not in (select contract_id from core.contracts);

-- a name that may be a person's is withheld, with everything that leads to it
select contract_id from core.contract_suppliers
where is_natural_person and (supplier_name is not null or postcode is not null or identifier is not null);
