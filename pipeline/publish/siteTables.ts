import type {
  ContractRow,
  CorrectionRow,
  CouncilRow,
  CouncilScaleRow,
  Dataset,
  DictionaryRow,
  IndicatorRow,
  ObservationRow,
  ScaleAndOutcomeRow,
  SiteTables,
  ValueKindRuleRow
} from "../../src/components/rows.ts";
import type {Warehouse} from "../warehouse/warehouse.ts";
import {readClaimTables} from "./claimTables.ts";

interface Given {
  readonly version: string;
  readonly dataset: Dataset;
  readonly dictionary: readonly DictionaryRow[];
  readonly snapshotNote: string | null;
}

/**
 * Years for every indicator that has any; quarters only for one that has no whole year yet, so that no chart mixes the two.
 * Years of fewer than four quarters are in the published table.
 */
const WHOLE_YEARS = "period_type = 'year' and coalesce(missing_reason, '') not like '% of 4 quarters%'";
const DRAWN = `(${WHOLE_YEARS} or period_type = 'quarter' and indicator_id not in (select indicator_id from core.observations where ${WHOLE_YEARS}))`;

/** Reads everything that pages are made from, with money as numbers for drawing; the exact digits are in the published files. */
export async function readSiteTables(warehouse: Warehouse, given: Given): Promise<SiteTables> {
  return {
    version: given.version,
    data_cut_off_on: given.version.slice(0, 10),
    files: given.dataset.files,
    dataset: given.dataset,
    dictionary: given.dictionary,
    snapshot_note: given.snapshotNote,
    claims: await readClaimTables(warehouse),
    value_kind_rules: await warehouse.rows<ValueKindRuleRow>(
      `select rule, value_kind, is_unsure, says, contract_count::integer as contract_count, labelled_count, right_count
       from marts.value_kind_rules order by rule_number`
    ),
    corrections: await warehouse.rows<CorrectionRow>(
      `select contract_id, column_name, from_value, to_value, why, evidence_url, decided_on::varchar as decided_on, is_applied
       from core.corrections order by decided_on, contract_id, column_name`
    ),
    councils: await warehouse.rows<CouncilRow>(
      `select gss, name, short_name, slug, tier, class, region, nation, county_gss, valid_from::varchar as valid_from,
         valid_to::varchar as valid_to, successor_gss,
         case when is_recode_only and council_gss <> gss then council_gss end as recoded_to, population, imd_score, rural_pct
       from core.councils order by gss`
    ),
    indicators: await warehouse.rows<IndicatorRow>(
      `select indicator_id, kind, title, question, unit, tier, service_line, publication, publisher, page, caveats, numerator, denominator,
         interval_method, derived_population, breaks, next_update, attribution, traps
       from reference.indicators order by indicator_id`
    ),
    observations: await warehouse.rows<ObservationRow>(
      `select indicator_id, coalesce(council_gss, gss) as gss, period, period_end_on::varchar as period_end_on, value, numerator,
         denominator, low_95, high_95, missing_reason
       from core.observations
       where ${DRAWN} order by indicator_id, gss, period`
    ),
    contracts: await warehouse.rows<ContractRow>(
      `select contract_id, register_id, notice_url, published_on::varchar as published_on, buyer_name, council_gss, title,
         value_gbp::double as value_gbp, value_kind, annual_value_gbp::double as annual_value_gbp, starts_on::varchar as starts_on,
         ends_on::varchar as ends_on, cpv_code, cpv_label, service_line, supplier_count, duplicate_of, flags, left_out_because
       from core.contracts order by contract_id`
    ),
    council_scale: await warehouse.rows<CouncilScaleRow>(
      `select gss, service_line, financial_year, contract_count::integer as contract_count, total_in_year_gbp::double as total_in_year_gbp,
         median_annual_gbp::double as median_annual_gbp, typical_pound_gbp::double as typical_pound_gbp,
         left_out_count::integer as left_out_count, coverage_pct, not_measured_reason
       from marts.council_scale order by gss, service_line, financial_year`
    ),
    scale_and_outcome: await warehouse.rows<ScaleAndOutcomeRow>(
      `select gss, service_line, financial_year, scale_measure, scale_value, scale_value_below_gate, indicator_id, outcome_period,
         outcome_value, low_95, high_95, contract_count::integer as contract_count
       from marts.scale_and_outcome order by gss, service_line, financial_year, scale_measure, indicator_id`
    ),
    tiers: await warehouse.rows(
      `select gss, service_line, coalesce(run_by, '') as run_by, coalesce(body_name, '') as body_name
       from reference.tiers order by gss, service_line`
    ),
    registers: await warehouse.rows(
      `select registers.register_id, registers.title, registers.publisher, registers.caveats, count(*)::integer as contract_count,
         min(published_on)::varchar as first_published_on, max(published_on)::varchar as last_published_on
       from reference.registers as registers join core.contracts using (register_id)
       group by all order by registers.register_id`
    ),
    rules: await warehouse.rows(
      `select 'service_line' as kind, service_rule as rule, service_line as decides, count(*)::integer as count from core.contracts group by all
       union all
       select 'buyer', match_rule, buyer_kind, count(*)::integer from core.buyers group by all
       order by kind, count desc, rule, decides`
    )
  };
}
