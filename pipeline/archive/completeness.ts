import {z} from "zod";
import {recognise} from "../formats/recognise.ts";
import {type Register, readRegisterFile} from "../registers/register.ts";
import type {AnswerFacts, Archive, ArchivedFile} from "./archive.ts";

/** What a second, independent look at one day found. */
export const SecondLook = z.object({
  day: z.string(),
  at: z.string(), // UTC
  notices: z.number().int(), // seen by the second look, and on full pages that were not read
  missed: z.array(z.string()) // of them, those that the first had not: "ocid id"
});
export type SecondLook = z.infer<typeof SecondLook>;

const NOTES = "second-looks";

type Answered = ArchivedFile & {readonly answer: AnswerFacts};

/**
 * Compares what was first read for a day with what another split of the day holds, and with the full pages that were halved:
 * a notice there that is not among the read ones was lost by the register's windows. The second look's pages are read
 * by later steps too, so what it finds is no longer missing; the note stays.
 */
export function compareLooks(archive: Archive, register: Register, day: string, at: Date): SecondLook {
  const ofDay = archive.answers(register.id).filter(({answer}) => answer.from.slice(0, 10) === day);
  const noticesOf = (files: readonly Answered[]) =>
    new Set(files.flatMap((file) => noticeKeys(archive, register, file)));
  const first = noticesOf(ofDay.filter(({answer}) => answer.pass === "first" && isRead(answer)));
  const second = noticesOf(ofDay.filter(({answer}) => answer.pass === "second" || answer.role === "halved"));
  const missed = [...second].filter((notice) => !first.has(notice)).sort();
  const look = {day, at: at.toISOString(), notices: second.size, missed};
  archive.note(register.id, NOTES, look);
  return look;
}

const isRead = ({role}: AnswerFacts): boolean => role === "data" || role === "incomplete";

function noticeKeys(archive: Archive, register: Register, file: Answered): string[] {
  const {bodies} = readRegisterFile(register, recognise(archive.read(file)), {origin: file.origin, about: file.about});
  return bodies.map((body) => {
    const {ocid, id} = body as {ocid?: unknown; id?: unknown};
    return `${String(ocid)} ${String(id)}`;
  });
}

/** How complete a register is in one month, as far as is known. */
export interface MonthOfRegister {
  readonly month: string;
  readonly days_answered: number; // days of the month with a whole answer
  readonly releases: number; // in the latest answers
  readonly incomplete_windows: number; // full, and too short to be halved
  readonly days_looked_at_again: number;
  readonly notices_missed: number; // that the second looks found and the first had not
}

/** One row for every month in which a source has answered. */
export function monthsOf(archive: Archive, source: string): MonthOfRegister[] {
  const latest = new Map(archive.answers(source).map((file) => [file.origin, file.answer]));
  const looks = new Map(secondLooks(archive, source).map((look) => [look.day, look])); // the last of each day
  const first = [...latest.values()].filter(({pass, role}) => pass === "first" && role !== "page");
  const ofMonth = <T>(items: readonly T[], dayOf: (item: T) => string, month: string) =>
    items.filter((item) => dayOf(item).startsWith(month));
  const monthNames = [...new Set(first.map(({from}) => from.slice(0, 7)))].sort();
  return monthNames.map((month) => {
    const answers = ofMonth(first, ({from}) => from, month);
    const again = ofMonth([...looks.values()], ({day}) => day, month);
    const read = answers.filter(isRead);
    return {
      month,
      days_answered: new Set(answers.flatMap(({from, to}) => daysOf(from, to))).size,
      releases: read.reduce((sum, {releases}) => sum + releases, 0),
      incomplete_windows: read.filter(({role}) => role === "incomplete").length,
      days_looked_at_again: again.length,
      notices_missed: again.reduce((sum, {missed}) => sum + missed.length, 0)
    };
  });
}

/** What each day has brought, by the latest answers, for registers that are asked by the day or less. */
export function dailyCounts(archive: Archive, source: string, from: string, until: string) {
  const latest = new Map(archive.answers(source).map((file) => [file.origin, file.answer]));
  const counts = new Map<string, number>();
  for (const answer of latest.values()) {
    const day = answer.from.slice(0, 10);
    if (answer.pass !== "first" || answer.to.slice(0, 10) !== day || day < from || day > until) continue;
    counts.set(day, (counts.get(day) ?? 0) + (isRead(answer) ? answer.releases : 0));
  }
  return [...counts].map(([day, releases]) => ({day, releases})).sort((a, b) => a.day.localeCompare(b.day));
}

export const secondLooks = (archive: Archive, source: string): SecondLook[] => archive.notes(source, NOTES, SecondLook);

function daysOf(from: string, to: string): string[] {
  const list: string[] = [];
  for (let at = Date.parse(`${from.slice(0, 10)}T00:00:00Z`); at <= Date.parse(`${to}Z`); at += 86_400_000)
    list.push(new Date(at).toISOString().slice(0, 10));
  return list;
}
