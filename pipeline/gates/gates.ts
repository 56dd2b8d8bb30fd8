import {isBankHoliday} from "./bankHolidays.ts";

/** `not applicable`: there is no history yet, or the source is not fetched live. It lets everything pass, and says so. */
export type GateLevel = "green" | "amber" | "red" | "not applicable";

/** Every gate; "fetched" is what the fetch of this very run found unusual. */
export const GATES = [
  "fetched",
  "freshness",
  "volume",
  "rejects",
  "balance",
  "keys",
  "null-rates",
  "closed-months",
  "councils"
] as const;

/** One question that is asked of the data before they are published, and its answer. */
export interface GateResult {
  readonly gate: (typeof GATES)[number];
  readonly subject: string; // a register, a table, or "all data"
  readonly level: GateLevel;
  readonly because: string; // with the figures
  readonly is_accepted: boolean; // red or amber, and a person has looked and said go on
}

/** Everything that is measured before publishing; `before` is the version that is published now. */
export interface Measures {
  readonly live: readonly LiveSource[];
  readonly counts: readonly SourceCounts[];
  readonly keys: readonly {readonly table: string; readonly repeated: number}[];
  readonly nulls: readonly NullRate[];
  readonly months: readonly ClosedMonth[];
  readonly councils: {readonly before: number | null; readonly now: number};
  readonly is_same_code: boolean; // the version that is published was made by the same rules
}

/** A source as its fetches have left it. */
export interface LiveSource {
  readonly source: string;
  readonly kind: "register" | "publication"; // a publication is a set of files that comes out monthly at most
  readonly last_whole_at: string | null; // the end of the last run that answered everything
  readonly days: readonly {readonly day: string; readonly releases: number}[]; // that have passed, oldest first; none of a publication
}

/** What became of everything that a register's files hold: seen = new + repeated + rejected. */
export interface SourceCounts {
  readonly source: string;
  readonly seen: number; // as counted while reading
  readonly different: number; // releases in the tables, each once
  readonly repeated: number; // the same release again, in another file or the same
  readonly rejected: number;
  readonly seen_new: number; // in files that the version before does not know
  readonly rejected_new: number;
  readonly problem_files: number; // of the new ones, those that could not be read at all
}

export interface NullRate {
  readonly table: string;
  readonly column: string;
  readonly rows_before: number;
  readonly rows_now: number;
  readonly null_before: number; // share, 0 to 1
  readonly null_now: number;
}

/** Contracts that were published in one month that is over, in the version before and, by their ids, now. */
export interface ClosedMonth {
  readonly month: string;
  readonly contracts_before: number;
  readonly contracts_now: number; // of those, still there
  readonly gbp_before: number; // of those that are still there
  readonly gbp_now: number;
}

const DAY_MS = 86_400_000;
/** Days. Whoever has not looked for a publication for five weeks may miss a monthly one, for 400 days a yearly one. */
const MAY_PASS = {register: {fresh: 3, stale: 7}, publication: {fresh: 35, stale: 400}} as const;
const MEDIAN_OVER_DAYS = 28;
const MEDIAN_NEEDS_WEEKDAYS = 10;
const VOLUME_AMBER = 0.5;
const VOLUME_RED = 0.9;
const REJECTS_AMBER = 0.005;
const REJECTS_RED = 0.1;
const SHARE_NEEDS = 10; // rows of which a share says something
const NULLS_AMBER = 0.05;
const NULLS_RED = 0.2;
const NULLS_NEED_ROWS = 30;
const MONTH_MAY_LOSE = 0.001;
const MONTH_MAY_MOVE = 0.1;
const COUNCILS_MAY_GO = 0.05;

/**
 * Judges data that are ready to be published. Red stops the publication, amber is published with a banner.
 *
 * @param accepted names of gates a person has looked at, "closed-months" or "volume:find-a-tender"
 */
export function judge(measures: Measures, now: Date, accepted: readonly string[] = []): GateResult[] {
  const results = [
    ...measures.live.map((source) => freshness(source, now)),
    ...measures.live.filter(({kind}) => kind === "register").map(volume),
    ...measures.counts.flatMap((counts) => [rejects(counts), balance(counts)]),
    ...measures.keys.map(uniqueness),
    nulls(measures.nulls),
    ...closedMonths(measures),
    councils(measures.councils)
  ];
  return withAccepted(results, accepted);
}

/** The same, each with whether a person has looked at what is not green and said go on. */
export const withAccepted = (results: readonly Judgement[], accepted: readonly string[]): GateResult[] =>
  results.map((result) => ({
    ...result,
    is_accepted:
      (result.level === "red" || result.level === "amber") &&
      (accepted.includes(result.gate) || accepted.includes(`${result.gate}:${result.subject}`))
  }));

/** The worst level that nobody has accepted. */
export function worst(results: readonly GateResult[]): "green" | "amber" | "red" {
  const open = results.filter(({is_accepted}) => !is_accepted).map(({level}) => level);
  return open.includes("red") ? "red" : open.includes("amber") ? "amber" : "green";
}

/** A gate's answer before anybody has looked at it. */
export type Judgement = Omit<GateResult, "is_accepted">;

function freshness({source, kind, last_whole_at}: LiveSource, now: Date): Judgement {
  const {fresh, stale} = MAY_PASS[kind];
  const about = {gate: "freshness" as const, subject: source};
  if (last_whole_at === null)
    return {...about, level: "not applicable", because: "it has never been fetched whole over the network"};
  const days = (now.getTime() - Date.parse(last_whole_at)) / DAY_MS;
  const because = `last fetched whole ${days.toFixed(1)} days ago, on ${last_whole_at.slice(0, 10)}`;
  if (days < -1)
    return {...about, level: "amber", because: `${because}: the clock was or is wrong, so its age is not known`};
  if (days > stale) return {...about, level: "red", because: `${because}; at most ${stale} may pass`};
  if (days > fresh) return {...about, level: "amber", because: `${because}; ${fresh} are normal`};
  return {...about, level: "green", because};
}

/** The last working day against the median of the working days of the four weeks before it. */
function volume({source, days}: LiveSource): Judgement {
  const about = {gate: "volume" as const, subject: source};
  const working = days.filter(({day}) => isWorkingDay(day));
  const last = working.at(-1);
  const from = last === undefined ? "" : new Date(Date.parse(last.day) - MEDIAN_OVER_DAYS * DAY_MS).toISOString();
  const earlier = working.slice(0, -1).filter(({day}) => day >= from.slice(0, 10));
  if (last === undefined || earlier.length < MEDIAN_NEEDS_WEEKDAYS)
    return {
      ...about,
      level: "not applicable",
      because: `${earlier.length} working days of history; ${MEDIAN_NEEDS_WEEKDAYS} are needed`
    };
  const median = medianOf(earlier.map(({releases}) => releases));
  const off = median === 0 ? 0 : Math.abs(last.releases - median) / median;
  const isLost = last.releases < median && off >= VOLUME_RED;
  return {
    ...about,
    level: isLost ? "red" : off > VOLUME_AMBER ? "amber" : "green",
    because: `${last.releases} releases on ${last.day}, where the median of the ${MEDIAN_OVER_DAYS} days before is ${median}`
  };
}

function isWorkingDay(day: string): boolean {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !isBankHoliday(day);
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function rejects({source, seen_new: seen, rejected_new: rejected}: SourceCounts): Judgement {
  const share = seen === 0 ? 0 : rejected / seen;
  const isRed = share > REJECTS_RED && seen >= SHARE_NEEDS;
  return {
    gate: "rejects" as const,
    subject: source,
    level: isRed ? "red" : share > REJECTS_AMBER ? "amber" : "green",
    because: `${rejected} of ${seen} new releases were rejected (${percent(share)}); at most ${percent(isRed ? REJECTS_RED : REJECTS_AMBER)} may be`
  };
}

/** Everything that went in came out, stands among the rejects, or is a repetition: nothing is lost on the way. */
function balance({source, seen, different, repeated, rejected, problem_files}: SourceCounts): Judgement {
  return {
    gate: "balance" as const,
    subject: source,
    level: seen === different + repeated + rejected ? (problem_files > 0 ? "amber" : "green") : "red",
    because: `${seen} releases in = ${different} out + ${repeated} repeated + ${rejected} rejected${problem_files > 0 ? `; ${problem_files} new files could not be read at all` : ""}`
  };
}

const uniqueness = ({table, repeated}: {readonly table: string; readonly repeated: number}): Judgement => ({
  gate: "keys" as const,
  subject: table,
  level: repeated === 0 ? "green" : "red",
  because: repeated === 0 ? "every key stands once" : `${repeated} keys stand more than once`
});

function nulls(rates: readonly NullRate[]): Judgement {
  const about = {gate: "null-rates" as const, subject: "all data"};
  const told = rates.filter(({rows_before, rows_now}) => Math.min(rows_before, rows_now) >= NULLS_NEED_ROWS);
  if (told.length === 0)
    return {...about, level: "not applicable", because: "there is no earlier version to compare with"};
  const moved = told
    .map((rate) => ({...rate, by: Math.abs(rate.null_now - rate.null_before)}))
    .filter(({by}) => by > NULLS_AMBER)
    .sort((a, b) => b.by - a.by);
  const [most] = moved;
  if (most === undefined)
    return {...about, level: "green", because: `${told.length} columns are about as full as before`};
  return {
    ...about,
    level: most.by > NULLS_RED ? "red" : "amber",
    because: moved
      .slice(0, 5)
      .map(
        (rate) => `${rate.table}.${rate.column} was ${percent(rate.null_before)} empty and is ${percent(rate.null_now)}`
      )
      .join("; ")
  };
}

/** Months that are over do not lose contracts, and what they hold does not change its worth much, unless the rules have changed. */
function closedMonths({months, is_same_code}: Measures): Judgement[] {
  const about = {gate: "closed-months" as const, subject: "all data"};
  if (months.length === 0)
    return [{...about, level: "not applicable", because: "there is no earlier version to compare with"}];
  const lost = months.filter((one) => one.contracts_before - one.contracts_now > one.contracts_before * MONTH_MAY_LOSE);
  const moved = months.filter((one) => Math.abs(one.gbp_now - one.gbp_before) > one.gbp_before * MONTH_MAY_MOVE);
  const bad = is_same_code ? "red" : "amber";
  const why = is_same_code ? "" : " (the rules have changed since that version)";
  const found: Judgement[] = [];
  if (lost.length > 0) {
    const gone = lost.reduce((sum, one) => sum + one.contracts_before - one.contracts_now, 0);
    found.push({...about, level: bad, because: `${gone} contracts of ${monthNames(lost)} are no longer there${why}`});
  }
  if (moved.length > 0)
    found.push({
      ...about,
      level: bad,
      because: `the same contracts of ${monthNames(moved)} are worth more than ${percent(MONTH_MAY_MOVE)} more or less than before${why}`
    });
  return found.length > 0 ? found : [{...about, level: "green", because: `${months.length} months are as they were`}];
}

const MONTHS_NAMED = 5;

const monthNames = (months: readonly ClosedMonth[]): string => {
  const names = months.map(({month}) => month);
  return names.length <= MONTHS_NAMED
    ? names.join(", ")
    : `${names.slice(0, MONTHS_NAMED).join(", ")} and ${names.length - MONTHS_NAMED} more months`;
};

function councils({before, now}: Measures["councils"]): Judgement {
  const about = {gate: "councils" as const, subject: "all data"};
  if (before === null)
    return {
      ...about,
      level: "not applicable",
      because: `${now} councils have contracts that count; no earlier version to compare with`
    };
  const gone = before - now;
  return {
    ...about,
    level: gone <= 0 ? "green" : gone > before * COUNCILS_MAY_GO ? "red" : "amber",
    because: `${now} councils have contracts that count, ${before} had before`
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
