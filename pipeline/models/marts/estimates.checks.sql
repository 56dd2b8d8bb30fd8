-- one primary a claim at most
select hypothesis_id from marts.estimates where is_primary group by all having count(*) > 1;

-- an estimate with its interval around it and the SQL of its sample, or the reason why there is none
select hypothesis_id, spec_id from marts.estimates
where sql is null or (estimate is null) <> (not_run_because is not null) or estimate < low_95 or estimate > high_95;
