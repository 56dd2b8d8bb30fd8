import {readFileSync} from "node:fs";
import {createServer} from "node:https";
import type {AddressInfo} from "node:net";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import {Agent, MockAgent} from "undici";
import {afterEach, beforeEach, expect, test} from "vitest";
import {isInside, TIMEOUTS} from "../../pipeline/archive/client.ts";
import {filesBelow, ROOT, textOf} from "../house/imports.ts";
import {
  chunksWithoutEnd,
  gzipBomb,
  type Misbehaviour,
  neverAnswers,
  noticesOf,
  ok,
  type RegisterServer,
  redirectTo,
  resetBeforeHeaders,
  resetInTheBody,
  slowBody,
  startRegisterServer,
  truncated
} from "../register-server/registerServer.ts";
import {DataFolder, registerWith} from "./world.ts";

let data: DataFolder;
let server: RegisterServer;
beforeEach(async () => {
  data = new DataFolder();
  server = await startRegisterServer({notices: noticesOf("2024-05-07", 3)});
});
afterEach(async () => {
  await server.close();
  data.remove();
});

const impatient = {...TIMEOUTS, headersMs: 300, idleMs: 300, answerMs: 400};

test.each<[string, Misbehaviour]>([
  ["fault 6: a connection reset before the headers", resetBeforeHeaders],
  ["fault 6: a connection reset in the body", resetInTheBody],
  ["fault 7: a body shorter than its Content-Length", truncated],
  ["fault 8: chunks that end without the last one", chunksWithoutEnd],
  ["fault 9: a body that drips one byte at a time", slowBody],
  ["fault 10: a server that never answers", neverAnswers],
  ["fault 19: gzip cut short", ok(gzipSync('{"releases":[]}').subarray(0, 20), {"content-encoding": "gzip"})],
  [
    "fault 19: bytes after the gzip's end",
    ok(Buffer.concat([gzipSync('{"releases":[]}'), Buffer.from("tail")]), {"content-encoding": "gzip"})
  ],
  ["fault 19: plain text that claims to be gzip", ok('{"releases":[]}', {"content-encoding": "gzip"})]
])("%s is tried again, and nothing of it is kept", async (_name, misbehaviour) => {
  server.misbehave(misbehaviour);
  const {outcome, archive} = await data.fetch(server.url, {timeouts: impatient});
  expect(outcome).toMatchObject({state: "complete", releases: 3, requests: 2});
  expect(archive.files("synthetic-register")).toHaveLength(1);
  expect(data.rawFiles()).toHaveLength(3); // the page, its manifest, the notes of the run: no half-written file
});

test("fault 10: a connection that is never accepted is tried again", async () => {
  const mock = new MockAgent();
  mock.disableNetConnect();
  const pool = mock.get("https://register.invalid");
  const timeout = Object.assign(new Error("Connect Timeout Error"), {code: "UND_ERR_CONNECT_TIMEOUT"});
  const path = () => true;
  pool.intercept({path}).replyWithError(timeout);
  pool.intercept({path}).reply(200, {releases: []});
  const {outcome} = await data.fetch(null, {dispatcher: mock});
  expect(outcome).toMatchObject({state: "complete", requests: 2});
});

test("fault 17: the fourth redirect in a row is refused", async () => {
  server.misbehave(redirectTo("/1"), redirectTo("/2"), redirectTo("/3"), redirectTo("/4"));
  const {outcome} = await data.fetch(server.url);
  expect(outcome).toMatchObject({state: "failed", requests: 4});
  expect(outcome.why).toContain("is the 4th redirect in a row");
});

test.each([
  "https://elsewhere.invalid/x",
  "http://register.invalid/x",
  "file:///etc/passwd",
  "http://169.254.169.254/latest/meta-data",
  "http://127.0.0.1:1/x",
  "https://register.invalid:8443/x",
  "https://user:secret@register.invalid/x"
])("fault 17: a redirect to %s is refused, named, and no request is made", async (location) => {
  server.misbehave(redirectTo(location));
  const {outcome} = await data.fetch(server.url);
  expect(outcome).toMatchObject({state: "failed", requests: 1});
  expect(outcome.why).toContain("refused to ask");
  expect(outcome.why).toContain(location.slice(0, 12));
});

test("fault 18: a gzip bomb is given up at 100 times its size, not asked for again, and not kept", async () => {
  const before = process.memoryUsage().rss;
  server.misbehave(gzipBomb(512 * 1024 * 1024));
  const settled = process.memoryUsage().rss;
  const {outcome, archive} = await data.fetch(server.url);
  expect(outcome).toMatchObject({state: "failed", requests: 1});
  expect(outcome.why).toContain("inflates more than 100 times");
  expect(archive.files("synthetic-register")).toEqual([]);
  expect(process.memoryUsage().rss - Math.max(before, settled)).toBeLessThan(200 * 1024 * 1024);
});

test("fault 19: two gzip members are one body, as RFC 1952 has it", async () => {
  const members = Buffer.concat([gzipSync('{"releases":'), gzipSync("[]}")]);
  server.misbehave(ok(members, {"content-encoding": "gzip"}));
  const {outcome, archive} = await data.fetch(server.url);
  expect(outcome).toMatchObject({state: "complete", requests: 1});
  expect(new TextDecoder().decode(archive.read(archive.files("synthetic-register")[0]!))).toBe('{"releases":[]}');
});

const pem = (name: string) => readFileSync(join(ROOT, "tests/register-server/certificates", `${name}.pem`), "utf8");

async function fetchOverTls(certificate: string, trusted: boolean) {
  const tls = createServer({cert: pem(certificate), key: pem(`${certificate}.key`)}, (_request, response) => {
    response.end('{"releases":[]}');
  });
  await new Promise<void>((resolve) => tls.listen(0, "127.0.0.1", resolve));
  const dispatcher = trusted ? new Agent({connect: {ca: pem("ca")}}) : undefined;
  try {
    const endpoint = `https://localhost:${(tls.address() as AddressInfo).port}`;
    return (await data.fetch(endpoint, dispatcher === undefined ? {} : {dispatcher})).outcome;
  } finally {
    tls.closeAllConnections();
    tls.close();
  }
}

test("a certificate that holds is accepted", async () => {
  expect(await fetchOverTls("good", true)).toMatchObject({state: "complete", requests: 1});
});

test.each([
  ["expired", "expired", true, "CERT_HAS_EXPIRED"],
  ["of another host", "other-host", true, "ERR_TLS_CERT_ALTNAME_INVALID"],
  ["signed by itself", "self-signed", false, "DEPTH_ZERO_SELF_SIGNED_CERT"]
])("fault 31: a certificate %s is refused at once, with its fault", async (_name, certificate, trusted, code) => {
  const outcome = await fetchOverTls(certificate, trusted);
  expect(outcome).toMatchObject({state: "failed", requests: 1});
  expect(outcome.why).toContain(`its certificate does not hold (${code}`);
});

test("fault 31: no code of ours can look away from a certificate", () => {
  const sources = filesBelow("pipeline", ".ts").map(textOf);
  expect(sources.length).toBeGreaterThan(100);
  for (const source of sources) expect(source).not.toMatch(/rejectUnauthorized|NODE_TLS_REJECT|checkServerIdentity/);
});

test("a name that resolves into this machine or network is no public register", async () => {
  for (const ip of ["127.0.0.1", "10.1.2.3", "169.254.169.254", "172.20.0.1", "192.168.1.1", "::1", "fd00::1"])
    expect({ip, inside: isInside(ip)}).toEqual({ip, inside: true});
  for (const ip of ["51.140.1.1", "2a01:111::1"]) expect({ip, inside: isInside(ip)}).toEqual({ip, inside: false});
  const register = registerWith({});
  const {outcome} = await data.fetch(null, {register, channel: {...register.live!, base: "https://127.0.0.1"}});
  expect(outcome.state).toBe("failed");
});
