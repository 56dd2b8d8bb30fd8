import {existsSync, readFileSync, statSync} from "node:fs";
import {createServer, type IncomingMessage, type Server, type ServerResponse} from "node:http";
import type {AddressInfo} from "node:net";
import {join, resolve, sep} from "node:path";
import send from "send";
import {HEADERS_FILE, headersFor, openHeaders, readHeaderRules} from "./policy.ts";

export interface ServeOptions {
  readonly root: string; // a folder that buildSite wrote
  readonly port: number; // 0 takes any free one
  readonly host: string; // "127.0.0.1": this machine only
}

export interface SiteServer {
  readonly url: string; // "http://127.0.0.1:3000"
  close(): Promise<void>;
}

/**
 * Serves a built site as a web host would: clean addresses, its own page for what is not there, ranges for large files.
 *
 * Files are looked up at each request, so a site that is rebuilt meanwhile is served as it then is.
 *
 * @throws {Error} when the port cannot be had
 */
export async function serveSite({root, port, host}: ServeOptions): Promise<SiteServer> {
  const server = createServer((request, response) => answer(resolve(root), request, response));
  await listen(server, port, host);
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      })
  };
}

/** Asks for the port and gives it back, so that a taken one is known before a long piece of work rather than after it. */
export async function refuseTakenPort(port: number, host: string): Promise<void> {
  const server = createServer();
  await listen(server, port, host);
  await new Promise((done) => server.close(done));
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((done, fail) => {
    server.once("error", (error: NodeJS.ErrnoException) => fail(new Error(listenProblem(error, port, host))));
    server.listen(port, host, done);
  });
}

function listenProblem({code, message}: NodeJS.ErrnoException, port: number, host: string): string {
  if (code === "EADDRINUSE")
    return `port ${port} is taken by another program: end it, or choose another with --port or PORT`;
  if (code === "EACCES")
    return `port ${port} may not be used without more rights: choose one above 1023 with --port or PORT`;
  return `nothing can be served on ${host}, port ${port}: ${message}`;
}

function answer(root: string, request: IncomingMessage, response: ServerResponse): void {
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Referrer-Policy", "no-referrer");
  setHostHeaders(root, request, response);
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, {Allow: "GET, HEAD"}).end();
    return;
  }
  const [path = "/", query] = (request.url ?? "/").split("?");
  const found = lookUp(root, path);
  if (found === null) notFound(root, request, response);
  else if ("moved" in found) response.writeHead(308, {Location: found.moved + (query ? `?${query}` : "")}).end();
  else sendFile(root, found.file, request, response);
}

/** The header lines that the site asks its host for: what is tried here is what a host sends. */
function setHostHeaders(root: string, request: IncomingMessage, response: ServerResponse): void {
  const file = join(root, HEADERS_FILE);
  if (!existsSync(file)) return;
  const path = decoded((request.url ?? "/").split("?")[0] ?? "/") ?? "/404";
  const headers = headersFor(path, readHeaderRules(readFileSync(file, "utf8")));
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

/** The file for an address, the address it should have been asked by, or null. A page goes before a folder of the same name. */
function lookUp(root: string, path: string): {file: string} | {moved: string} | null {
  const name = decoded(path);
  if (name === null || name === `/${HEADERS_FILE}`) return null;
  const isFile = (candidate: string): boolean => isFileWithin(root, candidate);
  if (!name.endsWith("/")) {
    const file = [name, `${name}.html`].find(isFile);
    if (file) return {file};
    return isFile(`${name}/index.html`) ? {moved: `${path}/`} : null;
  }
  if (isFile(`${name}index.html`)) return {file: `${name}index.html`};
  return isFile(`${name.slice(0, -1)}.html`) ? {moved: path.slice(0, -1)} : null;
}

function decoded(path: string): string | null {
  try {
    const name = decodeURIComponent(path);
    return name.startsWith("/") && !/[\0\\]|\/\//.test(name) ? name : null;
  } catch {
    return null; // not UTF-8 behind the per cent signs: no file has such a name
  }
}

function isFileWithin(root: string, name: string): boolean {
  const path = resolve(join(root, name));
  return path.startsWith(root + sep) && (statSync(path, {throwIfNoEntry: false})?.isFile() ?? false);
}

function sendFile(root: string, file: string, request: IncomingMessage, response: ServerResponse): void {
  response.setHeader("Cache-Control", "no-cache"); // the site may be rebuilt at any time; unchanged files still answer 304
  for (const [name, value] of Object.entries(openHeaders(file))) response.setHeader(name, value);
  if (!/\.\w+$/.test(file)) response.setHeader("Content-Type", "text/plain; charset=utf-8"); // SHA256SUMS
  send(request, encodeURI(file), {root, index: false, dotfiles: "deny", cacheControl: false})
    .on("error", (error: HttpError) => {
      if (response.headersSent) response.destroy();
      else if (error.status === 416) response.writeHead(416, error.headers).end();
      else notFound(root, request, response);
    })
    .pipe(response);
}

/** What the sending library reports: a status, and the headers that belong to it. */
interface HttpError extends Error {
  readonly status: number;
  readonly headers?: Record<string, string>;
}

function notFound(root: string, request: IncomingMessage, response: ServerResponse): void {
  const page = join(root, "404.html");
  const body = existsSync(page) ? readFileSync(page) : Buffer.from("There is no page at this address.\n");
  response.writeHead(404, {
    "Content-Type": existsSync(page) ? "text/html; charset=utf-8" : "text/plain; charset=utf-8",
    "Content-Length": body.length
  });
  response.end(request.method === "HEAD" ? undefined : body);
}
