/** Where a source may be asked: its own hosts over https, and one other base address that the command line named. */
export interface Allowed {
  readonly hosts: readonly string[];
  readonly endpoint: string | null; // the origin of --endpoint, such as http://127.0.0.1:8123
}

/**
 * An address that may be asked, resolved against the page that named it.
 *
 * Every address goes through here: the first, a next-link, a redirect, a link on a page. Plain http and addresses of this
 * machine or network are refused, except at the endpoint that the command line named.
 *
 * @throws {AddressRefused} with the address and why
 */
export function allowedAddress(address: string, from: string | undefined, allowed: Allowed): URL {
  if (!URL.canParse(address, from)) throw new AddressRefused(address, "is not an address");
  const url = new URL(address, from);
  if (url.username || url.password) throw new AddressRefused(address, "carries a name or password");
  if (allowed.endpoint !== null && url.origin === allowed.endpoint) return url;
  if (url.protocol !== "https:") throw new AddressRefused(url.href, "is not https");
  if (url.port !== "") throw new AddressRefused(url.href, "names a port");
  if (!allowed.hosts.includes(url.hostname))
    throw new AddressRefused(url.href, `is not at ${allowed.hosts.join(" or ") || "an allowed host"}`);
  return url;
}

/** An address that is not asked: nobody meant us to go there. */
export class AddressRefused extends Error {
  override readonly name = "AddressRefused";
  constructor(address: string, why: string) {
    super(`refused to ask ${address.slice(0, 300)}: it ${why}`);
  }
}
