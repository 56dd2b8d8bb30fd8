import {AddressRefused} from "./address.ts";
import {BodyDamaged, BodyTooLarge} from "./body.ts";
import {retryAfterMs} from "./retryAfter.ts";

/** Why a request brought nothing: what happened, and whether it is worth asking again now, later, or not at all. */
export class FetchError extends Error {
  override readonly name = "FetchError";
  constructor(
    message: string,
    readonly kind: "unavailable" | "deferred" | "refused" | "missing" | "not-a-page" | "interrupted",
    readonly retryAt: Date | null = null // for "deferred"
  ) {
    super(message);
  }
}

/** What went wrong with one try: an answer with a status that is no success, an answer that is no page, or no answer. */
export type Failure =
  | {readonly kind: "status"; readonly status: number; readonly retryAfter?: string; readonly serverDate?: string}
  | {readonly kind: "rate-limit-page"} // status 200, but a page of words where data belongs
  | {readonly kind: "not-a-page"; readonly message: string}
  | {readonly kind: "error"; readonly error: Error};

/** How patiently a source is asked. */
export interface Patience {
  readonly tries: number;
  readonly triesOfDamaged: number; // for an answer that came whole and is not what it should be: seldom, it passes
  readonly backoffBaseMs: number;
  readonly backoffCapMs: number;
  readonly retryAfterCapMs: number; // a longer Retry-After means: come back another time
  readonly budgetMs: number; // all waiting after failures, for one source in one run
  readonly lockout: {readonly status: number; readonly seconds: number} | undefined;
}

export const PATIENCE: Patience = {
  tries: 5,
  triesOfDamaged: 3,
  backoffBaseMs: 1_000,
  backoffCapMs: 60_000,
  retryAfterCapMs: 15 * 60_000,
  budgetMs: 60 * 60_000,
  lockout: undefined
};

export type Verdict =
  | {readonly waitMs: number; readonly why: string; readonly isLockout: boolean}
  | {readonly giveUp: FetchError};

/**
 * What to do after a failed try: wait so long and ask again, or give up and say why.
 *
 * Full jitter (a uniform share of a doubling wait) keeps many clients from coming back at one moment; Retry-After is a floor.
 *
 * @param failures how many tries of this request have failed, this one included
 * @param waitedMs how long this source has waited after failures in this run
 */
export function afterFailure(
  failure: Failure,
  state: {
    readonly failures: number;
    readonly lockouts: number;
    readonly waitedMs: number;
    readonly now: number;
    readonly random: number;
  },
  patience: Patience
): Verdict {
  const what = describe(failure);
  if (isLockout(failure, patience)) return afterLockout(what, state, patience);
  const hopeless = hopelessness(failure);
  if (hopeless !== null) return {giveUp: new FetchError(what, hopeless)};
  if (failure.kind === "not-a-page" && state.failures >= patience.triesOfDamaged)
    return {giveUp: new FetchError(what, "not-a-page")};
  const asked = failure.kind === "status" ? retryAfterMs(failure.retryAfter, failure.serverDate, state.now) : null;
  if (asked !== null && asked > patience.retryAfterCapMs)
    return deferred(`${what}, and asks to come back`, asked, state);
  if (state.failures >= patience.tries)
    return {giveUp: new FetchError(`${what}; ${patience.tries} tries were made`, "unavailable")};
  const longest = Math.min(patience.backoffCapMs, patience.backoffBaseMs * 2 ** (state.failures - 1));
  const waitMs = asked ?? Math.ceil(state.random * longest);
  return withinBudget({waitMs, why: what, isLockout: false}, state, patience);
}

function afterLockout(what: string, state: Parameters<typeof afterFailure>[1], patience: Patience): Verdict {
  const waitMs = (patience.lockout?.seconds ?? 0) * 1000;
  if (state.lockouts > 1) return deferred(`${what} again after a pause of ${waitMs / 1000} s`, waitMs, state);
  return withinBudget({waitMs, why: what, isLockout: true}, state, patience);
}

function withinBudget(
  verdict: Extract<Verdict, {waitMs: number}>,
  state: Parameters<typeof afterFailure>[1],
  patience: Patience
): Verdict {
  if (state.waitedMs + verdict.waitMs <= patience.budgetMs) return verdict;
  const minutes = Math.round(patience.budgetMs / 60_000);
  return deferred(
    `${verdict.why}; the ${minutes} minutes of waiting for this source are used up`,
    verdict.waitMs,
    state
  );
}

function deferred(what: string, waitMs: number, {now}: {readonly now: number}): Verdict {
  const at = new Date(now + waitMs);
  return {giveUp: new FetchError(`${what}; not before ${at.toISOString()}`, "deferred", at)};
}

const isLockout = (failure: Failure, {lockout}: Patience): boolean =>
  failure.kind === "status" && lockout !== undefined && failure.status === lockout.status;

/** Failures that the same question would meet again. */
function hopelessness(failure: Failure): FetchError["kind"] | null {
  if (failure.kind === "error")
    return failure.error instanceof AddressRefused ||
      failure.error instanceof BodyTooLarge ||
      isCertificate(failure.error)
      ? "refused"
      : null;
  if (failure.kind !== "status" || failure.status === 429 || failure.status === 408 || failure.status >= 500)
    return null;
  return failure.status === 404 || failure.status === 410 ? "missing" : "refused";
}

/** A certificate that does not hold is not a fault that passes, and there is no switch to look away. */
const isCertificate = (error: Error): boolean =>
  /^(ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_SSL)/.test(String((error as {code?: unknown}).code ?? ""));

function describe(failure: Failure): string {
  if (failure.kind === "status") return STATUS[failure.status] ?? `answered with status ${failure.status}`;
  if (failure.kind === "rate-limit-page") return "answered with a web page where data belongs, as when asked too often";
  if (failure.kind === "not-a-page") return `sent something else: ${failure.message}`;
  const code = (failure.error as {code?: unknown}).code;
  if (isCertificate(failure.error)) return `its certificate does not hold (${String(code)}: ${failure.error.message})`;
  const words = `${failure.error.message || failure.error.name}${typeof code === "string" ? ` (${code})` : ""}`;
  if (failure.error instanceof AddressRefused) return words;
  const isBody = failure.error instanceof BodyDamaged || failure.error instanceof BodyTooLarge;
  return isBody ? `sent what is not read: ${words}` : `gave no whole answer: ${words}`;
}

const STATUS: Readonly<Record<number, string>> = {
  403: "refused to answer (403)",
  404: "has nothing there (404)",
  429: "said that it is asked too often (429)",
  503: "said that it is not available (503)"
};
