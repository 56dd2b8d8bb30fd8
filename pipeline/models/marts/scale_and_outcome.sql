-- One row per council, service line, year, scale measure and indicator: contract scale beside the outcome that ends a year later.
--
-- Source: marts.scale_cells, core.observations, core.councils; pairs of service line and indicator only as indicators declare them.
-- Caveat: association between councils, not between people; scale_value_below_gate may be drawn hollow and is never analysed.
with scales as (
  unpivot (
    select gss, service_line, financial_year, contract_count,
      typical_pound_gbp::double as typical_pound_gbp, median_annual_gbp::double as median_annual_gbp, largest_pct, supplier_hhi
    from marts.scale_cells
    where contract_count > 0
  ) on typical_pound_gbp, median_annual_gbp, largest_pct, supplier_hhi into name scale_measure value scale_number
)

select
  scales.gss,                                                    -- the council that answers today
  scales.service_line,                                           -- of the contracts and of the indicator
  scales.financial_year,                                         -- of the scale
  scales.scale_measure,                                          -- typical_pound_gbp, median_annual_gbp, largest_pct or supplier_hhi
  case when scales.contract_count >= 5 then scales.scale_number end as scale_value, -- pounds, per cent or index; never logged; null below five contracts
  case when scales.contract_count < 5 then scales.scale_number end as scale_value_below_gate, -- to be drawn hollow, never analysed
  indicators.indicator_id,                                       -- reference.indicators
  observations.period as outcome_period,                         -- the outcome's period
  1 as lag_years,                                                -- from the end of the scale's year to the end of the outcome's period
  observations.value as outcome_value,                           -- in the indicator's unit; null when withheld
  observations.low_95,                                           -- 95 % interval of the outcome
  observations.high_95,                                          -- 95 % interval of the outcome
  observations.numerator,                                        -- as published
  observations.denominator,                                      -- as published
  councils.imd_score,                                            -- core.councils
  councils.population,                                           -- core.councils
  councils.rural_pct,                                            -- core.councils
  councils.class,                                                -- core.councils
  councils.region,                                               -- core.councils
  scales.contract_count,                                         -- contracts behind the scale
  coverage.coverage_pct                                          -- published contracts as a share of running expenses
from scales
join reference.indicators as indicators on indicators.service_line = scales.service_line and indicators.kind in ('repeat-demand', 'cost')
join core.observations as observations
  on observations.indicator_id = indicators.indicator_id and observations.council_gss = scales.gss
  and observations.financial_year = scales.financial_year + 1
join core.councils as councils on councils.gss = scales.gss
left join marts.council_scale as coverage
  on coverage.gss = scales.gss and coverage.service_line = scales.service_line and coverage.financial_year = scales.financial_year
order by scales.gss, scales.service_line, scales.financial_year, scales.scale_measure, indicators.indicator_id
