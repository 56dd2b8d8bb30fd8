import {mkdirSync} from "node:fs";
import {join} from "node:path";
import type {Warehouse} from "./warehouse.ts";

/** What a person should look at, because no rule was sure: nothing of it was guessed. */
export interface Review {
  readonly path: string;
  readonly names: number; // names that could be a council's
  readonly portalNotices: number; // contracts behind a portal's name whose evidence does not agree
}

const UNSURE = `
  select
    defused(contracts.buyer_name) as buyer_name,
    buyers.buyer_kind as read_as,
    case when buyers.is_unsure then buyers.match_rule else owners.match_rule end as because,
    array_to_string(any_value(readings.candidate_codes), ' ') as may_be,
    count(*)::integer as contract_count,
    sum(contracts.value_gbp) as value_gbp,
    min(contracts.notice_url) as a_notice
  from core.contracts as contracts
  join core.contract_buyers as owners using (contract_id)
  join core.buyers as buyers on buyers.buyer_id = owners.buyer_id
  join staging.buyer_readings as readings on readings.buyer_name = contracts.buyer_name
  where owners.council_gss is null
    and (buyers.is_unsure or owners.match_rule = 'evidence-does-not-agree')
  group by all`;

/**
 * Writes `review/buyers.csv`: buyers that may be councils and were not taken for one, the most contracts first.
 *
 * A row that a person decides goes to data/reference/buyers.csv, and is gone from the list at the next build.
 */
export async function writeReview(warehouse: Warehouse, dataFolder: string): Promise<Review> {
  const path = join(dataFolder, "review", "buyers.csv");
  mkdirSync(join(dataFolder, "review"), {recursive: true});
  await warehouse.writeCsv(`${UNSURE} order by contract_count desc, buyer_name`, path);
  const [counts] = await warehouse.rows<{names: number; notices: number}>(
    `select count(*) filter (where because <> 'evidence-does-not-agree')::integer as names,
       coalesce(sum(contract_count) filter (where because = 'evidence-does-not-agree'), 0)::integer as notices
     from (${UNSURE})`
  );
  return {path, names: counts?.names ?? 0, portalNotices: counts?.notices ?? 0};
}
