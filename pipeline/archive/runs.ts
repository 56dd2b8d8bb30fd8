import {z} from "zod";
import type {Archive} from "./archive.ts";
import type {Span} from "./plan.ts";

/** How a run over one source ended. */
export const RunOutcome = z.object({
  /**
   * `complete`, `incomplete` (a window is full and cannot be halved), `failed`, `deferred` (the register asks to come back
   * later) or `stopped` (by a limit that the caller set).
   */
  state: z.enum(["complete", "incomplete", "failed", "deferred", "stopped"]),
  why: z.string().nullable(),
  retry_at: z.string().nullable(), // when deferred
  requests: z.number().int(),
  releases: z.number().int(),
  rejects: z.number().int(),
  windows_done: z.number().int(),
  windows_left: z.number().int(),
  incomplete_windows: z.number().int(),
  failed_addresses: z.number().int(),
  files: z.number().int().optional(), // of a publication, in place of releases and windows
  new_files: z.number().int().optional() // of them, those whose bytes had not been archived before
});
export type RunOutcome = z.infer<typeof RunOutcome>;

const RunStart = z.object({
  event: z.literal("start"),
  at: z.string(),
  from: z.string(),
  until: z.string(),
  base: z.string()
});
const RunEnd = RunOutcome.extend({event: z.literal("end"), at: z.string()});
const Line = z.union([RunStart, RunEnd]);
export type RunEnd = z.infer<typeof RunEnd>;

const NOTES = "runs";

/** A run that is under way. */
export interface Run {
  readonly startedAt: Date; // of the run that this one goes on with, when that one was cut off
  close(outcome: RunOutcome, at: Date): void;
}

/**
 * Begins a run, or goes on with one over the same span that did not come to its end: what that one had asked is not asked again.
 */
export function openRun(archive: Archive, source: string, span: Span & {readonly base: string}, now: Date): Run {
  const last = lines(archive, source)
    .filter((line) => line.event === "start" || line.state === "complete" || line.state === "incomplete")
    .at(-1);
  const goesOn =
    last?.event === "start" && last.from === span.from && last.until === span.until && last.base === span.base;
  const startedAt = goesOn ? new Date(last.at) : now;
  if (!goesOn)
    archive.note(source, NOTES, {
      event: "start",
      at: now.toISOString(),
      from: span.from,
      until: span.until,
      base: span.base
    });
  return {
    startedAt,
    close: (outcome, at) => archive.note(source, NOTES, {event: "end", at: at.toISOString(), ...outcome})
  };
}

/** How the runs over a source ended, in their order. */
export const runEnds = (archive: Archive, source: string): RunEnd[] =>
  lines(archive, source).filter((line): line is RunEnd => line.event === "end");

const lines = (archive: Archive, source: string): z.infer<typeof Line>[] => archive.notes(source, NOTES, Line);

/** When a register that deferred the last run over it asked to be left alone until, while that is still to come; else null. */
export function leftAloneUntil(archive: Archive, source: string, now: Date): string | null {
  const last = runEnds(archive, source).at(-1);
  return last?.state === "deferred" && last.retry_at !== null && last.retry_at > now.toISOString()
    ? last.retry_at
    : null;
}
