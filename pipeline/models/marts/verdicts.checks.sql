-- a verdict is one of six
select hypothesis_id, verdict from marts.verdicts
where verdict not in ('supported', 'contradicted', 'no material effect', 'inconclusive', 'too little data', 'not testable');

-- one verdict a claim, with its reason
select hypothesis_id from marts.verdicts group by all having count(*) > 1 or bool_or(because is null);

-- what is suspended or blinded supports and contradicts nothing
select hypothesis_id from marts.verdicts where (is_suspended or is_blinded) and verdict in ('supported', 'contradicted', 'no material effect');

-- a verdict counts the councils and council-years that its primary estimate rests on
select verdicts.hypothesis_id, verdicts.n, estimates.council_count, verdicts.council_years, estimates.n as estimate_rows
from marts.verdicts as verdicts
join marts.estimates as estimates on estimates.hypothesis_id = verdicts.hypothesis_id and estimates.is_primary and estimates.estimate is not null
where verdicts.n <> estimates.council_count or verdicts.council_years <> estimates.n;
