/** A table that leaves the house: its file name, what it is, and the query that makes it, in a stable order. */
export interface PublishedTable {
  readonly file: string; // src/data/<file>.csv, and its address /data/<file>.csv
  readonly title: string;
  readonly model: string; // the model whose comments document the columns
  readonly text: readonly string[]; // columns with words of other people in them: a spreadsheet must not run them
  readonly query: string;
  readonly orderBy: string;
}

export const publishedTables: readonly PublishedTable[] = [
  {
    file: "contracts",
    title: "Contracts, each counted once, with every judgement and its rule",
    model: "core.contracts",
    text: ["title", "buyer_name", "procedure", "cpv_label", "ocid", "award_id", "lot_id"],
    query:
      "select * replace (array_to_string(flags, ' ') as flags, array_to_string(corrected_columns, ' ') as corrected_columns) from core.contracts",
    orderBy: "contract_id"
  },
  {
    file: "contract-suppliers",
    title: "Suppliers of each contract, organisations only",
    model: "core.contract_suppliers",
    text: ["supplier_name", "identifier", "postcode"],
    query: "select * from core.contract_suppliers",
    orderBy: "contract_id, supplier_id, supplier_name, identifier"
  },
  {
    file: "buyers",
    title: "Buyers as registers write them, and the councils among them",
    model: "core.buyers",
    text: ["buyer_name"],
    query: "select * from core.buyers",
    orderBy: "buyer_id"
  },
  {
    file: "contract-buyers",
    title: "Who bought each contract, by name or by evidence, with the rule that decided",
    model: "core.contract_buyers",
    text: [],
    query: "select * from core.contract_buyers",
    orderBy: "contract_id"
  },
  {
    file: "suppliers",
    title: "Suppliers, the spellings of one joined, organisations only",
    model: "core.suppliers",
    text: ["supplier_name", "identifier", "postcode"],
    query: "select * from core.suppliers where not is_natural_person",
    orderBy: "supplier_id"
  },
  {
    file: "local-share",
    title: "Contracts with local suppliers under three definitions of local, with what is not known",
    model: "marts.local_share",
    text: [],
    query: "select * from marts.local_share",
    orderBy: "gss, service_line, financial_year, definition"
  },
  {
    file: "supplier-reach",
    title: "How far away each council's suppliers are",
    model: "marts.supplier_reach",
    text: [],
    query: "select * from marts.supplier_reach",
    orderBy: "gss, reach"
  },
  {
    file: "contract-places",
    title: "Where each contract is delivered, as far as the notice says",
    model: "core.contract_places",
    text: [],
    query: "select * from core.contract_places",
    orderBy: "contract_id"
  },
  {
    file: "neighbours",
    title: "Similar councils of the same tier and nation, by open sets of neighbours",
    model: "core.neighbours",
    text: [],
    query: "select * from core.neighbours",
    orderBy: "set_id, gss, place"
  },
  {
    file: "councils",
    title: "Principal councils of the United Kingdom, in force and abolished",
    model: "core.councils",
    text: [],
    query: "select * from core.councils",
    orderBy: "gss"
  },
  {
    file: "observations",
    title: "Cost and repeat-demand indicators by council, quarter and year, rates worked out of the published counts",
    model: "core.observations",
    text: [],
    query: "select * from core.observations",
    orderBy: "indicator_id, gss, period"
  },
  {
    file: "observations-published",
    title: "Indicators exactly as their publishers state them, England's own figures included",
    model: "core.published_observations",
    text: [],
    query: "select * from core.published_observations",
    orderBy: "indicator_id, gss, period"
  },
  {
    file: "observations-today",
    title: "Indicators by the councils of today: sums of counts where councils merged, breaks where they were split",
    model: "core.observations_today",
    text: [],
    query: "select * from core.observations_today",
    orderBy: "indicator_id, council_gss, financial_year"
  },
  {
    file: "contract-years",
    title: "The money of each contract, by financial year",
    model: "core.contract_years",
    text: [],
    query: "select * from core.contract_years",
    orderBy: "contract_id, financial_year"
  },
  {
    file: "council-scale",
    title: "How large contracts in force were, by council, service line and financial year",
    model: "marts.council_scale",
    text: [],
    query: "select * from marts.council_scale",
    orderBy: "gss, service_line, financial_year"
  },
  {
    file: "scale-and-outcome",
    title: "Contract scale beside the outcome a year later, one row per council and pair",
    model: "marts.scale_and_outcome",
    text: [],
    query: "select * from marts.scale_and_outcome",
    orderBy: "gss, service_line, financial_year, scale_measure, indicator_id"
  },
  {
    file: "left-out",
    title: "Contracts outside every scale measure, by council, service line, year and reason",
    model: "marts.left_out",
    text: [],
    query: "select * from marts.left_out",
    orderBy: "gss, service_line, financial_year, left_out_because"
  },
  {
    file: "value-kind-rules",
    title: "The rules that decide what a published number is a number for, in order, with how often each decided",
    model: "marts.value_kind_rules",
    text: [],
    query: "select * from marts.value_kind_rules",
    orderBy: "rule_number"
  },
  {
    file: "service-rules",
    title: "The rules that decide a service line, with how much rests on each",
    model: "marts.service_rules",
    text: [],
    query: "select * from marts.service_rules",
    orderBy: "service_rule, service_line"
  },
  {
    file: "duplicate-rules",
    title: "Awards published again, by register and rule",
    model: "marts.duplicate_rules",
    text: [],
    query: "select * from marts.duplicate_rules",
    orderBy: "register_id, duplicate_rule"
  },
  {
    file: "regimes",
    title: "Publication law by date, nation and kind of authority",
    model: "core.regimes",
    text: [],
    query: "select * from core.regimes",
    orderBy: "nation, authority_type, valid_from nulls first, regime"
  },
  {
    file: "corrections",
    title: "What people have corrected, why, and where it can be seen",
    model: "core.corrections",
    text: ["from_value", "to_value", "why"],
    query: "select * from core.corrections",
    orderBy: "decided_on, contract_id, column_name"
  },
  {
    file: "cpv-codes",
    title: "CPV codes of the contracts, as a tree, with the service line of each prefix",
    model: "marts.cpv_codes",
    text: ["cpv_label"],
    query: "select * from marts.cpv_codes",
    orderBy: "cpv_code"
  },
  {
    file: "claims",
    title: "Claims under test: the words, and what would make them false",
    model: "marts.claims",
    text: [],
    query: "select * from marts.claims",
    orderBy: "hypothesis_id"
  },
  {
    file: "verdicts",
    title: "Verdicts on the claims, with their reasons and what would change them",
    model: "marts.verdicts",
    text: [],
    query: "select * from marts.verdicts",
    orderBy: "hypothesis_id"
  },
  {
    file: "estimates",
    title: "Every estimate that was tried, with the SQL of its sample",
    model: "marts.estimates",
    text: [],
    query: "select * from marts.estimates",
    orderBy: "hypothesis_id, is_primary desc, spec_id"
  },
  {
    file: "funnel-limits",
    title: "Where each council lies among councils of its class, with funnel limits",
    model: "marts.funnel_limits",
    text: [],
    query: "select * from marts.funnel_limits",
    orderBy: "indicator_id, gss"
  },
  {
    file: "rejects",
    title: "Releases that did not fit the schema: where and why, without their bodies",
    model: "staging.rejects",
    text: ["ocid", "path", "reason"],
    query: "select * from staging.rejects",
    orderBy: "register_id, raw_sha256, position"
  }
];
