import type {Readable} from "node:stream";
import {createGunzip} from "node:zlib";

/** How much of an answer is read before it is given up as an attack or a mistake. */
export interface BodyLimits {
  readonly wireBytes: number; // as sent
  readonly inflatedBytes: number; // after gzip
  readonly ratio: number; // inflated to sent; contract registers shrink about sixfold
}

const MB = 1024 * 1024;
export const BODY_LIMITS: BodyLimits = {wireBytes: 64 * MB, inflatedBytes: 256 * MB, ratio: 100};
const RATIO_COUNTS_FROM_BYTES = MB;

/** The body is more than we are willing to hold; asking again would not help. */
export class BodyTooLarge extends Error {
  override readonly name = "BodyTooLarge";
}

/** The body arrived, but not whole: asking again may help. */
export class BodyDamaged extends Error {
  override readonly name = "BodyDamaged";
}

/**
 * Reads an answer's body, gzip undone, never holding more than the limits allow.
 *
 * @param encoding the Content-Encoding header
 * @throws {BodyTooLarge} beyond a limit, as soon as it is passed
 * @throws {BodyDamaged} when the gzip is cut short, followed by other bytes, or was never gzip
 */
export async function readBody(
  body: Readable,
  encoding: string | undefined,
  limits: BodyLimits = BODY_LIMITS
): Promise<Uint8Array> {
  const sent = new Counter(limits.wireBytes, (bytes) => `is larger than ${bytes} bytes`);
  const coding = (encoding ?? "identity").trim().toLowerCase();
  if (coding === "identity" || coding === "") return collect(body, sent);
  if (coding !== "gzip" && coding !== "x-gzip")
    throw new BodyDamaged(`the body is "${coding}", which was not asked for`);
  return inflate(body, sent, limits);
}

class Counter {
  bytes = 0;
  constructor(
    private readonly limit: number,
    private readonly sentence: (limit: number) => string
  ) {}
  add(chunk: Uint8Array): void {
    this.bytes += chunk.length;
    if (this.bytes > this.limit) throw new BodyTooLarge(`the body ${this.sentence(this.limit)}`);
  }
}

async function collect(body: Readable, counter: Counter): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    counter.add(chunk);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function inflate(body: Readable, sent: Counter, limits: BodyLimits): Promise<Uint8Array> {
  const gunzip = createGunzip();
  const inflated = new Counter(limits.inflatedBytes, (bytes) => `inflates beyond ${bytes} bytes`);
  const feeding = feed(body, gunzip, sent);
  feeding.catch(() => {}); // handled below; without this a late failure would be unhandled while the reader still runs
  try {
    const chunks: Uint8Array[] = [];
    for await (const chunk of gunzip as AsyncIterable<Uint8Array>) {
      inflated.add(chunk);
      if (inflated.bytes > RATIO_COUNTS_FROM_BYTES && inflated.bytes > sent.bytes * limits.ratio)
        throw new BodyTooLarge(`the body inflates more than ${limits.ratio} times`);
      chunks.push(chunk);
    }
    await feeding;
    if (gunzip.bytesWritten < sent.bytes)
      throw new BodyDamaged(`${sent.bytes - gunzip.bytesWritten} bytes follow the end of the gzip data`);
    return Buffer.concat(chunks);
  } catch (error) {
    gunzip.destroy();
    body.destroy();
    throw isZlib(error) ? new BodyDamaged(`the gzip data is damaged (${(error as Error).message})`) : error;
  }
}

async function feed(body: Readable, gunzip: ReturnType<typeof createGunzip>, sent: Counter): Promise<void> {
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      sent.add(chunk);
      if (!gunzip.write(chunk)) await hasRoom(gunzip);
    }
    gunzip.end();
  } catch (error) {
    gunzip.destroy(error as Error);
  }
}

/** Until it takes more, or never will; neither listener stays behind. */
function hasRoom(gunzip: ReturnType<typeof createGunzip>): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      gunzip.off("drain", done).off("close", done);
      resolve();
    };
    gunzip.on("drain", done).on("close", done);
  });
}

const isZlib = (error: unknown): boolean => /^(Z_|ERR_ZLIB)/.test(String((error as {code?: unknown}).code ?? ""));
