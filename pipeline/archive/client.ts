import {lookup as dnsLookup} from "node:dns";
import {BlockList, isIPv6, type LookupFunction} from "node:net";
import {Agent, type Dispatcher, request} from "undici";
import {LayoutError} from "../formats/layoutError.ts";
import {AddressRefused, type Allowed, allowedAddress} from "./address.ts";
import {BODY_LIMITS, type BodyLimits, readBody} from "./body.ts";
import {type Clock, Pacer} from "./pacer.ts";
import {afterFailure, type Failure, FetchError, type Patience} from "./retry.ts";
import type {Turns} from "./turns.ts";

/** One whole answer with status 200. */
export interface Answer {
  readonly url: string; // after redirects
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array; // gzip undone
}

/** How one source may be asked. */
export interface Manners {
  readonly source: string;
  readonly allowed: Allowed;
  readonly secondsBetween: number;
  readonly patience: Patience;
  readonly expectsPages: boolean; // web pages are what is asked for, so one is no sign of a limit
  readonly limits?: BodyLimits; // of a source whose files are larger than most
  readonly breaksAfter: number; // requests in a row that failed for good, after which the source is left alone for this run
}

export interface Timeouts {
  readonly connectMs: number;
  readonly headersMs: number;
  readonly idleMs: number; // between two pieces of a body
  readonly answerMs: number; // the whole answer: a body that drips for ever is never idle
}

export const TIMEOUTS: Timeouts = {connectMs: 15_000, headersMs: 90_000, idleMs: 60_000, answerMs: 300_000};

export interface ClientOptions {
  readonly userAgent: string; // an honest name, with a way to reach whoever runs this
  readonly clock: Clock;
  readonly onWait?: (source: string, waitMs: number, why: string) => void;
  readonly timeouts?: Timeouts;
  readonly limits?: BodyLimits;
  readonly dispatcher?: Dispatcher; // tests bring their own
  readonly turns?: Turns; // when hosts may be asked again, as earlier runs have left it
}

const REDIRECTS_AT_MOST = 3;

/**
 * The one way to the network. It asks with GET only, one request at a time to a host and never faster than the source's
 * pace, waits when it is told to, tries again when that may help, and otherwise says in a sentence why not.
 *
 * Certificates are always checked and there is no way to switch that off. Names that resolve to an address of this machine
 * or network are refused, so no answer can send a request inside.
 */
export class Client {
  private readonly pacer: Pacer;
  private readonly dispatcher: Dispatcher;
  private readonly waited = new Map<string, number>(); // milliseconds after failures, by source
  private readonly sent = new Map<string, number>(); // requests, by source
  private readonly failedInARow = new Map<string, number>(); // requests given up, by source

  constructor(private readonly options: ClientOptions) {
    this.pacer = new Pacer(options.clock, options.turns);
    this.dispatcher = options.dispatcher ?? politeAgent(options.timeouts ?? TIMEOUTS);
  }

  /**
   * Asks one address until it answers or gives cause to stop.
   *
   * @param inspect looks at each whole answer; it throws a LayoutError when the answer is not what was asked for
   * @throws {FetchError} saying what happened and after how many tries
   */
  async get(address: string, manners: Manners, inspect: (answer: Answer) => void = () => {}): Promise<Answer> {
    const broken = this.failedInARow.get(manners.source) ?? 0;
    if (broken >= manners.breaksAfter)
      throw new FetchError(`${broken} requests in a row had failed, so it was left alone`, "interrupted");
    try {
      const answer = await this.untilAnswered(address, manners, inspect);
      this.failedInARow.set(manners.source, 0);
      return answer;
    } catch (error) {
      const isFault = error instanceof FetchError && error.kind !== "missing";
      if (isFault) this.failedInARow.set(manners.source, broken + 1);
      throw error;
    }
  }

  /** How many requests a source has cost so far. */
  requests(source: string): number {
    return this.sent.get(source) ?? 0;
  }

  async close(): Promise<void> {
    await this.dispatcher.close();
  }

  private async untilAnswered(address: string, manners: Manners, inspect: (answer: Answer) => void): Promise<Answer> {
    let lockouts = 0;
    for (let failures = 1; ; failures++) {
      const result = await this.oneTry(address, manners, inspect);
      if ("answer" in result) return result.answer;
      const {clock} = this.options;
      if (result.failure.kind === "status" && result.failure.status === manners.patience.lockout?.status) lockouts++;
      const waitedMs = this.waited.get(manners.source) ?? 0;
      const verdict = afterFailure(
        result.failure,
        {failures, lockouts, waitedMs, now: clock.now(), random: clock.random()},
        manners.patience
      );
      if ("giveUp" in verdict) {
        const {message, kind, retryAt} = verdict.giveUp;
        throw new FetchError(`${address}: ${message}`, kind, retryAt);
      }
      this.waited.set(manners.source, waitedMs + verdict.waitMs);
      this.options.onWait?.(manners.source, verdict.waitMs, verdict.why);
      this.pacer.pause(new URL(address).host, verdict.waitMs);
    }
  }

  private async oneTry(
    address: string,
    manners: Manners,
    inspect: (answer: Answer) => void
  ): Promise<{answer: Answer} | {failure: Failure}> {
    const answer = await this.follow(address, manners).catch(asFailure);
    if ("failure" in answer) return answer;
    if (answer.status !== 200) return {failure: statusFailure(answer)};
    return inspected(answer, inspect, manners.expectsPages);
  }

  /** Follows redirects by hand, so that every hop is checked, paced and counted. */
  private async follow(address: string, manners: Manners): Promise<Answer> {
    let url = allowedAddress(address, undefined, manners.allowed);
    for (let hops = 0; ; hops++) {
      const owed = this.pacer.owed(url.host);
      if (owed > manners.secondsBetween * 1000)
        this.options.onWait?.(manners.source, owed, "had asked an earlier run to wait");
      const answer = await this.pacer.turn(url.host, manners.secondsBetween, () => this.ask(url, manners));
      const location = answer.headers.location;
      if (answer.status < 300 || answer.status >= 400 || location === undefined) return answer;
      if (hops === REDIRECTS_AT_MOST)
        throw new AddressRefused(location, `is the ${ordinal(hops + 1)} redirect in a row from ${address}`);
      url = allowedAddress(location, url.href, manners.allowed);
    }
  }

  private async ask(url: URL, manners: Manners): Promise<Answer> {
    this.sent.set(manners.source, this.requests(manners.source) + 1);
    const {answerMs, headersMs, idleMs} = this.options.timeouts ?? TIMEOUTS;
    const {statusCode, headers, body} = await request(url, {
      dispatcher: this.dispatcher,
      headers: {"user-agent": this.options.userAgent, "accept-encoding": "gzip", accept: "*/*"},
      headersTimeout: headersMs,
      bodyTimeout: idleMs,
      signal: AbortSignal.timeout(answerMs)
    });
    const flat = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")])
    );
    const bytes = await readBody(body, flat["content-encoding"], manners.limits ?? this.options.limits ?? BODY_LIMITS);
    return {url: url.href, status: statusCode, headers: flat, bytes};
  }
}

const ordinal = (n: number): string => `${n}${n === 1 ? "st" : n === 2 ? "nd" : n === 3 ? "rd" : "th"}`;

function statusFailure({status, headers}: Answer): Failure {
  return {
    kind: "status",
    status,
    ...(headers["retry-after"] === undefined ? {} : {retryAfter: headers["retry-after"]}),
    ...(headers.date === undefined ? {} : {serverDate: headers.date})
  };
}

/** Status 200 does not make an answer: a web page of apology, or an error object, is not an empty list of contracts. */
function inspected(
  answer: Answer,
  inspect: (answer: Answer) => void,
  expectsPages: boolean
): {answer: Answer} | {failure: Failure} {
  try {
    inspect(answer);
    return {answer};
  } catch (error) {
    if (!(error instanceof LayoutError)) throw error;
    return {
      failure: looksLikeWords(answer, expectsPages)
        ? {kind: "rate-limit-page"}
        : {kind: "not-a-page", message: error.message}
    };
  }
}

function looksLikeWords({bytes}: Answer, expectsPages: boolean): boolean {
  const beginning = Buffer.from(bytes.subarray(0, 400)).toString("latin1").trimStart();
  return (beginning.startsWith("<") && !expectsPages) || /too many requests|rate limit|retry after/i.test(beginning);
}

/** What the network, the server or our own limits throw is a failed try; a mistake of ours is not caught. */
function asFailure(error: unknown): {failure: Failure} {
  const isMistake = !(error instanceof Error) || error.constructor === TypeError || error instanceof RangeError;
  if (isMistake || (error as {code?: unknown}).code === "UND_ERR_INVALID_ARG") throw error;
  return {failure: {kind: "error", error}};
}

/** A dispatcher that keeps connections few and refuses names which resolve into this machine or network. */
export function politeAgent(timeouts: Timeouts): Agent {
  return new Agent({connections: 2, connect: {timeout: timeouts.connectMs, lookup: publicLookup}});
}

const INSIDE = new BlockList();
for (const [network, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16]
] as const)
  INSIDE.addSubnet(network, bits, "ipv4");
for (const [network, bits] of [
  ["::1", 128],
  ["fc00::", 7],
  ["fe80::", 10]
] as const)
  INSIDE.addSubnet(network, bits, "ipv6");

/** Whether an IP address belongs to this machine or network: "127.0.0.1", "169.254.169.254", "::1". */
export const isInside = (ip: string): boolean => INSIDE.check(ip, isIPv6(ip) ? "ipv6" : "ipv4");

/** The address that was checked is the one that is connected to: a second look-up could give another. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  dnsLookup(hostname, {...options, all: true}, (error, addresses) => {
    if (error) return callback(error, "", 0);
    const inside = addresses.find(({address}) => isInside(address));
    if (inside !== undefined && hostname !== "localhost")
      return callback(new AddressRefused(hostname, `resolves to ${inside.address}, inside this network`), "", 0);
    if (options.all) return (callback as unknown as (e: null, all: typeof addresses) => void)(null, addresses);
    const [first] = addresses;
    return callback(null, first?.address ?? "", first?.family ?? 4);
  });
};
