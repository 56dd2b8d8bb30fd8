// What the status page and status.json say: when each source was last fetched, what came of it, and what the checks before
// publishing found.

/** One check before publishing, and its answer. */
export interface GateRow {
  readonly gate: string; // "freshness", "volume" …
  readonly subject: string; // a register, a table, or "all data"
  readonly level: "green" | "amber" | "red" | "not applicable";
  readonly because: string; // with the figures
  readonly is_accepted: boolean; // a person has looked and said go on
}

/** One register or publication. */
export interface SourceStateRow {
  readonly source_id: string;
  readonly title: string;
  readonly kind: "register" | "publication" | "reference";
  readonly state: string; // of the last fetch: complete, incomplete, failed, deferred, stopped; "imported" or "embedded only" without one
  readonly last_success_at: string | null; // UTC
  readonly problem: string | null; // of the last fetch, when it did not succeed
  readonly rows: number; // releases or observations in the tables
  readonly rejects: number;
  readonly refused_files: number;
  readonly drift_keys: number; // keys that nobody has looked at yet
  readonly embedded_rows: number;
  readonly months: readonly MonthRow[]; // how complete, as far as is known
  readonly next_run_at: string | null; // null when nothing runs by itself
}

export interface MonthRow {
  readonly month: string;
  readonly days_answered: number;
  readonly releases: number;
  readonly incomplete_windows: number;
  readonly days_looked_at_again: number;
  readonly notices_missed: number;
}

/** Where everything stands at one moment. */
export interface SiteStatus {
  readonly level: "green" | "amber" | "red"; // the worst check that nobody has accepted; red is never published
  readonly at: string; // UTC
  readonly published_version: string | null; // that the site shows
  readonly outcome: string; // one sentence
  readonly gates: readonly GateRow[];
  readonly sources: readonly SourceStateRow[];
  readonly next_run_at: string | null;
}

/** Why a banner stands on every page; empty when none does. */
export const reservations = ({gates}: Pick<SiteStatus, "gates">): string[] =>
  gates
    .filter(({level, is_accepted}) => level === "amber" && !is_accepted)
    .map(({gate, subject, because}) => `${gate}${subject === "all data" ? "" : ` of ${subject}`}: ${because}`);
