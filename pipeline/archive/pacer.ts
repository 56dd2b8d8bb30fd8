import type {Turns} from "./turns.ts";

/** The clock and the chance that the archive works by; tests put their own in place. */
export interface Clock {
  now(): number; // milliseconds since 1970
  sleep(milliseconds: number): Promise<void>;
  random(): number; // 0 to 1
}

const LONGEST_WAIT_MS = 15 * 60_000; // what a Retry-After may ask for within a run

/**
 * Lets one request at a time through to each host, and none sooner than the pace allows after the answer before.
 *
 * A token bucket that holds a single token and is refilled when an answer has ended: counted at the server, no two requests
 * are ever closer than the pace, whatever the network does in between. Sources that share a host share its turn.
 */
export class Pacer {
  private readonly queues = new Map<string, Promise<unknown>>();
  private readonly freeAt = new Map<string, number>(); // when the next request may start

  /** @param turns what earlier runs have left; without it, a run knows only its own requests */
  constructor(
    private readonly clock: Clock,
    private readonly turns?: Turns
  ) {}

  /** Waits for the host's turn, then does the work. */
  async turn<T>(host: string, secondsBetween: number, work: () => Promise<T>): Promise<T> {
    const before = this.queues.get(host) ?? Promise.resolve();
    const mine = before.then(async () => {
      for (let wait = this.waitAt(host); wait > 0; wait = this.waitAt(host)) await this.clock.sleep(wait);
      this.turns?.remember(host, this.clock.now() + secondsBetween * 1000); // before asking, for this run may be killed
      try {
        return await work();
      } finally {
        this.pause(host, secondsBetween * 1000);
      }
    });
    this.queues.set(
      host,
      mine.catch(() => {})
    );
    return mine;
  }

  /** Nobody asks this host before so many milliseconds have passed. */
  pause(host: string, milliseconds: number): void {
    const freeAt = Math.max(this.freeAt.get(host) ?? 0, this.clock.now() + milliseconds);
    this.freeAt.set(host, freeAt);
    this.turns?.remember(host, freeAt);
  }

  /** How long the first request of this run to a host has to wait for what earlier runs were told; 0 after that. */
  owed(host: string): number {
    return this.freeAt.has(host) ? 0 : Math.max(0, this.waitAt(host));
  }

  private waitAt(host: string): number {
    if (!this.freeAt.has(host)) this.freeAt.set(host, this.leftBy(host));
    return Math.ceil((this.freeAt.get(host) ?? 0) - this.clock.now());
  }

  /** An earlier run's time, as far as it can be meant: a clock that was ahead must not hold a register up for years. */
  private leftBy(host: string): number {
    return Math.min(this.turns?.freeAt(host) ?? 0, this.clock.now() + LONGEST_WAIT_MS);
  }
}
