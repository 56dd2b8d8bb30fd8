-- One row per supplier: an official identifier, else a name, with the spellings that are one.
--
-- Source: core.contract_suppliers.
-- Caveat: joining is conservative. A firm that is written in two ways, and never with its number, may be two rows; a group's
-- companies are as many suppliers as they have numbers.
select
  supplier_id,                                                   -- 16 hex digits of sha256 over the identifier, else over the name's key
  case when not bool_or(is_natural_person) then mode(supplier_name order by supplier_name) end as supplier_name, -- the commonest spelling; null when it may be a person's
  any_value(identifier_scheme order by identifier) filter (where identifier_scheme <> 'GB-PPON') as identifier_scheme, -- org-id list of an official register
  any_value(identifier order by identifier) filter (where identifier_scheme <> 'GB-PPON') as identifier, -- in that list
  mode(postcode order by postcode) as postcode,                  -- the commonest postcode of its addresses
  mode(supplier_gss order by supplier_gss) as supplier_gss,      -- the commonest council of its addresses
  count(distinct supplier_name)::integer as name_count,          -- spellings seen
  count(distinct contract_id)::integer as contract_count,        -- contracts it holds, alone or with others
  bool_or(is_natural_person) as is_natural_person                -- the name may be a person's, so it is withheld
from core.contract_suppliers
where in_contract_part(supplier_id) -- ids are hashes alike: gathered in parts, because what is counted and compared here does not spill
group by supplier_id
order by supplier_id
