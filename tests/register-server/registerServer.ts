import {createServer, type IncomingMessage, type ServerResponse} from "node:http";
import type {AddressInfo} from "node:net";
import {gzipSync} from "node:zlib";

// A loopback register that answers as the real ones do, and misbehaves as they have been seen to. All it publishes is SYNTHETIC.

/** A notice and the hidden local second at which it was published: windows select by that, not by the release's own date. */
export interface Notice {
  readonly publishedAt: string; // local time, such as 2024-05-07T09:30:00
  readonly release: Readonly<Record<string, unknown>>;
}

/** Answers one request in a way of its own. */
export type Misbehaviour = (request: IncomingMessage, response: ServerResponse) => void;

export interface RegisterServer {
  readonly url: string;
  /** Every request, in order, with the millisecond at which it came. */
  readonly requests: readonly {readonly at: number; readonly path: string; readonly userAgent: string}[];
  /** The next requests are answered by these, one each, then all is well again. */
  misbehave(...next: Misbehaviour[]): void;
  /** Every request that matches is answered so, until further notice. */
  misbehaveAt(matches: (path: string) => boolean, how: Misbehaviour): void;
  publish(...notices: Notice[]): void;
  close(): Promise<void>;
}

export interface ServerOptions {
  readonly notices?: readonly Notice[];
  readonly fullAt?: number;
  readonly lossyCursor?: boolean; // the page after the first lacks a fifth of what it should hold
  readonly files?: Readonly<Record<string, Uint8Array | string>>; // path to body, for pages and files of councils
  readonly proactis?: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>; // "2024-05/3" to releases
}

export async function startRegisterServer(options: ServerOptions = {}): Promise<RegisterServer> {
  const notices = [...(options.notices ?? [])];
  const requests: {at: number; path: string; userAgent: string}[] = [];
  const queue: Misbehaviour[] = [];
  const standing: {matches: (path: string) => boolean; how: Misbehaviour}[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    requests.push({at: Date.now(), path, userAgent: request.headers["user-agent"] ?? ""});
    const how = queue.shift() ?? standing.find(({matches}) => matches(path))?.how ?? answerWell(options, notices);
    how(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    misbehave: (...next) => void queue.push(...next),
    misbehaveAt: (matches, how) => void standing.push({matches, how}),
    publish: (...more) => void notices.push(...more),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      })
  };
}

function answerWell(options: ServerOptions, notices: readonly Notice[]): Misbehaviour {
  return (request, response) => {
    const url = new URL(request.url ?? "/", "http://register.invalid");
    const file = options.files?.[url.pathname];
    if (file !== undefined) send(response, 200, file, "text/plain");
    else if (url.pathname === "/v1/Notices") proactis(options, url, response);
    else if (url.pathname === "/api/1.0/ocdsReleasePackages") findATender(options, notices, url, response);
    else if (url.pathname === "/Published/Notices/OCDS/Search")
      search(options, notices, url, response, "publishedFrom", "publishedTo");
    else send(response, 404, "nothing here", "text/plain");
  };
}

const FIND_A_TENDER_KNOWS = ["stages", "limit", "cursor", "updatedFrom", "updatedTo"];

function findATender(options: ServerOptions, notices: readonly Notice[], url: URL, response: ServerResponse): void {
  const stranger = [...url.searchParams.keys()].find((name) => !FIND_A_TENDER_KNOWS.includes(name));
  if (stranger !== undefined)
    json(response, 400, {
      message: "Request parameters unknown",
      exception: `Request parameter '${stranger}' is not recognised, allowed parameters are: ${FIND_A_TENDER_KNOWS.join(", ")}`
    });
  else if (url.searchParams.get("updatedFrom") === url.searchParams.get("updatedTo"))
    json(response, 400, {message: "updatedTo must be after updatedFrom"});
  else search(options, notices, url, response, "updatedFrom", "updatedTo");
}

function search(
  {fullAt = 100, lossyCursor = false}: ServerOptions,
  notices: readonly Notice[],
  url: URL,
  response: ServerResponse,
  fromName: string,
  toName: string
): void {
  const from = url.searchParams.get(fromName) ?? "";
  const to = url.searchParams.get(toName) ?? "";
  const limit = Math.min(Number(url.searchParams.get("limit") ?? 100), fullAt);
  const start = Number(url.searchParams.get("cursor") ?? 0);
  const found = notices
    .filter(({publishedAt}) => publishedAt >= from && publishedAt <= to)
    .toSorted((a, b) => (a.publishedAt < b.publishedAt ? 1 : -1)); // newest first, as the registers do
  const page = found.slice(start, start + limit).filter((_, i) => !(lossyCursor && start > 0 && i % 5 === 0));
  const next = new URL(url);
  next.searchParams.set("cursor", String(start + limit));
  const hasMore = found.length > start + limit;
  json(response, 200, {
    uri: url.pathname + url.search,
    version: "1.1",
    publisher: {name: "SYNTHETIC"},
    releases: page.map(({release}) => release),
    ...(hasMore ? {links: {next: next.pathname + next.search}} : {})
  });
}

/** One month and one notice type a call; a month without notices of the type is a package without releases. */
function proactis({proactis: months = {}}: ServerOptions, url: URL, response: ServerResponse): void {
  const [month, year] = (url.searchParams.get("dateFrom") ?? "").split("-");
  const releases = months[`${year}-${month}/${url.searchParams.get("noticeType")}`];
  json(response, 200, {uri: "SYNTHETIC", version: "1.1", ...(releases === undefined ? {} : {releases})});
}

const json = (response: ServerResponse, status: number, value: unknown): void =>
  send(response, status, JSON.stringify(value), "application/json");

function send(response: ServerResponse, status: number, body: Uint8Array | string, type: string): void {
  response.writeHead(status, {"content-type": type});
  response.end(body);
}

// What registers have been seen to do, and a few things that anybody on the way could do.

export const status =
  (code: number, headers: Record<string, string> = {}, body = ""): Misbehaviour =>
  (_request, response) => {
    response.writeHead(code, headers);
    response.end(body);
  };

export const tooManyRequests = (retryAfter?: string): Misbehaviour =>
  status(
    429,
    retryAfter === undefined ? {} : {"retry-after": retryAfter},
    "Rate limit of 12 exceeded. Please retry after 120 seconds."
  );

export const ok = (body: Uint8Array | string, headers: Record<string, string> = {}): Misbehaviour => {
  return (_request, response) => {
    response.writeHead(200, {"content-type": "application/json", ...headers});
    response.end(body);
  };
};

export const page = (value: unknown): Misbehaviour => ok(JSON.stringify(value));

export const htmlWithStatus200 = ok("<html><body>Too many requests</body></html>", {"content-type": "text/html"});

export const errorObjectWithStatus200 = page({code: "ValidationError", errors: 3200});

export const resetBeforeHeaders: Misbehaviour = (request) => request.socket.destroy();

export const resetInTheBody: Misbehaviour = (request, response) => {
  response.writeHead(200, {"content-length": "1000"});
  response.write('{"releases":[');
  setTimeout(() => request.socket.destroy(), 20);
};

/** Promises more than it sends, and closes. */
export const truncated: Misbehaviour = (request, response) => {
  request.socket.write('HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"releases":[]}');
  request.socket.end();
  response.destroy();
};

/** Chunks that end without the last, empty one. */
export const chunksWithoutEnd: Misbehaviour = (request, response) => {
  request.socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nf\r\n{"releases":[]}\r\n');
  request.socket.end();
  response.destroy();
};

/** One byte at a time, for ever: never idle, never done. */
export const slowBody: Misbehaviour = (_request, response) => {
  response.writeHead(200, {"content-type": "application/json"});
  const drip = setInterval(() => response.write(" "), 20);
  response.on("close", () => clearInterval(drip));
};

export const neverAnswers: Misbehaviour = () => {};

export const redirectTo = (location: string): Misbehaviour => status(302, {location});

/** Zeros that inflate a thousandfold. */
export const gzipBomb = (inflatedBytes: number): Misbehaviour =>
  ok(gzipSync(Buffer.alloc(inflatedBytes)), {"content-encoding": "gzip"});

/** Notices spread over a day by a rule, each a small award of its own. */
export function noticesOf(day: string, howMany: number, secondOf: (i: number) => number = evenly(howMany)): Notice[] {
  return Array.from({length: howMany}, (_, i) => {
    const publishedAt = new Date(Date.parse(`${day}T00:00:00Z`) + secondOf(i) * 1000).toISOString().slice(0, 19);
    return {publishedAt, release: syntheticRelease(`${day}-${String(i).padStart(4, "0")}`, publishedAt)};
  });
}

const evenly = (howMany: number) => (i: number) => Math.floor((i * 86_400) / howMany);

export function syntheticRelease(key: string, date: string): Record<string, unknown> {
  return {
    ocid: `ocds-synth0-${key}`,
    id: `synthetic-${key}`,
    date: `${date}Z`,
    tag: ["award"],
    buyer: {id: "b", name: "SYNTHETIC Council"},
    parties: [
      {id: "b", name: "SYNTHETIC Council", roles: ["buyer"]},
      {id: "s", name: `SYNTHETIC Supplier ${key} Ltd`, roles: ["supplier"]}
    ],
    tender: {id: key, title: `SYNTHETIC contract ${key}`, classification: {scheme: "CPV", id: "85311300"}},
    awards: [
      {
        id: `synthetic-award-${key}`,
        status: "active",
        value: {amount: 1000 + Number.parseInt(key.replaceAll(/\D/g, "").slice(-4), 10), currency: "GBP"},
        suppliers: [{id: "s", name: `SYNTHETIC Supplier ${key} Ltd`}],
        contractPeriod: {startDate: "2024-06-01", endDate: "2026-05-31"}
      }
    ]
  };
}
