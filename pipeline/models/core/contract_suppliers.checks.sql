-- every supplier belongs to a contract
select contract_id from core.contract_suppliers where contract_id not in (select contract_id from core.contracts);

-- a name that may be a person's is withheld, with everything that leads to it
select contract_id from core.contract_suppliers
where is_natural_person and (supplier_name is not null or postcode is not null or identifier is not null);

-- a postcode is written as postcodes are
select contract_id, postcode from core.contract_suppliers where postcode is not null and not regexp_matches(postcode, '^[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}$');

-- a company number has eight characters
select contract_id, identifier from core.contract_suppliers where identifier_scheme = 'GB-COH' and length(identifier) <> 8 and identity_rule <> 'embedded';

-- reach is one of six
select contract_id, reach from core.contract_suppliers
where reach not in ('same-council', 'same-area', 'same-region', 'elsewhere-uk', 'outside-uk', 'unknown');

-- reach is known only where the council is, or where every council of the sector is equally far
select contract_id, reach, supplier_gss from core.contract_suppliers
where reach in ('same-council', 'same-area', 'same-region', 'elsewhere-uk') and supplier_gss is null
  and reach_basis <> 'postcode sector crosses councils, all equally far';
