// What /data/explorer/index.json says: written by publish, read by the contracts explorer and the view of one contract.

/** Path below /data/explorer/, bytes of the file, bytes of its Parquet footer with the eight that end it. */
export type ExplorerFile = readonly [path: string, bytes: number, footer: number];

export interface ExplorerIndex {
  readonly version: string;
  readonly rows: number;
  readonly untitled: number; // rows without a title: embedded ones
  readonly councils: readonly (readonly [gss: string, rows: number])[]; // in the order of the rows; "" is nobody's in particular, last
  readonly years: readonly number[]; // of publication, latest first
  readonly listing_rows: number; // rows of each listing file but the last
  readonly facts_rows: number; // rows of each row group of the facts but the last
  readonly facts: Readonly<Record<Fact, ExplorerFile>>;
  readonly words: {
    readonly title: Readonly<Record<string, ExplorerFile>>; // by a word's first letter
    readonly supplier: Readonly<Record<string, ExplorerFile>>;
  };
  readonly contract_digits: number; // first digits of a contract's id that name its file
}

/** What is known of every row without reading it. */
export type Fact =
  | "service_line"
  | "value_kind"
  | "year" // of publication
  | "register_id"
  | "is_counted" // in scale measures
  | "size_gbp" // pounds a year, of rows that count in scale measures: a ceiling has no size
  | "value_gbp"
  | "published_day"; // days since 1 January 1970

/** One line of results, as the listing files hold it. */
export interface ListingRow {
  readonly contract_id: string;
  readonly title: string | null;
  readonly cpv_label: string | null;
  readonly buyer_name: string;
  readonly council_gss: string | null;
  readonly service_line: string;
  readonly value_kind: string;
  readonly value_gbp: number | null;
  readonly annual_value_gbp: number | null;
  readonly published_on: string;
  readonly starts_on: string | null;
  readonly ends_on: string | null;
  readonly supplier_names: string | null; // the first five, and how many more; withheld where it may be a person's
  readonly register_id: string;
  readonly notice_url: string | null;
  readonly left_out_because: string | null;
}

/** The file of the rows from `i` times `listing_rows` on. */
export const listingFile = (i: number): string => `listing/${i}.parquet`;

/** The file of the contracts whose ids begin so. */
export const contractFile = (head: string): string => `contract/${head === "" ? "all" : head}.parquet`;
