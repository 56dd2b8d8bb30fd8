-- One row per council, service line, financial year and reason: contracts outside every scale measure, counted and never dropped unseen.
--
-- Source: core.contracts. A row without a usable term is counted in the year it was published. Duplicates are counted in duplicate_rules.
with rows as (
  select
    council_gss as gss, service_line, left_out_because, value_kind_rule, value_published, currency,
    unnest(case when term_days is null then [financial_year(published_on)]
      else generate_series(financial_year(starts_on), financial_year(ends_on)) end) as financial_year
  from core.contracts
  where left_out_because is not null and left_out_because <> 'duplicate' and council_gss is not null
)

select
  gss,                                                           -- the council that answers today
  service_line,                                                  -- core.contracts
  financial_year::integer as financial_year,                     -- 2025 is 1 April 2024 to 31 March 2025
  left_out_because,                                              -- the reason
  count(*)::integer as contract_count                            -- how many rows
from rows
group by all
order by gss, service_line, financial_year, left_out_because
