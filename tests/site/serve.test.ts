import {mkdirSync, rmSync, writeFileSync} from "node:fs";
import {connect} from "node:net";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {refuseTakenPort, type SiteServer, serveSite} from "../../pipeline/site/serve.ts";
import {folderOf} from "./folder.ts";

const HOST = "127.0.0.1";
let folder: string;
let server: SiteServer;

beforeAll(async () => {
  folder = folderOf({
    "secret.txt": "secret",
    "dist/index.html": "<h1>Home</h1>",
    "dist/404.html": "<h1>Not here</h1>",
    "dist/councils.html": "<h1>Councils</h1>",
    "dist/data.html": "<h1>Data</h1>",
    "dist/data/contracts.csv": "0123456789",
    "dist/data/SHA256SUMS": "abc  contracts.csv\n",
    "dist/data/ynys môn.json": "{}",
    "dist/embed/index.html": "<h1>Embed</h1>",
    "dist/.hidden": "hidden",
    "dist/a.js": "1",
    "dist/a.svg": "<svg/>"
  });
  server = await serveSite({root: join(folder, "dist"), port: 0, host: HOST});
});
afterAll(async () => {
  await server.close();
  rmSync(folder, {recursive: true});
});

const get = (path: string, init: RequestInit = {}) => fetch(server.url + path, {redirect: "manual", ...init});

test.each([
  ["/", "Home"],
  ["/councils", "Councils"],
  ["/councils.html", "Councils"],
  ["/councils?q=Leeds", "Councils"],
  ["/embed/", "Embed"],
  ["/data", "Data"] // the page, not the folder of the same name
])("%s is the page %s", async (path, heading) => {
  const response = await get(path);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toMatch(/^text\/html; ?charset=utf-8$/i);
  expect(await response.text()).toContain(heading);
});

test.each([
  ["/councils/", "/councils"],
  ["/councils/?q=Leeds", "/councils?q=Leeds"],
  ["/data/", "/data"],
  ["/embed", "/embed/"]
])("%s leads to %s, where the page's relative links are right", async (path, location) => {
  const response = await get(path);
  expect([response.status, response.headers.get("location")]).toEqual([308, location]);
});

test.each(["/nothing", "/councils/nothing", "/data/none.csv", "/.hidden", "/%", "/%00", "/a%5Cb"])(
  "%s is not there: the site's own page, and a status that says so",
  async (path) => {
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("Not here");
  }
);

test.each([
  ["/data/contracts.csv", /^text\/csv/],
  ["/data/SHA256SUMS", /^text\/plain/],
  ["/data/ynys%20m%C3%B4n.json", /^application\/json/],
  ["/a.js", /^text\/javascript/],
  ["/a.svg", /^image\/svg\+xml/]
])("%s says what it is and may not be taken for anything else", async (path, type) => {
  const response = await get(path);
  expect(response.headers.get("content-type")).toMatch(type);
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
});

test.each([
  ["bytes=2-4", 206, "bytes 2-4/10", "234"],
  ["bytes=0-0", 206, "bytes 0-0/10", "0"],
  ["bytes=-3", 206, "bytes 7-9/10", "789"],
  ["bytes=8-", 206, "bytes 8-9/10", "89"],
  ["bytes=20-30", 416, "bytes */10", ""]
])("a part of a file is had by Range: %s", async (range, status, contentRange, body) => {
  const response = await get("/data/contracts.csv", {headers: {Range: range}});
  expect([response.status, response.headers.get("content-range"), await response.text()]).toEqual([
    status,
    contentRange,
    body
  ]);
});

test("pages of other sites may read the data, and nothing else", async () => {
  for (const [path, origin] of [
    ["/data/contracts.csv", "*"],
    ["/", null]
  ] as const)
    expect((await get(path)).headers.get("access-control-allow-origin"), path).toBe(origin);
});

test("HEAD gives the size and no body; an unchanged file is not sent again", async () => {
  const head = await get("/data/contracts.csv", {method: "HEAD"});
  expect([head.headers.get("content-length"), await head.text()]).toEqual(["10", ""]);
  expect(await rawGet("/data/contracts.csv", `If-None-Match: ${head.headers.get("etag")}`)).toMatch(/^HTTP\/1\.1 304 /);
});

test("nothing but reading is answered", async () => {
  const response = await get("/", {method: "POST", body: "x"});
  expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
});

/** Sends a path and a header exactly as written; fetch would tidy the one and add to the other. */
function rawGet(path: string, header = "Accept: */*"): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(server.url).port), HOST, () =>
      socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n${header}\r\nConnection: close\r\n\r\n`)
    );
    let answer = "";
    socket.setEncoding("utf8").on("data", (text: string) => {
      answer += text;
    });
    socket.once("end", () => resolve(answer)).once("error", reject);
  });
}

test.each([
  "/../secret.txt",
  "/%2e%2e/secret.txt",
  "/..%2fsecret.txt",
  "/data/../../secret.txt",
  "/..%5csecret.txt",
  "//secret.txt"
])("nothing outside the site is served: %s", async (path) => {
  const answer = await rawGet(path);
  expect(answer).toMatch(/^HTTP\/1\.1 404 /);
  expect(answer).not.toContain("secret");
});

test("a site that is rebuilt while it is served is served as it then is", async () => {
  mkdirSync(join(folder, "dist", "new"), {recursive: true});
  writeFileSync(join(folder, "dist", "new", "page.html"), "<h1>New</h1>");
  expect((await get("/new/page")).status).toBe(200);
});

test("a taken port is a sentence that says what to do", async () => {
  const port = Number(new URL(server.url).port);
  const sentence = `port ${port} is taken by another program: end it, or choose another with --port or PORT`;
  await expect(serveSite({root: folder, port, host: HOST})).rejects.toThrow(sentence);
  await expect(refuseTakenPort(port, HOST)).rejects.toThrow(sentence);
});

test("a port that was only asked for is free again", async () => {
  const first = await serveSite({root: folder, port: 0, host: HOST});
  const port = Number(new URL(first.url).port);
  await first.close();
  await refuseTakenPort(port, HOST);
  const second = await serveSite({root: folder, port, host: HOST});
  expect(second.url).toBe(`http://${HOST}:${port}`);
  await second.close();
});

test("an address that this machine does not have is a sentence too", async () => {
  await expect(serveSite({root: folder, port: 0, host: "192.0.2.1"})).rejects.toThrow(
    /^nothing can be served on 192\.0\.2\.1, port 0: /
  );
});
