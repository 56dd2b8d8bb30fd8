-- One row per contract and financial year in which its core term has a day: the money of that year.
--
-- Source: core.contracts with a value and a usable term. The years of a contract add up to its value, to the penny:
-- what rounding leaves over falls in the last year.
with years as (
  select contract_id, value_gbp, starts_on, ends_on, term_days,
    unnest(generate_series(financial_year(starts_on), financial_year(ends_on))) as financial_year
  from core.contracts
  where value_gbp is not null and term_days is not null and is_wanted(contract_id)
),

shares as (
  select
    *,
    round(value_gbp * days_inclusive(
      greatest(starts_on, make_date(financial_year - 1, 4, 1)), least(ends_on, make_date(financial_year, 3, 31))
    ) / term_days, 2)::decimal(18, 2) as share_gbp,
    financial_year = financial_year(ends_on) as is_last
  from years
)

select
  contract_id,                                                   -- core.contracts
  financial_year::integer as financial_year,                     -- 2025 is 1 April 2024 to 31 March 2025
  case
    when is_last then value_gbp - coalesce(sum(share_gbp) filter (where not is_last) over (partition by contract_id), 0)
    else share_gbp
  end::decimal(18, 2) as in_year_gbp                             -- pounds of the contract's value that fall in the year
from shares
order by contract_id, financial_year
