-- One row per claim under test, as its file has it: the words, who said them, and what would make it false; written by `analyse`.
--
-- Source: pipeline/hypotheses. Caveat: words without is_quotation are a paraphrase.
select
  null::varchar as hypothesis_id,                                -- file name under pipeline/hypotheses
  null::varchar as label,                                        -- H0 to H6, A1 to A3 rivals, N1 and N2 controls
  null::varchar as claim_title,                                  -- what is at issue
  null::varchar as claim_kind,                                   -- tested, back-calculation, reverse, negative-control, not-testable, not-run
  null::varchar as words,                                        -- the claim
  null::boolean as is_quotation,                                 -- the speaker's own words
  null::varchar as speaker,                                      -- who said it, in what
  null::varchar as said_on,                                      -- day, ISO date
  null::varchar as url,                                          -- where it was said
  null::varchar as leads_to,                                     -- what the address opens: source, quotation (a site that quotes it) or data (a claim of ours)
  null::varchar as found,                                        -- where the words were read
  null::varchar as rivals,                                       -- claims that say otherwise, separated by a space
  null::varchar as operational,                                  -- what would have to be true
  null::varchar as data_used,                                    -- what it is read from, and what that cannot see
  null::varchar as supported_if,                                 -- fixed before the outcome is joined
  null::varchar as contradicted_if,                              -- fixed before the outcome is joined
  null::varchar as cannot_tell,                                  -- what no result here can tell
  null::double as smallest_effect,                               -- in the unit beside it; null without a test
  null::varchar as effect_unit,                                  -- what the smallest effect counts
  null::varchar as not_run_because                               -- why there is no test; null when there is one
from marts.estimates
where false
