import type {ListingRow} from "../../src/components/explorerIndex.ts";
import type {
  ContractFacts,
  ContractRow,
  CorrectionRow,
  CouncilRow,
  CouncilScaleRow,
  CouncilSupplierRow,
  Dataset,
  DictionaryRow,
  DistrictRow,
  DuplicateRuleRow,
  IndicatorRow,
  LocalShareRow,
  NeighbourRow,
  ObservationRow,
  RegimeRow,
  ReplyRow,
  ScaleAndOutcomeRow,
  SiteTables,
  SupplierScaleRow,
  SupplierYearRow,
  ValueKindRuleRow
} from "../../src/components/rows.ts";
import type {TileRow} from "../../src/components/tileMap.ts";
import type {Warehouse} from "../warehouse/warehouse.ts";
import {readClaimTables} from "./claimTables.ts";

interface Given {
  readonly version: string;
  readonly dataset: Dataset;
  readonly dictionary: readonly DictionaryRow[];
  readonly snapshotNote: string | null;
  readonly status: SiteTables["status"];
}

/**
 * Years for every indicator that has any; quarters only for one that has no whole year yet, so that no chart mixes the two.
 * Years of fewer than four quarters are in the published table.
 */
const WHOLE_YEARS = "period_type = 'year' and coalesce(missing_reason, '') not like '% of 4 quarters%'";
const DRAWN = `(${WHOLE_YEARS} or period_type = 'quarter' and indicator_id not in (select indicator_id from core.observations where ${WHOLE_YEARS}))`;

/** The council's own name in Welsh, the long form where the registers give one. */
const WELSH_NAME = `(select names.name from reference.council_names as names where names.gss = councils.gss and names.kind = 'welsh'
  order by starts_with(names.name, 'Cyngor') desc, length(names.name) desc, names.name limit 1)`;

const SUPPLIERS_SHOWN = 5; // of each council
const LARGEST_SHOWN = 10; // contracts of each council

/** Reads everything that pages are made from, with money as numbers for drawing; the exact digits are in the published files. */
export async function readSiteTables(warehouse: Warehouse, given: Given): Promise<SiteTables> {
  return {
    version: given.version,
    data_cut_off_on: given.version.slice(0, 10),
    files: given.dataset.files,
    dataset: given.dataset,
    dictionary: given.dictionary,
    snapshot_note: given.snapshotNote,
    status: given.status,
    claims: await readClaimTables(warehouse),
    value_kind_rules: await warehouse.rows<ValueKindRuleRow>(
      `select rule, value_kind, is_unsure, says, contract_count::integer as contract_count, labelled_count, right_count
       from marts.value_kind_rules order by rule_number`
    ),
    duplicate_rules: await warehouse.rows<DuplicateRuleRow>(
      `select register_id, duplicate_rule, contract_count, share_of_register_pct::double as share_of_register_pct
       from marts.duplicate_rules order by register_id, duplicate_rule`
    ),
    tiles: await warehouse.rows<TileRow>(
      `select layout, gss, "column"::integer as "column", "row"::integer as "row" from reference.tiles order by layout, gss`
    ),
    corrections: await warehouse.rows<CorrectionRow>(
      `select contract_id, column_name, from_value, to_value, why, evidence_url, decided_on::varchar as decided_on, is_applied
       from core.corrections order by decided_on, contract_id, column_name`
    ),
    councils: await warehouse.rows<CouncilRow>(
      `select gss, name, short_name, slug, tier, class, region, nation, county_gss, valid_from::varchar as valid_from,
         valid_to::varchar as valid_to, successor_gss,
         case when is_recode_only and council_gss <> gss then council_gss end as recoded_to, population, imd_score, rural_pct,
         changes_on::varchar as changes_on, announced_successor, ${WELSH_NAME} as welsh_name
       from core.councils as councils order by gss`
    ),
    indicators: await warehouse.rows<IndicatorRow>(
      `select indicator_id, kind, title, question, unit, tier, service_line, publication, publisher, page, caveats, numerator, denominator,
         interval_method, derived_population, breaks, next_update, attribution, traps
       from reference.indicators order by indicator_id`
    ),
    observations: await warehouse.rows<ObservationRow>(
      `select indicator_id, coalesce(council_gss, gss) as gss, gss as published_gss, period, period_end_on::varchar as period_end_on, value, numerator,
         denominator, low_95, high_95, missing_reason, source_sha256
       from core.observations
       where ${DRAWN} order by indicator_id, gss, period`
    ),
    contracts: await readContractFacts(warehouse),
    untitled_count: (
      await warehouse.rows<{n: number}>("select count(*)::integer as n from core.contracts where title is null")
    )[0]!.n,
    largest_of_councils: await warehouse.rows<ContractRow>(
      `select contract_id, register_id, notice_url, published_on::varchar as published_on, buyer_name, council_gss, title,
         value_gbp::double as value_gbp, value_kind, annual_value_gbp::double as annual_value_gbp, starts_on::varchar as starts_on,
         ends_on::varchar as ends_on, cpv_code, cpv_label, service_line, supplier_count, duplicate_of, flags, left_out_because
       from core.contracts where council_gss is not null and left_out_because is null
       qualify row_number() over (partition by council_gss order by coalesce(contracts.value_gbp, 0) desc, contract_id) <= ${LARGEST_SHOWN}
       order by council_gss, coalesce(contracts.value_gbp, 0) desc, contract_id`
    ),
    largest_contracts: await warehouse.rows<ListingRow>(
      `with shown as (
         select * from core.contracts where left_out_because is null order by annual_value_gbp desc, contract_id limit 25
       ),
       names as (
         select contract_id, list_sort(list(distinct coalesce(supplier_name, 'name withheld, may be a person'))) as names
         from core.contract_suppliers where contract_id in (select contract_id from shown) group by contract_id
       )
       select contract_id, title, cpv_label, buyer_name, council_gss, service_line, value_kind, value_gbp::double as value_gbp,
         annual_value_gbp::double as annual_value_gbp, published_on::varchar as published_on, starts_on::varchar as starts_on,
         ends_on::varchar as ends_on, register_id, notice_url, left_out_because,
         array_to_string(names[:5], '; ') || case when len(names) > 5 then '; and ' || (len(names) - 5) || ' more' else '' end as supplier_names
       from shown left join names using (contract_id) order by shown.annual_value_gbp desc, contract_id`
    ),
    districts: await warehouse.rows<DistrictRow>(
      `with places as (
         select sector, split_part(sector, ' ', 1) as district, unnest(list_prepend(gss, string_split(coalesce(also_gss, ''), ' '))) as code, gss
         from reference.postcode_sectors
       ),
       held as (
         select places.district, councils.answers_gss as gss,
           count(distinct places.sector) filter (where places.code = places.gss)::integer as most_count
         from places join core.councils as councils on councils.gss = places.code
         group by all
       )
       select held.district, held.gss, held.most_count, counted.sector_count
       from held
       join (select district, count(distinct sector)::integer as sector_count from places group by district) as counted using (district)
       order by held.district, held.most_count desc, held.gss`
    ),
    supplier_years: await warehouse.rows<SupplierYearRow>(
      `select financial_year, held_by, count(supplier_id)::integer as supplier_count, sum(contract_count)::integer as contract_count,
         sum(in_year_gbp)::double as in_year_gbp
       from marts.supplier_scale group by financial_year, held_by order by financial_year, held_by`
    ),
    largest_suppliers: await warehouse.rows<SupplierScaleRow>(
      `select financial_year, supplier_id, supplier_name, contract_count, council_count, in_year_gbp::double as in_year_gbp
       from marts.supplier_scale where held_by = 'one'
       qualify row_number() over (partition by financial_year order by supplier_scale.in_year_gbp desc, supplier_id) <= 25
       order by financial_year, supplier_scale.in_year_gbp desc, supplier_id`
    ),
    council_scale: await warehouse.rows<CouncilScaleRow>(
      `select gss, service_line, financial_year, contract_count::integer as contract_count, total_in_year_gbp::double as total_in_year_gbp,
         median_annual_gbp::double as median_annual_gbp, typical_pound_gbp::double as typical_pound_gbp,
         over_1m_pct, largest_pct, framework_count::integer as framework_count, left_out_count::integer as left_out_count,
         coverage_pct, coverage_basis, not_measured_reason
       from marts.council_scale order by gss, service_line, financial_year`
    ),
    scale_and_outcome: await warehouse.rows<ScaleAndOutcomeRow>(
      `select gss, service_line, financial_year, scale_measure, scale_value, scale_value_below_gate, indicator_id, outcome_period,
         outcome_value, low_95, high_95, contract_count::integer as contract_count
       from marts.scale_and_outcome order by gss, service_line, financial_year, scale_measure, indicator_id`
    ),
    tiers: await warehouse.rows(
      `with acting as (
         select unnest(string_split(acts_for_gss, ' ')) as gss, service_line, name, owned_by from reference.delivery_bodies where valid_to is null
       ),
       bodies as (
         select gss, service_line, concat('through ', arg_min(name, length(name)),
           case any_value(owned_by) when 'council' then ', which it owns' when 'councils' then ', which it owns with others' end) as words
         from acting group by gss, service_line
       )
       select tiers.gss, tiers.service_line, coalesce(tiers.run_by, '') as run_by, coalesce(bodies.words, tiers.body_name, '') as body_name
       from reference.tiers as tiers
       left join bodies on bodies.gss = tiers.run_by and bodies.gss = tiers.gss and bodies.service_line = tiers.service_line
       order by tiers.gss, tiers.service_line`
    ),
    local_share: await warehouse.rows<LocalShareRow>(
      `select gss, service_line, financial_year, definition, contract_count, unknown_count, total_in_year_gbp::double as total_in_year_gbp,
         local_gbp::double as local_gbp, partly_gbp::double as partly_gbp, elsewhere_gbp::double as elsewhere_gbp,
         unknown_gbp::double as unknown_gbp
       from marts.local_share order by gss, service_line, financial_year, definition`
    ),
    council_suppliers: await warehouse.rows<CouncilSupplierRow>(
      `select contracts.council_gss as gss, suppliers.supplier_name, min(suppliers.reach) as reach,
         count(distinct contract_id)::integer as contract_count,
         sum(contracts.value_gbp) filter (where contracts.supplier_count = 1)::double as alone_gbp
       from core.contract_suppliers as suppliers join core.contracts as contracts using (contract_id)
       where contracts.left_out_because is null and contracts.council_gss is not null
         and not suppliers.is_natural_person and suppliers.supplier_name is not null
       group by contracts.council_gss, suppliers.supplier_id, suppliers.supplier_name
       qualify row_number() over (partition by contracts.council_gss order by count(distinct contract_id) desc, suppliers.supplier_name) <= ${SUPPLIERS_SHOWN}
       order by gss, contract_count desc, supplier_name`
    ),
    neighbours: await warehouse.rows<NeighbourRow>(
      `select gss, set_id, version, list(neighbour_gss order by place) as neighbours
       from core.neighbours group by gss, set_id, version order by gss, set_id`
    ),
    regimes: await warehouse.rows<RegimeRow>(
      `select regime, law, nation, valid_from::varchar as valid_from, valid_to::varchar as valid_to,
         publication_floor_gbp::double as publication_floor_gbp, floor_vat, source
       from core.regimes where authority_type = 'sub-central' order by nation, valid_from nulls first`
    ),
    replies: await warehouse.rows<ReplyRow>(
      "select gss, replied_on, about, reply, source_url from reference.replies order by replied_on desc, gss"
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

/**
 * The facts of every contract, read a few thousand at a time. Of the words that many rows share, one copy is kept, so that a million
 * contracts take a hundred megabytes.
 */
async function readContractFacts(warehouse: Warehouse): Promise<ContractFacts[]> {
  const kept = new Map<string, string>();
  const shared = <Words extends string | null>(words: Words): Words => {
    if (words === null) return words;
    const known = kept.get(words);
    if (known === undefined) kept.set(words, words);
    return (known ?? words) as Words;
  };
  const facts: ContractFacts[] = [];
  const sql = `select council_gss, service_line, value_kind, published_on::varchar as published_on,
      annual_value_gbp::double as annual_value_gbp, supplier_count, left_out_because
    from core.contracts order by contract_id`;
  for await (const rows of warehouse.chunks<ContractFacts>(sql))
    for (const row of rows)
      facts.push({
        council_gss: shared(row.council_gss),
        service_line: shared(row.service_line),
        value_kind: shared(row.value_kind),
        published_on: shared(row.published_on),
        annual_value_gbp: row.annual_value_gbp,
        supplier_count: row.supplier_count,
        left_out_because: shared(row.left_out_because)
      });
  return facts;
}
