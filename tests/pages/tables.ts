import type {ClaimRow, EstimateRow, VerdictRow} from "../../src/components/claimRows.ts";
import type {
  ContractRow,
  CouncilRow,
  CouncilScaleRow,
  IndicatorRow,
  ObservationRow,
  SiteTables
} from "../../src/components/rows.ts";

// SYNTHETIC published tables, small enough to check a page by hand: a county, its district, a unitary and what came before it.

export const council = (overrides: Partial<CouncilRow>): CouncilRow => ({
  gss: "E06000901",
  name: "SYNTHETIC Ashby Council",
  short_name: "Ashby",
  slug: "ashby",
  tier: "single",
  class: "unitary",
  region: "North West",
  nation: "England",
  county_gss: null,
  valid_from: "2009-04-01",
  valid_to: null,
  successor_gss: null,
  recoded_to: null,
  population: 120_000,
  imd_score: 25.5,
  rural_pct: 10,
  changes_on: null,
  announced_successor: null,
  welsh_name: null,
  ...overrides
});

export const indicator: IndicatorRow = {
  indicator_id: "children-rereferrals",
  kind: "repeat-demand",
  title: "SYNTHETIC re-referrals",
  question: "How often is a child referred again?",
  unit: "percent",
  tier: "upper",
  service_line: "childrens-social-care",
  publication: "SYNTHETIC publication",
  publisher: "SYNTHETIC publisher",
  page: "https://example.org/publication",
  caveats: ["SYNTHETIC: not a measure of anything."]
};

export const observation = (overrides: Partial<ObservationRow>): ObservationRow => ({
  indicator_id: "children-rereferrals",
  gss: "E06000901",
  published_gss: "E06000901",
  period: "2024-25",
  period_end_on: "2025-03-31",
  value: 20,
  numerator: 200,
  denominator: 1000,
  low_95: 17.6,
  high_95: 22.6,
  missing_reason: null,
  source_sha256: "a".repeat(64),
  ...overrides
});

export const contract = (overrides: Partial<ContractRow>): ContractRow => ({
  contract_id: "0000000000000001",
  register_id: "synthetic-register",
  notice_url: "https://example.org/notice/1",
  published_on: "2024-05-01",
  buyer_name: "SYNTHETIC Ashby Council",
  council_gss: "E06000901",
  title: "SYNTHETIC fostering",
  value_gbp: 300_000,
  value_kind: "contract",
  annual_value_gbp: 100_000,
  starts_on: "2024-04-01",
  ends_on: "2027-03-31",
  cpv_code: "85311300",
  cpv_label: "SYNTHETIC label",
  service_line: "childrens-social-care",
  supplier_count: 1,
  duplicate_of: null,
  flags: [],
  left_out_because: null,
  ...overrides
});

export const cell = (overrides: Partial<CouncilScaleRow>): CouncilScaleRow => ({
  gss: "E06000901",
  service_line: "childrens-social-care",
  financial_year: 2025,
  contract_count: 5,
  total_in_year_gbp: 500_000,
  median_annual_gbp: 100_000,
  typical_pound_gbp: 150_000,
  over_1m_pct: 0,
  largest_pct: 30,
  framework_count: 0,
  left_out_count: 1,
  coverage_pct: 2.5,
  coverage_basis: "revenue outturn running expenses",
  not_measured_reason: null,
  ...overrides
});

const claim: ClaimRow = {
  hypothesis_id: "h1-synthetic",
  label: "H1",
  claim_title: "SYNTHETIC scale and repeat demand",
  claim_kind: "tested",
  words: "SYNTHETIC words",
  is_quotation: false,
  speaker: "SYNTHETIC speaker",
  said_on: "2014-03-13",
  url: "https://example.org/claim",
  leads_to: "quotation",
  found: "SYNTHETIC",
  rivals: "",
  operational: "SYNTHETIC test",
  data_used: "SYNTHETIC data",
  supported_if: "the interval lies above zero",
  contradicted_if: "the interval lies below zero",
  cannot_tell: "SYNTHETIC",
  smallest_effect: 0.5,
  effect_unit: "points",
  not_run_because: null
};

export const verdict: VerdictRow = {
  hypothesis_id: "h1-synthetic",
  verdict: "too little data",
  because: "Too little data: no council where 30 are the least.",
  n: 0,
  council_years: 0,
  coverage: null,
  change_our_mind: "SYNTHETIC mind",
  curve: "SYNTHETIC curve",
  beside: "",
  is_suspended: false,
  is_blinded: true,
  tried_count: 0,
  plan_sha256: "a".repeat(64)
};

export const estimate = (overrides: Partial<EstimateRow>): EstimateRow => ({
  hypothesis_id: "h1-synthetic",
  spec_id: "SYNTHETIC",
  is_primary: false,
  scale_measure: "typical_pound_gbp",
  indicator_id: "children-rereferrals",
  sample: "SYNTHETIC",
  n: 200,
  council_count: 50,
  estimate: 0.25,
  low_95: -0.5,
  high_95: 1,
  standard_error: 0.38,
  degrees_of_freedom: 40,
  unit: "points",
  p_permutation: 0.5,
  q_fdr: 0.6,
  formula: "outcome ~ log2(scale)",
  sql: "select 1\n\nfrom marts.scale_and_outcome",
  is_blinded: false,
  not_run_because: null,
  ...overrides
});

export const tables = (overrides: Partial<SiteTables> = {}): SiteTables => ({
  version: "2025-03-31-0a1b2c3d",
  data_cut_off_on: "2025-03-31",
  status: null,
  councils: [
    council({}),
    council({gss: "E10000901", name: "SYNTHETIC Elm County Council", slug: "elm", class: "county", tier: "upper"}),
    council({
      gss: "E07000901",
      name: "SYNTHETIC Elmham District Council",
      slug: "elmham",
      class: "district",
      tier: "lower",
      county_gss: "E10000901"
    }),
    council({
      gss: "E07000902",
      name: "SYNTHETIC Old Ash Borough Council",
      slug: "old-ash",
      class: "district",
      tier: "lower",
      valid_to: "2023-03-31",
      successor_gss: "E06000901"
    })
  ],
  indicators: [indicator],
  observations: [2023, 2024, 2025].map((year) =>
    observation({period: `${year - 1}-${String(year).slice(2)}`, period_end_on: `${year}-03-31`})
  ),
  largest_contracts: [],
  districts: [],
  supplier_years: [],
  largest_suppliers: [],
  contracts: [contract({})],
  untitled_count: 0,
  largest_of_councils: [contract({})],
  council_scale: [cell({})],
  scale_and_outcome: [],
  tiers: [
    {gss: "E06000901", service_line: "childrens-social-care", run_by: "E06000901", body_name: ""},
    {gss: "E06000901", service_line: "police", run_by: "", body_name: "SYNTHETIC police commissioner"},
    {gss: "E10000901", service_line: "childrens-social-care", run_by: "E10000901", body_name: ""},
    {gss: "E07000901", service_line: "childrens-social-care", run_by: "E10000901", body_name: "its county council"},
    {gss: "E07000901", service_line: "planning", run_by: "E07000901", body_name: ""}
  ],
  registers: [
    {
      register_id: "synthetic-register",
      title: "SYNTHETIC register",
      publisher: "nobody",
      caveats: ["SYNTHETIC."],
      contract_count: 1,
      first_published_on: "2024-05-01",
      last_published_on: "2024-05-01"
    }
  ],
  files: [
    {
      path: "contracts.csv",
      title: "SYNTHETIC contracts",
      table: "contracts",
      format: "csv",
      label: "spreadsheet-safe",
      rows: 1,
      bytes: 100,
      sha256: "f".repeat(64),
      licence: "OGL-UK-3.0"
    }
  ],
  dictionary: [
    {
      table: "contracts",
      column: "contract_id",
      type: "VARCHAR",
      unit: "",
      null_means: "",
      rule_column: "",
      source: "SYNTHETIC",
      description: "SYNTHETIC identifier"
    }
  ],
  dataset: {schema_version: "1.0.0", files: [], codes: [], sources: [], releases: [], examples: []},
  rules: [{kind: "service_line", rule: "cpv-85", decides: "ambiguous", count: 1}],
  claims: {claims: [claim], verdicts: [verdict], estimates: [], deviations: [], funnel_limits: []},
  value_kind_rules: [
    {
      rule: "nothing-else-holds",
      value_kind: "contract",
      is_unsure: false,
      says: "SYNTHETIC sentence.",
      contract_count: 1,
      labelled_count: 4,
      right_count: 3
    }
  ],
  duplicate_rules: [
    {register_id: "synthetic-register", duplicate_rule: "", contract_count: 3, share_of_register_pct: 75},
    {register_id: "synthetic-register", duplicate_rule: "same-content", contract_count: 1, share_of_register_pct: 25}
  ],
  tiles: [],
  corrections: [],
  local_share: [],
  council_suppliers: [],
  neighbours: [],
  regimes: [],
  replies: [],
  snapshot_note: "SYNTHETIC slice.",
  ...overrides
});
