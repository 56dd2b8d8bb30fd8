import type {Bounds} from "../registers/register.ts";

export type Level = "green" | "amber" | "red";

/** Whether what was fetched may be published: red stops it, amber is said aloud. */
export interface Gate {
  readonly level: Level;
  readonly because: readonly string[];
}

const REJECTS_AMBER = 0.005;
const REJECTS_RED = 0.1;
const RED_NEEDS_RELEASES = 10; // a share of fewer says nothing
const RED_BELOW_SHARE = 0.1; // of the least that the register declares
const RED_NEEDS_WEEKDAYS = 3; // a bank holiday or two are quiet

/**
 * Judges what one source brought in: the share of rejects, and where the register declares bounds, the releases a weekday.
 *
 * @param days what each day that has passed has brought
 */
export function gate(
  {
    releases,
    rejects,
    days
  }: {
    readonly releases: number;
    readonly rejects: number;
    readonly days: readonly {readonly day: string; readonly releases: number}[];
  },
  bounds: Bounds | undefined
): Gate {
  const found = [...rejectGate(releases, rejects), ...volumeGate(days.filter(isWeekday), bounds)];
  const level = found.some((one) => one.level === "red") ? "red" : found.length > 0 ? "amber" : "green";
  return {level, because: found.map(({why}) => why)};
}

interface Finding {
  readonly level: "amber" | "red";
  readonly why: string;
}

function rejectGate(releases: number, rejects: number): Finding[] {
  const share = releases === 0 ? 0 : rejects / releases;
  if (share <= REJECTS_AMBER) return [];
  const isRed = share > REJECTS_RED && releases >= RED_NEEDS_RELEASES;
  const limit = isRed ? `${100 * REJECTS_RED}%` : `${100 * REJECTS_AMBER}%`;
  const percent = (100 * share).toFixed(1);
  return [
    {
      level: isRed ? "red" : "amber",
      why: `${rejects} of ${releases} releases were rejected (${percent}%); at most ${limit} may be`
    }
  ];
}

function volumeGate(
  weekdays: readonly {readonly day: string; readonly releases: number}[],
  bounds?: Bounds
): Finding[] {
  if (bounds === undefined || weekdays.length === 0) return [];
  const [atLeast, atMost] = bounds.releasesPerWeekday;
  const total = weekdays.reduce((sum, {releases}) => sum + releases, 0);
  if (weekdays.length >= RED_NEEDS_WEEKDAYS && total < atLeast * weekdays.length * RED_BELOW_SHARE)
    return [
      {
        level: "red",
        why: `${total} releases in ${weekdays.length} weekdays, where at least ${atLeast} a day are normal`
      }
    ];
  return weekdays
    .filter(({releases}) => releases < atLeast || releases > atMost)
    .map(({day, releases}) => ({
      level: "amber",
      why: `${releases} releases on ${day}, where ${atLeast} to ${atMost} are normal`
    }));
}

function isWeekday({day}: {readonly day: string}): boolean {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}
