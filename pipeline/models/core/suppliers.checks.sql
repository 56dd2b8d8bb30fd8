-- one row per supplier
select supplier_id from core.suppliers group by all having count(*) > 1;

-- a supplier has one identifier at most
select supplier_id from core.contract_suppliers
where identity_rule = 'identifier' group by supplier_id having count(distinct identifier_scheme || identifier) > 1;

-- nothing of a natural person is told
select supplier_id from core.suppliers where is_natural_person and (supplier_name is not null or postcode is not null or identifier is not null);
