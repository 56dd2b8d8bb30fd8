import {type Command, InvalidArgumentError} from "commander";
import type {Register} from "../registers/register.ts";
import {UsageError} from "../usageError.ts";
import type {Way} from "./fetch.ts";
import type {Findable} from "./publications.ts";

/** The flags that fetch and refresh share, as parsed. */
export interface FetchFlags {
  readonly from?: string;
  readonly until?: string;
  readonly endpoint: ReadonlyMap<string, string>;
  readonly pace: ReadonlyMap<string, number>;
  readonly maxRequests?: number;
  readonly secondPass: number;
  readonly bulk?: boolean;
  readonly mirror?: boolean;
  readonly json?: boolean;
}

/** @throws {UsageError} when two ways are asked for at once */
export function wayOf({bulk, mirror}: Pick<FetchFlags, "bulk" | "mirror">): Way {
  if (bulk && mirror) throw new UsageError("give either --bulk or --mirror: they bring the same files");
  return bulk ? "bulk" : mirror ? "mirror" : "live";
}

/** What a fetch asks. */
export interface ToFetch {
  readonly registers: readonly Register[];
  readonly findables: readonly Findable[]; // publications and references
}

/**
 * The sources that were asked for; when none was named, all that can be fetched, except downloads so large that they are
 * fetched by name only. In bulk there are registers only, and days are for registers only: a publication's file restates them all.
 *
 * @throws {UsageError} when a name or a flag makes no sense, with what would
 */
export function sourcesToFetch(ids: readonly string[], flags: FetchFlags, all: ToFetch): ToFetch {
  const {endpoint, pace, from, until} = flags;
  const way = wayOf(flags);
  const reachable = all.registers.filter((register) => register[way] !== undefined);
  const findables = way === "live" ? all.findables : [];
  for (const id of [...ids, ...endpoint.keys(), ...pace.keys()])
    if (![...reachable, ...findables].some((one) => one.id === id))
      throw new UsageError(
        `"${id}" cannot be fetched${way === "live" ? "" : ` by --${way}`}; what can be is ${[...reachable, ...findables].map((one) => one.id).join(", ")}`
      );
  for (const id of pace.keys())
    if (!isThisMachine(endpoint.get(id)))
      throw new UsageError(`--pace ${id}=… is for a server on this machine only: give its --endpoint too`);
  if (from !== undefined && until !== undefined && from > until)
    throw new UsageError(`--from ${from} is after --until ${until}`);
  const named = {
    registers: reachable.filter(({id}) => ids.includes(id)),
    findables: findables.filter(({id}) => ids.includes(id))
  };
  if (ids.length > 0 && named.registers.length === 0 && (from ?? until) !== undefined)
    throw new UsageError(
      `--from and --until are for registers: every file of ${ids.join(", ")} restates its own years`
    );
  if (ids.length > 0) return named;
  return {registers: reachable, findables: findables.filter(({isLarge}) => !isLarge)};
}

const isThisMachine = (endpoint: string | undefined): boolean =>
  endpoint !== undefined && ["127.0.0.1", "localhost", "[::1]"].includes(new URL(endpoint).hostname);

/**
 * The name that is sent with every request. Registers block anonymous clients, rightly: whoever runs this says how to be
 * reached; only a server on this machine need not know.
 *
 * @param contact an e-mail or web address, from CONTRACT_SCALE_CONTACT
 */
export function userAgent(
  wanted: readonly {readonly id: string}[],
  {endpoint}: Pick<FetchFlags, "endpoint">,
  contact: string,
  version: string
): string {
  const staysHere = wanted.every(({id}) => isThisMachine(endpoint.get(id)));
  if (contact.trim() === "" && !staysHere)
    throw new UsageError(
      "set CONTRACT_SCALE_CONTACT to an e-mail or web address: it is sent with every request, so that a register can reach you before it blocks you"
    );
  if (!/^[\x20-\x7e]*$/.test(contact))
    throw new UsageError("CONTRACT_SCALE_CONTACT may hold plain ASCII characters only");
  return `contract-scale/${version}${contact.trim() === "" ? "" : ` (+${contact.trim()})`}`;
}

const pairs =
  <T>(what: string, read: (text: string, id: string) => T) =>
  (text: string, before: ReadonlyMap<string, T>): ReadonlyMap<string, T> => {
    const [, id, value] = /^([a-z0-9-]+)=(.+)$/.exec(text) ?? [];
    if (id === undefined || value === undefined) throw new InvalidArgumentError(`write it as id=${what}`);
    return new Map([...before, [id, read(value, id)]]);
  };

function baseAddress(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new InvalidArgumentError(`"${text}" is not an address such as http://127.0.0.1:8080`);
  return text;
}

function secondsBetween(text: string): number {
  const perMinute = Number(text);
  if (!(perMinute > 0)) throw new InvalidArgumentError("a pace is a number of requests a minute");
  return 60 / perMinute;
}

function calendarDay(text: string): string {
  const at = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text)
    throw new InvalidArgumentError(`"${text}" is not a day such as 2024-05-07`);
  return text;
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) throw new InvalidArgumentError(`"${text}" is not a whole number`);
  return number;
}

/** The flags that fetch and refresh share. */
export const withFetchFlags = (verb: Command, secondPassDays: number): Command =>
  verb
    .option("--from <day>", "of registers: first day, such as 2024-05-07; else since the register began", calendarDay)
    .option("--until <day>", "of registers: last day; else today", calendarDay)
    .option(
      "--endpoint <id=URL>",
      "another base address of a source: a mirror, a test server",
      pairs("URL", baseAddress),
      new Map()
    )
    .option(
      "--pace <id=number>",
      "requests a minute, for an endpoint on this machine only",
      pairs("number", secondsBetween),
      new Map()
    )
    .option("--max-requests <number>", "stop each source after so many requests; the next run goes on", wholeNumber)
    .option("--second-pass <days>", "look at so many days again in other windows", wholeNumber, secondPassDays)
    .option("--json", "events as JSON, one a line, on stdout");
