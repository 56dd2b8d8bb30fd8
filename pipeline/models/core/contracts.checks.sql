-- contract_id is unique
select contract_id from core.contracts group by all having count(*) > 1;

-- a duplicate points at a row that is kept
select d.contract_id, d.duplicate_of from core.contracts as d left join core.contracts as k on k.contract_id = d.duplicate_of
where d.duplicate_of is not null and (k.contract_id is null or k.duplicate_of is not null);

-- a contract that counts has a council, pounds and a term
select contract_id from core.contracts where left_out_because is null and (council_gss is null or value_gbp is null or term_days is null);

-- size is never more than the value
select contract_id, value_gbp, annual_value_gbp from core.contracts where annual_value_gbp > value_gbp;

-- a placeholder has no value in pounds
select contract_id, value_gbp from core.contracts where value_kind in ('placeholder', 'not-awarded', 'missing') and value_gbp is not null;

-- value_kind is one of the nine
select contract_id, value_kind from core.contracts where value_kind not in
  ('contract', 'call-off', 'framework-ceiling', 'dynamic-market-ceiling', 'concession', 'grant', 'placeholder', 'not-awarded', 'missing');

-- every file's count adds up: seen = staged + rejected
select source_id, raw_sha256, seen_count, staged_count, reject_count from staging.files
where problem is null and seen_count <> staged_count + reject_count;

-- what a file says was staged and rejected is what stands in the tables
select files.raw_sha256, files.staged_count, files.reject_count
from staging.files as files
where files.format in ('json', 'json-lines') and files.problem is null and (
  files.staged_count <> (select count(*) from staging.releases as r where r.raw_sha256 = files.raw_sha256 and r.register_id = files.source_id)
  or files.reject_count <> (select count(*) from staging.rejects as r where r.raw_sha256 = files.raw_sha256 and r.register_id = files.source_id)
);
