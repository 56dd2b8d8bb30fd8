import {LayoutError} from "../formats/layoutError.ts";
import {recognise} from "../formats/recognise.ts";
import {readRelease} from "../ocds/release.ts";
import {type Channel, type Register, readRegisterFile} from "../registers/register.ts";
import type {Allowed} from "./address.ts";
import {type AnswerFacts, type Archive, type ArchivedFile, sha256 as sha256Of} from "./archive.ts";
import type {Answer, Client, Manners} from "./client.ts";
import {compareLooks} from "./completeness.ts";
import {FullPages, refuseEndless} from "./fullPages.ts";
import {
  type Ask,
  afterAnswer,
  type CrawlPage,
  firstAsks,
  type Held,
  PagingError,
  type Role,
  type Span,
  secondAsks
} from "./plan.ts";
import {FetchError, PATIENCE} from "./retry.ts";
import {Robots} from "./robots.ts";
import {leftAloneUntil, openRun, type Run, type RunOutcome} from "./runs.ts";
import {isSettled} from "./windows.ts";

/** What a fetch tells whoever follows it. */
export type FetchEvent =
  | {
      readonly event: "start";
      readonly source: string;
      readonly windows: number;
      readonly answered_before: number;
      readonly seconds_between: number; // at least, from an answer to the next request
    }
  | {
      readonly event: "answer";
      readonly source: string;
      readonly address: string;
      readonly role: Role;
      readonly windows_done: number;
      readonly windows_left: number;
      readonly releases: number;
      readonly rejects: number;
      readonly requests: number;
      readonly seconds_left: number; // an estimate from the pace and the requests that each window has taken so far
    }
  | {readonly event: "wait"; readonly source: string; readonly seconds: number; readonly why: string}
  | {readonly event: "failed"; readonly source: string; readonly address: string; readonly why: string}
  | {
      readonly event: "second-look";
      readonly source: string;
      readonly day: string;
      readonly notices: number;
      readonly missed: number;
    }
  | {
      readonly event: "file"; // of a publication
      readonly source: string;
      readonly address: string;
      readonly title: string;
      readonly is_new: boolean;
      readonly rows: number;
      readonly files_left: number;
    }
  | ({readonly event: "end"; readonly source: string} & RunOutcome);

/** How a source is to be asked this time. */
export interface FetchPlan {
  readonly register: Register;
  readonly channel: Channel;
  readonly endpoint: string | null; // another base address
  readonly secondsBetween: number;
  readonly span: Span;
  readonly requestsAtMost: number;
  readonly pages: readonly CrawlPage[]; // for a register that is crawled
  readonly secondPassDays: readonly string[]; // to be asked again with another split
}

export interface FetchTools {
  readonly client: Client;
  readonly archive: Archive;
  readonly now: () => Date;
  readonly report: (event: FetchEvent) => void;
}

/** A register of periods or of many publishers answers each address for itself: one that fails says little about the next. */
const BREAKS_AFTER = {windows: 1, cursor: 1, periods: 5, crawl: 20} as const;

/**
 * Asks one register for everything in a span that has not been answered yet, and archives what comes.
 *
 * Never throws for anything that the register does: its failure is the outcome, so that other sources go on. What had been
 * archived before stays as it is.
 */
export async function fetchRegister(plan: FetchPlan, tools: FetchTools): Promise<RunOutcome> {
  const {register, span} = plan;
  tools.archive.sweep(register.id);
  const base = baseOf(plan);
  const run = openRun(tools.archive, register.id, {...span, base}, tools.now());
  const walk = new Walk(plan, tools, base, run);
  const notBefore = plan.endpoint === null ? leftAloneUntil(tools.archive, register.id, tools.now()) : null;
  const outcome = notBefore === null ? await walk.toTheEnd() : walk.notNow(notBefore);
  run.close(outcome, tools.now());
  tools.report({event: "end", source: register.id, ...outcome});
  return outcome;
}

const baseOf = ({channel, endpoint}: Pick<FetchPlan, "channel" | "endpoint">): string =>
  (endpoint ?? channel.base).replace(/\/+$/, "");

function allowedFor(plan: FetchPlan, hosts: readonly string[]): Allowed {
  const own = plan.channel.base === "" ? [] : [new URL(plan.channel.base).hostname];
  return {hosts: [...own, ...hosts], endpoint: plan.endpoint === null ? null : new URL(plan.endpoint).origin};
}

class StoppedHere extends Error {}

/** One walk over the questions of a run: those already answered are passed over, the others asked, one after another. */
class Walk {
  private readonly known: Map<string, ArchivedFile & {readonly answer: AnswerFacts}>;
  private readonly paging: Channel["paging"];
  private readonly failures: string[] = [];
  private readonly robots: Robots;
  private readonly fullPages = new FullPages();
  private releases = 0;
  private rejects = 0;
  private answersEmpty = 0;
  private hasHeard = false; // a release in any answer of this run, before or after an interruption
  private incomplete = 0;
  private rootsDone = 0;
  private rootsAsked = 0; // of the done, those that cost a request
  private rootsLeft = 0;

  constructor(
    private readonly plan: FetchPlan,
    private readonly tools: FetchTools,
    private readonly base: string,
    private readonly run: Run
  ) {
    this.paging = plan.channel.paging;
    this.robots = new Robots(tools.client);
    this.known = new Map(tools.archive.answers(plan.register.id).map((file) => [file.origin, file]));
  }

  async toTheEnd(): Promise<RunOutcome> {
    const roots = firstAsks(this.paging, this.base, this.plan.span, this.plan.pages);
    const again = this.plan.secondPassDays.flatMap((day) => secondAsks(this.paging, this.base, day));
    this.rootsLeft = roots.length + again.length;
    const before = roots.filter((ask) => this.usable(ask, "first") !== undefined).length;
    this.tools.report({
      event: "start",
      source: this.plan.register.id,
      windows: this.rootsLeft,
      answered_before: before,
      seconds_between: this.plan.secondsBetween
    });
    try {
      for (const root of roots) await this.root(root, "first");
      for (const root of again) await this.root(root, "second");
      for (const day of this.plan.secondPassDays) this.lookBack(day);
      const problem = this.failures[0] ?? this.silence();
      return this.outcome(problem === null ? "complete" : "failed", problem, null);
    } catch (error) {
      return this.stopped(error);
    }
  }

  /** Nothing is asked: the register has said when it may be. A mirror or a test server is its owner's affair. */
  notNow(until: string): RunOutcome {
    return this.outcome("deferred", `it has asked to be left alone until ${until}`, until);
  }

  private silence(): string | null {
    if (!this.plan.channel.silenceIsFailure || this.answersEmpty === 0 || this.hasHeard) return null;
    return `${this.answersEmpty} answers and not one release in them: the source is not available, which is not the same as no contracts`;
  }

  private lookBack(day: string): void {
    const {archive, now, report} = this.tools;
    const {notices, missed} = compareLooks(archive, this.plan.register, day, now());
    report({event: "second-look", source: this.plan.register.id, day, notices, missed: missed.length});
  }

  private stopped(error: unknown): RunOutcome {
    if (error instanceof StoppedHere) return this.outcome("stopped", error.message, null);
    if (error instanceof FetchError && error.kind === "deferred")
      return this.outcome("deferred", error.message, error.retryAt?.toISOString() ?? null);
    if (error instanceof FetchError || error instanceof PagingError) return this.outcome("failed", error.message, null);
    throw error;
  }

  private outcome(state: RunOutcome["state"], why: string | null, retry_at: string | null): RunOutcome {
    return {
      state: state === "complete" && this.incomplete > 0 ? "incomplete" : state,
      why: why ?? (this.incomplete > 0 ? `${this.incomplete} windows are full and cannot be halved` : null),
      retry_at,
      requests: this.asked,
      releases: this.releases,
      rejects: this.rejects,
      windows_done: this.rootsDone,
      windows_left: this.rootsLeft,
      incomplete_windows: this.incomplete,
      failed_addresses: this.failures.length
    };
  }

  /** Requests that went out, every try and redirect counted. */
  private get asked(): number {
    return this.tools.client.requests(this.plan.register.id);
  }

  /** A first question and everything that follows from its answer. */
  private async root(root: Ask, pass: AnswerFacts["pass"]): Promise<void> {
    const askedBefore = this.asked;
    const stack = [root];
    for (let ask = stack.pop(); ask !== undefined; ask = stack.pop()) {
      if (this.asksForPackages) refuseEndless(root, this.asked - askedBefore);
      stack.push(...(await this.one(ask, pass)));
    }
    this.rootsDone += 1;
    this.rootsLeft -= 1;
    if (this.asked > askedBefore) this.rootsAsked += 1;
  }

  private async one(ask: Ask, pass: AnswerFacts["pass"]): Promise<readonly Ask[]> {
    const known = this.usable(ask, pass);
    if (known !== undefined) return this.afterKnown(ask, known);
    if (this.asked >= this.plan.requestsAtMost)
      throw new StoppedHere(`stopped after ${this.asked} requests, as asked; the next run goes on from here`);
    try {
      return await this.ask(ask, pass);
    } catch (error) {
      if (!this.isOneOfMany(error)) throw error;
      this.failures.push((error as FetchError).message);
      this.tools.report({
        event: "failed",
        source: this.plan.register.id,
        address: ask.address,
        why: (error as FetchError).message
      });
      return [];
    }
  }

  private isOneOfMany(error: unknown): boolean {
    const standsAlone = this.paging.kind === "periods" || this.paging.kind === "crawl";
    return standsAlone && error instanceof FetchError && error.kind !== "deferred" && error.kind !== "interrupted";
  }

  /**
   * The answer that this question already has, if it still holds: it came in this run, or long enough after the end of its
   * window. The last day of a span is always asked again, and so are windows that came full and could not be halved, and everything in a
   * second pass.
   */
  private usable(ask: Ask, pass: AnswerFacts["pass"]): (ArchivedFile & {readonly answer: AnswerFacts}) | undefined {
    const known = this.known.get(ask.address);
    if (known === undefined || known.answer.role === "incomplete") return undefined;
    const receivedAt = new Date(known.received_at);
    if (receivedAt >= this.run.startedAt) return known;
    const isLastDay = ask.to.slice(0, 10) >= this.plan.span.until || this.paging.kind === "crawl";
    return pass === "first" && !isLastDay && isSettled(ask, receivedAt) ? known : undefined;
  }

  private afterKnown(ask: Ask, known: ArchivedFile & {readonly answer: AnswerFacts}): readonly Ask[] {
    const {answer} = known;
    if (answer.releases > 0) this.hasHeard = true;
    const links = answer.role === "page" ? this.linksOf(this.tools.archive.read(known), ask.address) : null;
    return afterAnswer(this.paging, this.base, ask, {...answer, links}).asks;
  }

  private async ask(ask: Ask, pass: AnswerFacts["pass"]): Promise<readonly Ask[]> {
    const {archive, client} = this.tools;
    const {id} = this.plan.register;
    let read: ReadPage | undefined;
    let sha256 = "";
    if (this.paging.kind === "crawl") await this.robots.assertAllow(ask.address, this.manners(ask));
    const answer = await client.get(ask.address, this.manners(ask), (candidate) => {
      sha256 = archive.keep(id, candidate.bytes);
      read = this.readOrRefuse(candidate, sha256, ask);
    });
    const {role, asks} = afterAnswer(this.paging, this.base, ask, read!);
    if (role === "halved") this.fullPages.note(ask, read!.key);
    const file = archive.name({
      source: id,
      sha256,
      bytes: answer.bytes.length,
      origin: ask.address,
      received_at: this.tools.now().toISOString(),
      ...(ask.about === undefined ? {} : {about: ask.about}),
      answer: {
        status: answer.status,
        headers: answer.headers,
        from: ask.from,
        to: ask.to,
        role,
        pass,
        releases: read!.releases,
        rejects: read!.rejects,
        next: read!.next
      }
    });
    this.known.set(ask.address, file as ArchivedFile & {answer: AnswerFacts});
    this.count(ask, role, read!);
    return asks;
  }

  private count(ask: Ask, role: Role, read: ReadPage): void {
    if (role === "data" || role === "incomplete") {
      this.releases += read.releases;
      this.rejects += read.rejects;
    }
    if (role === "data" && read.releases === 0) this.answersEmpty += 1;
    if (read.releases > 0) this.hasHeard = true;
    if (role === "incomplete") this.incomplete += 1;
    this.tools.report({
      event: "answer",
      source: this.plan.register.id,
      address: ask.address,
      role,
      windows_done: this.rootsDone,
      windows_left: this.rootsLeft,
      releases: this.releases,
      rejects: this.rejects,
      requests: this.asked,
      seconds_left: this.secondsLeft()
    });
  }

  private secondsLeft(): number {
    const requestsEach = this.rootsAsked === 0 ? 1 : this.asked / this.rootsAsked;
    return Math.round(this.rootsLeft * requestsEach * this.plan.secondsBetween);
  }

  private manners(ask: Ask): Manners {
    const {channel, register, secondsBetween} = this.plan;
    const isCrawl = channel.paging.kind === "crawl";
    return {
      source: register.id,
      allowed: allowedFor(this.plan, ask.hosts),
      secondsBetween,
      patience: {...PATIENCE, lockout: channel.pace.lockout, ...(isCrawl ? {triesOfDamaged: 1} : {})}, // a changed page stays changed
      expectsPages: isCrawl,
      breaksAfter: BREAKS_AFTER[channel.paging.kind]
    };
  }

  /** The bytes are on disk by now; what cannot be read is noted with its reason. */
  private readOrRefuse(candidate: Answer, sha256: string, ask: Ask): ReadPage {
    try {
      return this.read(candidate, ask);
    } catch (error) {
      this.tools.archive.refuse(this.plan.register.id, {
        sha256,
        origin: ask.address,
        received_at: this.tools.now().toISOString(),
        reason: (error as Error).message
      });
      throw error;
    }
  }

  private read({bytes, url}: Answer, ask: Ask): ReadPage {
    const links = this.linksOf(bytes, url);
    if (links !== null) return {releases: 0, rejects: 0, next: null, links, key: ""};
    const {bodies, next} = readRegisterFile(this.plan.register, recognise(bytes), {
      origin: ask.address,
      about: ask.about
    });
    if (bodies.length === 0 && this.asksForPackages && isBareList(bytes))
      throw new LayoutError("an empty list, where a package of releases belongs: that is not the same as no releases");
    if (next !== null && next.length > LINK_AT_MOST)
      throw new LayoutError(`a next-link of ${next.length.toLocaleString("en-GB")} characters`);
    const rejects = bodies.filter((body) => "fault" in readRelease(body)).length;
    return {releases: bodies.length, rejects, next, links: null, key: identityOf(bodies)};
  }

  /** A search answers with a package, with or without releases in it; files and catalogues have shapes of their own. */
  private get asksForPackages(): boolean {
    return this.paging.kind === "windows" || this.paging.kind === "cursor";
  }

  private linksOf(bytes: Uint8Array, url: string): readonly string[] | null {
    return "links" in this.paging ? (this.paging.links?.(bytes, url) ?? null) : null;
  }
}

const isBareList = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.subarray(0, 100)).toString("latin1").replace("\u00ef\u00bb\u00bf", "").trimStart().startsWith("[");

const LINK_AT_MOST = 4_000; // characters; the manifest keeps it

/** What stands for the releases of a page, in whatever order they came. */
const identityOf = (bodies: readonly unknown[]): string =>
  sha256Of(
    Buffer.from(
      bodies
        .map((body) => JSON.stringify([(body as {ocid?: unknown} | null)?.ocid, (body as {id?: unknown} | null)?.id]))
        .sort()
        .join("\n")
    )
  );

interface ReadPage extends Held {
  readonly rejects: number;
  readonly key: string; // of its releases
}

/** The days that a register has settled answers for and that were looked at again least recently: a sample, evenly spread. */
export function daysToLookAtAgain(archive: Archive, source: string, howMany: number, now: Date): string[] {
  const lastLook = new Map<string, string>();
  for (const {answer, received_at} of archive.answers(source)) {
    const day = answer.from.slice(0, 10);
    const isSettledDay = isSettled({from: answer.from, to: `${day}T23:59:59`}, now);
    if (answer.pass === "first" && isSettledDay && !lastLook.has(day)) lastLook.set(day, "");
    if (answer.pass === "second") lastLook.set(day, received_at);
  }
  return [...lastLook]
    .sort(([dayA, a], [dayB, b]) => a.localeCompare(b) || spread(dayA) - spread(dayB))
    .slice(0, howMany)
    .map(([day]) => day);
}

/** Scatters days over the years in an order that is always the same. */
function spread(day: string): number {
  const dayNumber = Math.floor(Date.parse(`${day}T00:00:00Z`) / 86_400_000);
  return (dayNumber * 2_654_435_761) % 4_294_967_296; // Knuth's multiplicative hash
}
