/**
 * The wait that a Retry-After header asks for, in milliseconds; null when it is missing, past or not readable, and the
 * caller's own backoff holds. Seconds or an HTTP-date (RFC 9110, 10.2.3); a date counts from the server's own clock.
 *
 * @param serverDate the answer's Date header, so that a wrong clock on either side does no harm
 */
export function retryAfterMs(header: string | undefined, serverDate: string | undefined, now: number): number | null {
  const text = header?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  if (!HTTP_DATE.test(text)) return null;
  const server = Date.parse(serverDate ?? "");
  const wait = Date.parse(text) - (Number.isNaN(server) ? now : server);
  return wait > 0 ? wait : null;
}

const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
