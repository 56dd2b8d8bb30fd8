-- One row per claim: the verdict, why, and what would change it, written by `analyse`; empty until then.
--
-- Source: marts.estimates and the rules in each claim's file.
-- Caveat: a verdict is about averages of councils, never about people, and an association is not a cause.
select
  null::varchar as hypothesis_id,                                -- file name under pipeline/hypotheses
  null::varchar as verdict,                                      -- supported, contradicted, no material effect, inconclusive, too little data, not testable
  null::varchar as because,                                      -- why, in a sentence or two
  null::integer as n,                                            -- councils that inform the primary estimate
  null::integer as council_years,                                -- council-years that inform it
  null::double as coverage,                                      -- per cent: coverage_pct of the middle council-year; null where not defined
  null::varchar as change_our_mind,                              -- the effect, the data it takes, the missing data that could turn it
  null::varchar as curve,                                        -- how the specifications fell out
  null::varchar as beside,                                       -- what stands beside the verdict: the control, rivals, rank correlations
  null::boolean as is_suspended,                                 -- the negative control failed
  null::boolean as is_blinded,                                   -- computed on outcomes dealt out anew
  null::integer as tried_count,                                  -- tests run over all claims, the base of every q_fdr
  null::varchar as plan_sha256                                   -- hash of the claims' files
from marts.estimates
where false
