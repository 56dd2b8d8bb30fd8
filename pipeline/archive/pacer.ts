/** The clock and the chance that the archive works by; tests put their own in place. */
export interface Clock {
  now(): number; // milliseconds since 1970
  sleep(milliseconds: number): Promise<void>;
  random(): number; // 0 to 1
}

/**
 * Lets one request at a time through to each host, and none sooner than the pace allows after the answer before.
 *
 * A token bucket that holds a single token and is refilled when an answer has ended: counted at the server, no two requests
 * are ever closer than the pace, whatever the network does in between. Sources that share a host share its turn.
 */
export class Pacer {
  private readonly queues = new Map<string, Promise<unknown>>();
  private readonly freeAt = new Map<string, number>(); // when the next request may start

  constructor(private readonly clock: Clock) {}

  /** Waits for the host's turn, then does the work. */
  async turn<T>(host: string, secondsBetween: number, work: () => Promise<T>): Promise<T> {
    const before = this.queues.get(host) ?? Promise.resolve();
    const mine = before.then(async () => {
      for (let wait = this.waitAt(host); wait > 0; wait = this.waitAt(host)) await this.clock.sleep(wait);
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
    this.freeAt.set(host, Math.max(this.freeAt.get(host) ?? 0, this.clock.now() + milliseconds));
  }

  private waitAt(host: string): number {
    return Math.ceil((this.freeAt.get(host) ?? 0) - this.clock.now());
  }
}
