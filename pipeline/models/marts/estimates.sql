-- One row per claim and specification: the slope of an outcome on contract scale, written by `analyse`; empty until then.
--
-- Source: marts.scale_and_outcome and, for other choices of records, core.contracts. Each row's sql makes its sample.
-- Caveat: specifications share the same data: they are not votes. Blinded rows are computed on outcomes dealt out anew.
select
  null::varchar as hypothesis_id,                                -- file name under pipeline/hypotheses
  null::varchar as spec_id,                                      -- primary, spearman-raw, spearman-partial, or every choice in words
  null::boolean as is_primary,                                   -- the one the verdict is read from
  null::varchar as scale_measure,                                -- exposure
  null::varchar as indicator_id,                                 -- outcome, reference.indicators
  null::varchar as sample,                                       -- what the sample holds, in words
  null::integer as n,                                            -- council-years that inform the slope; councils for a rank correlation
  null::integer as council_count,                                -- councils among them
  null::double as estimate,                                      -- in the unit beside it; null when it could not be run
  null::double as low_95,                                        -- 95 % interval of the estimate
  null::double as high_95,                                       -- 95 % interval of the estimate
  null::double as standard_error,                                -- clustered by council, CR2; null for a rank correlation
  null::double as degrees_of_freedom,                            -- Satterthwaite's; null for a rank correlation
  null::varchar as unit,                                         -- what the estimate counts
  null::double as p_permutation,                                 -- councils' histories dealt out anew within class (Freedman and Lane), two-sided
  null::double as q_fdr,                                         -- Benjamini and Hochberg over everything tried
  null::varchar as formula,                                      -- the regression or correlation
  null::varchar as sql,                                          -- makes the sample from the published tables
  null::varchar as sql_sha256,                                   -- of that text; many specifications share a sample, see estimate-samples
  null::boolean as is_blinded,                                   -- outcomes were dealt out anew: the number says nothing about the claim
  null::varchar as not_run_because                               -- why there is no estimate; null when there is one
from marts.scale_and_outcome
where false
