import type {Warehouse} from "./warehouse/warehouse.ts";

/** One step on a contract's way from archived bytes to a dot on a chart. */
export interface TraceStep {
  readonly step: string;
  readonly rule: string | null; // the judgement's rule, where one was made
  readonly facts: Readonly<Record<string, unknown>>;
}

/**
 * Follows one contract from the archived bytes through every judgement to the cells it counts in.
 *
 * @throws {Error} when no contract has that id
 */
export async function trace(warehouse: Warehouse, contractId: string): Promise<TraceStep[]> {
  const [contract] = await warehouse.rows<Record<string, unknown>>(
    "select * from core.contracts where contract_id = $id",
    {id: contractId}
  );
  if (!contract)
    throw new Error(`no contract has the id "${contractId}"; ids are 16 hexadecimal digits, see contracts.csv`);
  const pick = (...columns: string[]) => Object.fromEntries(columns.map((column) => [column, contract[column]]));
  return [
    await archivedStep(warehouse, contract),
    {
      step: "release and award",
      rule: "latest state: greatest release instant, then release id, then hash of the body",
      facts: pick("register_id", "ocid", "award_id", "published_on", "notice_url")
    },
    {
      step: "buyer",
      rule: String(contract.buyer_rule),
      facts: pick("buyer_name", "buyer_kind", "buyer_gss", "council_gss", "is_joint", "joint_gss")
    },
    {
      step: "publication law",
      rule: String(contract.regime),
      facts: pick("published_on", "publication_floor_gbp", "is_above_every_floor")
    },
    {
      step: "value",
      rule: String(contract.value_kind_rule),
      facts: {
        ...pick(
          "value_published",
          "currency",
          "vat_basis",
          "value_gbp",
          "value_kind",
          "is_kind_unsure",
          "supplier_count"
        ),
        says: await kindRuleInWords(warehouse, contract),
        ...pick("estimate_low_published", "estimate_high_published")
      }
    },
    {
      step: "VAT",
      rule: String(contract.vat_rule),
      facts: pick("vat_basis", "is_per_year", "value_gbp")
    },
    {step: "service line", rule: String(contract.service_rule), facts: pick("cpv_code", "cpv_label", "service_line")},
    {
      step: "extension",
      rule: String(contract.extension_rule ?? "none is stated"),
      facts: pick("ends_on", "max_ends_on", "terminated_on")
    },
    {
      step: "term and size",
      rule: "size = value x 365 / max(365, days of the core term)",
      facts: pick("starts_on", "ends_on", "term_days", "annual_value_gbp", "flags")
    },
    {
      step: "once",
      rule: contract.duplicate_of === null ? "kept" : String(contract.duplicate_rule),
      facts: {...pick("duplicate_of"), other_publications: await otherPublications(warehouse, contractId)}
    },
    ...(await correctionSteps(warehouse, contractId)),
    {
      step: "in scale measures",
      rule: contract.left_out_because === null ? "counts" : `left out: ${String(contract.left_out_because)}`,
      facts: {}
    },
    ...(await yearSteps(warehouse, contractId)),
    ...(await cellSteps(warehouse, contract)),
    ...(await dotSteps(warehouse, contract))
  ];
}

async function archivedStep(warehouse: Warehouse, contract: Record<string, unknown>): Promise<TraceStep> {
  if (contract.is_embedded)
    return {step: "bytes", rule: "embedded: bytes not included", facts: {raw_sha256: contract.raw_sha256}};
  const [file] = await warehouse.rows(
    "select origin, received_at::varchar as received_at, size_bytes, raw_sha256 from staging.files where source_id = $register and raw_sha256 = $sha",
    {register: String(contract.register_id), sha: String(contract.raw_sha256)}
  );
  return {step: "bytes", rule: null, facts: file ?? {}};
}

/** The rule in a sentence; a correction by a person is no rule and has none. */
async function kindRuleInWords(warehouse: Warehouse, contract: Record<string, unknown>): Promise<string | null> {
  const [rule] = await warehouse.rows<{says: string}>("select says from marts.value_kind_rules where rule = $rule", {
    rule: String(contract.value_kind_rule)
  });
  return rule?.says ?? null;
}

/** Rows that are this award again. */
async function otherPublications(warehouse: Warehouse, contractId: string): Promise<string[]> {
  const rows = await warehouse.rows<{words: string}>(
    `select contract_id || ' (' || duplicate_rule || ')' as words from core.contracts where duplicate_of = $id order by contract_id`,
    {id: contractId}
  );
  return rows.map(({words}) => words);
}

async function correctionSteps(warehouse: Warehouse, contractId: string): Promise<TraceStep[]> {
  const rows = await warehouse.rows<Record<string, unknown>>(
    `select column_name, from_value, to_value, why, evidence_url, decided_on, is_applied from core.corrections
     where contract_id = $id order by decided_on, column_name`,
    {id: contractId}
  );
  return rows.map((facts) => ({
    step: "correction",
    rule: facts.is_applied ? "a person's decision, applied last" : "no longer fits what the rules say: not applied",
    facts
  }));
}

async function yearSteps(warehouse: Warehouse, contractId: string): Promise<TraceStep[]> {
  const years = await warehouse.rows(
    "select financial_year, in_year_gbp from core.contract_years where contract_id = $id order by 1",
    {id: contractId}
  );
  return years.map((facts) => ({
    step: "money in a year",
    rule: "value x days of the core term inside the year / days of the term",
    facts
  }));
}

/** The years in which a contract counts in scale measures: those of its core term up to an early end. */
const COUNTED_YEARS = `core.contracts as contracts join core.contract_years as years
  on years.contract_id = contracts.contract_id and in_force_in(contracts.terminated_on, years.financial_year)`;

async function cellSteps(warehouse: Warehouse, contract: Record<string, unknown>): Promise<TraceStep[]> {
  if (contract.left_out_because !== null) return [];
  const cells = await warehouse.rows<Record<string, unknown>>(
    `select scale.gss, scale.service_line, scale.financial_year, scale.contract_count, scale.typical_pound_gbp, scale.not_measured_reason
     from ${COUNTED_YEARS} join marts.council_scale as scale on scale.gss = contracts.council_gss
       and scale.service_line = contracts.service_line and scale.financial_year = years.financial_year
     where contracts.contract_id = $id order by scale.financial_year`,
    {id: String(contract.contract_id)}
  );
  return cells.map((facts) => ({step: "cell", rule: "five contracts in force make a measure", facts}));
}

async function dotSteps(warehouse: Warehouse, contract: Record<string, unknown>): Promise<TraceStep[]> {
  if (contract.left_out_because !== null) return [];
  const dots = await warehouse.rows<Record<string, unknown>>(
    `select dots.gss, dots.financial_year, dots.scale_measure, dots.scale_value, dots.scale_value_below_gate, dots.indicator_id,
       dots.outcome_period, dots.outcome_value
     from ${COUNTED_YEARS} join marts.scale_and_outcome as dots on dots.gss = contracts.council_gss
       and dots.service_line = contracts.service_line and dots.financial_year = years.financial_year
     where contracts.contract_id = $id and dots.scale_measure = 'typical_pound_gbp'
     order by dots.financial_year, dots.indicator_id`,
    {id: String(contract.contract_id)}
  );
  return dots.map((facts) => ({
    step: "dot",
    rule: "outcome ends one year after the scale; filled with five contracts, hollow below",
    facts
  }));
}
