import {PagingError} from "./plan.ts";
import type {Window} from "./windows.ts";

/** What one window of a day may cost: ten thousand notices of a day take some four hundred requests. */
const REQUESTS_OF_A_WINDOW = 1_000;

/**
 * Remembers the full pages of a walk, to see that a register heeds the windows it is asked for.
 *
 * One that answers every window alike would be halved down to single seconds: days of requests, and every answer the same.
 */
export class FullPages {
  private readonly seen = new Map<string, Window>(); // the shortest window so far that a set of releases filled

  /**
   * @param key what stands for the releases of the page
   * @throws {PagingError} when the same releases fill two windows that have no second in common
   */
  note(window: Window & {readonly address: string}, key: string): void {
    const before = this.seen.get(key);
    this.seen.set(key, window); // halves come after the whole
    if (before !== undefined && (before.to < window.from || window.to < before.from))
      throw new PagingError(
        `${window.address}: the same releases fill the windows from ${before.from} to ${before.to} and from ${window.from} to ${window.to}, so windows are not heeded: look at the register's documentation`
      );
  }
}

/** @throws {PagingError} when a window has taken more requests than any day can need */
export function refuseEndless(window: Window & {readonly address: string}, requests: number): void {
  if (requests >= REQUESTS_OF_A_WINDOW)
    throw new PagingError(
      `${window.address}: the window from ${window.from} to ${window.to} has taken ${requests.toLocaleString("en-GB")} requests and is still full; the next run goes on from here`
    );
}
