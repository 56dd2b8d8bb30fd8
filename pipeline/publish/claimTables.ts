import type {
  ClaimRow,
  ClaimTables,
  DeviationRow,
  EstimateRow,
  FunnelLimitRow,
  VerdictRow
} from "../../src/components/claimRows.ts";
import type {Warehouse} from "../warehouse/warehouse.ts";

/** Reads what pages about claims are made from, as the last `analyse` left it; empty lists when it has not run since `build`. */
export async function readClaimTables(warehouse: Warehouse): Promise<ClaimTables> {
  return {
    claims: await warehouse.rows<ClaimRow>("select * from marts.claims order by hypothesis_id"),
    verdicts: await warehouse.rows<VerdictRow>("select * from marts.verdicts order by hypothesis_id"),
    estimates: await warehouse.rows<EstimateRow>(
      `select * exclude (sql_sha256)
       from marts.estimates order by hypothesis_id, is_primary desc, estimate nulls last, spec_id`
    ),
    deviations: await warehouse.rows<DeviationRow>("select * from marts.deviations order by deviation_number"),
    funnel_limits: await warehouse.rows<FunnelLimitRow>(
      "select * from marts.funnel_limits order by indicator_id, class, gss"
    )
  };
}
