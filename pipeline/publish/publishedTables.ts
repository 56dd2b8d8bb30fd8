/** A table that leaves the house: its file name, what it is, and the query that makes it, in a stable order. */
export interface PublishedTable {
  readonly file: string; // /data/<file>.csv, <file>.parquet …; the DuckDB file's table has "_" for "-"
  readonly title: string;
  readonly model: string; // the model whose comments document the columns
  readonly key: readonly string[]; // columns that identify a row: never null, unique; also the order of the rows. Empty when rows have no name
  readonly orderBy: readonly string[]; // what the key does not order yet
  readonly text: readonly string[]; // columns with words of other people in them: a spreadsheet must not run them
  readonly refersTo: readonly Reference[]; // columns that name a row of another table, where they are not null
  readonly year: string | null; // SQL for the year by which the Parquet form is cut up once it is large; null when it never is
  readonly added: Readonly<Record<string, string>>; // columns that the query adds to the model's, and what they mean
  readonly sources: readonly SourceKind[]; // whose licences its rows carry
  readonly query: string;
}

export type SourceKind = "register" | "publication" | "reference";

export interface Reference {
  readonly column: string;
  readonly table: string;
  readonly key: string;
}

const DEFAULTS = {orderBy: [], text: [], refersTo: [], added: {}, year: null} as const;
const council = {column: "gss", table: "councils", key: "gss"};

// A new published table is one entry here; everything else (files, dictionary, package, schema, checksums) follows from it.
export const publishedTables: readonly PublishedTable[] = [
  {
    ...DEFAULTS,
    file: "contracts",
    title: "Contracts, each counted once, with every judgement and its rule",
    model: "core.contracts",
    key: ["contract_id"],
    text: ["title", "buyer_name", "procedure", "cpv_label", "ocid", "award_id", "lot_id", "notice_url"],
    refersTo: [
      {column: "register_id", table: "sources", key: "source_id"},
      {column: "buyer_id", table: "buyers", key: "buyer_id"},
      {column: "council_gss", table: "councils", key: "gss"},
      {column: "duplicate_of", table: "contracts", key: "contract_id"}
    ],
    year: "year(published_on)",
    added: {
      licence:
        "SPDX identifier of the register's licence: registers, and so rows, may differ; null for a register that states none"
    },
    sources: ["register", "reference"],
    query: `select contracts.* replace (array_to_string(flags, ' ') as flags, array_to_string(corrected_columns, ' ') as corrected_columns),
         registers.licence
       from core.contracts as contracts left join core.sources as registers on registers.source_id = contracts.register_id`
  },
  {
    ...DEFAULTS,
    file: "contract-suppliers",
    title: "Suppliers of each contract, organisations only",
    model: "core.contract_suppliers",
    key: [],
    orderBy: ["contract_id", "supplier_id", "supplier_name", "identifier"],
    text: ["supplier_name", "identifier", "postcode"],
    refersTo: [{column: "contract_id", table: "contracts", key: "contract_id"}],
    sources: ["register"],
    query: "select * from core.contract_suppliers"
  },
  {
    ...DEFAULTS,
    file: "buyers",
    title: "Buyers as registers write them, and the councils among them",
    model: "core.buyers",
    key: ["buyer_id"],
    text: ["buyer_name"],
    refersTo: [council],
    sources: ["register", "reference"],
    query: "select * from core.buyers"
  },
  {
    ...DEFAULTS,
    file: "contract-buyers",
    title: "Who bought each contract, by name or by evidence, with the rule that decided",
    model: "core.contract_buyers",
    key: ["contract_id"],
    refersTo: [
      {column: "contract_id", table: "contracts", key: "contract_id"},
      {column: "buyer_id", table: "buyers", key: "buyer_id"},
      {column: "buyer_gss", table: "councils", key: "gss"},
      {column: "council_gss", table: "councils", key: "gss"}
    ],
    sources: ["register", "reference"],
    query: "select * from core.contract_buyers"
  },
  {
    ...DEFAULTS,
    file: "suppliers",
    title: "Suppliers, the spellings of one joined, organisations only",
    model: "core.suppliers",
    key: [], // two of them may be withheld
    orderBy: ["supplier_id"],
    text: ["supplier_name", "identifier", "postcode"],
    refersTo: [{column: "supplier_gss", table: "councils", key: "gss"}],
    sources: ["register", "reference"],
    query: "select * from core.suppliers where not is_natural_person"
  },
  {
    ...DEFAULTS,
    file: "contract-places",
    title: "Where each contract is delivered, as far as the notice says",
    model: "core.contract_places",
    key: ["contract_id"],
    refersTo: [{column: "contract_id", table: "contracts", key: "contract_id"}],
    sources: ["register", "reference"],
    query: "select * from core.contract_places"
  },
  {
    ...DEFAULTS,
    file: "unmatched-buyers",
    title: "Buyers that were not recognised as a council, largest first by contracts",
    model: "core.unmatched_buyers",
    key: ["buyer_id"],
    text: ["buyer_name"],
    refersTo: [{column: "buyer_id", table: "buyers", key: "buyer_id"}],
    sources: ["register"],
    query: "select * from core.unmatched_buyers"
  },
  {
    ...DEFAULTS,
    file: "duplicates",
    title: "Awards published more than once, each beside the row that counts",
    model: "marts.duplicates",
    key: ["contract_id"],
    text: ["buyer_name", "ocid", "kept_ocid"],
    refersTo: [
      {column: "contract_id", table: "contracts", key: "contract_id"},
      {column: "duplicate_of", table: "contracts", key: "contract_id"}
    ],
    sources: ["register"],
    query: "select * from marts.duplicates"
  },
  {
    ...DEFAULTS,
    file: "councils",
    title: "Principal councils of the United Kingdom, in force and abolished",
    model: "core.councils",
    key: ["gss"],
    sources: ["reference"],
    query: "select * from core.councils"
  },
  {
    ...DEFAULTS,
    file: "local-share",
    title: "Contracts with local suppliers under three definitions of local, with what is not known",
    model: "marts.local_share",
    key: ["gss", "service_line", "financial_year", "definition"],
    refersTo: [council],
    year: "financial_year",
    sources: ["register", "reference"],
    query: "select * from marts.local_share"
  },
  {
    ...DEFAULTS,
    file: "supplier-reach",
    title: "How far away each council's suppliers are",
    model: "marts.supplier_reach",
    key: ["gss", "reach"],
    refersTo: [council],
    sources: ["register", "reference"],
    query: "select * from marts.supplier_reach"
  },
  {
    ...DEFAULTS,
    file: "neighbours",
    title: "Similar councils of the same tier and nation, by open sets of neighbours",
    model: "core.neighbours",
    key: ["set_id", "gss", "place"],
    refersTo: [council, {column: "neighbour_gss", table: "councils", key: "gss"}],
    sources: ["reference"],
    query: "select * from core.neighbours"
  },
  {
    ...DEFAULTS,
    file: "indicators",
    title: "What each cost and repeat-demand indicator measures, and what it does not",
    model: "core.indicators",
    key: ["indicator_id"],
    refersTo: [{column: "source_id", table: "sources", key: "source_id"}],
    sources: ["publication"],
    query: "select * from core.indicators"
  },
  {
    ...DEFAULTS,
    file: "observations",
    title: "Cost and repeat-demand indicators by council, quarter and year, rates worked out of the published counts",
    model: "core.observations",
    key: ["indicator_id", "gss", "period"],
    text: ["missing_reason"],
    refersTo: [{column: "indicator_id", table: "indicators", key: "indicator_id"}, council],
    year: "financial_year",
    sources: ["publication", "reference"],
    query: "select * from core.observations"
  },
  {
    ...DEFAULTS,
    file: "observations-published",
    title: "Indicators exactly as their publishers state them, England's own figures included",
    model: "core.published_observations",
    key: ["indicator_id", "gss", "period"],
    text: ["missing_reason"],
    refersTo: [{column: "indicator_id", table: "indicators", key: "indicator_id"}],
    year: "year(period_end_on)",
    sources: ["publication"],
    query: "select * from core.published_observations"
  },
  {
    ...DEFAULTS,
    file: "observations-today",
    title: "Indicators by the councils of today: sums of counts where councils merged, breaks where they were split",
    model: "core.observations_today",
    key: ["indicator_id", "council_gss", "financial_year"],
    refersTo: [{column: "indicator_id", table: "indicators", key: "indicator_id"}],
    year: "financial_year",
    sources: ["publication", "reference"],
    query: "select * from core.observations_today"
  },
  {
    ...DEFAULTS,
    file: "contract-years",
    title: "The money of each contract, by financial year",
    model: "core.contract_years",
    key: ["contract_id", "financial_year"],
    refersTo: [{column: "contract_id", table: "contracts", key: "contract_id"}],
    year: "financial_year",
    sources: ["register"],
    query: "select * from core.contract_years"
  },
  {
    ...DEFAULTS,
    file: "council-scale",
    title: "How large contracts in force were, by council, service line and financial year",
    model: "marts.council_scale",
    key: ["gss", "service_line", "financial_year"],
    refersTo: [council],
    sources: ["register", "publication", "reference"],
    query: "select * from marts.council_scale"
  },
  {
    ...DEFAULTS,
    file: "scale-and-outcome",
    title: "Contract scale beside the outcome a year later, one row per council and pair",
    model: "marts.scale_and_outcome",
    key: ["gss", "service_line", "financial_year", "scale_measure", "indicator_id"],
    refersTo: [council, {column: "indicator_id", table: "indicators", key: "indicator_id"}],
    sources: ["register", "publication", "reference"],
    query: "select * from marts.scale_and_outcome"
  },
  {
    ...DEFAULTS,
    file: "deflator",
    title:
      "The GDP deflator that real terms and cost estimates were worked out with; no rows where everything is in cash terms",
    model: "marts.deflator",
    key: ["financial_year"],
    sources: ["reference"],
    query: "select * from marts.deflator"
  },
  {
    ...DEFAULTS,
    file: "left-out",
    title: "Contracts outside every scale measure, by council, service line, year and reason",
    model: "marts.left_out",
    key: ["gss", "service_line", "financial_year", "left_out_because"],
    sources: ["register", "reference"],
    query: "select * from marts.left_out"
  },
  {
    ...DEFAULTS,
    file: "value-kind-rules",
    title: "The rules that decide what a published number is a number for, in order, with how often each decided",
    model: "marts.value_kind_rules",
    key: ["rule_number"],
    sources: ["register"],
    query: "select * from marts.value_kind_rules"
  },
  {
    ...DEFAULTS,
    file: "service-rules",
    title: "The rules that decide a service line, with how much rests on each",
    model: "marts.service_rules",
    key: ["service_rule", "service_line"],
    sources: ["register"],
    query: "select * from marts.service_rules"
  },
  {
    ...DEFAULTS,
    file: "duplicate-rules",
    title: "Awards published again, by register and rule",
    model: "marts.duplicate_rules",
    key: [], // the rule is empty for what is kept
    orderBy: ["register_id", "duplicate_rule"],
    refersTo: [{column: "register_id", table: "sources", key: "source_id"}],
    sources: ["register"],
    query: "select * from marts.duplicate_rules"
  },
  {
    ...DEFAULTS,
    file: "regimes",
    title: "Publication law by date, nation and kind of authority",
    model: "core.regimes",
    key: [],
    orderBy: ["nation", "authority_type", "valid_from", "regime"],
    sources: ["reference"],
    query: "select * from core.regimes"
  },
  {
    ...DEFAULTS,
    file: "corrections",
    title: "What people have corrected, why, and where it can be seen",
    model: "core.corrections",
    key: ["contract_id", "column_name"],
    text: ["from_value", "to_value", "why"],
    sources: ["register"],
    query: "select * from core.corrections"
  },
  {
    ...DEFAULTS,
    file: "cpv-codes",
    title: "CPV codes of the contracts, as a tree, with the service line of each prefix",
    model: "marts.cpv_codes",
    key: ["cpv_code"],
    text: ["cpv_label"],
    sources: ["register", "reference"],
    query: "select * from marts.cpv_codes"
  },
  {
    ...DEFAULTS,
    file: "claims",
    title: "Claims under test: the words, and what would make them false",
    model: "marts.claims",
    key: ["hypothesis_id"],
    sources: ["register", "publication", "reference"],
    query: "select * from marts.claims"
  },
  {
    ...DEFAULTS,
    file: "verdicts",
    title: "Verdicts on the claims, with their reasons and what would change them",
    model: "marts.verdicts",
    key: ["hypothesis_id"],
    refersTo: [{column: "hypothesis_id", table: "claims", key: "hypothesis_id"}],
    sources: ["register", "publication", "reference"],
    query: "select * from marts.verdicts"
  },
  {
    ...DEFAULTS,
    file: "estimates",
    title: "Every estimate that was tried, or could not be; the SQL of its sample is in estimate-samples",
    model: "marts.estimates",
    key: ["hypothesis_id", "spec_id"],
    refersTo: [
      {column: "hypothesis_id", table: "claims", key: "hypothesis_id"},
      {column: "sql_sha256", table: "estimate-samples", key: "sql_sha256"}
    ],
    sources: ["register", "publication", "reference"],
    query: "select * exclude (sql) from marts.estimates"
  },
  {
    ...DEFAULTS,
    file: "estimate-samples",
    title: "The SQL that makes each sample from the published tables",
    model: "marts.estimate_samples",
    key: ["sql_sha256"],
    sources: ["register", "publication", "reference"],
    query: "select * from marts.estimate_samples"
  },
  {
    ...DEFAULTS,
    file: "deviations",
    title: "What differs from the plan as it was fixed before outcomes were looked at",
    model: "marts.deviations",
    key: ["deviation_number"],
    sources: ["reference"],
    query: "select * from marts.deviations"
  },
  {
    ...DEFAULTS,
    file: "funnel-limits",
    title: "Where each council lies among councils of its class, with funnel limits",
    model: "marts.funnel_limits",
    key: ["indicator_id", "gss"],
    refersTo: [{column: "indicator_id", table: "indicators", key: "indicator_id"}, council],
    sources: ["register", "publication", "reference"],
    query: "select * from marts.funnel_limits"
  },
  {
    ...DEFAULTS,
    file: "rejects",
    title: "Releases that did not fit the schema: where and why, without their bodies",
    model: "staging.rejects",
    key: ["register_id", "raw_sha256", "position"],
    text: ["ocid", "path", "reason"],
    refersTo: [{column: "register_id", table: "sources", key: "source_id"}],
    sources: ["register"],
    query: "select * from staging.rejects"
  },
  {
    ...DEFAULTS,
    file: "source-files",
    title: "Every file that rows were read from, by the hash of its bytes",
    model: "core.source_files",
    key: ["source_id", "raw_sha256"],
    text: ["problem"],
    refersTo: [{column: "source_id", table: "sources", key: "source_id"}],
    sources: ["register", "publication"],
    query: "select * from core.source_files"
  },
  {
    ...DEFAULTS,
    file: "sources",
    title: "Registers, publications and reference sources: publisher, licence, attribution",
    model: "core.sources",
    key: ["source_id"],
    sources: ["register", "publication", "reference"],
    query: "select * from core.sources"
  }
];

/** The table's name in the DuckDB file and in SQL. */
export const sqlName = (file: string): string => file.replaceAll("-", "_");
