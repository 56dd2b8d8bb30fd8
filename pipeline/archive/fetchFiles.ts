import {LayoutError} from "../formats/layoutError.ts";
import type {Discovery, Found, FoundFile} from "../indicators/discovery/discovery.ts";
import {AddressRefused, type Allowed, allowedAddress} from "./address.ts";
import {type ArchivedFile, sha256} from "./archive.ts";
import {BODY_LIMITS} from "./body.ts";
import type {Answer, Manners} from "./client.ts";
import type {FetchTools} from "./fetch.ts";
import {FetchError, PATIENCE} from "./retry.ts";
import {Robots} from "./robots.ts";
import {openRun, type Run, type RunOutcome} from "./runs.ts";
import {londonDay, wholeDay} from "./windows.ts";

/** How a publication or reference is to be asked this time. */
export interface FilesPlan {
  readonly source: string; // its id
  readonly discovery: Discovery;
  readonly endpoint: string | null; // another base address, for all of its hosts
  readonly secondsBetween: number;
  readonly requestsAtMost: number;
  /** The files inside a download that are the publication's, by content: the download itself, or members of a zip. */
  readonly partsOf: (bytes: Uint8Array) => Iterable<FilePart>;
  /** Reads a file as a build will. */
  readonly read: (bytes: Uint8Array) => Promise<Reading>;
}

/** How many rows a file has, or why it cannot be read. */
export interface Reading {
  readonly rows: number;
  readonly problem: string | null;
}

export interface FilePart {
  readonly name: string | null; // of a member of a zip; null for the download itself
  readonly bytes: Uint8Array;
}

const PAGES_AT_MOST = 300; // of one run: a collection of sixty quarters has sixty
const FILES_AT_MOST = 500;
const BREAKS_AFTER = 5; // requests in a row that failed for good

/**
 * Looks for the files of a publication, and archives those that are not there yet.
 *
 * Pages that lead to files are kept like everything else that was answered, and never read as data. A file whose bytes are
 * archived already changes nothing; one that was revised is archived beside the one before, and later steps take the newer.
 * A file that the reader does not understand is archived too, and the run has failed: a new layout must be seen by a person.
 *
 * Never throws for anything that the publisher does: its failure is the outcome, so that other sources go on.
 */
export async function fetchFiles(plan: FilesPlan, tools: FetchTools): Promise<RunOutcome> {
  tools.archive.sweep(plan.source);
  const day = londonDay(tools.now());
  const base = plan.endpoint ?? plan.discovery.hosts.join(" ");
  const run = openRun(tools.archive, plan.source, {from: day, until: day, base}, tools.now());
  const search = new Search(plan, tools, run);
  const outcome = await search.toTheEnd();
  run.close(outcome, tools.now());
  tools.report({event: "end", source: plan.source, ...outcome});
  return outcome;
}

class StoppedHere extends Error {}

/** What one place led to. */
interface Trail {
  readonly asked: string[];
  readonly files: FoundFile[];
  readonly others: string[];
  readonly problems: string[];
}

class Search {
  private readonly known: Map<string, ArchivedFile>; // the last answer of each address
  private readonly robots: Robots;
  private readonly failures: string[] = [];
  private pages = 0;
  private files = 0;
  private newFiles = 0;
  private filesLeft = 0;

  constructor(
    private readonly plan: FilesPlan,
    private readonly tools: FetchTools,
    private readonly run: Run
  ) {
    this.known = new Map(tools.archive.answers(plan.source).map((file) => [file.origin, file]));
    this.robots = new Robots(tools.client);
  }

  async toTheEnd(): Promise<RunOutcome> {
    try {
      const found = new Map((this.plan.discovery.files ?? []).map((file) => [file.url, file]));
      for (const addresses of this.plan.discovery.start)
        for (const file of await this.lookIn(addresses)) found.set(file.url, file);
      this.filesLeft = found.size;
      if (found.size > FILES_AT_MOST)
        throw new LayoutError(`${found.size} files were found, more than the ${FILES_AT_MOST} that are ever expected`);
      for (const file of found.values()) await this.fetchFile(file);
      return this.outcome(this.failures.length === 0 ? "complete" : "failed", this.failures[0] ?? null, null);
    } catch (error) {
      return this.stopped(error);
    }
  }

  private stopped(error: unknown): RunOutcome {
    if (error instanceof StoppedHere) return this.outcome("stopped", error.message, null);
    if (error instanceof FetchError && error.kind === "deferred")
      return this.outcome("deferred", error.message, error.retryAt?.toISOString() ?? null);
    if (error instanceof FetchError || error instanceof LayoutError) return this.outcome("failed", error.message, null);
    throw error;
  }

  private outcome(state: RunOutcome["state"], why: string | null, retry_at: string | null): RunOutcome {
    return {
      state,
      why,
      retry_at,
      requests: this.asked,
      releases: 0,
      rejects: 0,
      windows_done: this.files,
      windows_left: this.filesLeft,
      incomplete_windows: 0,
      failed_addresses: this.failures.length,
      files: this.files,
      new_files: this.newFiles
    };
  }

  private get asked(): number {
    return this.tools.client.requests(this.plan.source);
  }

  /** The files that the first of these addresses with all of them leads to; of none with all, whatever was found. */
  private async lookIn(addresses: readonly string[]): Promise<readonly FoundFile[]> {
    const {lacks, wants} = this.plan.discovery;
    const trails: Trail[] = [];
    for (const address of addresses) {
      const trail = await this.follow(address);
      const missing = lacks === undefined ? (trail.files.length === 0 ? wants : null) : lacks(trail.files);
      if (missing === null) {
        for (const problem of trail.problems) this.fail(address, problem); // one of many pages may hide a file
        return trail.files;
      }
      trails.push(trail);
      if (trail.problems.length === 0)
        trail.problems.push(`${trail.asked.join(" and ") || address} led to no ${missing}${seenIn(trail)}`);
    }
    const best = trails.sort((a, b) => b.files.length - a.files.length)[0];
    this.fail(addresses[0] ?? "", trails.flatMap(({problems}) => problems).join("; "));
    return best?.files ?? [];
  }

  /** Everything that one address leads to. A page that fails is a problem of its place, which may have another address. */
  private async follow(start: string): Promise<Trail> {
    const trail: Trail = {asked: [], files: [], others: [], problems: []};
    const queue = [start];
    const seenBefore = new Set(queue);
    for (let address = queue.shift(); address !== undefined; address = queue.shift()) {
      const found = await this.page(address, trail);
      if (found === null) continue;
      trail.asked.push(address);
      trail.files.push(...found.files);
      trail.others.push(...found.others);
      for (const next of found.ask.filter((one) => !seenBefore.has(one))) {
        seenBefore.add(next);
        queue.push(next);
      }
    }
    return trail;
  }

  private async page(address: string, trail: Trail): Promise<Found | null> {
    this.pages += 1;
    if (this.pages > PAGES_AT_MOST)
      throw new LayoutError(`${address} is the ${this.pages}th page of this run; its links may lead round in a circle`);
    const read = (bytes: Uint8Array): Found => this.plan.discovery.read({url: address, body: bytes});
    try {
      const known = this.known.get(this.addressOf(address));
      if (known !== undefined && this.isOfThisRun(known)) return read(this.tools.archive.read(known));
      const answer = await this.ask(address, read);
      this.enter(answer, answer.origin, answer.bytes, "page");
      return read(answer.bytes);
    } catch (error) {
      if (!isOfThisAddress(error)) throw error;
      trail.problems.push(error.message);
      return null;
    }
  }

  /** A file that cannot be had stops no other. */
  private async fetchFile(file: FoundFile): Promise<void> {
    try {
      const origin = this.addressOf(file.url);
      const before = this.known.get(origin);
      const isHere = before !== undefined && (file.isFixed === true || this.isOfThisRun(before));
      if (isHere) await this.lookAgain(file, origin);
      else await this.download(file);
      this.files += 1;
    } catch (error) {
      if (!isOfThisAddress(error)) throw error;
      this.fail(file.url, error.message);
    }
    this.filesLeft -= 1;
  }

  /** The entry of the download itself comes last: it is the cursor, and a run that is killed before it asks once more. */
  private async download({url, title}: FoundFile): Promise<void> {
    const answer = await this.ask(url, assertNoWords);
    let isZip = false;
    for (const {name, bytes} of this.plan.partsOf(answer.bytes)) {
      isZip = name !== null;
      const origin = name === null ? answer.origin : `${answer.origin}#${name}`;
      this.tools.archive.keep(this.plan.source, bytes);
      const reading = await this.plan.read(bytes);
      const isNew = this.enter(answer, origin, bytes, "data", reading);
      if (isNew) this.newFiles += 1;
      this.tell(origin, title, reading, isNew);
    }
    if (isZip) this.enter(answer, answer.origin, answer.bytes, "page");
  }

  /** A file that was not understood when it came is no better for being here: it fails until a reader understands it. */
  private async lookAgain({title}: FoundFile, origin: string): Promise<void> {
    const parts = [...this.known.values()].filter(
      (file) => file.origin === origin || file.origin.startsWith(`${origin}#`)
    );
    for (const file of parts.filter(({answer}) => (answer?.rejects ?? 0) > 0))
      this.tell(file.origin, title, await this.plan.read(this.tools.archive.read(file)), false);
  }

  private tell(address: string, title: string, {rows, problem}: Reading, is_new: boolean): void {
    const {source} = this.plan;
    this.tools.report({event: "file", source, address, title, is_new, rows, files_left: this.filesLeft - 1});
    if (problem !== null) this.fail(address, `${address} ("${title}") cannot be read: ${problem}`);
  }

  private fail(address: string, why: string): void {
    this.failures.push(why);
    this.tools.report({event: "failed", source: this.plan.source, address, why});
  }

  /** Asks, and keeps what came before anything looks at it. */
  private async ask(url: string, inspect: (bytes: Uint8Array) => void): Promise<Answer & {readonly origin: string}> {
    const {archive, client} = this.tools;
    const origin = this.addressOf(url);
    if (this.asked >= this.plan.requestsAtMost)
      throw new StoppedHere(`stopped after ${this.asked} requests, as asked; the next run goes on from here`);
    if (!this.plan.discovery.forPrograms.some((prefix) => url.startsWith(prefix)))
      await this.robots.assertAllow(origin, this.manners());
    const answer = await client.get(origin, this.manners(), ({bytes}) => {
      const hash = archive.keep(this.plan.source, bytes);
      try {
        inspect(bytes);
      } catch (error) {
        const received_at = this.tools.now().toISOString();
        archive.refuse(this.plan.source, {sha256: hash, origin, received_at, reason: (error as Error).message});
        throw error;
      }
    });
    return {...answer, origin};
  }

  /** Enters bytes that are on disk into the manifest: what came, and which question it answers; true when they are new. */
  private enter(
    {status, headers}: Answer,
    origin: string,
    bytes: Uint8Array,
    role: "page" | "data",
    {rows, problem}: Reading = {rows: 0, problem: null}
  ): boolean {
    const {archive, now} = this.tools;
    const {source} = this.plan;
    const hash = sha256(bytes);
    const isNew = !archive.files(source).some((file) => file.sha256 === hash);
    const span = wholeDay(londonDay(now()));
    const file = archive.name({
      source,
      sha256: hash,
      bytes: bytes.length,
      origin,
      received_at: now().toISOString(),
      answer: {
        status,
        headers,
        ...span,
        role,
        pass: "first",
        releases: rows,
        rejects: problem === null ? 0 : 1,
        next: null
      }
    });
    this.known.set(origin, file);
    return isNew;
  }

  private readonly isOfThisRun = ({received_at}: ArchivedFile): boolean => new Date(received_at) >= this.run.startedAt;

  /**
   * Where an address is really asked: itself, or the same path at the endpoint that stands in for all hosts.
   *
   * @throws {AddressRefused} when nobody meant us to go there, whatever stands in for it
   */
  private addressOf(address: string): string {
    const {hosts} = this.plan.discovery;
    const {pathname, search} = allowedAddress(address, undefined, {hosts, endpoint: null});
    return this.plan.endpoint === null ? address : this.plan.endpoint.replace(/\/+$/, "") + pathname + search;
  }

  private manners(): Manners {
    const {endpoint, discovery, source, secondsBetween} = this.plan;
    const allowed: Allowed = {hosts: discovery.hosts, endpoint: endpoint === null ? null : new URL(endpoint).origin};
    const {largerFiles} = discovery;
    return {
      source,
      allowed,
      secondsBetween,
      patience: PATIENCE,
      expectsPages: false,
      breaksAfter: BREAKS_AFTER,
      ...(largerFiles === undefined ? {} : {limits: {...BODY_LIMITS, ...largerFiles}})
    };
  }
}

/** A failure that says nothing about other addresses. */
const isOfThisAddress = (error: unknown): error is Error =>
  error instanceof AddressRefused ||
  error instanceof LayoutError ||
  (error instanceof FetchError && error.kind !== "deferred" && error.kind !== "interrupted");

/** @throws {LayoutError} when a web page came where a file belongs, as when asked too often */
function assertNoWords(bytes: Uint8Array): void {
  const beginning = new TextDecoder().decode(bytes.subarray(0, 200)).trimStart();
  if (beginning.startsWith("<")) throw new LayoutError(`a web page instead of a file: "${beginning.slice(0, 80)}"`);
  if (bytes.length === 0) throw new LayoutError("the file is empty");
}

const OTHERS_NAMED = 12;

function seenIn({others}: Trail): string {
  if (others.length === 0) return "";
  const named = others.slice(0, OTHERS_NAMED).map((title) => `"${title}"`);
  return `; there are ${named.join(", ")}${others.length > OTHERS_NAMED ? ` and ${others.length - OTHERS_NAMED} more` : ""}`;
}
