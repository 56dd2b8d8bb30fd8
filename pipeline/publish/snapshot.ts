import {mkdirSync, statSync} from "node:fs";
import {join} from "node:path";
import {writeObservations} from "../warehouse/embeddedObservations.ts";
import type {Warehouse} from "../warehouse/warehouse.ts";

const BYTES_AT_MOST = 8_000_000;

/**
 * Writes the embedded default from a warehouse built of raw files only: awards of council buyers, their suppliers that are
 * organisations, and every observation. Facts and figures: no title, no description, no contact, no person.
 *
 * @returns rows written, by table
 * @throws {Error} when the warehouse holds embedded rows itself, or the result would be larger than 8 MB
 */
export async function writeSnapshot(warehouse: Warehouse, folder: string): Promise<Record<string, number>> {
  const [embedded] = await warehouse.rows<{n: number}>(
    "select count(*)::integer as n from core.contracts where is_embedded"
  );
  if (embedded?.n !== 0)
    throw new Error('the warehouse holds embedded rows: run "build --no-snapshot" before "snapshot"');
  mkdirSync(folder, {recursive: true});
  const written: Record<string, number> = {};
  for (const [table, query] of Object.entries(QUERIES)) {
    await warehouse.writeCsv(query, join(folder, `${table}.csv`));
    const [row] = await warehouse.rows<{n: number}>(`select count(*)::integer as n from (${query})`);
    written[table] = row?.n ?? 0;
  }
  const observations = await writeObservations(warehouse, folder);
  written.observations = observations.rows;
  const files = [...Object.keys(QUERIES).map((table) => `${table}.csv`), ...observations.files];
  const bytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  if (bytes > BYTES_AT_MOST) throw new Error(`the snapshot has ${bytes} bytes, more than ${BYTES_AT_MOST}`);
  return written;
}

/** Rows of council buyers, and rows of other buyers that are the same award as one of them: a duplicate keeps what it points at. */
const EMBEDDED = `
  select contract_id from core.contracts where buyer_kind = 'council'
  union
  select duplicates.duplicate_of from core.duplicates as duplicates join core.contracts as contracts using (contract_id)
  where contracts.buyer_kind = 'council'`;

/** Identifiers, names of organisations, codes, dates, amounts, places; judgements as the rules made them, before corrections. */
const QUERIES = {
  contracts: `
    select contracts.contract_id, contracts.register_id, contracts.ocid, contracts.award_id, contracts.lot_id, contracts.title_sha256,
      contracts.notice_url, contracts.raw_sha256, strftime(timezone('UTC', states.released_at), '%Y-%m-%dT%H:%M:%S.%fZ') as released_at,
      states.legal_basis, contracts.procedure, contracts.buyer_name,
      case when buyers.evidence is not null or buyers.match_rule = 'identifier' then buyers.buyer_gss end as buyer_evidence_gss,
      case when buyers.evidence is not null or buyers.match_rule = 'identifier' then buyers.match_rule end as buyer_evidence_rule,
      contracts.value_published, contracts.currency,
      contracts.estimate_low_published, contracts.estimate_high_published, ruled.vat_basis, ruled.vat_rule, contracts.is_per_year,
      kinds.value_kind, kinds.value_kind_rule, kinds.is_kind_unsure, states.starts_on, states.ends_on,
      states.max_ends_on as stated_max_ends_on, states.stated_extension_months, states.stated_extension_rule, states.stated_core_months,
      coalesce(states.has_renewal, false) as has_renewal, contracts.terminated_on, contracts.cpv_code, contracts.cpv_label,
      lines.service_line, lines.service_rule, contracts.supplier_count, contracts.supplier_key, contracts.delivery_itl,
      duplicates.duplicate_of, duplicates.duplicate_rule
    from core.contracts as contracts
    join core.award_states as states using (contract_id)
    join core.contract_buyers as buyers using (contract_id)
    join core.vat_bases as ruled using (contract_id)
    join core.value_kinds as kinds using (contract_id)
    join core.service_lines as lines using (contract_id)
    left join core.duplicates as duplicates using (contract_id)
    where contract_id in (${EMBEDDED})
    order by contract_id`,
  contract_suppliers: `
    select suppliers.contract_id, suppliers.supplier_id, suppliers.supplier_name, suppliers.identifier_scheme, suppliers.identifier,
      suppliers.postcode, suppliers.is_sme, suppliers.is_vcse, suppliers.is_natural_person
    from core.contract_suppliers as suppliers
    where contract_id in (${EMBEDDED})
    order by suppliers.contract_id, suppliers.supplier_id, suppliers.supplier_name, suppliers.identifier, suppliers.postcode`
} as const;
