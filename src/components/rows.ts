// The rows that charts and pages are drawn from, named as the published tables name them (see /data and its dictionary).
// Money is in pounds; `null` means not known or withheld, never zero.

import type {ClaimTables} from "./claimRows.ts";
import type {ListingRow} from "./explorerIndex.ts";
import type {SiteStatus} from "./statusRows.ts";
import type {TileRow} from "./tileMap.ts";

export type CouncilClass =
  | "county"
  | "district"
  | "unitary"
  | "metropolitan-borough"
  | "london-borough"
  | "scottish"
  | "welsh"
  | "northern-irish";

/** A principal council, in force today or abolished; core.councils. */
export interface CouncilRow {
  readonly gss: string;
  readonly name: string; // official, "Leeds City Council"
  readonly short_name: string; // "Leeds"
  readonly slug: string; // "leeds"
  readonly tier: "upper" | "lower" | "single"; // single: runs both tiers' services
  readonly class: CouncilClass;
  readonly region: string; // "Yorkshire and The Humber"; the nation's name outside England
  readonly nation: "England" | "Scotland" | "Wales" | "Northern Ireland";
  readonly county_gss: string | null; // for a district, the county council that runs the upper tier
  readonly valid_from: string; // ISO date
  readonly valid_to: string | null; // ISO date, the last day; null while in force
  readonly successor_gss: string | null; // several joined by a space when the council was split
  readonly recoded_to: string | null; // today's code of the same council, when only its code changed
  readonly population: number | null; // mid-2020
  readonly imd_score: number | null; // IoD 2025 average score, England
  readonly rural_pct: number | null; // per cent of residents in rural output areas, RUC 2011
  readonly changes_on: string | null; // ISO date of an announced reorganisation
  readonly announced_successor: string | null; // names announced for that day, where known
  readonly welsh_name: string | null; // "Cyngor Gwynedd"; Wales only
}

/** One number about one council in one period; core.observations. */
export interface ObservationRow {
  readonly indicator_id: string;
  readonly gss: string; // the council that answers today
  readonly published_gss: string; // the council as it was then, part of the row's key in observations.csv
  readonly period: string; // "2024-25"
  readonly period_end_on: string;
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly low_95: number | null; // Wilson interval, in the unit of value; null when there is no denominator
  readonly high_95: number | null;
  readonly missing_reason: string | null; // the publisher's symbol when value is null
  readonly source_sha256: string; // of the archived file that it was read from
}

/** What an indicator measures, as its definition file says; indicators.csv. */
export interface IndicatorRow {
  readonly indicator_id: string;
  readonly kind: "cost" | "repeat-demand" | "context";
  readonly title: string;
  readonly question: string;
  readonly unit: string; // "percent", "pounds-per-week" …
  readonly tier: "upper" | "lower";
  readonly service_line: string;
  readonly publication: string;
  readonly publisher: string;
  readonly page: string; // https address of the publication
  readonly caveats: readonly string[];
  readonly numerator?: string | null; // in words
  readonly denominator?: string | null; // in words
  readonly interval_method?: string; // "wilson", "byar", or "none" with the reason
  readonly derived_population?: string | null; // whose number it is divided by, when it is worked out of money
  readonly breaks?: readonly string[]; // "2024-04-01: what changed"
  readonly next_update?: string;
  readonly attribution?: string; // the sentence that the licence asks for
  readonly traps?: readonly string[]; // what the files do that a hasty reader gets wrong
}

/** One contract, counted once whatever its suppliers, releases or registers; core.contracts. */
export interface ContractRow {
  readonly contract_id: string;
  readonly register_id: string;
  readonly notice_url: string | null;
  readonly published_on: string;
  readonly buyer_name: string;
  readonly council_gss: string | null; // the council that answers for it today
  readonly title: string | null; // null in the embedded snapshot, which carries facts and figures only
  readonly value_gbp: number | null;
  readonly value_kind: string;
  readonly annual_value_gbp: number | null;
  readonly starts_on: string | null;
  readonly ends_on: string | null;
  readonly cpv_code: string | null;
  readonly cpv_label: string | null;
  readonly service_line: string;
  readonly supplier_count: number;
  readonly duplicate_of: string | null;
  readonly flags: readonly string[];
  readonly left_out_because: string | null; // why it is outside every scale measure; null when it counts
}

/** What of every contract is counted and drawn. There may be a million: their words stay in the published tables. */
export type ContractFacts = Pick<
  ContractRow,
  | "council_gss"
  | "service_line"
  | "value_kind"
  | "published_on"
  | "annual_value_gbp"
  | "supplier_count"
  | "left_out_because"
>;

/** How large one council's contracts in force were, by service and financial year; marts.council_scale. */
export interface CouncilScaleRow {
  readonly gss: string;
  readonly service_line: string;
  readonly financial_year: number; // 2025 means 1 April 2024 to 31 March 2025
  readonly contract_count: number;
  readonly total_in_year_gbp: number | null;
  readonly median_annual_gbp: number | null; // null with fewer than 5 contracts
  readonly typical_pound_gbp: number | null; // null with fewer than 5 contracts
  readonly over_1m_pct: number | null; // share of the money in contracts over £1m a year
  readonly largest_pct: number | null; // share of the money in the largest contract
  readonly framework_count: number; // ceilings, never added to money
  readonly left_out_count: number;
  readonly coverage_pct: number | null;
  readonly coverage_basis: string; // what coverage_pct is a share of, or why it is null
  readonly not_measured_reason: string | null;
}

/** How much of a council's money in a service and year goes to local suppliers, under one definition of local; marts.local_share. */
export interface LocalShareRow {
  readonly gss: string;
  readonly service_line: string;
  readonly financial_year: number;
  readonly definition: "same-council" | "same-area" | "same-region";
  readonly contract_count: number;
  readonly unknown_count: number; // with a supplier that is not placed
  readonly total_in_year_gbp: number;
  readonly local_gbp: number; // every supplier inside
  readonly partly_gbp: number; // some inside, some not
  readonly elsewhere_gbp: number;
  readonly unknown_gbp: number;
}

/** A supplier of a council and how many of the contracts that count it holds; from core.contract_suppliers. */
export interface CouncilSupplierRow {
  readonly gss: string;
  readonly supplier_name: string;
  readonly reach: string; // "same-council", "elsewhere-uk", "unknown" …
  readonly contract_count: number;
  readonly alone_gbp: number | null; // value of the contracts that it holds alone; a shared contract's value is never split
}

/** Councils like one, nearest first, in one published set; core.neighbours. */
export interface NeighbourRow {
  readonly gss: string;
  readonly set_id: string;
  readonly version: string;
  readonly neighbours: readonly string[];
}

/** The law of publication in one nation, for one kind of authority; core.regimes. */
export interface RegimeRow {
  readonly regime: string;
  readonly law: string;
  readonly nation: string;
  readonly valid_from: string | null; // ISO date; null when the source does not say
  readonly valid_to: string | null; // null while in force
  readonly publication_floor_gbp: number | null;
  readonly floor_vat: string;
  readonly source: string;
}

/** What a council answered to its page, unedited; data/reference/replies.csv. */
export interface ReplyRow {
  readonly gss: string;
  readonly replied_on: string;
  readonly about: string; // which figures
  readonly reply: string;
  readonly source_url: string | null;
}

/** Scale beside an outcome a year later, one row per council; marts.scale_and_outcome. */
export interface ScaleAndOutcomeRow {
  readonly gss: string;
  readonly service_line: string;
  readonly financial_year: number; // of the scale
  readonly scale_measure: string; // "typical_pound_gbp"
  readonly scale_value: number | null; // null below the gate of 5 contracts
  readonly scale_value_below_gate: number | null; // to be drawn hollow, never analysed
  readonly indicator_id: string;
  readonly outcome_period: string;
  readonly outcome_value: number | null;
  readonly low_95: number | null;
  readonly high_95: number | null;
  readonly contract_count: number;
}

/** The money of one financial year by who holds it; of marts.supplier_scale. */
export interface SupplierYearRow {
  readonly financial_year: number;
  readonly held_by: "one" | "several" | "person" | "nobody-named"; // one organisation, several, possibly a person, nobody named
  readonly supplier_count: number; // organisations; 0 unless held by one
  readonly contract_count: number;
  readonly in_year_gbp: number;
}

/** One organisation's contracts in force in a financial year, those it holds alone; of marts.supplier_scale. */
export interface SupplierScaleRow {
  readonly financial_year: number;
  readonly supplier_id: string;
  readonly supplier_name: string | null;
  readonly contract_count: number;
  readonly council_count: number;
  readonly in_year_gbp: number;
}

/** Councils that postcodes of a district lie in, by sectors ("LS1 4" is one of district LS1); from the table of sectors. */
export interface DistrictRow {
  readonly district: string; // "LS1"
  readonly gss: string; // the council that answers today
  readonly most_count: number; // sectors of which it holds most
  readonly sector_count: number; // sectors of the district
}

/** A file of the published dataset, at /data/<path>. */
export interface PublishedFile {
  readonly path: string; // "contracts.csv"
  readonly title: string;
  readonly table: string | null; // the table whose rows it holds; null for a file that is about the dataset
  readonly format: "csv" | "parquet" | "duckdb" | "zip" | "json" | "text";
  readonly label: string; // which variant: "spreadsheet-safe", "verbatim", "typed"
  readonly rows: number; // of all tables together for the DuckDB file
  readonly bytes: number;
  readonly sha256: string;
  readonly licence: string; // SPDX identifiers, joined by " AND " when rows differ
}

/** One column of one published table: what it means; dictionary.csv. */
export interface DictionaryRow {
  readonly table: string;
  readonly column: string;
  readonly type: string; // as DuckDB names it
  readonly unit: string; // "pounds", "per cent", "date" …; empty for words and codes
  readonly null_means: string; // empty when the column is never null
  readonly rule_column: string; // the column beside it that says which rule decided; empty when nothing was judged
  readonly source: string; // the model that makes the column, as a path in the repository
  readonly description: string;
}

/** How many rows of a register one rule recognised as an award that another row holds; duplicate-rules.csv. */
export interface DuplicateRuleRow {
  readonly register_id: string;
  readonly duplicate_rule: string; // empty for the rows that are kept
  readonly contract_count: number;
  readonly share_of_register_pct: number;
}

/** A rule that decides what a published number is a number for, how often it did, and how often as labelled; value-kind-rules.csv. */
export interface ValueKindRuleRow {
  readonly rule: string;
  readonly value_kind: string;
  readonly is_unsure: boolean; // held out of scale measures
  readonly says: string; // the rule in a sentence
  readonly contract_count: number;
  readonly labelled_count: number; // awards labelled by hand that it decided
  readonly right_count: number; // of them, as labelled
}

/** What a person decided over a rule; corrections.csv. */
export interface CorrectionRow {
  readonly contract_id: string;
  readonly column_name: string;
  readonly from_value: string | null;
  readonly to_value: string | null;
  readonly why: string;
  readonly evidence_url: string | null;
  readonly decided_on: string;
  readonly is_applied: boolean;
}

/** One code of one coded column, and how many rows carry it; codes.csv. */
export interface CodeRow {
  readonly table: string;
  readonly column: string;
  readonly code: string;
  readonly meaning: string;
  readonly rows: number;
}

/** Who publishes what, under which licence; sources.csv. */
export interface SourceRow {
  readonly source_id: string;
  readonly source_kind: string;
  readonly title: string;
  readonly publisher: string;
  readonly licence: string;
  readonly attribution: string;
  readonly page: string;
  readonly caveats: string | null;
}

/** A change that was made to a version after its release: words withheld, never a figure. */
export interface Notice {
  readonly decided_on: string;
  readonly reason: string;
  readonly text: string;
}

/** A version of the dataset, kept for good at /v/<version>/. */
export interface ReleaseRow {
  readonly version: string;
  readonly schema_version: string;
  readonly data_cut_off_on: string;
  readonly note: readonly string[]; // what changed since the version before, in words
  readonly notices: readonly Notice[];
}

/** A short program that reads the published files and prints one figure. */
export interface ExampleRow {
  readonly path: string; // "examples/read_csv.py"
  readonly language: string;
  readonly needs: string;
  readonly text: string;
}

/** What the data page says about the dataset as a whole. */
export interface Dataset {
  readonly schema_version: string;
  readonly files: readonly PublishedFile[];
  readonly codes: readonly CodeRow[];
  readonly sources: readonly SourceRow[];
  readonly releases: readonly ReleaseRow[]; // oldest first, this version last
  readonly examples: readonly ExampleRow[];
}

/** Everything a page is made from. */
export interface SiteTables {
  readonly version: string; // latest source cut-off date and eight digits of the content's hash: "2025-01-23-1a2b3c4d"
  readonly data_cut_off_on: string;
  readonly councils: readonly CouncilRow[];
  readonly indicators: readonly IndicatorRow[];
  readonly observations: readonly ObservationRow[];
  readonly contracts: readonly ContractFacts[]; // duplicates and non-council buyers included, see their columns
  readonly untitled_count: number; // of all contracts
  readonly largest_of_councils: readonly ContractRow[]; // the ten of the highest value of each council that count, highest first
  readonly largest_contracts: readonly ListingRow[]; // the 25 largest a year that count in scale measures
  readonly districts: readonly DistrictRow[]; // most sectors first
  readonly supplier_years: readonly SupplierYearRow[];
  readonly largest_suppliers: readonly SupplierScaleRow[]; // 25 of each financial year
  readonly council_scale: readonly CouncilScaleRow[];
  readonly scale_and_outcome: readonly ScaleAndOutcomeRow[];
  readonly tiers: readonly {
    readonly gss: string;
    readonly service_line: string;
    readonly run_by: string;
    readonly body_name: string;
  }[];
  readonly registers: readonly {
    readonly register_id: string;
    readonly title: string;
    readonly publisher: string;
    readonly caveats: readonly string[];
    readonly contract_count: number;
    readonly first_published_on: string;
    readonly last_published_on: string;
  }[];
  readonly files: readonly PublishedFile[];
  readonly dictionary: readonly DictionaryRow[];
  readonly dataset: Dataset;
  readonly rules: readonly {
    readonly kind: "service_line" | "buyer";
    readonly rule: string;
    readonly decides: string;
    readonly count: number;
  }[]; // judgement rules and how many rows each decided
  readonly value_kind_rules: readonly ValueKindRuleRow[]; // in the order in which they are tried
  readonly duplicate_rules: readonly DuplicateRuleRow[];
  readonly tiles: readonly TileRow[]; // two layouts: without counties, and without districts
  readonly corrections: readonly CorrectionRow[];
  readonly claims: ClaimTables;
  readonly local_share: readonly LocalShareRow[];
  readonly council_suppliers: readonly CouncilSupplierRow[]; // most contracts first, a few of each council
  readonly neighbours: readonly NeighbourRow[];
  readonly regimes: readonly RegimeRow[]; // of councils, not of central government
  readonly replies: readonly ReplyRow[]; // newest first
  readonly status: SiteStatus | null; // what the checks before publishing found; null when they were not made
  readonly snapshot_note: string | null; // what the embedded slice is and is not; null when built without it
}
