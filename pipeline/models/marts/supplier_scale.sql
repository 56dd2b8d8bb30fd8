-- One row per financial year and supplier that holds contracts alone; the money of the year whose supplier is not one organisation stands in rows without one.
--
-- Source: core.contracts, core.contract_years, core.contract_suppliers, core.suppliers. Only rows that scale measures count.
-- Caveat: a contract with several suppliers is no one's: how they share it is not published. Group companies are as many suppliers as they have numbers.
with measured as (
  select contracts.contract_id, contracts.council_gss, years.financial_year, years.in_year_gbp
  from core.contracts as contracts
  join core.contract_years as years using (contract_id)
  where contracts.left_out_because is null
    and in_force_in(contracts.terminated_on, years.financial_year)
),

holders as (
  select
    contract_id,
    case
      when count(distinct supplier_id) > 1 then 'several'
      when bool_or(is_natural_person) then 'person'
      else 'one'
    end as held_by,
    any_value(supplier_id) as supplier_id
  from core.contract_suppliers
  group by contract_id
),

held as (
  select
    measured.*,
    coalesce(holders.held_by, 'nobody-named') as held_by,
    case when holders.held_by = 'one' then holders.supplier_id end as supplier_id
  from measured
  left join holders using (contract_id)
)

select
  held.financial_year,                                           -- 2025 is 1 April 2024 to 31 March 2025
  held.held_by,                                                  -- one, several, person (withheld) or nobody-named
  held.supplier_id,                                              -- core.suppliers; null unless held by one organisation
  suppliers.supplier_name,                                       -- the commonest spelling
  count(*)::integer as contract_count,                           -- contracts and call-offs in force
  count(distinct held.council_gss)::integer as council_count,    -- councils that hold one of them
  try_cast(sum(held.in_year_gbp) as decimal(18, 2)) as in_year_gbp         -- their money in the year, not money spent
from held
left join core.suppliers as suppliers on suppliers.supplier_id = held.supplier_id
group by held.financial_year, held.held_by, held.supplier_id, suppliers.supplier_name
order by held.financial_year, held.held_by, in_year_gbp desc, held.supplier_id
